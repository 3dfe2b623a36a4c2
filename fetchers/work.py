"""What a run has to ask for, what is known of it, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fetchers.archive import Version


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an address from earlier."""

    address: str
    digest: str | None = None
    size: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked_run: str | None = None
    outcome: str | None = None
    seen_run: str | None = None

    @property
    def validators(self) -> dict[str, str]:
        """Headers that let the server answer "not modified"."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True, slots=True)
class Link:
    """A way from one page to another that a source follows."""

    address: str
    role: str
    """document or index."""
    depth: int = 0
    hop: int = 0
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """One address that a run has to ask for a source."""

    source: str
    address: str
    role: str
    host: str
    depth: int
    hop: int
    attached: bool


@dataclass(frozen=True, slots=True)
class Done:
    """How a piece of work ended."""

    outcome: str
    """new, changed, same, not_modified, vanished, failed, refused."""
    reason_en: str | None = None
    reason_vi: str | None = None

    @property
    def state(self) -> str:
        return "failed" if self.outcome in ("failed", "refused") else "done"


@dataclass(frozen=True, slots=True)
class Brought:
    """What an answer left to be remembered."""

    versions: Sequence[Version] = ()
    members: Sequence[str] | None = None
    """Addresses inside a zip file, where its bytes are new."""
    validators: tuple[str | None, str | None] | None = None
    """ETag and Last-Modified."""
    links: tuple[str, str, str] | None = None
    """Digest, rules and links as JSON, for the next "not modified"."""


NOTHING = Brought()
