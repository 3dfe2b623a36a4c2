"""Which row lies inside which: parents, levels and roles.

Ordinals, indentation, "Trong đó" and the columns of the labels say the same in different hands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from normalizers.layout.words import bare_label, has_role, starts_with_role
from normalizers.tables.ordinals import DASH, HEADING, NUMBER, PLAIN, TOTAL, ordinal_kinds
from normalizers.tables.rows import Row
from solieu.model import Line, Role
from solieu.quick import quick, replace

_TOTAL = re.compile(
    r"^tổng (?:cộng|số)(?: (?:các )?\d* ?\w+)?\W*$|^(?:tổng(?: cộng| số)?|cộng) "
    r"(?:trên địa bàn |toàn |cả |địa bàn )+(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường)\W*$",
    re.IGNORECASE,
)
_WHOLE_OF = re.compile(
    r"^(?P<sum>(?:tổng )?cộng|tổng(?: số)?)\s*[:(–-]?\s*(?:(?:toàn|của|cả|trên địa bàn)\s+)?"
    r"(?P<unit>(?:huyện|thành phố|thị xã|quận|tỉnh|xã|phường|thị trấn|đặc khu|tp\.?|tx\.?|tt\.?|"
    r"[hqpx]\.)(?P<name>\s*(?<![^\W.])[^\W_].*))$",
    re.IGNORECASE,
)
_UNITS = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu|tp|tx|tt)"
_COUNTED = re.compile(
    rf"^(?:tổng cộng|tổng số|tổng|cộng)\s*:?\s+(\d{{1,3}})\s+{_UNITS}(?:\W+(?:và )?{_UNITS})*\W*$",
    re.IGNORECASE,
)
Key = tuple[int, int, int]
"""Rank, label column, indentation of a row."""
_TIME_ALONE = re.compile(
    r"^\W*(?:(?:năm|vụ|quý|tháng)\s+)?(?:[IVX]+\W+|\d{1,2}\W+)?(?:năm\s+)?(?:19|20)\d{2}\W*$|"
    r"^\W*(?:quý [IVX\d]+|tháng \d{1,2})\W*$",
    re.IGNORECASE,
)
_YEAR_ROW = re.compile(
    r"^\W*(?:(?:năm|sơ bộ|ước tính|prel\.?|est\.?)[\s/–-]*)*(?:19|20)\d{2}\W*$", re.IGNORECASE
)
_ADDS = re.compile(r"\(\s*((?:[A-ZĐ]|[IVX]+)(?:\s*\+\s*(?:[A-ZĐ]|[IVX]+))+)\s*\)\s*$")
_OPENS = re.compile(r"[:)]\s*$")


@quick
@dataclass(frozen=True, slots=True)
class RowLine:
    """A row with its place among the others."""

    row: Row
    path: tuple[str, ...]
    """Labels of its parents and its own, outermost first."""
    role: Role
    parent: int | None
    level: int

    def line(self) -> Line:
        return Line(
            index=self.row.index,
            labels=(*self.row.stubs, *self.path),
            role=self.role,
            parent=self.parent,
            number=self.row.ordinal,
            level=self.level,
        )


def counts_visits(lines: Sequence[RowLine]) -> bool:
    """The counter of a page's visitors: "Đang truy cập", "Hôm nay", "Tổng số" and nothing else."""
    labels = [line.row.label for line in lines]
    own = [label for label in labels if has_role(label, "visits")]
    return bool(own) and all(label in own or has_role(label, "visits_with") for label in labels)


def row_lines(rows: Sequence[Row]) -> list[RowLine]:
    """Parents, levels and roles of all rows, from what stands in front of their labels."""
    ranks = _ranks(rows)
    totals = [n for n, rank in enumerate(ranks) if rank == TOTAL]
    stack: list[tuple[Key, RowLine]] = []
    made: list[RowLine] = []
    for number, (row, rank) in enumerate(zip(rows, ranks, strict=True)):
        last = number == totals[-1] if totals else False
        if rank == TOTAL and _left_blank(rows, ranks, number - 1):
            stack.pop()
        if rank == TOTAL and (group := _open_group(stack, rows, number, last=last)) is not None:
            under = group.path if group.row is rows[number - 1] else ()
            path = (*under, row.label)
            made.append(RowLine(row, path, "total", group.row.index, group.level + 1))
            continue
        key = (rank, row.column, row.indent)
        while stack and not _inside(key, stack[-1][0]):
            stack.pop()
        line = _line(row, rank, stack[-1][1] if stack else None)
        made.append(line)
        stack.append((key, line))
    return _with_groups(_summed(made))


def _left_blank(rows: Sequence[Row], ranks: Sequence[int], number: int) -> bool:
    """A "-" among others that have figures, and not the heading of what stands below it."""
    if number < 1 or rows[number].filled or ranks[number] != DASH:
        return False
    return ranks[number - 1] == DASH and rows[number - 1].filled


def _open_group(
    stack: Sequence[tuple[Key, RowLine]], rows: Sequence[Row], number: int, *, last: bool
) -> RowLine | None:
    """The heading without figures whose rows a subtotal adds up; a last total adds up all.

    Right below its heading, or in a table of several years, it is that heading's all the same.
    """
    groups = [line for _, line in stack if not line.row.filled]
    if not groups:
        return None
    own = groups[-1].row is rows[number - 1] or _TIME_ALONE.match(groups[-1].row.label)
    return groups[-1] if own or not last else None


def _line(row: Row, rank: int, above: RowLine | None) -> RowLine:
    if rank == TOTAL:
        return RowLine(row, (row.label,), "total", None, 0)
    inherits = above is not None and not above.row.filled and above.role == "of_which"
    role: Role = "of_which" if inherits or starts_with_role(row.label, "of_which") else "part"
    if above is None:
        return RowLine(row, (row.label,), role, None, 0)
    return RowLine(row, (*above.path, row.label), role, _whole_of(above), above.level + 1)


def _whole_of(above: RowLine) -> int | None:
    """The row that those below are parts of; a bare "Trong đó:" passes them to its own whole."""
    bare = any(starts_with_role(above.row.label, role) for role in ("of_which", "parts"))
    return above.parent if bare and not above.row.filled else above.row.index


def _summed(lines: Sequence[RowLine]) -> list[RowLine]:
    """Rows that a label adds up by their ordinals, "TỔNG CHI (A+B)", as its parts.

    Only outermost rows, and only where no other row bears one of the ordinals.
    """
    outer: dict[str, list[RowLine]] = {}
    for line in lines:
        outer.setdefault(line.row.ordinal or "", []).append(line)
    parents: dict[int, int] = {}
    for line in lines:
        match = _ADDS.search(line.row.label) if line.row.filled and line.role == "part" else None
        named = [outer.get(name.strip(), []) for name in match[1].split("+")] if match else []
        if line.parent is None and all(len(x) == 1 and x[0].parent is None for x in named):
            parents.update({x[0].row.index: line.row.index for x in named if x[0] is not line})
    return [
        replace(line, parent=parents[line.row.index]) if line.row.index in parents else line
        for line in lines
    ]


def _with_groups(lines: Sequence[RowLine]) -> list[RowLine]:
    """A row without figures, or with parts below it, is a group."""
    parents = {line.parent for line in lines if line.role == "part"}
    return [
        replace(line, role="group")
        if line.role == "part" and (not line.row.filled or line.row.index in parents)
        else line
        for line in lines
    ]


def nested(lines: Sequence[RowLine], depths: Mapping[int, int]) -> list[RowLine]:
    """A flat list of regions nested by what they are: provinces below their economic region.

    `depths` has the administrative depth of rows by index. Rows that layout nests already stay.
    """
    known = [line for line in lines if line.row.index in depths]
    flat = all(line.parent is None for line in lines)
    if not flat or len({depths[line.row.index] for line in known}) < 2:
        return list(lines)
    stack: list[RowLine] = []
    made: list[RowLine] = []
    for line in lines:
        depth = depths.get(line.row.index)
        if line.role == "total" or depth is None:
            stack = [] if line.role == "total" else stack
            made.append(line)
            continue
        while stack and depths[stack[-1].row.index] >= depth:
            stack.pop()
        above = stack[-1] if stack else None
        inside = replace(line, parent=above.row.index, level=above.level + 1) if above else line
        made.append(inside)
        stack.append(inside)
    return _with_groups(made)


def _inside(inner: Key, outer: Key) -> bool:
    """Whether a row lies inside an earlier one: by rank, then label column, then indentation.

    Where only one of the two has an ordinal, layout outranks it.
    """
    if outer[0] == TOTAL or inner[0] == HEADING:
        return False
    if outer[0] == HEADING:
        return True
    by_rank, by_layout = inner[0] - outer[0], inner[1:] > outer[1:]
    same_layout = inner[1:] == outer[1:]
    if by_rank == 0 or (PLAIN in (inner[0], outer[0]) and not same_layout):
        return by_layout
    return by_rank > 0


def _ranks(rows: Sequence[Row]) -> list[int]:
    kinds = ordinal_kinds([row.ordinal for row in rows])
    numbered = any(kind is not None for kind in kinds)
    ranks: list[int] = []
    for number, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        if is_total(row.label) and not _heads_whole(rows, number, numbered=numbered):
            ranks.append(TOTAL)
        elif kind is None and _is_heading(rows, number, numbered=numbered):
            ranks.append(HEADING)
        elif kind is not None:
            ranks.append(kind)
        elif starts_with_role(row.label, "of_which"):
            beside = number > 0 and starts_with_role(rows[number - 1].label, "of_which")
            ranks.append(ranks[-1] if beside else DASH)
        elif ranks and ranks[-1] >= DASH and PLAIN in ranks:
            ranks.append(PLAIN)
        elif numbered and ranks and _is_unnumbered(rows, number):
            inside = _lists_parts(rows[number - 1], kinds[number - 1], ranks[-1])
            ranks.append(DASH if inside else max(ranks[-1], PLAIN))
        else:
            ranks.append(PLAIN)
    return ranks


def _lists_parts(before: Row, kind: int | None, rank: int) -> bool:
    """Behind "2. Cơ cấu kinh tế" without figures of its own stand its parts, numbered or not."""
    if kind is None:
        return rank == DASH and before.filled and before.ordinal is None
    return kind >= NUMBER and not before.filled


def _is_heading(rows: Sequence[Row], number: int, *, numbered: bool) -> bool:
    """A row without figures that stands over those below: a year, a merged line, "Giường (cái)"."""
    row = rows[number]
    if row.filled:
        return _TIME_ALONE.match(row.label) is not None and _years_over_rows(rows)
    if not row.label or starts_with_role(row.label, "of_which"):
        return False
    if _TIME_ALONE.match(row.label) or (row.wide and not numbered):
        return True
    if numbered or number + 1 == len(rows) or not rows[number + 1].filled:
        return False
    shouts = row.label.isupper() and not rows[number + 1].label.isupper()
    return shouts or _OPENS.search(row.label) is not None or _is_divided(rows, number)


def _is_divided(rows: Sequence[Row], number: int) -> bool:
    """Over rows that name no things: years, or "Diện tích", "Sản lượng" once more under another."""
    if _YEAR_ROW.match(rows[number + 1].label):
        return True
    below = {row.label for row in _until_unfilled(rows[number + 1 :])}
    others = (n for n, row in enumerate(rows) if n != number and not row.filled)
    return any(
        rows[n + 1 : n + 2] and rows[n + 1].filled and rows[n + 1].label in below for n in others
    )


def _until_unfilled(rows: Sequence[Row]) -> Iterator[Row]:
    return takewhile(lambda row: row.filled, rows)


def _heads_whole(rows: Sequence[Row], number: int, *, numbered: bool) -> bool:
    """A total without figures is a heading: below "TOÀN TỈNH" come the rows of each district."""
    followed = number + 1 < len(rows) and rows[number + 1].filled
    return followed and not rows[number].filled and _is_heading(rows, number, numbered=numbered)


def _years_over_rows(rows: Sequence[Row]) -> bool:
    """Every year has its own figures and rows below: "2019", "Thành thị", "Nông thôn", "2020"."""
    times = [_TIME_ALONE.match(row.label) is not None for row in rows]
    return sum(times) > 1 and not times[-1] and not any(a and b for a, b in pairwise(times))


def _is_unnumbered(rows: Sequence[Row], number: int) -> bool:
    """A row that only lacks its ordinal among numbered ones, and heads no numbering of its own."""
    row = rows[number]
    follower = rows[number + 1].ordinal if number + 1 < len(rows) else None
    return row.filled and follower not in {"1", "I", "A", "a", "1.1", "-", "+"}


@lru_cache(maxsize=4096)
def is_total(label: str) -> bool:
    """Whether a label is a total's: "TỔNG CỘNG", "I. Tổng số (A+B)", "Cộng huyện Tứ Kỳ"."""
    if has_role(label, "total") or _TOTAL.match(bare_label(label)):
        return True
    return named_whole(label) is not None or counted_units(label) is not None


def counted_units(label: str) -> int | None:
    """How many units a total says that it is of: 4 of "Cộng 4 huyện"; None where it says none."""
    match = _COUNTED.match(bare_label(label))
    return int(match[1]) if match else None


def named_whole(label: str) -> str | None:
    """The unit that a subtotal is of: "huyện Tứ Kỳ" of "Cộng huyện Tứ Kỳ"; None of any other label.

    "Tổng số xã đạt chuẩn" counts communes: behind the type word has to stand a name.
    """
    match = _WHOLE_OF.match(bare_label(label))
    if match is None:
        return None
    name = match["name"].lstrip()
    shouts = label.isupper() and not match["sum"].casefold().endswith("cộng")
    return match["unit"].rstrip(" )") if not shouts and not name[:1].islower() else None
