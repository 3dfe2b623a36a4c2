"""What other libraries make of the same numerals, tables, periods and names, and in what time.

    python benchmarks/peers.py [--tables 400] [--names 1500] [--only cells,tables,periods,regions]

pandas, Babel, price-parser, dateparser and vietnamadminunits are asked where they are installed
(`pip install pandas lxml babel price-parser dateparser vietnamadminunits`); what is missing is named
and left out. "doubtful" is an answer that says of itself that it may be wrong (below 0.95): the others
have no way to say so. "silently wrong" is another value, said as if it were sure. CPU time, best of three.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import conventions  # noqa: E402
from benchmarks.cells import forget  # noqa: E402
from benchmarks.numerals import held_back, printed  # noqa: E402
from normalizers.conventions import choose, decide  # noqa: E402
from normalizers.periods.reading import PeriodContext, read_period  # noqa: E402
from normalizers.regions import resolve  # noqa: E402
from normalizers.regions.gazetteer import Unit, gazetteer, loose  # noqa: E402
from normalizers.regions.units import region_of  # noqa: E402
from solieu.numerals import read_numeral  # noqa: E402

VERDICTS = ("right", "doubtful", "silently wrong", "refused")
Answer = tuple[Any, bool]
"""What was said (None: nothing), and whether it is said to be doubtful."""


def peer(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def verdict(said: Answer, truth: Any) -> str:
    value, doubtful = said
    if value is None:
        return "refused" if truth is not None else "right"
    if doubtful:
        return "doubtful"
    return "right" if truth is not None and value == truth else "silently wrong"


def timed(work: Callable[[], Sequence[Answer]]) -> tuple[Sequence[Answer], float]:
    best, answers = float("inf"), ()
    for _ in range(3):
        forget()
        started = time.process_time()
        answers = work()
        best = min(best, time.process_time() - started)
    return answers, best


def show(
    title: str, truths: Sequence[Any], readers: dict[str, Callable[[], Sequence[Answer]]]
) -> None:
    print(f"\n{title}\n\n| reader | {' | '.join(VERDICTS)} | µs each |\n|---|" + "---:|" * 5)
    for name, work in readers.items():
        answers, took = timed(work)
        counts = Counter(verdict(a, t) for a, t in zip(answers, truths, strict=True))
        shares = " | ".join(f"{100 * counts[v] / len(truths):.1f} %" for v in VERDICTS)
        print(f"| {name} | {shares} | {1e6 * took / len(truths):,.1f} |", flush=True)


def each(reader: Callable[..., Answer], inputs: Iterable[Any]) -> Callable[[], list[Answer]]:
    given = list(inputs)
    return lambda: [reader(one) for one in given]


# ---------------------------------------------------------------- numerals


def ours(text: str) -> Answer:
    best = read_numeral(text).best
    return (best.value, best.confidence < 0.95) if best else (None, False)


def cell_readers(texts: Sequence[str]) -> dict[str, Callable[[], Sequence[Answer]]]:
    readers = {"solieu": each(ours, texts)}
    if babel := peer("babel.numbers"):

        def strict(text: str) -> Answer:
            try:
                return babel.parse_decimal(text, locale="vi", strict=True), False
            except babel.NumberFormatError:
                return None, False

        readers["Babel vi, strict"] = each(strict, texts)
    if prices := peer("price_parser"):
        readers["price-parser"] = each(lambda t: (prices.Price.fromstring(t).amount, False), texts)
        readers["price-parser, decimal comma"] = each(
            lambda t: (prices.parse_price(t, decimal_separator=",").amount, False), texts
        )
    return readers


def cells(count: int) -> None:
    rng = random.Random(7)
    made = [printed(rng) for _ in range(count)]
    show(
        f"Single numerals printed at random: {count}",
        [v for _, v in made],
        cell_readers([t for t, _ in made]),
    )
    kept = held_back()
    show(f"Held-back cells: {len(kept)}", [v for _, v in kept], cell_readers([t for t, _ in kept]))


# ---------------------------------------------------------------- tables


def html(table: conventions.Table) -> str:
    rows = zip(*(column.cells for column in table.columns), strict=True)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    head = "".join(f"<th>c{n}</th>" for n in range(len(table.columns)))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def solieu_table(table: conventions.Table) -> list[Answer]:
    columns = conventions.evidence(table)
    found = []
    for column, decision in zip(columns, decide(columns, table.prior), strict=True):
        for numeral in column.numerals.values():
            choice = choose(numeral, decision)
            value = choice.reading.value if choice.reading else None
            found.append((value, choice.confidence < 0.95))
    return found


def pandas_table(pandas: Any, text: str, **how: str) -> list[Answer]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (frame,) = pandas.read_html(io.StringIO(text), **how)
    return [(as_number(value), False) for name in frame for value in frame[name]]


def as_number(value: object) -> Decimal | None:
    """What a cell of a data frame holds; a text that was left alone is no answer."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def tables(count: int) -> None:
    rng = random.Random(11)
    made = [conventions.table(rng, conventions.Mix()) for _ in range(count)]
    truths = [v for t in made for c in t.columns for v in c.truth]
    texts = [cell for t in made for c in t.columns for cell in c.cells]
    readers: dict[str, Callable[[], Sequence[Answer]]] = {
        "solieu, by column": lambda: [a for t in made for a in solieu_table(t)]
    }
    if (pandas := peer("pandas")) and peer("lxml"):
        pages = [html(t) for t in made]
        readers["pandas.read_html"] = lambda: [a for p in pages for a in pandas_table(pandas, p)]
        readers["pandas.read_html, thousands '.', decimal ','"] = lambda: [
            a for p in pages for a in pandas_table(pandas, p, thousands=".", decimal=",")
        ]
    readers |= {k: v for k, v in cell_readers(texts).items() if k != "solieu"}
    show(f"Tables of the mix in docs/calibration.md: {count}, {len(texts)} cells", truths, readers)


# ---------------------------------------------------------------- periods


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def periods() -> None:
    rows = []
    for name in ("periods_held_back.csv", "periods_held_back_2.csv"):
        with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as lines:
            rows += [r for r in csv.DictReader(lines) if not r["compared"] and not r["reference"]]
    contexts = [
        PeriodContext(
            published_on=day(r["published_on"]), year=int(r["year"]) if r["year"] else None
        )
        for r in rows
    ]
    asked = [(r["input"], c) for r, c in zip(rows, contexts, strict=True)]

    def last_day(job: tuple[str, PeriodContext]) -> Answer:
        reading = read_period(*job)
        period = reading.period if reading else None
        return (period.end if period else None), False

    truths = [
        (read_period(*job).period.end if r["code"] else None)
        for r, job in zip(rows, asked, strict=True)
    ]
    wrong = [
        r["input"]
        for r, job in zip(rows, asked, strict=True)
        if r["code"] and read_period(*job).period.code != r["code"]
    ]
    assert not wrong, wrong  # the codes are the truth; their last days are compared here
    readers = {"solieu": each(last_day, asked)}
    if parser := peer("dateparser"):

        def parsed(job: tuple[str, PeriodContext]) -> Answer:
            text, known = job
            base = datetime.combine(
                known.published_on or date(known.year or 2024, 12, 31), datetime.min.time()
            )
            how = {
                "RELATIVE_BASE": base,
                "PREFER_DAY_OF_MONTH": "last",
                "PREFER_MONTH_OF_YEAR": "last",
                "PREFER_DATES_FROM": "past",
            }
            found = parser.parse(text, languages=["vi"], settings=how)
            return (found.date() if found else None), False

        readers["dateparser vi, last day"] = each(parsed, asked)
    show(f"Held-back periods, by their last day: {len(rows)}", truths, readers)


# ---------------------------------------------------------------- regions


def address(unit: Unit, on: date) -> list[str]:
    """Name and type of a unit and of those above it."""
    above = gazetteer().parent(unit, on)
    return [unit.title, *(address(above, on) if above else [])]


def regions(count: int) -> None:
    for on, mode in (
        (date(2018, 7, 31), "LEGACY"),
        (date(2023, 4, 23), "LEGACY"),
        (date(2026, 3, 1), "FROM_2025"),
    ):
        standing = [u for u in gazetteer() if u.level == 3 and u.stands(on)]
        units = random.Random(5).sample(standing, count)
        texts = [", ".join(address(u, on)) for u in units]
        truths = [tuple(loose(name) for name in address(u, on)) for u in units]
        own = {region_of(u, on): t for u, t in zip(units, truths, strict=True)}

        def resolved(text: str, on: date = on, own: dict[Any, Any] = own) -> Answer:
            match = resolve(text, on)
            region = match.region if match.status == "one" else None
            return (own.get(region, ("another unit",)) if region else None), False

        readers = {"solieu": each(resolved, texts)}
        if peer("vietnamadminunits"):
            from vietnamadminunits import parse_address

            def parsed(text: str, mode: str = mode) -> Answer:
                found = parse_address(text, mode=mode)
                names = (
                    [found.ward, *([found.district] if mode == "LEGACY" else []), found.province]
                    if found
                    else []
                )
                return (tuple(loose(n) for n in names) if names and all(names) else None), False

            readers[f"vietnamadminunits, {mode}"] = each(parsed, texts)
        show(f"Communes of {on} by their full address: {count}", truths, readers)


PEERS = ("pandas", "lxml", "babel", "price-parser", "dateparser", "vietnamadminunits")


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--cells", type=int, default=20_000)
    ask.add_argument("--tables", type=int, default=400)
    ask.add_argument("--names", type=int, default=1_500)
    ask.add_argument("--only", default="cells,tables,periods,regions")
    asked = ask.parse_args()
    for name in PEERS:
        try:
            print(f"{name} {version(name)}")
        except PackageNotFoundError:
            print(f"{name} is not installed and not asked")
    jobs = {
        "cells": lambda: cells(asked.cells),
        "tables": lambda: tables(asked.tables),
        "periods": periods,
        "regions": lambda: regions(asked.names),
    }
    for name in asked.only.split(","):
        jobs[name]()


if __name__ == "__main__":
    main()
