"""Dot or comma by column: what decides, what only leans, and what must not be moved."""

from __future__ import annotations

import importlib.util
import random
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.conventions import ColumnEvidence, choose, decide, shape, stated_confidence
from solieu.numerals import read_numeral


def column(text: str, kind: str = "unknown", total: bool = False, **more: object) -> ColumnEvidence:
    """A column from cells parted by blanks; with `total` the last one sums the others."""
    cells = text.split()
    numerals = {row: read_numeral(cell) for row, cell in enumerate(cells, 1)}
    last = len(cells)
    parts = tuple(range(1, last)) if total else ()
    return ColumnEvidence(numerals, kind, last if total else None, parts, **more)  # type: ignore[arg-type]  # kinds are written as plain text here


def values(columns: list[ColumnEvidence], prior: float = 0.93) -> list[list[Decimal | None]]:
    decisions = decide(columns, prior)
    return [
        [
            choice.reading.value if choice.reading else None
            for choice in (choose(n, decision) for n in one.numerals.values())
        ]
        for one, decision in zip(columns, decisions, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.888", "either_dot"),
        ("5,792", "either_comma"),
        ("32,9", "dot"),
        ("1.234.567", "dot"),
        ("1.234,5", "dot"),
        ("0,451", "dot"),
        ("98.13", "comma"),
        ("1,234,567", "comma"),
        ("0.123", "comma"),
        ("345", "plain"),
        ("47,322%", "dot"),
        ("-", "none"),
        ("Phường 1", "none"),
    ],
)
def test_shape(text: str, expected: str) -> None:
    assert shape(read_numeral(text)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "prior", "first"),
    [
        ("1.888 2.311 4.120", "unknown", 0.93, 1888),
        ("5,792 3,654 3,551", "counts", 0.97, 5792),
        ("5,792 3,654 3,551 1,234,567", "unknown", 0.99, 5792),
        ("1.888 32,9 4.120", "money", 0.1, 1888),
        ("47,322 12,105 8,200 0,451", "money", 0.5, "47.322"),
        ("47,322 1.204,118 8,200", "quantity", 0.2, "47.322"),
        ("32,915 40,118 51,207", "percent", 0.93, "32.915"),
        ("5,792 345 812 90", "unknown", 0.8, 5792),
        ("5.792 345 812 90", "unknown", 0.1, 5792),
        ("47,322 1204 88,115 2300 4018", "unknown", 0.9, "47.322"),
    ],
)
def test_one_column(text: str, kind: str, prior: float, first: float | str) -> None:
    assert values([column(text, kind)], prior)[0][0] == Decimal(str(first))


def test_money_scale_decides_three_decimals() -> None:
    billions = column("47,322 12,105 8,200", "money", scale=Decimal(10**9))
    millions = column("47,322 12,105 8,200", "money", scale=Decimal(10**6))
    dong = column("47,322 12,105 8,200", "money", scale=Decimal(1))
    assert values([billions])[0][0] == Decimal("47.322")
    assert values([millions])[0][0] == Decimal(47322)
    assert values([dong])[0][0] == Decimal(47322)


def test_a_column_without_evidence_follows_its_neighbours() -> None:
    silent, telling = column("5,792 3,654"), column("1,234,567 2,345,678 980,112")
    assert values([silent])[0][0] == Decimal("5.792") or decide([silent])[0].confidence < 0.95
    assert values([silent, telling, telling])[0][0] == Decimal(5792)


def test_rates_may_be_typed_by_another_hand_than_counts() -> None:
    counts, rates = column("5,792 3,654 3,551", "counts"), column("32,9 51,7 40,2", "percent")
    assert values([counts, rates])[0][0] == Decimal(5792)
    assert values([counts, rates])[1][0] == Decimal("32.9")


def test_arithmetic_breaks_a_tie_where_small_numbers_take_part() -> None:
    # 812 + 950 = 1762: only the grouped reading of the total meets its rows.
    assert values([column("812 950 1,762", total=True)], 0.93)[0][-1] == Decimal(1762)
    assert (
        decide([column("812 950 1,762", total=True)])[0].score
        < decide([column("812 950 1,762")])[0].score
    )


def test_a_wrong_total_stays_wrong() -> None:
    """2.2 % off under the right reading, 98 % under the other: nothing is mended."""
    one = column("3.120 4.220 812 650 9.150", "counts", total=True)
    assert values([one])[0] == [Decimal(n) for n in (3120, 4220, 812, 650, 9150)]


def test_a_decidable_cell_keeps_its_grammar_against_its_column() -> None:
    one = column("1.888.201 2.311.000 4.120.555 98.5", "money")
    decision = decide([one])[0]
    choice = choose(read_numeral("98.5"), decision)
    assert choice.reading is not None
    assert choice.reading.value == Decimal("98.5")
    assert choice.confidence <= 0.9
    assert "mixed_convention" in choice.flags


def test_a_flipped_count_is_grouped_and_doubtful() -> None:
    one = column("1.888 2.311 4.120 1,452", "counts")
    decision = decide([one])[0]
    assert "mixed_convention" in decision.flags
    choice = choose(read_numeral("1,452"), decision)
    assert choice.reading is not None
    assert choice.alternative is not None
    assert (choice.reading.value, choice.alternative.value) == (Decimal(1452), Decimal("1.452"))
    assert choice.confidence <= 0.8


def test_no_evidence_is_said() -> None:
    decision = decide([column("12 15 40")], 0.93)[0]
    assert decision.number_format == "dot_thousands"
    assert "convention_default" in decision.flags


def test_three_decimals_are_flagged_with_the_other_reading_where_doubtful() -> None:
    one = column("47,322 12,105 8,200", "quantity")
    decision = decide([one], 0.6)[0]
    choice = choose(read_numeral("47,322"), decision)
    assert "three_decimals" in choice.flags
    assert choice.alternative is not None
    assert choice.alternative.value == Decimal(47322)
    assert choice.confidence < 0.95


def test_nothing_printed_is_nothing_chosen() -> None:
    choice = choose(read_numeral("…"), decide([column("1.888")])[0])
    assert (choice.reading, choice.confidence) == (None, 0.0)
    assert decide([]) == []


@given(st.floats(0, 40), st.floats(0, 40))
def test_confidence_never_falls_with_evidence(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0.5 <= stated_confidence(low) <= stated_confidence(high) <= 1


@given(st.lists(st.integers(0, 10**7), min_size=3, max_size=12), st.booleans())
def test_printed_counts_come_back(counts: list[int], dots: bool) -> None:
    """With a header that says people, either way of printing gives the same numbers."""
    text = " ".join(f"{n:,}".replace(",", "." if dots else ",") for n in counts)
    assert values([column(text, "counts")])[0] == [Decimal(n) for n in counts]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parent.parent / "benchmarks" / "conventions.py"
    spec = importlib.util.spec_from_file_location("benchmarks_conventions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_random_tables_meet_the_bar(bench: ModuleType) -> None:
    rng = random.Random(2024)
    cells = bench.judged([bench.table(rng, bench.Mix()) for _ in range(500)])
    sure = [c for c in cells if c.confidence >= 0.95]
    assert sum(not c.right for c in cells) <= 0.005 * len(cells)
    assert sum(not c.right for c in sure) <= 0.002 * len(sure)
    assert len(sure) >= 0.96 * len(cells)
