"""Random glued tables, cut: right, in part, refused, wrong.

    python benchmarks/glued.py [TABLES] [SEED]

A table counts as wrong when any cell or any header path that was emitted differs from what was printed.
The tables have 3 to 8 columns, up to half of the values below 1,000, broken identities, totals that are exact,
off by one, off by 0.5 to 3 %, or absent, records broken over lines, dots or commas, labels that end in a digit.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass

from normalizers.gluing.cutting import CutResult, cut
from solieu.model import Cell, Grid

DISTRICTS = """Hà Trung|Bá Thước|Cẩm Thủy|Như Xuân|Lang Chánh|Mường Lát|Ngọc Lặc|Quan Hóa|Thạch Thành|Thọ Xuân|Vĩnh Lộc
Yên Định|Nga Sơn|Hoằng Hóa|Hậu Lộc|Đông Sơn|Triệu Sơn|Nông Cống|Quảng Xương|Thiệu Hóa|Đức Phổ|Ba Tơ|Lý Sơn|Bình Sơn""".replace(
    "\n", "|"
).split("|")
TYPES = ("Huyện", "Thị xã", "Thành phố", "Xã")
NUMBERED = ("Phường", "Quận", "Khu phố", "Ấp")
GROUPS = (
    "BẢO HIỂM XÃ HỘI TỰ NGUYỆN",
    "BHYT HỘ GIA ĐÌNH",
    "BHXH BẮT BUỘC",
    "Bảo hiểm thất nghiệp",
    "Học sinh, sinh viên",
)
FLAT = (
    "BHXH bắt buộc",
    "BHXH tự nguyện",
    "Bảo hiểm thất nghiệp",
    "BHYT hộ gia đình",
    "Học sinh, sinh viên",
    "Hộ nghèo",
    "Hộ cận nghèo",
    "Người có công",
)
LABELS = ("Huyện, thị xã", "Đơn vị", "Địa phương", "Huyện, thị xã, Thành phố", "Xã, phường")
TOTALS = ("TỔNG CỘNG", "Tổng số", "Tổng cộng", "Toàn tỉnh", "Cộng")


@dataclass(frozen=True)
class Sample:
    lines: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Label and printed values, the total row included."""
    paths: tuple[tuple[str, ...], ...]
    setting: tuple[str, ...]


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


def level(rng: random.Random, small: float) -> int:
    """Below 1,000 with probability `small`, now and then none at all."""
    if rng.random() < small:
        return 0 if rng.random() < 0.03 else int(10 ** rng.uniform(0.3, 3))
    return int(10 ** rng.uniform(3, 5.2))


def changed(rng: random.Random, base: int) -> int:
    return base + max(0, round(base * rng.choice([0.05, 0.1, 0.3, 0.8]) * rng.random()))


def columns_of(rng: random.Random, n: int) -> tuple[str, list[str]]:
    """A layout: what each column is, group by group."""
    options = ["plain", "sum"]
    if n % 3 == 0:
        options += ["triples"] * 3
    if n % 2 == 0 and n > 2:
        options += ["pairs"]
    if n % 4 == 0:
        options += ["rates"]
    kind = rng.choice(options)
    if kind == "triples":
        return kind, ["a", "b", "c"] * (n // 3)
    if kind == "pairs":
        return kind, ["a", "b"] * (n // 2)
    if kind == "rates":
        return kind, ["a", "b", "c", "r"] * (n // 4)
    return kind, ["s"] + ["v"] * (n - 1) if kind == "sum" else ["v"] * n


def values(
    rng: random.Random, kinds: list[str], small: float, broken: float, falls: float
) -> list[int]:
    row: list[int] = []
    for kind in kinds:
        if kind == "b":
            row.append(
                changed(rng, row[-1]) if rng.random() > falls else max(0, row[-1] - level(rng, 1.0))
            )
        elif kind == "c":
            row.append(row[-1] - row[-2])
        elif kind == "r":
            row.append(round(10000 * row[-2] / row[-3]) if row[-3] else 0)
        else:
            row.append(level(rng, small))
    if kinds[0] == "s":
        row[0] = sum(row[1:])
    if rng.random() < broken and {"c", "s"} & set(kinds):
        place = rng.choice([i for i, k in enumerate(kinds) if k in "cs"])
        row[place] = max(1, row[place] + rng.choice([1, -1, 9, 10, 100, 27, -9, 1000]))
    return row


def totals(rng: random.Random, rows: list[list[int]], kinds: list[str], how: str) -> list[int]:
    sums = [sum(column) for column in zip(*rows, strict=True)]
    for i, kind in enumerate(kinds):
        if kind == "r":
            sums[i] = round(10000 * sums[i - 2] / sums[i - 3]) if sums[i - 3] else 0
        elif how == "one" and rng.random() < 0.5:
            sums[i] += rng.choice([-1, 1])
        elif how == "far" and rng.random() < 0.7:
            sums[i] += round(sums[i] * rng.choice([-1, 1]) * rng.uniform(0.005, 0.03))
    return sums


def percent(value: int, mark: str) -> str:
    return f"{value / 100:.2f}".rstrip("0").rstrip(".").replace(".", "," if mark == "." else ".")


def leaf_titles(kind: str, kinds: list[str], year: int, rng: random.Random) -> list[str]:
    if kind in {"plain", "sum"}:
        names = rng.sample(FLAT, len(kinds))
        return ["Tổng số", *names[1:]] if kind == "sum" else names
    change = rng.choice([f"Số phát triển tăng so với năm {year}", f"Tăng so với {year}"])
    named = {"a": f"Thực hiện {year}", "b": f"Kế hoạch giao Năm {year + 1}", "c": change}
    named["r"] = "Tỷ lệ (%)"
    return [named[k] for k in kinds]


def head(
    rng: random.Random, kind: str, leaves: list[str], label: str
) -> tuple[list[str], list[tuple[str, ...]]]:
    width = {"triples": 3, "pairs": 2, "rates": 4}.get(kind, 0)
    note = ["Ghi chú"] if rng.random() < 0.5 else []
    if not width or (len(leaves) == width and rng.random() < 0.5):
        paths = [(leaf,) for leaf in leaves]
        whole = ["STT" + label + "".join(leaves)]
        apart = ["STT", label, *leaves]
        joined = ["STT", label, "".join(leaves)]
        return rng.choice([whole, apart, joined]) + note, paths
    count = len(leaves) // width
    groups = rng.sample(GROUPS, count)
    paths = [(groups[i // width], leaf) for i, leaf in enumerate(leaves)]
    titles = ["".join(groups)] if rng.random() < 0.2 and "Học" not in "".join(groups) else groups
    tail = ["".join(leaves)] if rng.random() < 0.8 else leaves
    return ["STT", label, *titles, *note, *tail], paths


def sample(rng: random.Random, *, blanks: float = 0.0) -> Sample:
    """`blanks` is the share of cells that were printed empty: then nothing of them is left."""
    n = rng.randint(3, 8)
    kind, kinds = columns_of(rng, n)
    small = rng.uniform(0, 0.5)
    broken = rng.choice([0.0, 0.05, 0.05, 0.2])
    how = rng.choices(["exact", "one", "far", "none"], [4, 3, 2, 1])[0]
    mark = rng.choice([",", "."])
    falls = rng.choice([0.0, 0.0, 0.1])
    nil = rng.random() < 0.3
    count = rng.randint(5, 25)
    rows = [values(rng, kinds, small, broken, falls) for _ in range(count)]
    year = rng.randint(2016, 2024)
    header, paths = head(rng, kind, leaf_titles(kind, kinds, year, rng), rng.choice(LABELS))

    def show(row: list[int]) -> tuple[str, ...]:
        return tuple(
            ""
            if rng.random() < blanks
            else percent(v, mark)
            if k == "r"
            else "-"
            if nil and not v
            else grouped(v, mark)
            for v, k in zip(row, kinds, strict=True)
        )

    numbered = rng.random() < 0.25
    type_word = rng.choice(NUMBERED)
    named: list[tuple[str, tuple[str, ...]]] = []
    lines = list(header)
    if rng.random() < 0.1:
        lines.append("AB" + "".join(str(i) for i in range(1, n + 1)))
    ordinals = rng.random() > 0.15
    for i, row in enumerate(rows, 1):
        name = f"{rng.choice(TYPES)} {DISTRICTS[(i * 7) % len(DISTRICTS)]}"
        if numbered and i <= 2 * count // 3:
            name = f"{type_word} {i}"
        printed = show(row)
        named.append((name, printed))
        lines.extend(broken_line(rng, f"{i if ordinals else ''}{name}", printed))
    if how != "none":
        name = rng.choice(TOTALS)
        printed = show(totals(rng, rows, kinds, how))
        named.append((name, printed))
        lines.append(name + "".join(printed))
    setting = (f"{n} columns", kind, f"totals {how}", f"small {int(small * 4) * 25:02d} %+")
    setting += ("labels end in digits" if numbered else "labels end in letters", f"mark {mark}")
    setting += (f"broken {broken:.0%}",)
    return Sample(tuple(lines), tuple(named), tuple(paths), setting)


def broken_line(rng: random.Random, first: str, printed: tuple[str, ...]) -> list[str]:
    if rng.random() > 0.06:
        return [first + "".join(printed) + rng.choice(["", " "])]
    at = rng.randint(0, len(printed) - 1)
    return [first + "".join(printed[:at]), "".join(printed[at:])]


def grid_of(lines: tuple[str, ...]) -> Grid:
    cells = tuple(Cell(line, row, 1) for row, line in enumerate(lines, 1))
    return Grid(cells, len(lines), 1, 1, "glued")


def verdict(table: Sample, result: CutResult) -> str:
    grid = result.grid
    if grid is None:
        return "refused"
    by_row = grid.by_row()
    head_rows = grid.header_rows or 0
    first = grid.column_count - len(table.paths) + 1
    if "Ghi chú" in {c.text for c in by_row[1]}:
        first -= 1
    emitted = 0
    if grid.row_count - head_rows != len(table.rows):
        return "wrong"
    for row, (name, printed) in enumerate(table.rows, head_rows + 1):
        cells = {c.column: c.text for c in by_row[row]}
        found = tuple(cells.get(first + i, "") for i in range(len(printed)))
        if not any(found):
            continue
        emitted += 1
        if found != printed or cells[first - 1] != name:
            return "wrong"
    covering = grid.covering()
    for i, path in enumerate(table.paths):
        texts = [covering[r, first + i].text for r in range(1, head_rows + 1)]
        if tuple(dict.fromkeys(texts)) != path:
            return "wrong"
    return "right" if emitted == len(table.rows) else "in part"


def run(
    count: int, seed: int, *, blanks: float = 0.0
) -> tuple[Counter[str], dict[str, Counter[str]], list[Sample]]:
    rng = random.Random(seed)
    overall: Counter[str] = Counter()
    by_setting: dict[str, Counter[str]] = {}
    wrong: list[Sample] = []
    for _ in range(count):
        table = sample(rng, blanks=blanks)
        said = verdict(table, cut(grid_of(table.lines)))
        overall[said] += 1
        for name in table.setting:
            by_setting.setdefault(name, Counter())[said] += 1
        if said == "wrong":
            wrong.append(table)
    return overall, by_setting, wrong


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.perf_counter()
    overall, by_setting, wrong = run(count, seed)
    spent = time.perf_counter() - started
    print(f"{'':24}{'right':>8}{'in part':>9}{'refused':>9}{'wrong':>7}")
    for name, counts in [("all", overall), *sorted(by_setting.items())]:
        total = sum(counts.values())
        shares = [counts[k] for k in ("right", "in part", "refused", "wrong")]
        print(f"{name:24}" + "{:>8}{:>9}{:>9}{:>7}".format(*shares) + f"   of {total}")
    empty, _, slipped = run(count // 4, seed, blanks=0.04)
    print("4 % of the cells empty: " + ", ".join(f"{v} {k}" for k, v in empty.items()))
    wrong += slipped
    print(f"{1000 * spent / count:.1f} ms a table")
    for table in wrong[:3]:
        print("WRONG:", *table.lines, sep="\n  ")


if __name__ == "__main__":
    main()
