"""When each figure of an address stood there: versions of bytes to vintages of figures.

Bytes change every night where a page counts its visitors; figures do not. A vintage begins when
the figures differ from those before, and ends when others take their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

UNREAD = frozenset({"failed", "damaged"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One version of an address: when its bytes came, and what was read in them."""

    run: str
    digest: str
    status: str
    """ok, empty, failed or damaged (the archive's copy is)."""
    figures: str
    """The same for the same figures."""
    previous_seen: str | None = None
    """The last run that still found the version before."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """A stretch of time over which an address gave the same figures; runs name times."""

    digest: str
    """Of the first bytes that gave them: the document that stands for the vintage."""
    first_seen: str
    last_seen: str
    superseded: str | None = None
    """When other figures took their place; None while they stand."""
    failed: bool = False


def vintages(versions: Sequence[Seen], last_seen: str) -> list[Vintage]:
    """The vintages of one address, in order; `last_seen` is when the address last answered.

    A version that could not be read supersedes nothing: what was known before still is, and the
    failure stands beside it until a readable version comes.
    """
    found: list[Vintage] = []
    standing: int | None = None
    broken: int | None = None
    figures = ""
    for seen, until in _with_ends(versions, last_seen):
        if broken is not None:
            found[broken] = replace(found[broken], superseded=seen.run)
            broken = None
        fresh = Vintage(seen.digest, seen.run, until, failed=seen.status in UNREAD)
        if fresh.failed:
            broken = len(found)
        elif standing is not None and seen.figures == figures:
            found[standing] = replace(found[standing], last_seen=until)
            continue
        else:
            if standing is not None:
                found[standing] = replace(found[standing], superseded=seen.run)
            standing, figures = len(found), seen.figures
        found.append(fresh)
    return found


def _with_ends(versions: Sequence[Seen], last_seen: str) -> Iterable[tuple[Seen, str]]:
    """Each version with the last run that found it."""
    for version, following in zip(versions, [*versions[1:], None], strict=True):
        until = (following.previous_seen if following else last_seen) or version.run
        yield version, max(until, version.run)


def revisions(found: Sequence[Vintage]) -> list[tuple[Vintage, Vintage]]:
    """Each superseded vintage with the one that took its place."""
    readable = [v for v in found if not v.failed]
    return list(pairwise(readable))
