"""What would make a failed sum hold: never a correction, always a count of the ways.

Exact arithmetic on what was printed (after Scholtus 2009 on typing errors, Fellegi and Holt 1976 on
the fewest changes): a figure is a candidate when one new value for it mends every law that it takes
part in and breaks none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from auditors import messages, slips
from auditors.identities import Claim, Term, point_sum, with_values
from solieu.model import Figure


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure and the value that alone would mend everything it takes part in."""

    figure: Figure
    value: Decimal
    slip: str | None = None
    """Which typing slip would turn the value into what was printed."""
    mends: int = 1
    """How many failed laws it mends."""


Swap = tuple[Figure, Figure]

# One slip breaks one sum of a breakdown, two exchanged cells break two.
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """All the shortest ways to make a failed law hold, and what speaks for them."""

    candidates: tuple[Candidate, ...] = ()
    swap: Swap | None = None
    """Two cells of one row whose exchange mends this law and another."""
    turned: Swap | None = None
    """The two terms of a difference, whose exchange alone would mend it as well."""
    above: Claim | None = None
    """A law among totals that holds although all its totals miss their rows."""
    carried: Figure | None = None
    """The total of another column that misses by as much and is a part of this one."""
    broken: int = 1
    """In how many columns the same lines fail to add up to the same whole."""
    lacking: bool = False
    """The whole is larger in nearly all of them, as if a line were missing."""

    @property
    def suspect(self) -> Candidate | None:
        """The one figure whose change explains it, where there is only one.

        Lines that miss their total in several columns at once share a cause, which is no figure.
        """
        alone = len(self.candidates) == 1 and self.turned is None
        return self.candidates[0] if alone and self.broken < SEVERAL else None

    @property
    def slip(self) -> Candidate | None:
        """The one candidate that is a typing slip, where there is only one."""
        if self.broken >= SEVERAL or self.turned is not None:
            return None
        found = [c for c in self.candidates if c.slip]
        return found[0] if len(found) == 1 else None


def _holds_swapped(claim: Claim, pair: Swap) -> bool:
    values = {pair[0].figure_id: pair[1].value, pair[1].figure_id: pair[0].value}
    return with_values(claim, lambda f: values.get(f.figure_id, f.value)).outcome == "holds"


class Book:
    """What else the figures of the failed claims of a document take part in."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._of: dict[str, list[Claim]] = {}
        self._failed: dict[Decimal, list[Claim]] = defaultdict(list)
        self._broken: dict[tuple[object, ...], list[Decimal]] = defaultdict(list)
        for claim in claims:
            if claim.outcome == "off":
                self._of |= {f.figure_id: [] for f in claim.figures}
                if claim.certainty != "guess":
                    self._broken[_breakdown(claim)].append(claim.residual)
                if not claim.over:
                    self._failed[claim.residual].append(claim)
        for claim in claims if self._of else ():
            if claim.outcome != "open" and not claim.of_which and claim.certainty != "guess":
                for figure in claim.figures:
                    if figure.figure_id in self._of:
                        self._of[figure.figure_id].append(claim)

    @cached_property
    def _swaps(self) -> dict[str, Swap]:
        """Figure id to the pair of cells whose exchange mends two sums."""
        found: dict[str, Swap] = {}
        for claims in self._failed.values():
            for claim in claims:
                for other in self._failed.get(-claim.residual, ()):
                    if (other.check, other.table) == (claim.check, claim.table):
                        pair = self._best_swap(slips.swaps(claim, other))
                        if pair is not None:
                            found |= {figure.figure_id: pair for figure in pair}
        return found

    def _best_swap(self, pairs: Iterable[Swap]) -> Swap | None:
        """The exchange that breaks no law and mends the most; none where two mend as many."""
        mends: dict[int, list[Swap]] = {}
        for pair in pairs:
            touched = [c for f in pair for c in self._of.get(f.figure_id, ())]
            holding = [_holds_swapped(c, pair) for c in touched if c.outcome == "holds"]
            if all(holding):
                mended = sum(_holds_swapped(c, pair) for c in touched if c.outcome == "off")
                mends.setdefault(mended, []).append(pair)
        best = mends[max(mends)] if mends else []
        return best[0] if len(best) == 1 else None

    def swap(self, claim: Claim) -> Swap | None:
        """Two cells of one row whose exchange mends this law too."""
        for figure in claim.figures:
            pair = self._swaps.get(figure.figure_id)
            if pair is not None and _holds_swapped(claim, pair):
                return pair
        return None

    def broken(self, claim: Claim) -> int:
        """In how many columns (or rows) the same lines fail to add up to the same whole."""
        return len(self._broken[_breakdown(claim)])

    def lacking(self, claim: Claim) -> bool:
        """Is the whole larger in nearly all columns that fail, as if a line were missing?"""
        gaps = self._broken[_breakdown(claim)]
        return len(gaps) > 1 and sum(gap > 0 for gap in gaps) * 10 >= len(gaps) * 8

    def sums(self, figure: Figure, check: str) -> list[Claim]:
        """The failed sums that the figure is the total of."""
        return [
            c
            for c in self._of.get(figure.figure_id, ())
            if c.outcome == "off" and c.check == check and c.whole.figure_id == figure.figure_id
        ]

    def others(self, figure: Figure, claim: Claim) -> list[Claim]:
        """The other laws that the figure takes part in."""
        return [c for c in self._of.get(figure.figure_id, ()) if c is not claim]


def _breakdown(claim: Claim) -> tuple[object, ...]:
    place = claim.whole.place
    if claim.over or place.table is None or claim.layout == "relation":
        return (claim.check, claim.key)
    line = place.row if claim.check == "column_total" else place.column
    return (claim.check, claim.table, line, len(claim.terms))


def explained(claim: Claim, book: Book) -> Explanation:
    """The ways to mend one failed claim."""
    turned = _turned(claim, book)
    return replace(_explained(claim, book), turned=turned) if turned else _explained(claim, book)


def _turned(claim: Claim, book: Book) -> Swap | None:
    """A difference taken the wrong way round: later and earlier exchanged, or the sign lost."""
    if claim.over or [t.weight for t in claim.terms] != [1, -1]:
        return None
    pair = claim.terms[0].figure, claim.terms[1].figure
    others = [c for f in pair for c in book.others(f, claim)]
    mends = _holds_swapped(claim, pair) and all(_holds_swapped(c, pair) for c in others)
    return pair if mends else None


def _explained(claim: Claim, book: Book) -> Explanation:
    if claim.reason in {"row_missing", "row_extra"} or claim.layout == "growth":
        return Explanation()
    swap = book.swap(claim)
    if swap is not None:
        return Explanation(swap=swap)
    candidates = [c for pair in _mending(claim, book) if (c := _candidate(claim, book, *pair))]
    if candidates:
        most = max(c.mends for c in candidates)
        best = tuple(c for c in candidates if c.mends == most)
        return Explanation(best, broken=book.broken(claim), lacking=book.lacking(claim))
    above, broken, lacking = _from_above(claim, book), book.broken(claim), book.lacking(claim)
    carried = _carried(claim, book)
    return Explanation(above=above, carried=carried, broken=broken, lacking=lacking)


def _candidate(claim: Claim, book: Book, figure: Figure, value: Decimal) -> Candidate | None:
    others = book.others(figure, claim)
    if not all(_holds_with(other, figure, value) for other in others):
        return None
    slip = slips.kind(figure, value) if slips.is_slip(figure, value) else None
    return Candidate(figure, value, slip, 1 + sum(other.outcome == "off" for other in others))


def _mending(claim: Claim, book: Book) -> Iterator[tuple[Figure, Decimal]]:
    """Every figure with the value that alone would mend the claim."""
    if not claim.over:
        yield from slips.mended(claim)
        return
    yield claim.whole, _nearest(claim.expected, claim.whole)
    for figure in claim.figures[1:]:
        value = _wanted(figure, claim, book) or _solved(claim, figure)
        if value is not None:
            yield figure, value


def _wanted(figure: Figure, claim: Claim, book: Book) -> Decimal | None:
    """What a failed sum wants of the figure: exact, where a percentage leaves a range."""
    for other in book.others(figure, claim):
        if other.outcome == "off" and not other.over:
            wanted = (v for f, v in slips.mended(other) if f.figure_id == figure.figure_id)
            value = next(wanted, None)  # none where the sum would hold whatever the figure were
            if value is not None and _holds_with(claim, figure, value):
                return value
    return None


def _solved(claim: Claim, figure: Figure) -> Decimal | None:
    """The value of one figure of a quotient that would give the printed whole."""
    above, below = _weight(claim.terms, figure), _weight(claim.over, figure)
    dividend, divisor = point_sum(claim.terms), point_sum(claim.over)
    whole = claim.whole.value
    assert whole is not None
    slope = claim.factor * above - whole * below
    if not slope or figure.value is None:
        return None
    value = figure.value + (whole * divisor - claim.factor * dividend) / slope
    return _nearest(value, figure)


def _weight(terms: Sequence[Term], figure: Figure) -> int:
    return sum(t.weight for t in terms if t.figure.figure_id == figure.figure_id)


def _nearest(value: Decimal, figure: Figure) -> Decimal:
    """The nearest value that the figure's last place can print."""
    return (value / figure.rounding).to_integral_value() * figure.rounding


def _holds_with(claim: Claim, figure: Figure, value: Decimal) -> bool:
    """Would the claim hold if the figure had this value?"""
    if claim.over or any(f.qualifier for f in claim.figures):
        changed = with_values(
            claim, lambda f: value if f.figure_id == figure.figure_id else f.value
        )
        return changed.outcome == "holds"
    assert figure.value is not None
    delta = value - figure.value
    residual = claim.residual
    if claim.whole.figure_id == figure.figure_id:
        residual += delta
    for term in claim.terms:
        if term.figure.figure_id == figure.figure_id:
            residual -= term.weight * claim.factor * delta
    return abs(residual) <= claim.tolerance


def _from_above(claim: Claim, book: Book) -> Claim | None:
    """A law that holds between this total and other totals that fail as well."""
    for other in book.others(claim.whole, claim):
        if other.outcome == "holds" and not other.over and len(other.figures) > 2:
            failing = sum(_fails_as_whole(f, book, claim.check) for f in other.figures)
            if failing > 1:
                return other
    return None


def _carried(claim: Claim, book: Book) -> Figure | None:
    """Where the gap comes from: a part of this total whose own column misses by the same."""
    for law in book.others(claim.whole, claim):
        summed = law.check in {"row_total", "column_total"} and law.whole is claim.whole
        if law.outcome == "holds" and summed:
            for term in law.terms:
                gaps = [c.residual for c in book.sums(term.figure, claim.check)]
                if claim.residual in gaps:
                    return term.figure
    return None


def _fails_as_whole(figure: Figure, book: Book, check: str) -> bool:
    return bool(book.sums(figure, check))


def sum_text(claim: Claim, lang: str, limit: int = 6) -> str:
    """The terms as a person writes them: "48.384 + 18.305", the middle left out where long."""
    terms, many = list(enumerate(claim.terms)), len(claim.terms) > limit
    shown = [*terms[: limit - 2], terms[-1]] if many else terms
    parts = [_signed(term, first=n == 0, lang=lang) for n, term in shown]
    if many:
        parts.insert(-1, "+ …")
    return " ".join(parts)


def _signed(term: Term, *, first: bool, lang: str) -> str:
    text = _printed(term.figure, lang)
    if term.weight < 0:
        return f"- {text}"
    return text if first else f"+ {text}"


def quotient_text(claim: Claim, lang: str) -> str:
    """The quotient as a person writes it: "264.439 / (2.138.323 - 264.439)"."""
    over = " ".join(
        f"{'-' if t.weight < 0 else '+' if n else ''} {_printed(t.figure, lang)}".strip()
        for n, t in enumerate(claim.over)
    )
    upper, lower = sum_text(claim, lang), f"({over})" if len(claim.over) > 1 else over
    return f"{f'({upper})' if len(claim.terms) > 1 else upper} / {lower}"


def _printed(figure: Figure, lang: str) -> str:
    assert figure.value is not None
    return messages.amount(figure.value, figure, lang)
