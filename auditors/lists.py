"""Lists in running text: a total, then its parts, in brackets or after "trong đó" and its kin.

"12 ca tại Quảng Trị (7), Huế (3), Đà Nẵng (2)" says that nothing is left out; "trong đó" does not,
but no parts exceed their whole. Prose is read with less certainty than a table, so a list accuses
only where other lists of the same document show that its author adds them up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from auditors import facts, slips
from auditors.desk import Desk
from auditors.identities import Claim, Term, make
from auditors.verdicts import NEAR, partial_claim
from solieu.model import Figure, Observation

# How far a list may stand from its total, and one item from the next, in characters.
REACH = 250
STEP = 120

_END = re.compile(r"(?<![A-ZĐ])(?<!\b[A-ZĐ]p)[.!?](?=\s+[^\W\d_a-zà-ỹ])|\n")
_OPEN = re.compile(r"\(\s*$")
_CLOSED = re.compile(r"\s*(?:[-–,]?\s*[^\W\d_]+\s*){0,3}\)")
_INSIDE = re.compile(r"\([^()]*$")
_AFTER = re.compile(rf"{_END.pattern}|[;:]|[.!?]\s*$|trong đó", re.IGNORECASE)
_DIGIT = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Listing:
    """A total with what the text lists of it."""

    whole: Figure
    parts: tuple[Figure, ...]
    exhaustive: bool
    unread: int = 0
    """Numbers among the items that gave no figure."""
    bracketed: bool = False


def listed_parts(desk: Desk) -> Iterator[Claim]:
    """Every list of the running text against its total."""
    claims = [(listing, _claim(listing)) for listing in _listings(desk)]
    tried = [c for x, c in claims if x.bracketed and x.exhaustive and not x.unread]
    held = sum(c.outcome == "holds" for c in tried)
    custom = held > 2 and held * 10 >= len(tried) * 8
    for listing, claim in claims:
        yield _weighed(listing, claim, custom=custom)


def _listings(desk: Desk) -> Iterator[Listing]:
    by_passage: dict[int, list[Observation]] = {}
    for observation in desk.observations:
        number = observation.figure.place.passage
        if number is not None and observation.measure == "level":
            by_passage.setdefault(number, []).append(observation)
    many = {number: told for number, told in by_passage.items() if len(told) > 2}
    for passage in desk.reading.content.passages if many else ():
        told = many.get(passage.number)
        found = _in_order(told) if told else []
        if len(found) > 2:
            yield from _bracketed(passage.text, found)
            yield from _announced(passage.text, found)


def _in_order(observations: Sequence[Observation]) -> list[Figure]:
    """The figures of whole things as they follow in the text, each once."""
    figures = {
        o.figure.figure_id: o.figure
        for o in observations
        if facts.additive_unit(o.figure.unit) and o.figure.place.start is not None
    }
    return sorted(figures.values(), key=_start)


def _start(figure: Figure) -> int:
    return figure.place.start or 0


def _end(figure: Figure) -> int:
    return figure.place.end or 0


def _bracketed(text: str, figures: Sequence[Figure]) -> Iterator[Listing]:
    """The figure before a list, and "A (7), B (3), C (2)"."""
    run: list[Figure] = []
    before: Figure | None = None
    for figure in figures:
        item = _in_brackets(text, figure)
        if item and run and _follows(text, run[-1], figure):
            run.append(figure)
            continue
        yield from _listing(text, before, run)
        if item:
            run = [figure]
        else:
            before, run = figure, []
    yield from _listing(text, before, run)


def _in_brackets(text: str, figure: Figure) -> bool:
    return bool(
        _OPEN.search(text, max(0, _start(figure) - 3), _start(figure))
        and _CLOSED.match(text, _end(figure))
    )


def _follows(text: str, one: Figure, other: Figure) -> bool:
    return (
        one.unit == other.unit
        and _start(other) - _end(one) <= STEP
        and not _END.search(text, _end(one), _start(other))
    )


def _listing(text: str, whole: Figure | None, run: Sequence[Figure]) -> Iterator[Listing]:
    if whole is None or len(run) < 3 or whole.unit != run[0].unit:
        return
    if _INSIDE.search(text, max(0, _start(whole) - STEP), _start(whole)):
        return
    between = text[_end(whole) : _start(run[0])]
    if len(between) > STEP or _END.search(between):
        return
    cue = next((c for c in _cues().finditer(between.casefold())), None)
    exhaustive = cue is None or _exhaustive(cue.group())
    yield Listing(whole, tuple(run), exhaustive, _unread(text, whole, run), bracketed=True)


def _unread(text: str, whole: Figure, items: Sequence[Figure]) -> int:
    """Numbers from the total to the end of the list that gave no figure: items that are lost."""
    gaps = [text[_end(a) : _start(b)] for a, b in pairwise((whole, *items))]
    end = _end(items[-1])
    gaps.append(_AFTER.split(text[end:], maxsplit=1)[0])
    return sum(len(_DIGIT.findall(gap)) for gap in gaps)


def _announced(text: str, figures: Sequence[Figure]) -> Iterator[Listing]:
    """Like "106 tỷ đồng. Trong đó, thu A là 75 tỷ đồng; thu B là 31 tỷ đồng"."""
    cues = list(_cues().finditer(text.casefold()))
    for n, cue in enumerate(cues):
        stop = cues[n + 1].start() if n + 1 < len(cues) else len(text)
        ended = _END.search(text, cue.end(), stop)
        stop = ended.start() if ended else stop
        whole = next((f for f in reversed(figures) if _end(f) <= cue.start()), None)
        if whole is None or cue.start() - _end(whole) > REACH or _in_brackets(text, whole):
            continue
        if len(_END.findall(text, _end(whole), cue.start())) > 1:
            continue
        items = [f for f in figures if cue.end() <= _start(f) and _end(f) <= stop]
        if len(items) > 1 and all(f.unit == whole.unit for f in items):
            yield Listing(whole, tuple(items), _exhaustive(cue.group()))


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    phrases = sorted((row["phrase"] for row in facts.rows("list_cues")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _exhaustive(cue: str) -> bool:
    return any(r["phrase"] == cue and r["exhaustive"] == "1" for r in facts.rows("list_cues"))


def _claim(listing: Listing) -> Claim:
    return make(
        "part_whole",
        listing.whole,
        tuple(Term(f) for f in listing.parts),
        of_which=not listing.exhaustive,
        unread=listing.unread,
        layout="list",
    )


def _weighed(listing: Listing, claim: Claim, *, custom: bool) -> Claim:
    if claim.outcome != "off":
        return claim
    if (listing.whole.value or 0) < 0:
        return replace(claim, certainty="guess", reason="list_wording")
    if not listing.exhaustive:
        return _partly(claim)
    if claim.relative > NEAR and not (custom and slips.any_slip(claim)):
        return replace(claim, certainty="likely" if custom else "guess", reason="large_gap")
    sure = listing.bracketed and (custom or slips.explains(claim))
    return claim if sure else replace(claim, certainty="likely", reason="list_wording")


def _partly(claim: Claim) -> Claim:
    """Parts that exceed their whole by little are its parts; by much, they are something else."""
    if claim.residual < 0 and claim.relative > NEAR:
        return replace(claim, certainty="guess", reason="list_wording")
    weighed = partial_claim(claim, exhausts=False)
    return replace(weighed, certainty="likely") if weighed.certainty == "clear" else weighed
