"""Printed numerals: every reading, best first; what the grammar decides has one."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import NumberFormatError, parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from solieu.numerals import LONGEST, find_numerals, read_numeral, readings_of

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared" / "fixtures" / "numbers.csv"
STYLES = {
    "dot_thousands": (".", ","),
    "comma_thousands": (",", "."),
    "space_thousands": (" ", ","),
    "plain": ("", ","),
}


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", table("numerals.csv"), ids=lambda r: repr(r["input"]))
def test_every_reading_of_a_cell(row):
    numeral = read_numeral(row["input"])
    expected = [
        (Decimal(value), number_format)
        for value, number_format in (r.rsplit(":", 1) for r in row["readings"].split("|") if r)
    ]
    assert [(r.value, r.number_format) for r in numeral.readings] == expected
    assert numeral.status == row["status"]
    assert numeral.flags == tuple(row["flags"].split())
    assert numeral.marks == tuple(row["marks"].split())


@pytest.mark.parametrize("text", ["12\n345", "5\n678\n901", "12 345\n678,5"])
def test_digits_on_two_lines_may_be_two_figures(text):
    numeral = read_numeral(text)
    assert numeral.best is None or numeral.best.confidence < 0.5
    assert "broken_spacing" in numeral.flags


def test_a_break_at_a_separator_or_around_a_figure_parts_nothing():
    assert read_numeral("1.234.\n567").best.value == 1234567
    assert read_numeral("\n12 345\n").best.confidence == 0.9


def printed(value: Decimal, style: str) -> str:
    group, mark = STYLES[style]
    return f"{value:,f}".replace(",", "\0").replace(".", mark).replace("\0", group)


def one_mark_and_three_digits(print_: str) -> bool:
    """The only prints that two conventions read differently."""
    head, _, tail = print_.replace(",", ".").partition(".")
    return len(tail) == 3 and tail.isdigit() and len(head) <= 3 and head.strip("0") != ""


@given(
    st.integers(0, 10**13),
    st.integers(0, 4),
    st.sampled_from(sorted(STYLES)),
)
def test_a_printed_number_is_among_its_readings(digits, places, style):
    value = Decimal(digits).scaleb(-places)
    cell = printed(value, style)
    numeral = read_numeral(cell)
    right = [r for r in numeral.readings if r.value == value]
    assert len(right) == 1
    assert right[0].places == places or numeral.readings[0].number_format == "plain"
    if one_mark_and_three_digits(cell):
        assert len(numeral.readings) == 2
        assert numeral.readings[0].confidence < 0.95
    else:
        assert len(numeral.readings) == 1


@given(st.integers(0, 10**9), st.integers(0, 3), st.sampled_from(sorted(STYLES)))
def test_running_text_reads_as_the_cell_does(digits, places, style):
    cell = printed(Decimal(digits).scaleb(-places), style)
    (found,) = find_numerals(f"đạt {cell} người")
    assert found.readings == read_numeral(cell).readings
    assert found.raw == cell


@given(st.text(alphabet="0123456789.,' ()-+%‰lIOSB¹²*…x\u00a0\u200bă", max_size=24))
def test_any_cell_gives_a_coherent_answer(text):
    numeral = read_numeral(text)
    assert (numeral.status == "number") == bool(numeral.readings)
    confidences = [r.confidence for r in numeral.readings]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1.001
    assert all(r.places >= 0 and 0 < r.confidence <= 1 for r in numeral.readings)
    assert 0 <= numeral.start <= numeral.end <= len(text)


@given(st.text(alphabet="0123456789., -+/%()lO¹ aTđ", max_size=40))
def test_spans_point_at_the_text(text):
    end = 0
    for numeral in find_numerals(text):
        assert numeral.raw == text[numeral.start : numeral.end]
        assert numeral.start >= end
        end = numeral.end


@given(st.text(alphabet="0123456789., ", min_size=1, max_size=14))
def test_babel_agrees_wherever_both_read_the_vietnamese_way(text):
    """Strict Babel refuses rather than guesses, so where it answers it is an oracle."""
    best = read_numeral(text).best
    try:
        oracle = parse_decimal(text, locale="vi", strict=True)
    except NumberFormatError:
        return
    if best is not None and best.number_format in ("dot_thousands", "plain"):
        assert best.value == oracle


def test_babel_is_asked_often_enough():
    """The oracle above must not pass by refusing everything."""
    prints = [printed(Decimal(n * 7919).scaleb(-(n % 3)), "dot_thousands") for n in range(1, 400)]
    for text in prints:
        best = read_numeral(text).best
        assert best is not None
        assert best.value == parse_decimal(text, locale="vi", strict=True)


def test_decidable_prints_are_sure_and_doubtful_ones_are_not():
    assert read_numeral("1.234.567").readings[0].confidence >= 0.95
    assert read_numeral("1.888").readings[0].confidence < 0.95
    assert read_numeral("4 812").readings[0].confidence < 0.95
    assert read_numeral("4\u00a0812").readings[0].confidence >= 0.95


def test_a_repair_costs_a_fifth_of_the_confidence():
    clean, slip = readings_of("1.808.112")[0], read_numeral("1.8O8.112").readings[0]
    assert slip.value == clean.value
    assert slip.confidence == pytest.approx(clean.confidence * 0.8)


def test_a_sentence_is_no_cell():
    text = "năm 2024 có 1.888 người " * 8
    assert len(text) > LONGEST
    assert read_numeral(text).status == "text"
    assert read_numeral("1" * 5000).status == "text"


def test_superscripts_go_before_digits_are_made_plain():
    assert read_numeral("1.234.567¹").readings[0].value == 1234567


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("có \ufffd2.345 người", ["2.345"]),
        ("có 12.3\ufffd người", ["12.3"]),
        ("có 1\ufffd.234 người", ["1", "234"]),
        ("có 1.\ufffd34 người", ["1", "34"]),
        ("có 12.345 ng\ufffd\ufffdi, 5 h\ufffd", []),
        ("\ufffd có 12.345 người \ufffd", []),
    ],
)
def test_a_figure_beside_a_lost_letter_is_doubted(text, damaged):
    assert [n.raw for n in find_numerals(text) if "damaged" in n.flags] == damaged


def test_glued_words_keep_their_figure_and_codes_are_marked():
    glued, code = find_numerals("đạt73% chỉ tiêu của H5")
    assert (glued.raw, glued.flags) == ("73", ("glued",))
    assert code.flags == ("glued_code",)


def held_back() -> list[dict[str, str]]:
    return [row for row in table("heldback_numerals.csv") if row["kind"] == "cell"]


def verdict(row: dict[str, str]) -> str:
    """right, wrong (another value), silent (another value, said to be sure) or refused."""
    best = read_numeral(row["input"]).best
    if row["verdict"] == "none":
        return "right" if best is None else ("silent" if best.confidence >= 0.95 else "wrong")
    if best is None:
        return "refused"
    value = Decimal(row["value"])
    if row["verdict"] == "doubtful":
        seen = any(r.value == value for r in read_numeral(row["input"]).readings)
        return "right" if seen and best.confidence < 0.95 else "silent"
    if best.value == value:
        return "right"
    return "silent" if best.confidence >= 0.95 else "wrong"


def test_cells_written_before_the_reader():
    verdicts = [verdict(row) for row in held_back()]
    assert len(verdicts) >= 110
    assert verdicts.count("silent") == 0
    assert verdicts.count("right") >= 0.97 * len(verdicts)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared fixtures are not on this machine")
def test_shared_fixture_of_cells():
    with SHARED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            numeral = read_numeral(row["input"])
            if row["class"] == "Z":
                assert numeral.best is None
            elif row["class"] == "C":
                assert float(row["value"]) in [float(r.value) for r in numeral.readings]
            elif numeral.best is not None:
                assert float(numeral.best.value) == pytest.approx(float(row["value"]), rel=1e-12)
