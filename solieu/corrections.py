"""`corrections.csv`: what readers know better about the print than the machine that read it.

A correction is an interpretation of the print. What the publisher printed wrong is never corrected:
it is annotated, with the field `note`. Where a correction stands in the dataset, its author, its
reason and the value before stand beside it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from solieu.errors import UsageError

NAME = "corrections.csv"

_PLACE = ("document_id", "page", "table", "row", "column")
COLUMNS = ("observation_id", *_PLACE, "field", "value", "reason", "by", "on")
_ALWAYS = ("field", "value", "reason", "by")

SCENARIOS = ("actual", "estimate", "plan")
MEASURES = ("level", "change", "growth", "plan_completion", "share")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-\d\d)?)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}([.,]\d{3})+")

Problem = tuple[int, str, str]
"""Line of the file, what is wrong in English and in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file."""

    line: int
    field: str
    value: str
    reason: str
    by: str
    on: date | None
    observation_id: str | None = None
    document_id: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def target(self) -> tuple[object, ...]:
        """The figure it speaks of: by its id, or by the cell it stands in."""
        if self.observation_id:
            return (self.observation_id,)
        return (self.document_id, self.table, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All rows of a file, by the figure that they speak of."""

    rows: tuple[Row, ...] = ()

    @property
    def digest(self) -> str:
        """Changes when what is corrected changes; empty without corrections."""
        said = [(r.target, r.field, r.value, r.reason, r.by, r.on) for r in self.rows]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:12] if said else ""

    def by_target(self) -> dict[tuple[object, ...], list[Row]]:
        found: dict[tuple[object, ...], list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.target, []).append(row)
        return found


def load(path: Path) -> Corrections:
    """The corrections in a file.

    Raises:
        UsageError: it cannot be read, or has any problem; the message names every one.
    """
    rows, problems = read(path)
    if problems:
        raise UsageError(_listed(path, problems, 1), _listed(path, problems, 2))
    return Corrections(tuple(rows))


def of(folder: Path, path: Path | None = None) -> Corrections:
    """The corrections of an output folder: those in `path`, else in its own file, else none.

    Raises:
        UsageError: as `load`.
    """
    own = folder / NAME
    if path is None and not own.exists():
        return Corrections()
    return load(path or own)


def read(path: Path) -> tuple[list[Row], list[Problem]]:
    """The rows of a file that are right, and what is wrong with the others."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [
            (
                1,
                "The file is not UTF-8; save it as CSV UTF-8.",
                "Tệp không phải UTF-8; hãy lưu dạng CSV UTF-8.",
            )
        ]
    except OSError as error:
        return [], [(0, f"Cannot be read: {error.strerror}.", f"Không đọc được: {error.strerror}.")]
    first = text.partition("\n")[0]
    # Spreadsheets of countries that write decimals with a comma part the columns by semicolons.
    mark = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=False)
    names = [name.strip() for name in reader.fieldnames or []]
    reader.fieldnames = names
    if problems := list(_head(names)):
        return [], problems
    rows: list[Row] = []
    for raw in reader:
        if any(isinstance(v, str) and v.strip() for v in raw.values()):
            row, wrong = _row(reader.line_num, raw)
            problems += wrong
            if row and not wrong:
                rows.append(row)
    problems += _conflicts(rows)
    return rows, sorted(problems)


def _head(names: list[str]) -> Iterator[Problem]:
    for name in names:
        if name not in COLUMNS:
            yield 1, f"Unknown column “{name}”.", f"Không có cột nào tên “{name}”."
    for name in _ALWAYS:
        if name not in names:
            yield 1, f"The column “{name}” is missing.", f"Thiếu cột “{name}”."
    if "observation_id" not in names and not {"document_id", "table", "row", "column"} <= set(
        names
    ):
        yield (
            1,
            "A figure is named by observation_id, or by document_id, table, row and column.",
            "Chỉ rõ con số bằng observation_id, hoặc document_id, table, row và column.",
        )


def _row(line: int, raw: Mapping[str | None, object]) -> tuple[Row | None, list[Problem]]:
    if None in raw:
        return None, [(line, "More values than columns.", "Nhiều giá trị hơn số cột.")]
    cells = {str(k): _unguarded(str(v or "").strip()) for k, v in raw.items()}
    problems = [(line, en, vi) for en, vi in _wrong(cells)]
    if problems:
        return None, problems
    return (
        Row(
            line,
            cells["field"],
            cells["value"],
            cells["reason"],
            cells["by"],
            date.fromisoformat(cells["on"]) if cells.get("on") else None,
            cells.get("observation_id") or None,
            cells.get("document_id") or None,
            *(int(cells[n]) if cells.get(n) else None for n in ("table", "row", "column")),
        ),
        [],
    )


def _unguarded(text: str) -> str:
    """Without the apostrophe that keeps spreadsheets from taking a text for a formula."""
    return text[1:] if re.match(r"'[=+\-@\t\r]", text) else text


def _wrong(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    place = [cells.get(n, "") for n in ("document_id", "table", "row", "column")]
    if not cells.get("observation_id") and not all(place):
        yield "It does not say which figure.", "Không nói rõ con số nào."
    if any(text and not text.isdecimal() for text in (*place[1:], cells.get("page", ""))):
        yield (
            "page, table, row and column are whole numbers.",
            "page, table, row, column là số nguyên.",
        )
    for name in ("reason", "by"):
        if not cells[name]:
            yield f"“{name}” is empty.", f"“{name}” còn trống."
    if cells.get("on") and not _is_date(cells["on"]):
        yield "“on” is a date like 2026-03-31.", "“on” là ngày dạng 2026-03-31."
    law = FIELDS.get(cells["field"])
    if law is None:
        yield (
            f"Unknown field “{cells['field']}”; known are {', '.join(FIELDS)}.",
            f"Không có trường “{cells['field']}”; chỉ có {', '.join(FIELDS)}.",
        )
    elif said := law(cells["value"]):
        yield said


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _conflicts(rows: Iterable[Row]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = (*row.target, row.field)
        other = seen.setdefault(key, row)
        if other.value != row.value:
            yield (
                row.line,
                f"Says “{row.value}” where line {other.line} says “{other.value}”; keep one.",
                f"Ghi “{row.value}” trong khi dòng {other.line} ghi “{other.value}”; hãy giữ một.",
            )


def _listed(path: Path, problems: list[Problem], which: int) -> str:
    head = ("{} cannot be used:", "Không dùng được {}:")[which - 1].format(path)
    line = ("line", "dòng")[which - 1]
    return "\n".join([head, *(f"  {line} {p[0]}: {p[which]}" for p in problems)])


# What each field may hold: None where the value is right, else what is wrong with it.

Law = Callable[[str], tuple[str, str] | None]


def _number(text: str) -> tuple[str, str] | None:
    if _GROUPED.fullmatch(text):
        whole, decimal = re.sub(r"[.,]", "", text), f"{text.replace(',', '.')}0"
        return (
            f"“{text}” may be {whole} or a decimal: write {whole}, or {decimal}.",
            f"“{text}” có thể là {whole} hoặc số lẻ: hãy ghi {whole}, hoặc {decimal}.",
        )
    try:
        good = Decimal(text).is_finite() and "e" not in text.lower()
    except InvalidOperation:
        good = False
    if good:
        return None
    return (
        f"“{text}” is no number; write digits and, for decimals, a point.",
        f"“{text}” không phải là số; chỉ ghi chữ số và dấu chấm cho phần lẻ.",
    )


def _one_of(*allowed: str) -> Law:
    def law(text: str) -> tuple[str, str] | None:
        if text in allowed:
            return None
        known = ", ".join(allowed)
        return f"“{text}” is none of {known}.", f"“{text}” không phải là một trong {known}."

    return law


def _like(pattern: re.Pattern[str], example: str) -> Law:
    def law(text: str) -> tuple[str, str] | None:
        if pattern.fullmatch(text):
            return None
        return f"“{text}” is not like {example}.", f"“{text}” không có dạng {example}."

    return law


def _some(text: str) -> tuple[str, str] | None:
    return None if text else ("“value” is empty.", "“value” còn trống.")


def _any(_: str) -> None:
    return None


FIELDS: dict[str, Law] = {
    "value": _number,
    "unit": _some,
    "region_code": _like(re.compile(r"\d{2}|\d{3}|\d{5}"), "30, 291 or 10507"),
    "region_name": _some,
    "metric": _like(_CODE, "health_insurance_participants"),
    "scenario": _one_of(*SCENARIOS),
    "measure": _one_of(*MEASURES),
    "basis": _any,
    "period": _like(_PERIOD, "2023, 2019-Q1, 2024-05 or 2018-07-31"),
    "year": _like(re.compile(r"(19|20)\d\d"), "2023"),
    "is_total": _one_of("yes", "no"),
    "figure": _one_of("no"),
    "note": _some,
}
"""Field to its law. `figure` no: what was read as a figure is none."""
