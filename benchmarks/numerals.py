"""Printed numerals: right, doubtful, silently wrong and refused beside cells per second, ours and others.

    python benchmarks/numerals.py [CELLS] [SEED]

Two sets of cells whose value is known: numbers printed at random (70 % with dots for thousands, 15 %
with commas, 5 % with spaces, 10 % plain; every fourth has decimals, every tenth is a percentage below
200), and the held-back rows of tests/data/heldback_numerals.csv. "doubtful" is an answer below 0.95 whose value is
among the readings; the others have no confidence, so all they say counts as sure.
"""

from __future__ import annotations

import csv
import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pandas as pd
from babel.numbers import NumberFormatError, parse_decimal

from solieu.numerals import read_numeral

HELD_BACK = Path(__file__).parents[1] / "tests" / "data" / "heldback_numerals.csv"
STYLES = {".": (0.70, ","), ",": (0.15, "."), " ": (0.05, ","), "": (0.10, ",")}
Answer = tuple[Decimal | None, bool]
"""The value said, and whether it is said to be doubtful."""


def printed(rng: random.Random) -> tuple[str, Decimal]:
    group = rng.choices(list(STYLES), [share for share, _ in STYLES.values()])[0]
    places = rng.choice((1, 2, 1, 3)) if rng.random() < 0.25 else 0
    percent = rng.random() < 0.1
    size = 200 * 10**places if percent else 10 ** rng.randrange(1, 9)
    value = Decimal(rng.randrange(size)).scaleb(-places)
    text = f"{value:,f}".replace(",", "\0").replace(".", STYLES[group][1]).replace("\0", group)
    return (f"{text}%" if percent else text), value


def ours(text: str) -> Answer:
    best = read_numeral(text).best
    return (best.value, best.confidence < 0.95) if best else (None, False)


def babel_strict(text: str) -> Answer:
    try:
        return parse_decimal(text, locale="vi", strict=True), False
    except NumberFormatError:
        return None, False


def babel(text: str) -> Answer:
    try:
        return parse_decimal(text, locale="vi"), False
    except NumberFormatError:
        return None, False


def python_decimal(text: str) -> Answer:
    """What `pandas.to_numeric` does to a cell, one by one."""
    try:
        return Decimal(str(float(text))), False
    except ValueError:
        return None, False


def swap(text: str) -> Answer:
    """The line everybody writes: drop the dots, make the comma a point."""
    try:
        return Decimal(str(float(text.rstrip("% ").replace(".", "").replace(",", ".")))), False
    except ValueError:
        return None, False


def verdict(said: Decimal | None, value: Decimal | None, *, doubtful: bool, seen: bool) -> str:
    if said is None:
        return "refused" if value is not None else "right"
    if doubtful:
        return "doubtful" if seen else "wrong, doubtful"
    return "right" if value is not None and said == value else "silently wrong"


def score(reader: Callable[[str], Answer], cells: list[tuple[str, Decimal | None]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, value in cells:
        said, doubtful = reader(text)
        seen = reader is ours and any(r.value == value for r in read_numeral(text).readings)
        counts[verdict(said, value, doubtful=doubtful, seen=seen)] += 1
    return counts


def speed(reader: Callable[[str], Answer], cells: list[tuple[str, Decimal | None]]) -> float:
    best = 0.0
    for _ in range(3):
        read_numeral.cache_clear()
        started = time.process_time()
        for text, _value in cells:
            reader(text)
        best = max(best, len(cells) / (time.process_time() - started))
    return best


def pandas_cells(cells: list[tuple[str, Decimal | None]]) -> tuple[Counter[str], float]:
    series = pd.Series([text for text, _ in cells])
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        numbers = pd.to_numeric(series, errors="coerce")
    took = time.process_time() - started
    counts: Counter[str] = Counter()
    for said, (_, value) in zip(numbers, cells, strict=True):
        number = None if pd.isna(said) else Decimal(str(float(said)))
        counts[verdict(number, value, doubtful=False, seen=False)] += 1
    return counts, len(cells) / max(took, 1e-9)


def held_back() -> list[tuple[str, Decimal | None]]:
    with HELD_BACK.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["kind"] == "cell"]
    return [(r["input"], Decimal(r["value"]) if r["value"] else None) for r in rows]


COLUMNS = ("right", "doubtful", "wrong, doubtful", "silently wrong", "refused")


def show(title: str, cells: list[tuple[str, Decimal | None]]) -> None:
    readers: dict[str, Callable[[str], Answer]] = {
        "solieu.numerals": ours,
        "Babel vi, strict": babel_strict,
        "Babel vi": babel,
        "dots out, comma to point": swap,
        "float(cell)": python_decimal,
    }
    print(f"\n{title}: {len(cells)} cells\n")
    print(f"| reader | {' | '.join(COLUMNS)} | cells/s |")
    print("|---|" + "---:|" * (len(COLUMNS) + 1))
    results = {name: (score(r, cells), speed(r, cells)) for name, r in readers.items()}
    results["pandas.to_numeric"] = pandas_cells(cells)
    for name, (counts, rate) in results.items():
        shares = " | ".join(f"{100 * counts[c] / len(cells):.1f} %" for c in COLUMNS)
        print(f"| {name} | {shares} | {rate:,.0f} |")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 7)
    show("Printed at random", [printed(rng) for _ in range(count)])
    show("Held back", held_back())


if __name__ == "__main__":
    main()
