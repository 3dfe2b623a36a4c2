"""Cells of large tables per second: reading the numerals alone, and the whole way to observations.

    python benchmarks/cells.py [--rounds 3] [--only yearbook]

Four made-up tables, as statistical yearbooks and their annexes print them: provinces by years under
three heads, every commune of a day, a register of 30,000 rows, indicators with a column of units.
The first figure counts numeral, convention, unit and choice of a reading per cell; the second ends
at figures with territory, metric and period. CPU time, best of the rounds, caches empty before each.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import _lru_cache_wrapper
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from normalizers.context import DocumentContext
from normalizers.layout.segments import segments
from normalizers.layout.sheet import Sheet
from normalizers.regions.gazetteer import gazetteer
from normalizers.tables import values
from normalizers.tables.reading import _Work, read_tables
from solieu.model import Cell, Grid

ON = date(2023, 6, 30)
INDICATORS = (
    ("Số người tham gia BHXH bắt buộc", "Nghìn người", 1),
    ("Diện tích lúa cả năm", "Nghìn ha", 1),
    ("Sản lượng thủy sản", "Tấn", 0),
    ("Tỷ lệ hộ nghèo", "%", 2),
    ("Thu ngân sách nhà nước trên địa bàn", "Tỷ đồng", 1),
    ("Số giường bệnh", "Giường", 0),
    ("Kim ngạch xuất khẩu", "Triệu USD", 1),
)


def printed(rng: random.Random, size: int, places: int = 0) -> str:
    """A number with dots for thousands and a decimal comma; now and then a dash."""
    if rng.random() < 0.02:
        return "-"
    value = rng.randrange(size * 10**places) / 10**places
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def grid_of(rows: Sequence[Sequence[str]], spans: dict[tuple[int, int], int], **said: str) -> Grid:
    cells = [
        Cell(text, r, c, column_span=spans.get((r, c), 1))
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
        if text
    ]
    notes = (said["unit"],) if "unit" in said else ()
    title = said.get("title")
    return Grid(tuple(cells), len(rows), len(rows[-1]), number=1, title=title, notes=notes)


def yearbook(rng: random.Random) -> Grid:
    """Provinces by years, three quantities of four years each."""
    years = ["2019", "2020", "2021", "2022"]
    heads = ["Dân số trung bình", "Số người trong độ tuổi lao động", "Tỷ lệ thất nghiệp (%)"]
    names = [u.title for u in gazetteer() if u.level == 1 and u.stands(ON)]
    rows = [
        ["Tỉnh, thành phố", *(h if n % 4 == 0 else "" for h in heads for n in range(4))],
        ["", *years * 3],
    ]
    for name in ["CẢ NƯỚC", *sorted(names)]:
        row = [printed(rng, 9_000, 1) for _ in range(8)] + [printed(rng, 9, 2) for _ in range(4)]
        rows.append([name, *row])
    spans = {(1, c): 4 for c in (2, 6, 10)}
    return grid_of(
        rows, spans, title="Dân số và lao động phân theo địa phương", unit="ĐVT: Nghìn người"
    )


def communes(rng: random.Random, count: int = 1_000) -> Grid:
    """Communes of a day with what a plan gives each of them."""
    places = [u for u in gazetteer() if u.level == 3 and u.stands(ON)]
    heads = ["BHXH bắt buộc", "BHXH tự nguyện", "BHTN", "BHYT", "BHYT hộ gia đình"]
    rows = [
        ["STT", "Đơn vị", *(h if n == 0 else "" for h in heads for n in range(2))],
        ["", "", *["Thực hiện 2022", "Kế hoạch 2023"] * 5],
    ]
    for n, unit in enumerate(rng.sample(places, count), 1):
        rows.append([str(n), unit.title, *(printed(rng, 30_000) for _ in range(10))])
    spans = {(1, c): 2 for c in range(3, 13, 2)}
    return grid_of(rows, spans, title="Giao chỉ tiêu năm 2023", unit="Đơn vị tính: người")


def register(rng: random.Random, count: int = 30_000) -> Grid:
    """Employers with what they owe, one row each."""
    rows = [["STT", "Tên đơn vị", "Số lao động", "Số tiền chậm đóng", "Số tháng", "Tỷ lệ (%)"]]
    for n in range(1, count + 1):
        row = [printed(rng, 900), printed(rng, 10**9), printed(rng, 36), printed(rng, 100, 2)]
        rows.append([str(n), f"Công ty TNHH {chr(65 + n % 26)}{n}", *row])
    return grid_of(rows, {}, title="Danh sách đơn vị chậm đóng BHXH đến 31/5/2023")


def indicators(rng: random.Random, count: int = 400) -> Grid:
    """Rows that are each of a metric and a unit of their own."""
    heads = ["Thực hiện 2021", "Kế hoạch 2022", "Ước thực hiện 2022", "Kế hoạch 2023"]
    rows = [["TT", "Chỉ tiêu", "Đơn vị tính", *heads]]
    for n in range(1, count + 1):
        name, unit, places = INDICATORS[n % len(INDICATORS)]
        row = [printed(rng, 20_000 if unit != "%" else 100, places) for _ in heads]
        rows.append([str(n), f"{name} nhóm {n}", unit, *row])
    return grid_of(rows, {}, title="Các chỉ tiêu kinh tế - xã hội tỉnh Hải Dương năm 2023")


TABLES: dict[str, Callable[[random.Random], Grid]] = {
    "yearbook": yearbook,
    "communes": communes,
    "register": register,
    "indicators": indicators,
}


def forget() -> None:
    """Every cache of what was read empty; facts and gazetteer stay loaded."""
    for thing in gc.get_objects():
        if isinstance(thing, _lru_cache_wrapper) and (thing.cache_info().maxsize or 0) > 500:
            thing.cache_clear()


def timed(work: Callable[[], int], rounds: int) -> tuple[int, float]:
    best, count = float("inf"), 0
    for _ in range(rounds):
        forget()
        gc.collect()
        started = time.process_time()
        count = work()
        best = min(best, time.process_time() - started)
    return count, best


def readings(grid: Grid, context: DocumentContext) -> Callable[[], int]:
    """Numeral, convention, unit and choice, with the lines and heads found beforehand."""
    sheet = Sheet.of(grid)
    work = _Work.of(sheet, segments(sheet)[0], context, (grid.title or "", *grid.notes))
    assert work is not None

    def read() -> int:
        cells = values.printed_cells(sheet, work.lines, list(work.words.columns))
        units = {c: work.words.column_unit(m) for c, m in work.words.columns.items()}
        decisions = values.conventions(cells, units, context.prior)
        for cell in cells:
            values.read_cell(cell, decisions[cell.column])
        return len(cells)

    return read


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--only")
    asked = ask.parse_args()
    context = DocumentContext("0" * 64, on=ON, year=2023)
    resolved = read_tables(yearbook(random.Random(0)), context)  # facts and gazetteer are loaded
    assert resolved.observations
    print("| table | rows | figures | readings/s | observations/s | cells of the grid/s |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, make in TABLES.items():
        if asked.only in {None, name}:
            grid = make(random.Random(1))
            cells, short = timed(readings(grid, context), asked.rounds)
            seen, long = timed(
                lambda g=grid: len(read_tables(g, context).observations), asked.rounds
            )
            rates = (cells / short, seen / long, len(grid.cells) / long)
            print(
                f"| {name} | {grid.row_count} | {seen} | "
                + " | ".join(f"{r:,.0f}" for r in rates)
                + " |"
            )


if __name__ == "__main__":
    main()
