"""The types that travel from a published page to a finding.

Everything here is frozen: a stage never changes what an earlier stage said. Rows, columns, pages
and tables are counted from 1, as a reader counts them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from solieu.quick import maker, quick

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in PDF points, the origin at the page's upper left corner."""

Level = Literal["country", "province", "district", "commune", "other"]
Scenario = Literal["actual", "estimate", "plan"]
Measure = Literal["level", "change", "growth", "plan_completion", "share"]
Method = Literal["table", "prose"]
Role = Literal["part", "total", "of_which", "group"]
Severity = Literal["error", "warning", "info"]
CheckStatus = Literal["pass", "fail", "unknown"]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The bytes that were published, and where they came from."""

    address: str
    content: bytes
    media_type: str
    name: str
    final_url: str | None = None
    retrieved_at: datetime | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the raw bytes, hex: the document's identity."""
        return hashlib.sha256(self.content).hexdigest()


@quick
@dataclass(frozen=True, slots=True)
class Place:
    """One address for a cell of a table or a span of running text.

    A cell has `table`, `row` and `column`; a span has `passage` and `start`, `end` (offsets in the
    passage's text).
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: Box | None = None
    passage: int | None = None
    start: int | None = None
    end: int | None = None

    def figure_id(self, document_id: str, part: int = 0) -> str:
        """The same for the same place of the same bytes; `part` tells two in one cell apart."""
        spot = f"({self.table}, {self.row}, {self.column}, {self.passage}, {self.start}, {part})"
        begun = _hashed(document_id).copy()  # half the time of beginning anew
        begun.update(spot.encode())
        return begun.hexdigest()[:20]


make_place = maker(Place)


@lru_cache(maxsize=4)
def _hashed(document_id: str) -> Hash:
    """What all figures of a document have in common, hashed once."""
    return hashlib.sha256(f"{document_id}:".encode(), usedforsecurity=False)


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as published; a merged cell stands once, at its first position."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    number: Decimal | None = None
    """What a spreadsheet holds, in the scale it shows; then `text` is that and needs no reading."""
    display: str | None = None
    """What the spreadsheet shows, where its number format rounds."""
    percent: bool = False
    """The number format is a percentage: `number` 0.95 is printed as 95%."""
    header: bool = False
    """The format itself calls it a header (`th`, `thead`, a repeated header row)."""
    indent: int = 0
    """Visual indentation in steps, the way many tables show "of which"."""
    bold: bool = False
    marks: tuple[str, ...] = ()
    """Footnote marks set as superscripts, kept apart from the text."""
    confidence: float = 1.0
    """How surely the characters were read, and that they are of this cell.

    Below 1 for recognised scans, and for columns that only narrow blanks part.
    """


make_cell = maker(Cell)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as published: cells with spans, and the words around it that give it meaning.

    `kind` is "glued" where a text file lost the cell borders: then every row has one cell, the
    printed line, and cutting it is a question of meaning (`normalizers.gluing.cutting`).
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    number: int = 0
    kind: Literal["cells", "glued"] = "cells"
    page: int | None = None
    box: Box | None = None
    title: str | None = None
    """The caption, or the nearest heading above that speaks of this table."""
    notes: tuple[str, ...] = ()
    """Lines set just above or below it: "Đơn vị tính: triệu đồng", footnotes."""
    section: tuple[str, ...] = ()
    """Headings over it, outermost first."""
    name: str | None = None
    """Sheet name, where there is one."""
    header_rows: int | None = None
    """How many leading rows the format itself declares as head; None where it does not say."""

    def by_row(self) -> dict[int, list[Cell]]:
        """Row number to the cells that begin in it, left to right."""
        rows: dict[int, list[Cell]] = {n: [] for n in range(1, self.row_count + 1)}
        for cell in self.cells:
            rows[cell.row].append(cell)
        for cells in rows.values():
            cells.sort(key=attrgetter("column"))
        return rows

    def covering(self) -> dict[tuple[int, int], Cell]:
        """(row, column) to the cell that covers it, merged cells at every position."""
        found: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for place in self._covered(cell):
                found[place] = cell
        return found

    def _covered(self, cell: Cell) -> Iterable[tuple[int, int]]:
        if cell.row_span == cell.column_span == 1:
            inside = cell.row <= self.row_count and cell.column <= self.column_count
            return ((cell.row, cell.column),) if inside else ()
        rows = range(cell.row, min(cell.row + cell.row_span, self.row_count + 1))
        last = min(cell.column + cell.column_span, self.column_count + 1)
        return product(rows, range(cell.column, last))


PassageKind = Literal["title", "heading", "paragraph", "item", "caption", "boilerplate"]


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of running text; `boilerplate` is menu, sidebar, teaser, footer: kept, never read."""

    text: str
    number: int
    kind: PassageKind = "paragraph"
    page: int | None = None
    box: Box | None = None
    section: tuple[str, ...] = ()


make_passage = maker(Passage)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the dataset must know about a document, in both languages."""

    code: str
    message_vi: str
    message_en: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What an extractor found: the blocks in reading order."""

    blocks: tuple[Passage | Grid, ...]
    title: str | None = None
    published_on: date | None = None
    page_count: int | None = None
    reader: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple([b for b in self.blocks if isinstance(b, Grid)])

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple([b for b in self.blocks if isinstance(b, Passage)])


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative unit over one interval of time, or another territory with `level` other."""

    name: str
    """Official name with its type word: "Huyện Nam Sách", "Việt Nam"."""
    level: Level
    code: str | None = None
    valid_from: date | None = None
    path: str | None = None
    """From the top: "Tỉnh Trà Vinh / Thành phố Trà Vinh / Phường 1"."""


@quick
@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure is for; `code` is in SDMX form: 2023, 2019-Q1, 2024-05, 2018-07-31."""

    year: int
    code: str
    start: date | None = None
    """None for a stock at `end`."""
    end: date | None = None
    basis: Literal["flow", "cumulative", "stock"] = "flow"
    source: str = ""
    """Where the year was found: cell, column, row, caption, heading, title, publication."""
    flags: tuple[str, ...] = ()
    misprint: str = ""
    """The printed date that no calendar has ("31/6/2024"): then no more than the year is known."""


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure at its place, with the reading chosen and the doubt that is left.

    `value` is signed and in `unit`, multipliers applied: "2.138.323 triệu đồng" is 2138323000000
    VND. It is None where no reading was chosen; then `reason` says why.
    """

    figure_id: str
    place: Place
    raw: str
    value: Decimal | None
    unit: str
    rounding: Decimal = Decimal(1)
    """The published figure's last place, in `unit`."""
    exact: bool = False
    """A count printed in full: it stands for itself and not for an interval."""
    qualifier: str | None = None
    number_format: str = "plain"
    confidence: float = 1.0
    legibility: float | None = None
    """How surely its digits were read, whatever they are of; None where `confidence` says it."""
    alternative: Decimal | None = None
    """The other reading that the print allows, in `unit`, where doubt is left."""
    reason: str | None = None
    flags: tuple[str, ...] = ()
    excerpt: str = ""


make_figure = maker(Figure)


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table with what it means for arithmetic."""

    index: int
    """The grid's row or column number."""
    labels: tuple[str, ...]
    """Header path or row path, outermost first."""
    role: Role = "part"
    parent: int | None = None
    """Index of the line this one is a part (or an "of which") of, where the layout says so."""
    number: str | None = None
    """What the numbering row or the ordinal column calls it: "6", "A", "II", "1.2"."""
    formula: str | None = None
    """What the table prints about it: "6=7+8+9", "8=7/4"."""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: figures by place, rows and columns with their roles."""

    number: int
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    figures: tuple[Figure, ...]
    title: str | None = None
    page: int | None = None
    used: tuple[str, ...] = ()
    """Identities that chose a reading ("row_difference"): no independent evidence."""

    def at(self) -> dict[tuple[int, int], Figure]:
        """(row, column) to the figure there; the first where a cell holds two."""
        found: dict[tuple[int, int], Figure] = {}
        for figure in self.figures:
            if figure.place.row is not None and figure.place.column is not None:
                found.setdefault((figure.place.row, figure.place.column), figure)
        return found


@dataclass(frozen=True, slots=True)
class Correction:
    """A reader's word on how the print is to be read, and what was read before."""

    field: str
    value: str
    original: str | None
    reason: str
    by: str
    on: date | None = None


@quick
@dataclass(frozen=True, slots=True)
class Observation:
    """A figure with its meaning."""

    figure: Figure
    metric_label: str
    method: Method
    region: Region | None = None
    region_text: str | None = None
    """What was printed for the region, also where it could not be resolved."""
    candidates: tuple[str, ...] = ()
    """Units that an ambiguous name may mean."""
    metric: str | None = None
    scenario: Scenario = "actual"
    measure: Measure = "level"
    basis: str | None = None
    period: Period | None = None
    is_total: bool = False
    flags: tuple[str, ...] = ()
    misdated: tuple[str, ...] = ()
    """Printed dates that no calendar has, of its own time or of what it is compared with."""
    corrections: tuple[Correction, ...] = ()
    """What readers corrected or noted, in the order in which it was applied."""

    def doubts(self) -> tuple[str, ...]:
        """All flags: of the figure, of what it means and of its time."""
        time = self.period.flags if self.period else ()
        date = ("impossible_date",) if self.misdated else ()
        said = (*self.figure.flags, *self.flags, *time, *date)
        return tuple(sorted({*said})) if len(said) > 1 else said  # asked of each, and few have any


make_observation = maker(Observation)


@quick
@dataclass(frozen=True, slots=True)
class Finding:
    """One arithmetic check that was made, held or not. Amounts are in the figures' unit."""

    check: str
    status: CheckStatus
    severity: Severity
    figure_ids: tuple[str, ...]
    published: Decimal | None
    expected: Decimal | None
    tolerance: Decimal = Decimal(0)
    region_name: str | None = None
    metric: str | None = None
    scenario: str | None = None
    measure: str | None = None
    year: int | None = None
    suspect_id: str | None = None
    suggestion: str | None = None
    message_vi: str = ""
    message_en: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    """Explanations and arithmetic for people: keys are stable, values are text."""

    @property
    def difference(self) -> Decimal | None:
        if self.published is None or self.expected is None:
            return None
        return self.published - self.expected

    def finding_id(self, document_id: str) -> str:
        """The same for the same check over the same figures, run after run."""
        key = f"{document_id}:{self.check}:{self.measure}:{','.join(self.figure_ids)}"
        return hashlib.sha256(key.encode(), usedforsecurity=False).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell, table or page that holds something and gave no figure, and why."""

    place: Place
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document gave; what `observe` returns."""

    document_id: str
    content: Content
    tables: tuple[Table, ...] = ()
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: tuple[Unread, ...] = ()
    region: Region | None = None
    """The territory the document speaks of, where it says so."""

    def figures(self) -> Iterator[Figure]:
        for observation in self.observations:
            yield observation.figure
