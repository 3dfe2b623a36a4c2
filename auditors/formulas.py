"""Formulas that a table prints over its columns: "6=7+8+9", "(3)=(2)/(1)", "8=7/4*100"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from auditors.desk import Desk, Sheet
from auditors.identities import Claim
from auditors.relations import Relation, believed, claim, sample
from solieu.model import Line

_TOKEN = re.compile(r"\s*(?:(\d+[a-w]?|[A-WYZa-wyz])|([-+*/x×:÷()\[\]=%–−]))")
_RUN = re.compile(r"\(?\b(\d{1,2})\)?[\s+]*(?:…|\.{2,}|→|đến)[\s+]*\(?(\d{1,2})\b\)?")
_NAME = re.compile(r"\d+[a-w]?|[A-Za-z]")
_SAME = str.maketrans(
    {"x": "*", "×": "*", ":": "/", "÷": "/", "[": "(", "]": ")", "–": "-", "−": "-"}
)

Sum = dict[str, Fraction]
"""Column number to weight."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Whole = factor x sum / sum, columns by their printed numbers."""

    whole: str
    terms: tuple[tuple[str, int], ...]
    over: tuple[tuple[str, int], ...] = ()
    factor: Decimal = Decimal(1)


class _Unreadable(ValueError):
    """The formula says something other than a sum or a quotient of sums."""


def read_formula(text: str, own: str | None = None) -> Formula | None:
    """The formula printed for a column; `own` is the column's number where the text leaves it out.

    >>> read_formula("8=7/4*100")
    Formula(whole='8', terms=(('7', 1),), over=(('4', 1),), factor=Decimal('100'))
    >>> len(read_formula("(3)=(4)+…+(8)").terms)
    5
    """
    left, _, right = _RUN.sub(_written_out, text.replace("%", "")).rpartition("=")
    whole = left.strip(" ()[]") or (own or "").strip(" ()[]")
    tokens = _tokens(right)
    if not whole or not tokens or not _NAME.fullmatch(whole):
        return None
    try:
        dividend, divisor, rest = _expression(tokens)
    except (_Unreadable, IndexError):
        return None
    return None if rest else _formula(whole, dividend, divisor)


def _written_out(run: re.Match[str]) -> str:
    """The columns from the first to the last of "4+…+8", added."""
    first, last = int(run[1]), int(run[2])
    return "+".join(str(number) for number in range(first, last + 1)) or run[0]


def _tokens(text: str) -> list[str]:
    """Tokens of an expression; numbers of columns may stand in brackets of their own."""
    found, at = [], 0
    text = text.strip().rstrip(" .;,")
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return []
        found.append((match.group(1) or match.group(2)).translate(_SAME))
        at = match.end()
    return found


Value = tuple[Sum, Sum]
"""Dividend and divisor; the empty column name holds a plain number."""

_ONE: Sum = {"": Fraction(1)}


def _expression(tokens: Sequence[str]) -> tuple[Sum, Sum, Sequence[str]]:
    value, tokens = _product(tokens)
    while tokens and tokens[0] in "+-":
        sign = 1 if tokens[0] == "+" else -1
        other, tokens = _product(tokens[1:])
        if value[1] != _ONE or other[1] != _ONE:
            raise _Unreadable
        total = dict(value[0])
        for name, weight in other[0].items():
            total[name] = total.get(name, Fraction(0)) + sign * weight
        value = (total, _ONE)
    return value[0], value[1], tokens


def _product(tokens: Sequence[str]) -> tuple[Value, Sequence[str]]:
    value, tokens = _atom(tokens)
    while tokens and tokens[0] in "*/":
        other, rest = _atom(tokens[1:])
        value = _times(value, other if tokens[0] == "*" else (other[1], other[0]))
        tokens = rest
    return value, tokens


def _atom(tokens: Sequence[str]) -> tuple[Value, Sequence[str]]:
    if tokens[0] == "(":
        dividend, divisor, rest = _expression(tokens[1:])
        if not rest or rest[0] != ")":
            raise _Unreadable
        return (dividend, divisor), rest[1:]
    if not tokens[0][0].isalnum():
        raise _Unreadable
    if tokens[0] in {"100", "1000"}:
        return ({"": Fraction(tokens[0])}, _ONE), tokens[1:]
    return ({tokens[0]: Fraction(1)}, _ONE), tokens[1:]


def _times(one: Value, other: Value) -> Value:
    return _multiplied(one[0], other[0]), _multiplied(one[1], other[1])


def _multiplied(one: Sum, other: Sum) -> Sum:
    for constant, rest in ((one, other), (other, one)):
        if set(constant) == {""}:
            return {name: weight * constant[""] for name, weight in rest.items()}
    raise _Unreadable


def _formula(whole: str, dividend: Sum, divisor: Sum) -> Formula | None:
    if "" in dividend or (divisor.keys() != {""} and "" in divisor):
        return None
    factor = Fraction(1)
    if divisor.keys() == {""}:
        factor, divisor = 1 / divisor[""], {}
    scale = max(abs(w) for w in dividend.values())
    if any(abs(w) != scale for w in dividend.values()) or any(
        abs(w) != 1 for w in divisor.values()
    ):
        return None
    factor *= scale
    if factor.denominator != 1 and factor.numerator != 1:
        return None
    return Formula(
        whole,
        tuple((name, 1 if w > 0 else -1) for name, w in dividend.items()),
        tuple((name, int(w)) for name, w in divisor.items()),
        Decimal(factor.numerator) / Decimal(factor.denominator),
    )


def printed_formulas(desk: Desk) -> Iterator[Claim]:
    """Every formula that a table prints about its columns or rows."""
    for sheet in desk.sheets:
        for upright, lines in ((True, sheet.crosses), (False, sheet.lines)):
            numbers = {_plain(x.number): x.index for x in lines if x.number}
            for line in lines:
                if line.formula is not None:
                    view = sheet if upright else sheet.turned
                    yield from _applied(desk, view, line, numbers)


def _plain(number: str | None) -> str:
    return (number or "").strip(" ()[].")


def _applied(desk: Desk, sheet: Sheet, line: Line, numbers: Mapping[str, int]) -> Iterator[Claim]:
    formula = read_formula(line.formula or "", line.number)
    if formula is None:
        return
    names = {formula.whole, *(n for n, _ in formula.terms), *(n for n, _ in formula.over)}
    if not names <= numbers.keys():
        return
    base = Relation(
        _check(desk, sheet, formula, numbers),
        numbers[formula.whole],
        tuple((numbers[n], w) for n, w in formula.terms),
        tuple((numbers[n], w) for n, w in formula.over),
        formula.factor,
        named=True,
        layout="formula",
    )
    tried = [list(_instances(r, sheet)) for r in _scaled(base, sheet)]
    best = max(tried, key=lambda claims: sum(c.outcome == "holds" for c in claims))
    settled = believed(best, named=True)
    if settled:
        yield from settled
    elif best:
        failed = next((c for c in best if c.outcome == "off"), None)
        if failed is not None:
            yield replace(failed, certainty="guess", reason="wrong_columns")


def _instances(relation: Relation, sheet: Sheet) -> Iterator[Claim]:
    for line in sheet.lines:
        made = claim(relation, sheet, line.index)
        if made is not None and made.outcome != "open":
            yield made


def _scaled(relation: Relation, sheet: Sheet) -> Iterator[Relation]:
    """A quotient may be printed in percent or in other units than its parts ("tạ/ha")."""
    yield relation
    if relation.over:
        rows = sample(sheet)
        for power in (2, 1, 3, -1, -2, -3):
            scaled = replace(relation, factor=Decimal(1).scaleb(power))
            tried = [c for r in rows if (c := claim(scaled, sheet, r)) is not None]
            if any(c.outcome == "holds" and c.whole.value for c in tried):
                yield scaled


def _check(desk: Desk, sheet: Sheet, formula: Formula, numbers: Mapping[str, int]) -> str:
    across = "row" if sheet.upright else "column"
    if not formula.over:
        minus = any(w < 0 for _, w in formula.terms)
        return "row_difference" if minus else f"{across}_total"
    whole = numbers[formula.whole]
    figure = next((f for (_, c), f in sheet.cells.items() if c == whole), None)
    measure = desk.measure(figure) if figure is not None else None
    names = {"plan_completion": "plan_completion", "growth": "growth_rate"}
    return names.get(measure or "", "share")
