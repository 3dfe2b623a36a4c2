"""Random tables flattened by text extraction, found again: right, in part, refused, wrong.

    python benchmarks/flattened.py [TABLES] [SEED]

A table counts as wrong when a figure that is not marked as unsure stands under another head or
beside another name than in the table that was flattened. The tables have one or two levels of
heads, groups of even and uneven width, columns without a group between and behind them, remarks,
Roman groups, totals first or last, empty cells that leave a hard space, an empty line or nothing;
they are set down a cell a line, a row a line with one blank between the cells, or with tabs under a
head without its merged cells.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass

from extractors import text
from solieu.model import Grid, SourceDocument

NAMES = [
    "An",
    "Bình",
    "Chánh",
    "Đông",
    "Hà",
    "Khánh",
    "Lộc",
    "Minh",
    "Ninh",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Thạnh",
    "Vĩnh",
    "Yên",
]
TYPES = ("Xã", "Phường", "Thị trấn", "Huyện")
STUBS = ("Đơn vị", "Xã, phường", "Địa phương", "Huyện, thị xã", "Tên xã", "Các xã")
GROUPS = ("BHXH tự nguyện", "BHYT hộ gia đình", "Hộ nghèo", "Hộ cận nghèo", "Học sinh", "Diện tích")
LEAVES = (
    "Kế hoạch",
    "Thực hiện",
    "Tỷ lệ (%)",
    "Năm 2021",
    "Năm 2022",
    "Nam",
    "Nữ",
    "Số hộ",
    "Số người",
)
TALL = ("Tổng số hộ", "Dân số", "Tổng số", "Số lao động", "Diện tích tự nhiên")

Path = tuple[str, ...]
Row = tuple[str, str, list[str]]
"""Ordinal, name and values of a row; a group's row may have no values at all."""


@dataclass(frozen=True)
class Table:
    ordinals: bool
    stub: str
    columns: list[Path]
    note: bool
    rows: list[Row]


def columns_of(rng: random.Random) -> list[Path]:
    """Paths of the columns of figures, from the left."""
    kind = rng.choice(["flat", "flat", "same", "same", "same", "own", "uneven"])
    if kind == "flat":
        return [(leaf,) for leaf in rng.sample(LEAVES + GROUPS, rng.randint(1, 6))]
    groups = rng.sample(GROUPS, rng.randint(1, 3))
    share = rng.randint(2, 3)
    same = rng.sample(LEAVES, share)
    found: list[Path] = []
    for group in groups:
        wide = rng.randint(2, 3) if kind == "uneven" else share
        leaves = same if kind == "same" else rng.sample(LEAVES, wide)
        found += [(group, leaf) for leaf in leaves]
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        edges = [i for i in range(len(found) + 1) if not _inside(found, i)]
        found.insert(rng.choice(edges), (rng.choice(TALL) + " " * len(found),))
    return [tuple(text.strip() for text in path) for path in found]


def _inside(paths: list[Path], at: int) -> bool:
    return 0 < at < len(paths) and len(paths[at]) == 2 and paths[at - 1][0] == paths[at][0]


def table(rng: random.Random) -> Table:
    columns = columns_of(rng)
    ordinals = rng.random() < 0.6
    used: set[str] = set()
    empty = rng.choice([0.0, 0.0, 0.05, 0.15])

    def values() -> list[str]:
        return ["" if rng.random() < empty else value(rng, used) for _ in columns]

    names = [
        f"{rng.choice(TYPES)} {a} {b}" for a, b in zip(rng.sample(NAMES, 12), NAMES, strict=False)
    ]
    rows: list[Row] = [
        (str(n), name, values()) for n, name in enumerate(names[: rng.randint(3, 9)], 1)
    ]
    if ordinals and rng.random() < 0.3:
        rows = grouped(rng, rows, used, len(columns))
    total = rng.choice(["first", "last", "last", "none"])
    if total != "none":
        said = (
            "",
            rng.choice(["Tổng cộng", "Tổng số", "Cộng"]),
            [value(rng, used) for _ in columns],
        )
        rows.insert(0 if total == "first" else len(rows), said)
    return Table(ordinals, rng.choice(STUBS), columns, rng.random() < 0.2, rows)


def grouped(rng: random.Random, rows: list[Row], used: set[str], width: int) -> list[Row]:
    at = rng.randint(1, len(rows) - 1)
    own = rng.random() < 0.5
    again = rng.random() < 0.5
    found: list[Row] = []
    for number, name, part in (("I", "Khối phường", rows[:at]), ("II", "Khối xã", rows[at:])):
        found.append((number, name, [value(rng, used) for _ in range(width)] if own else []))
        found += [(str(n), r[1], r[2]) for n, r in enumerate(part, 1)] if again else part
    return found


def value(rng: random.Random, used: set[str]) -> str:
    """A figure that no other cell holds, so that its place is known; small ones look like numbers of rows."""
    while True:
        number = int(10 ** rng.uniform(0.2, 5))
        said = f"{number:,}".replace(",", ".")
        if rng.random() < 0.2:
            said = f"{rng.randint(1, 99)},{rng.randint(1, 99)}"
        if said not in used:
            used.add(said)
            return said


def head_rows(made: Table) -> list[list[str]]:
    """Titles as they are read from a page: merged cells stand once."""
    upper = (["STT"] if made.ordinals else []) + [made.stub]
    lower: list[str] = []
    for n, path in enumerate(made.columns):
        if len(path) == 1 or not _inside(made.columns, n):
            upper.append(path[0])
        lower += path[1:]
    return [row for row in (upper + ["Ghi chú"] * made.note, lower) if row]


def flattened(rng: random.Random, made: Table) -> str:
    how = rng.choice(["lines", "lines", "lines", "blanks", "tabs"])
    rows = []
    for ordinal, name, values in made.rows:
        cells = [*([ordinal] if made.ordinals else []), name, *values]
        rows.append(cells + [""] * (made.note and bool(values)))
    title = "Số liệu năm 2022 của các xã, phường trên địa bàn huyện"
    if how == "tabs":
        lines = ["\t".join(row) for row in (*head_rows(made), *rows)]
    elif how == "blanks":
        lines = [" ".join(cell for cell in row if cell) for row in (*head_rows(made), *rows)]
    else:
        lines = set_down(rng, [*head_rows(made), *rows])
    return "\n".join([title, "", *lines, "", "Các xã, phường tiếp tục thực hiện.", ""])


def set_down(rng: random.Random, rows: list[list[str]]) -> list[str]:
    gap = [""] * rng.choice([0, 0, 1])
    blank = rng.choice(["lost", "lost", "hard", "line"])
    lines: list[str] = []
    for cell in (cell for row in rows for cell in row):
        if cell or blank == "line":
            lines += [cell, *gap]
        elif blank == "hard":
            lines += ["\u00a0", *gap]
    return lines


def verdict(made: Table, grids: tuple[Grid, ...]) -> str:
    places = {
        said: (name, path)
        for _, name, values in made.rows
        for path, said in zip(made.columns, values, strict=False)
        if said
    }
    right = 0
    for grid in grids:
        if grid.kind == "glued":
            continue
        covering, heads = grid.covering(), grid.header_rows or len(head_rows(made))
        for cell in grid.cells:
            if cell.row <= heads or cell.text not in places or cell.column < 2:
                continue
            if cell.column <= 1 + made.ordinals and not _is_value(cell.text):
                continue
            name, path = places[cell.text]
            over = [
                covering[r, cell.column].text
                for r in range(1, heads + 1)
                if (r, cell.column) in covering
            ]
            beside = [c.text for c in grid.by_row()[cell.row] if c.column < cell.column]
            if cell.confidence < 1:
                continue
            if tuple(dict.fromkeys(filter(None, over))) != path or name not in beside:
                return "wrong"
            right += 1
    return "refused" if not right else "right" if right == len(places) else "in part"


def _is_value(said: str) -> bool:
    return said[:1].isdigit()


def run(count: int, seed: int) -> tuple[Counter[str], list[tuple[Table, str]]]:
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    wrong: list[tuple[Table, str]] = []
    for _ in range(count):
        made = table(rng)
        page = flattened(rng, made)
        grids = text.extract(SourceDocument("a.txt", page.encode(), "text/plain", "a.txt")).grids
        said = verdict(made, grids)
        counts[said] += 1
        if said == "wrong":
            wrong.append((made, page))
    return counts, wrong


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    counts, wrong = run(count, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    print(", ".join(f"{counts[k]} {k}" for k in ("right", "in part", "refused", "wrong")))
    for made, page in wrong[:3]:
        print("WRONG:", made.columns, page, sep="\n")


if __name__ == "__main__":
    main()
