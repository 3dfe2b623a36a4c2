"""Sentences in the wording that the rules of prose are written in, and the way back to the print.

"Vẫn tiếp tục đạt 95%" says what "đạt 95%" says, and each office has its own "đến thời điểm này".
The rules would need every wording in every room; so what says the same is read as one, and every
place and excerpt is that of the print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from normalizers.facts import rows
from normalizers.watching import Watched, served, watched
from solieu.model import Observation, Place, Unread
from solieu.quick import quick, replace

_NUMBER = r"(?:(?:hơn|trên|gần|khoảng|tới|dưới|xấp xỉ|chừng) ){0,2}\d"
_PIECES = {"@N@": f" {_NUMBER}", "@D@": _NUMBER}


@quick
@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the print and what is read for it."""

    start: int
    end: int
    new: str


@quick
@dataclass(frozen=True, slots=True)
class Reworded:
    """A text as it is read, and the print that it was made from."""

    text: str
    printed: str
    edits: tuple[Edit, ...] = ()

    def in_print(self, at: int) -> int:
        """Where a letter of the text stands in the print."""
        ahead = 0
        for edit in self.edits:
            start = edit.start + ahead
            if at <= start:
                break
            if at < start + len(edit.new):
                return edit.start
            ahead += len(edit.new) - (edit.end - edit.start)
        return at - ahead


@lru_cache(maxsize=1024)  # a heading stands above many passages
def reworded(printed: str) -> Reworded:
    """The text in the wording of the rules.

    >>> reworded("Thu vẫn tiếp tục giảm đi 5%").text
    'Thu giảm 5%'
    """
    edits = tuple(_apart(sorted(_edits(printed), key=lambda e: (e.start, -e.end))))
    if not edits:
        return Reworded(printed, printed)
    read, last = "", 0
    for edit in edits:
        read += printed[last : edit.start] + edit.new
        last = edit.end
    return Reworded(read + printed[last:], printed, edits)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Watched, str], ...]:
    return tuple((watched(_pattern(r["printed"])), r["read"]) for r in rows("rewordings.csv"))


@lru_cache(maxsize=1)
def _bits() -> int:
    return reduce(or_, (pattern.bit for pattern, _ in _rules()))


@lru_cache(maxsize=1024)
def _rules_of(bits: int) -> tuple[tuple[Watched, str], ...]:
    """Those whose words a passage holds: of most passages there are a few."""
    return tuple((rule, read) for rule, read in _rules() if rule.bit & bits)


def _pattern(printed: str) -> str:
    for name, piece in _PIECES.items():
        printed = printed.replace(name, piece)
    own = ("(?<=", "(?:^", "(?<![^", "[")  # what says itself what stands before
    return printed if printed.startswith(own) else rf"(?<!\w)(?:{printed})"


def _edits(printed: str) -> Iterator[Edit]:
    bits = _bits()  # first: making the patterns is what `served` knows them by
    for rule, read in _rules_of(served(printed) & bits):
        for hit in rule.pattern.finditer(printed) if rule.may_match(printed) else ():
            new = hit.group()[-1].upper() if read == _REST else _cased(read, hit.group())
            yield Edit(*hit.span(), new)


_REST = "^"
"""Read for what only opens a sentence: of the match its last letter, with which it begins then."""


def _cased(read: str, printed: str) -> str:
    begins = printed[:1].isupper() and not printed.isupper()
    return read[:1].upper() + read[1:] if begins else read


def _apart(edits: Sequence[Edit]) -> Iterator[Edit]:
    last = 0
    for edit in edits:
        if edit.start >= last:
            last = edit.end
            yield edit


def as_printed(seen: Observation, said: Reworded, document_id: str) -> Observation:
    """The observation with the place and the excerpt that its figure has in the print."""
    if not said.edits:
        return seen
    figure = seen.figure
    place = _printed_place(figure.place, said)
    return replace(
        seen,
        metric_label=_printed_label(seen.metric_label, said),
        figure=replace(
            figure,
            place=place,
            raw=said.printed[place.start : place.end],
            figure_id=place.figure_id(document_id),
            excerpt=_printed_excerpt(figure.excerpt, figure.place, said),
        ),
    )


def _printed_label(label: str, said: Reworded) -> str:
    """The label in the words of the print, where each wording stands for one printed alone."""
    for new in {edit.new for edit in said.edits if edit.new.strip()}:
        printed = [said.printed[e.start : e.end] for e in said.edits if e.new == new]
        if len(set(printed)) == 1 and said.text.count(new) == len(printed):
            label = label.replace(new, printed[0])
    return label


def unread_as_printed(lost: Unread, said: Reworded) -> Unread:
    """The same for a number that was not read."""
    return replace(lost, place=_printed_place(lost.place, said)) if said.edits else lost


def _printed_place(place: Place, said: Reworded) -> Place:
    if place.start is None or place.end is None:
        return place
    return replace(place, start=said.in_print(place.start), end=said.in_print(place.end))


def _printed_excerpt(excerpt: str, place: Place, said: Reworded) -> str:
    core = excerpt.strip("…")
    at = said.text.find(core, max(0, (place.start or 0) - len(core)))
    if at < 0:
        return excerpt
    printed = said.printed[said.in_print(at) : said.in_print(at + len(core))]
    return excerpt.replace(core, printed)
