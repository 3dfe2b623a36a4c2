"""The figures of a table: every printed number with the reading that its column decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalizers.conventions import ColumnEvidence, Decision, Kind, choose, decide
from normalizers.layout.sheet import FRACTION, Sheet, cell_kind, is_ditto, is_error
from normalizers.quantities.worded import worded
from normalizers.tables.nesting import RowLine
from normalizers.units import MONEY, ONE, PERCENTAGES, Unit, lexicon
from solieu.model import Cell, Figure, Grid, Place, Unread, make_figure, make_place
from solieu.numerals import Numeral, read_numeral
from solieu.quick import maker, quick
from solieu.text import one_line

_FOOTNOTE_TEXT = re.compile(r"^\((\d{1,2})\)\s*\D")
_LONGEST_EXCERPT = 300
PERCENT = Unit("percent", ONE, "%")
PER_MILLE = Unit("per_mille", ONE, "‰")
_BOUNDS = {"range_low": "at_least", "range_high": "at_most"}
_SUREST = 0.99
_EMPTY = frozenset({"nil", "not_available", "not_applicable"})


@quick
@dataclass(frozen=True, slots=True)
class Reading:
    """A cell's number in the unit printed over it, before the multiplier."""

    value: Decimal
    places: int
    number_format: str
    confidence: float
    alternative: Decimal | None = None
    flags: tuple[str, ...] = ()
    unit: Unit | None = None
    """The unit that stands in the cell itself: "32,9%", "12 tỷ đồng"."""
    qualifier: str | None = None


_reading = maker(Reading)


@quick
@dataclass(frozen=True, slots=True)
class Printed:
    """A cell of a value column that holds something."""

    cell: Cell
    line: RowLine
    column: int
    numeral: Numeral | None
    mark: bool = False
    """A typed footnote mark that the spreadsheet took for a negative number."""


_printed = maker(Printed)


def printed_cells(sheet: Sheet, lines: Sequence[RowLine], columns: Sequence[int]) -> list[Printed]:
    """The filled cells of the value columns, row by row; a cell merged over rows stands once."""
    wanted, marks = set(columns), _explained_marks(sheet)
    found = []
    for line in lines:
        for cell in sheet.filled(line.row.index):
            if cell.column in wanted:
                numeral = None if cell.number is not None else read_numeral(cell.text)
                mark = cell.number is not None and cell.number in marks
                found.append(_printed(cell, line, cell.column, numeral, mark))
    return found


def _explained_marks(sheet: Sheet) -> frozenset[Decimal]:
    """Footnotes "(1) ...", "(2) ..." below a sheet: a typed "(2)" is held as minus two there."""
    texts = (
        c.text for c in sheet.grid.cells if c.number is None and c.text.lstrip().startswith("(")
    )
    return frozenset(
        -Decimal(m[1]) for t in texts if len(t) > 20 and (m := _FOOTNOTE_TEXT.match(t.strip()))
    )


def conventions(
    cells: Iterable[Printed], units: Mapping[int, Unit | None], prior: float
) -> dict[int, Decision]:
    """One decision per column from all its printed numerals, totals against parts included."""
    cells = list(cells)
    numerals: dict[int, dict[int, Numeral]] = {column: {} for column in units}
    for printed in cells:
        if printed.numeral is not None and printed.numeral.status == "number":
            numerals[printed.column][printed.line.row.index] = printed.numeral
    lines = {p.line.row.index: p.line for p in cells}
    totals = [i for i, line in lines.items() if line.role == "total" and line.parent is None]
    top = min((line.level for line in lines.values() if line.role != "total"), default=0)
    parts = tuple(
        i for i, line in lines.items() if line.role in {"part", "group"} and line.level == top
    )
    columns = list(units)
    evidence = [
        ColumnEvidence(
            numerals=numerals[column],
            kind=kind_of(units[column]),
            total_row=totals[0] if len(totals) == 1 else None,
            part_rows=parts if len(totals) == 1 else (),
            unit=unit.code if (unit := units[column]) else None,
            scale=unit.multiplier if unit else None,
        )
        for column in columns
    ]
    return dict(zip(columns, decide(evidence, prior), strict=True))


def kind_of(unit: Unit | None) -> Kind:
    """What the column counts, for the weighing of "1.888"."""
    if unit is None:
        return "unknown"
    if unit.code in PERCENTAGES:
        return "percent"
    if unit.code in MONEY:
        return "money"
    if unit.code in _codes("noun") and unit.multiplier == 1:
        return "counts"
    return "quantity" if unit.code in _codes("measure") or unit.multiplier != 1 else "unknown"


@cache
def _codes(kind: str) -> frozenset[str]:
    return frozenset(word.code for word in lexicon().values() if word.kind == kind)


def is_count(code: str) -> bool:
    """Whole things are counted: people, households, beds, and not tonnes or đồng."""
    return code == "count" or code in _codes("noun")


def read_cell(printed: Printed, decision: Decision) -> tuple[Reading, ...]:
    """The number in the cell, both ends of a range; none for a printed "-", a blank, a text."""
    cell, numeral = printed.cell, printed.numeral
    if cell.number is not None:
        return () if printed.mark else _held(cell, cell.number)
    if numeral is None or numeral.status != "number" or not numeral.readings:
        fraction = _fraction(cell)
        return (fraction,) if fraction else tuple(_worded(cell, decision))
    choice = choose(numeral, decision)
    if choice.reading is None:
        return ()
    reading = choice.reading
    read = _reading(
        value=reading.value,
        places=reading.places,
        number_format=reading.number_format,
        confidence=choice.confidence * cell.confidence,
        alternative=choice.alternative.value if choice.alternative else None,
        flags=_flags(choice.flags, numeral.flags),
        unit=_sign_unit(numeral.flags),
    )
    return (read,)


def _sign_unit(flags: tuple[str, ...]) -> Unit | None:
    """The unit of the sign behind the digits."""
    if not flags:
        return None
    return PERCENT if "percent" in flags else PER_MILLE if "per_mille" in flags else None


def _worded(cell: Cell, decision: Decision) -> Iterator[Reading]:
    """The number of "≥ 95%" or "379.339 người", the two of "7,5 - 8,0"."""
    dots = decision.number_format == "dot_thousands"
    sure = min(decision.confidence, _SUREST)
    for found in worded(cell.text, round(sure if dots else 1 - sure, 3)):
        bound = _BOUNDS.get(found.kind)
        guessed = bound is not None and "unitless" in found.flags and found.rounding == 1
        yield _reading(
            value=found.value,
            places=-found.rounding.adjusted(),
            number_format=found.number_format,
            confidence=min(found.confidence, 0.9 if guessed else 1.0) * cell.confidence,
            alternative=found.alternative,
            flags=tuple(f for f in found.flags if f != "unitless")
            + ((found.kind,) if bound else ()),
            unit=Unit(found.unit, ONE, found.unit_text or "") if found.unit_text else None,
            qualifier=found.qualifier or bound,
        )


def _flags(decided: tuple[str, ...], printed: tuple[str, ...]) -> tuple[str, ...]:
    """Of convention and print together, each once; the unit says percent."""
    if not printed:
        return decided
    telling = (f for f in printed if f not in {"percent", "per_mille"})
    return tuple(dict.fromkeys((*decided, *telling)))


def _held(cell: Cell, number: Decimal) -> tuple[Reading]:
    """A typed number is itself; only its percent format says that 0.95 is printed 95%."""
    value = number * 100 if cell.percent else number
    exponent = value.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    places = min(places, _shown_places(cell.display, value, places))
    unit = PERCENT if cell.percent else None
    return (_reading(value, places, "plain", cell.confidence, unit=unit),)


def _shown_places(display: str | None, value: Decimal, held: int) -> int:
    """How many decimals a reader of the sheet sees: 1234.4 that is shown as 1,234 has none.

    A number format that shows another number says nothing of this one's decimals.
    """
    if display is None or not held:
        return held
    shown = Decimal(display.rstrip("%").replace(",", ""))
    exponent = shown.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return max(0, -step.adjusted()) if abs(shown - value) <= step / 2 else held


def _fraction(cell: Cell) -> Reading | None:
    """The first of "41/56" is the figure, the second what it is out of."""
    match = FRACTION.match(one_line(cell.text))
    if match is None:
        return None
    numerator, denominator = (read_numeral(g) for g in match.groups())
    if numerator.best is None or denominator.best is None:
        return None
    if numerator.best.value > denominator.best.value:
        return None
    best = numerator.best
    return _reading(best.value, best.places, best.number_format, 0.9, flags=("fraction",))


@dataclass(frozen=True, slots=True)
class Source:
    """The grid that figures come from, with the words of its rows."""

    document_id: str
    grid: Grid
    excerpts: Mapping[int, str]


def figure(
    source: Source,
    printed: Printed,
    reading: Reading,
    unit: Unit,
    *,
    negative: bool,
    trust: float,
    part: int = 0,
) -> Figure:
    """The reading in its unit: multiplied, signed, with its last printed place.

    `trust` is how sure the words around it are: territory and head; `part` tells two figures of one
    cell apart.
    """
    scale = unit.multiplier
    value = reading.value * scale
    place = place_of(source.grid, printed.cell)
    step = _last_place(reading.places) * scale
    alternative = reading.alternative * scale if reading.alternative is not None else None
    return make_figure(
        figure_id=place.figure_id(source.document_id, part),
        place=place,
        raw=one_line(printed.cell.text),
        value=-abs(value) if negative else value,
        unit=unit.code,
        rounding=step,
        exact=_is_exact(unit, step, value) and reading.qualifier is None,
        qualifier=reading.qualifier,
        number_format=reading.number_format,
        confidence=round(reading.confidence * trust, 4),
        legibility=reading.confidence,
        alternative=-abs(alternative) if negative and alternative is not None else alternative,
        flags=reading.flags,
        excerpt=source.excerpts.get(printed.cell.row, ""),
    )


def _is_exact(unit: Unit, step: Decimal, value: Decimal) -> bool:
    return is_count(unit.code) and step == 1 and value == value.to_integral_value()


@cache
def _last_place(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def place_of(grid: Grid, cell: Cell) -> Place:
    """The address of a cell, with the page of its own where a table runs over several."""
    page = cell.page if cell.page is not None else grid.page
    return make_place(page=page, table=grid.number, row=cell.row, column=cell.column, box=cell.box)


def empty_figure(source: Source, printed: Printed) -> Figure | None:
    """What stands for a number and is none: "-" is nothing counted, "…" is not known."""
    numeral = printed.numeral
    if numeral is None or numeral.status not in _EMPTY:
        return None
    place = place_of(source.grid, printed.cell)
    return make_figure(
        figure_id=place.figure_id(source.document_id),
        place=place,
        raw=one_line(printed.cell.text),
        value=None,
        unit="count",
        exact=True,
        reason=numeral.status,
    )


def unread_text(grid: Grid, printed: Printed) -> Unread | None:
    """A text in a column of figures, where a number may be missed."""
    cell = printed.cell
    text = one_line(cell.text)
    if printed.mark:
        return Unread(place_of(grid, cell), text, "footnote mark, explained below the table")
    if is_error(text):
        return Unread(place_of(grid, cell), text, "the spreadsheet's own computation failed")
    if cell.number is not None or is_ditto(text) or cell_kind(cell) != "text":
        return None
    if not any(c.isdigit() for c in text):
        return None
    return Unread(place_of(grid, cell), text, "no number can be read in this cell")


def excerpt_of(sheet: Sheet, row: int) -> str:
    """The row as printed, cell by cell."""
    text = " | ".join(one_line(c.text) for c in sheet.filled(row))
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1] + "…"
