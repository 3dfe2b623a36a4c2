"""What a run is asked to read, and what became of fetching it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from solieu.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Address:
    """One document to read: a local path or a URL, as it was asked for."""

    text: str
    problem: DocumentError | None = None
    """Set where there is nothing to fetch: no such path, an empty folder."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes as they came, before anything looked at them."""

    address: str
    content: bytes
    name: str
    """The declared file name: a hint for the type, never the judge."""
    retrieved_at: datetime
    final_url: str | None = None
    declared_type: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that the archive holds, with what was known when they were fetched."""

    path: str
    digest: str
    address: str
    final_url: str
    name: str
    retrieved_at: datetime
    vocabulary: str | None = None
    """A CSV with metrics of the user's own, for this document."""
