"""Typing slips: is one printed number another with a digit swapped, dropped, doubled, misread?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import OSA

from auditors.identities import Claim, Term
from solieu.model import Figure


def digits(value: Decimal, figure: Figure) -> str | None:
    """The digits as the figure's place would print them; None where they do not end there."""
    scaled = abs(value) / figure.rounding
    if scaled != scaled.to_integral_value():
        return None
    return str(int(scaled))


def is_slip(figure: Figure, value: Decimal) -> bool:
    """Is what was printed one keystroke away from `value`?

    A change of sign alone counts too: the minus is a keystroke.
    """
    if figure.value is None or value == figure.value:
        return False
    printed, meant = digits(figure.value, figure), digits(value, figure)
    if printed is None or meant is None:
        return False
    if (value < 0) != (figure.value < 0):
        return printed == meant and figure.value != 0
    return OSA.distance(printed, meant, score_cutoff=1) <= 1


def kind(figure: Figure, value: Decimal) -> str:
    """Which slip it is: swapped, dropped, doubled, added, changed, sign."""
    assert figure.value is not None
    printed, meant = digits(figure.value, figure) or "", digits(value, figure) or ""
    if printed == meant:
        return "sign"
    if len(printed) < len(meant):
        return "dropped"
    if len(printed) > len(meant):
        pairs = zip(printed, meant, strict=False)
        at = next((n for n, (p, m) in enumerate(pairs) if p != m), len(meant))
        return "doubled" if at and printed[at] == printed[at - 1] else "added"
    return "swapped" if sorted(printed) == sorted(meant) else "changed"


def mended(claim: Claim) -> Iterator[tuple[Figure, Decimal]]:
    """Every figure of a failed sum with the value that alone would make it hold."""
    assert not claim.over
    yield claim.whole, claim.expected
    for term in claim.terms:
        value = implied(claim, term)
        if value is not None:
            yield term.figure, value


def implied(claim: Claim, term: Term) -> Decimal | None:
    """What a term would have to be."""
    weight = term.weight * claim.factor
    if not weight or term.figure.value is None:
        return None
    return term.figure.value + claim.residual / weight


def explains(claim: Claim) -> bool:
    """Does one slip in one figure explain more than chance would?

    A residual of one digit and zeros is a changed digit of almost any part: no evidence. A swapped,
    dropped or doubled digit is, and so is a changed digit of the whole.
    """
    for figure, value in mended(claim):
        if figure is claim.whole and is_slip(figure, value):
            return True
        if is_slip(figure, value) and kind(figure, value) not in {"changed", "sign"}:
            return True
    return False


def any_slip(claim: Claim) -> bool:
    """Does one slip of any kind in any figure explain it?

    A part that would have to be negative among figures that are not says that it is no part.
    """
    if claim.over:
        place = claim.whole.rounding
        return is_slip(claim.whole, (claim.expected / place).to_integral_value() * place)
    signed = any((f.value or 0) < 0 for f in claim.figures) or any(
        t.weight < 0 for t in claim.terms
    )
    return any(
        is_slip(figure, value) and (signed or value >= 0 or figure is claim.whole)
        for figure, value in mended(claim)
    )


def swaps(claim: Claim, other: Claim) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of cells of one row whose exchange mends two columns that miss by opposite amounts."""
    if claim.whole.value == other.expected and other.whole.value == claim.expected:
        yield claim.whole, other.whole
    mine = {t.figure.place.row: t.figure for t in claim.terms}
    for term in other.terms:
        one = mine.get(term.figure.place.row)
        if one is None or one.value is None or term.figure.value is None:
            continue
        if term.figure.value - one.value == claim.residual:
            yield one, term.figure
