"""Random tables printed with dots or commas, read back: wrong cells, confidence against truth, speed.

    python benchmarks/conventions.py [TABLES] [SEED]

The mix: 70 % of the tables print dots for thousands throughout, 12 % commas, 6 % counts with commas beside
percents with decimal commas, 7 % counts with dots beside percents with decimal dots, 5 % have 6 % of their cells
flipped. 12 % of the totals are wrong, 20 % of the tables have none, a quarter of the columns do not say what they
count, 5 % of the columns print three decimals. It rewrites docs/calibration.svg and prints the tables of
docs/calibration.md, with the fitted steps that normalizers/conventions.py holds.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from normalizers.conventions import ColumnEvidence, Kind, choose, decide, shape
from solieu.numerals import read_numeral

SCENARIOS = {
    "dots": 70,
    "commas": 12,
    "counts commas, percents dots": 6,
    "counts dots, percents commas": 7,
    "6 % of cells flipped": 5,
}
KINDS: dict[Kind, float] = {"counts": 0.5, "money": 0.2, "percent": 0.2, "quantity": 0.1}


@dataclass(frozen=True)
class Mix:
    """What kind of tables are drawn; the defaults are the benchmark's."""

    commas: float | None = None
    """Share of tables with commas throughout, where it is not the usual one."""
    untold: float = 0.25
    mistold: float = 0.0
    without_total: float = 0.2
    three_decimals: float = 0.17
    most_columns: int = 7
    least_columns: int = 2


MIXES = {
    "40 % of tables with commas": Mix(commas=0.4),
    "kinds never told": Mix(untold=1.0),
    "5 % of kinds told wrongly": Mix(mistold=0.05),
    "no totals": Mix(without_total=1.0),
    "one-column tables": Mix(least_columns=1, most_columns=1),
    "no three-decimal columns": Mix(three_decimals=0.0),
}


@dataclass(frozen=True)
class Column:
    kind: Kind
    told: Kind
    cells: tuple[str, ...]
    truth: tuple[Decimal, ...]


@dataclass(frozen=True)
class Table:
    scenario: str
    columns: tuple[Column, ...]
    has_total: bool
    prior: float


@dataclass(frozen=True)
class Cell:
    scenario: str
    told: Kind
    ambiguous: bool
    three: bool
    strength: float
    confidence: float
    right: bool


def printed(value: Decimal, *, dots: bool) -> str:
    text = f"{value:,f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".") if dots else text


def places_of(rng: random.Random, kind: Kind, mix: Mix) -> int:
    if kind == "counts":
        return 0
    if kind == "percent":
        return rng.choice([0, 1, 1, 2, 2])
    if rng.random() < mix.three_decimals:
        return 3
    return rng.choice([0, 0, 0, 1, 2] if kind == "money" else [0, 1, 1, 2])


def amounts(rng: random.Random, kind: Kind, places: int, rows: int) -> list[Decimal]:
    step = Decimal(1).scaleb(-places)
    if kind == "percent":
        middle = rng.choice([5, 30, 60, 95])
        return [Decimal(max(0.0, rng.gauss(middle, 10))).quantize(step) for _ in range(rows)]
    centre, spread = rng.uniform(0.8, 5.5 if not places else 4.0), rng.uniform(0.2, 0.9)
    return [Decimal(10 ** min(8.0, rng.gauss(centre, spread))).quantize(step) for _ in range(rows)]


def column(
    rng: random.Random, rows: int, dots: dict[str, bool], mix: Mix, *, has_total: bool
) -> Column:
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    places = places_of(rng, kind, mix)
    truth = amounts(rng, kind, places, rows)
    if has_total:
        total = sum(truth, Decimal(0))
        if kind == "percent":
            total = (total / rows).quantize(Decimal(1).scaleb(-places))
        elif rng.random() < 0.12:
            total *= Decimal(1 + rng.choice([-1, 1]) * rng.uniform(0.001, 0.05))
            total = total.quantize(Decimal(1).scaleb(-places))
        truth.append(total)
    side = "percent" if kind == "percent" else "counts"
    flip = dots.get("flip", False)
    cells = tuple(printed(v, dots=dots[side] != (flip and rng.random() < 0.06)) for v in truth)
    told: Kind = "unknown" if rng.random() < mix.untold else kind
    if rng.random() < mix.mistold:
        told = rng.choice(list(KINDS))
    return Column(kind, told, cells, tuple(truth))


def table(rng: random.Random, mix: Mix) -> Table:
    weights = dict(SCENARIOS)
    if mix.commas is not None:
        weights["commas"] = (sum(SCENARIOS.values()) - 12) * mix.commas / (1 - mix.commas)
    scenario = rng.choices(list(weights), list(weights.values()))[0]
    counts = not scenario.startswith(("commas", "counts commas"))
    percent = not scenario.startswith("commas") and not scenario.endswith("percents commas")
    dots = {"counts": counts, "percent": percent, "flip": scenario.startswith("6")}
    rows, has_total = rng.randint(4, 20), rng.random() >= mix.without_total
    width = rng.randint(mix.least_columns, mix.most_columns)
    columns = tuple(column(rng, rows, dots, mix, has_total=has_total) for _ in range(width))
    prior = 0.93
    if rng.random() < 0.5:
        agrees = rng.random() < 0.8
        prior = rng.uniform(0.9, 0.98) if (counts == agrees) else rng.uniform(0.2, 0.6)
    return Table(scenario, columns, has_total, prior)


def evidence(table: Table) -> list[ColumnEvidence]:
    found = []
    for one in table.columns:
        numerals = {row: read_numeral(text) for row, text in enumerate(one.cells, 1)}
        last = len(one.cells)
        total = last if table.has_total else None
        parts = tuple(range(1, last)) if table.has_total else ()
        found.append(ColumnEvidence(numerals, one.told, total, parts))
    return found


def judged(tables: list[Table]) -> list[Cell]:
    cells = []
    for one in tables:
        columns = evidence(one)
        for column, told, decision in zip(
            one.columns, columns, decide(columns, one.prior), strict=True
        ):
            for numeral, truth in zip(told.numerals.values(), column.truth, strict=True):
                choice = choose(numeral, decision)
                value = choice.reading.value if choice.reading else None
                ambiguous = shape(numeral).startswith("either")
                three = truth != truth.quantize(Decimal("0.01"))
                cells.append(
                    Cell(
                        one.scenario,
                        column.told,
                        ambiguous,
                        three,
                        abs(decision.score),
                        choice.confidence,
                        value == truth,
                    )
                )
    return cells


def share(wrong: int, of: int) -> str:
    return f"{100 * wrong / of:7.2f} %" if of else "      -"


def bars(cells: list[Cell]) -> list[tuple[str, int, float, float]]:
    """Ambiguous cells by stated confidence: label, cells, mean stated, share right."""
    steps = [0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01]
    rows = []
    for low, high in pairwise(steps):
        inside = [c for c in cells if c.ambiguous and low <= c.confidence < high]
        if inside:
            stated = sum(c.confidence for c in inside) / len(inside)
            right = sum(c.right for c in inside) / len(inside)
            rows.append((f"{low:.2f}-{min(high, 1.0):.2f}", len(inside), stated, right))
    return rows


def fitted(cells: list[Cell]) -> list[tuple[float, float]]:
    """Isotonic steps from |score| to the share of ambiguous cells read right, in narrow bins."""
    width = 0.5
    bins: dict[int, list[bool]] = defaultdict(list)
    for cell in cells:
        if cell.ambiguous:
            bins[min(int(cell.strength / width), 30)].append(cell.right)
    pools = [(k * width, len(v), float(sum(v))) for k, v in sorted(bins.items())]
    merged: list[tuple[float, int, float]] = []
    for start, size, right in pools:
        merged.append((start, size, right))
        while len(merged) > 1 and (
            merged[-2][2] / merged[-2][1] >= merged[-1][2] / merged[-1][1] or merged[-2][1] < 300
        ):
            last = merged.pop()
            first = merged.pop()
            merged.append((first[0], first[1] + last[1], first[2] + last[2]))
    return [(start, round(right / size, 4)) for start, size, right in merged]


def plot(rows: list[tuple[str, int, float, float]], path: Path, what: str = "cells") -> None:
    """Stated against observed, as a small picture."""
    side = 240
    points = "".join(
        f'<circle cx="{40 + side * (s - 0.5) * 2:.0f}" cy="{20 + side * (1 - r) * 2:.0f}" '
        f'r="{2 + min(8, n**0.25 / 2):.1f}"><title>{label}: {n} {what}</title></circle>'
        for label, n, s, r in rows
    )
    ticks = "".join(
        f'<text x="{40 + side * (t - 50) / 50:.0f}" y="{side + 36}">{t}</text>'
        f'<text x="12" y="{24 + side * (100 - t) / 50:.0f}">{t}</text>'
        for t in range(50, 101, 10)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 80} {side + 60}" '
        'font-family="sans-serif" font-size="10"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="M40 20v{side}h{side}M40 {side + 20}L{side + 40} 20" fill="none" stroke="#999"/>'
        f'<g fill="#1f6f8b" fill-opacity=".8">{points}</g>{ticks}'
        f'<text x="90" y="{side + 52}">stated confidence, % (down: read right, %)</text></svg>\n',
        encoding="utf-8",
    )


def report(cells: list[Cell], variants: int) -> None:
    def line(name: str, chosen: list[Cell]) -> None:
        ambiguous = [c for c in chosen if c.ambiguous]
        wrong = sum(not c.right for c in chosen)
        sure = [c for c in chosen if c.confidence >= 0.95]
        print(
            f"{name:32}{len(chosen):8}{share(wrong, len(chosen))}"
            f"{share(sum(not c.right for c in ambiguous), len(ambiguous))}"
            f"{share(sum(not c.right for c in sure), len(sure))}{share(len(sure), len(chosen))}"
        )

    print(f"{'':32}{'cells':>8}{'wrong':>9}{'of amb.':>9}{'sure':>9}{'cover':>9}")
    line("all", cells)
    for scenario in SCENARIOS:
        line(scenario, [c for c in cells if c.scenario == scenario])
    for kind in (*KINDS, "unknown"):
        line(f"told {kind}", [c for c in cells if c.told == kind])
    line("three decimals", [c for c in cells if c.three])
    for name, mix in MIXES.items():
        rng = random.Random(5)
        line(name, judged([table(rng, mix) for _ in range(variants)]))
    print(f"ambiguous {share(sum(c.ambiguous for c in cells), len(cells))}")
    print("\n| stated | cells | mean stated | read right |\n|---|---|---|---|")
    for label, n, stated, right in bars(cells):
        print(f"| {label} | {n} | {stated:.3f} | {right:.3f} |")
    print("\nfitted steps:", fitted(cells))


def speed(tables: list[Table]) -> None:
    prepared = [(evidence(t), t.prior) for t in tables]
    started = time.perf_counter()
    count = 0
    for columns, prior in prepared:
        for column, decision in zip(columns, decide(columns, prior), strict=True):
            count += len([choose(n, decision) for n in column.numerals.values()])
    spent = time.perf_counter() - started
    print(f"{count} cells decided and chosen in {spent:.2f} s, {1e6 * spent / count:.1f} µs a cell")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    tables = [table(rng, Mix()) for _ in range(count)]
    cells = judged(tables)
    report(cells, count // 3)
    speed(tables[:500])
    plot(bars(cells), Path(__file__).parent.parent / "docs" / "calibration.svg")


if __name__ == "__main__":
    main()
