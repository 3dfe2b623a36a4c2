"""Times: every form a document writes, its year found or left out, comparisons with their base."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.periods import grammar, timespans
from normalizers.periods.reading import (
    PeriodContext,
    PeriodMention,
    find_periods,
    misprints,
    read_period,
)
from solieu.model import Period

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parents[2] / "shared" / "fixtures" / "periods.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def span(code: str) -> Period | None:
    """The period behind 2024-05-31, 2024-S1, 2024-Q1, 2024-05 or 2023."""
    if not code:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", code):
        return timespans.stock(date.fromisoformat(code))
    year, _, part = code.partition("-")
    if part.startswith("S"):
        return timespans.months(int(year), int(part[1]) * 6 - 5, 6, "cumulative")
    if part.startswith("Q"):
        return timespans.months(int(year), int(part[1]) * 3 - 2, 3)
    if part:
        return timespans.months(int(year), int(part), 1)
    return timespans.years(int(year), int(year))


def context(row: dict[str, str]) -> PeriodContext:
    return PeriodContext(
        published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
        year=int(row["year"]) if row["year"] else None,
        reference=span(row["reference"]),
    )


@pytest.mark.parametrize(
    "row",
    [r for n in ("", "_2") for r in rows(DATA / f"periods_held_back{n}.csv")],
    ids=lambda r: f"{r['input']} {r['published_on']}",
)
def test_held_back_headers(row: dict[str, str]) -> None:
    reading = read_period(row["input"], context(row))
    period = reading.period if reading and not reading.misprint else None
    compared = reading.compared_to if reading else None
    found = (
        period.code if period else "",
        period.basis if period else "",
        (reading.scenario if reading else None) or "",
        (reading.comparison if reading else None) or "",
        compared.code if compared else "",
    )
    assert found == (
        row["code"], row["basis"], row["scenario"], row["comparison"], row["compared"]
    )  # fmt: skip


@pytest.mark.skipif(not FIXTURES.exists(), reason="shared fixtures are not part of the repository")
def test_shared_fixtures() -> None:
    wrong = []
    for row in rows(FIXTURES):
        given_context = ast.literal_eval(row["context"]) if row["context"] else {}
        found = _fixture_answer(row["input"], given_context)
        if found != (row["time_period"], row["scenario"]):
            wrong.append((row["input"], found))
    assert wrong == []


def _fixture_answer(text: str, given_context: dict[str, str]) -> tuple[str, str]:
    reference = None
    if "ref" in given_context:
        first, last = eval(given_context["ref"], {"datetime": dt})
        reference = timespans.between(first, last)
    reading = read_period(
        text,
        PeriodContext(
            published_on=date.fromisoformat(given_context["pub"])
            if "pub" in given_context
            else None,
            year=int(given_context["ctx_year"]) if "ctx_year" in given_context else None,
            reference=reference,
        ),
    )
    assert reading is not None
    period = reading.period or reading.compared_to
    assert period is not None
    code = period.code
    if text == "so với cùng kỳ":
        code = f"{period.start}/{period.end}"
    return code, "change" if reading.comparison else (reading.scenario or "")


def told(mention: PeriodMention) -> str:
    said = mention.text
    said += "=" + (mention.period.code if mention.period else "")
    said += f":{mention.comparison}" if mention.comparison else ""
    return said + (f"!{mention.misprint}" if mention.misprint else "")


@pytest.mark.parametrize("row", rows(DATA / "period_mentions.csv"), ids=lambda r: r["text"][:40])
def test_mentions_in_sentences(row: dict[str, str]) -> None:
    found = find_periods(row["text"], context(row))
    assert "|".join(told(m) for m in found) == row["mentions"]
    assert all(row["text"][m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    ("text", "scenarios"),
    [
        ("Kế hoạch năm 2024 là 120 tỷ, thực hiện năm 2023 là 100 tỷ", ["plan", "actual"]),
        ("Ước thực hiện năm 2023 và dự toán năm 2024", ["estimate", "plan"]),
        ("Chương trình mục tiêu quốc gia năm 2023", [None]),
        ("Năm 2023, kế hoạch là 5 tỷ", [None]),
    ],
)
def test_scenario_words_before_a_time(text: str, scenarios: list[str | None]) -> None:
    assert [m.scenario for m in find_periods(text)] == scenarios


@pytest.mark.parametrize(
    ("text", "misprint"),
    [
        ("đến 30/02/2023", "30/2/2023"),
        ("ngày 31/6", "31/6"),
        ("từ ngày 31/4/2023 đến 30/6/2023", "31/4/2023"),
        ("ngày 29/02/2023", "29/2/2023"),
        ("ngày 29/02", "29/2/2023"),
    ],
)
def test_of_an_impossible_date_the_year_is_left(text: str, misprint: str) -> None:
    reading = read_period(text, PeriodContext(year=2023))
    assert reading is not None
    assert reading.misprint == misprint
    assert reading.period is not None
    assert (reading.period.code, reading.period.end, reading.period.misprint) == (
        "2023",
        None,
        misprint,
    )


def test_the_printed_year_of_an_impossible_date_outweighs_the_heading():
    (mention,) = find_periods("Tính đến ngày 31/6/2021 có 5 hộ", PeriodContext(year=2023))
    assert mention.period is not None
    assert mention.period.year == 2021


def test_without_any_year_an_impossible_date_has_no_period():
    (mention,) = find_periods("Tính đến ngày 31/6 có 5 hộ")
    assert (mention.period, mention.misprint) == (None, "31/6")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tính đến ngày 31/6/2024, toàn tỉnh có 78.560 người", ("31/6/2024",)),
        ("đến 30-02-2023", ("30/2/2023",)),
        ("ngày 29/2/2023 và ngày 29/2/2024", ("29/2/2023",)),
        ("ngày 31 tháng 9 năm 2022", ("31/9/2022",)),
        ("đến hết 31/4, thu 12 tỷ", ("31/4",)),
        ("tăng 5% so với ngày 31/6/2023", ("31/6/2023",)),
        ("từ 31/12/2023 đến 30/6/2024; ngày 28/02/2023", ()),
        ("theo Quyết định số 31/6/2024/QĐ-UBND, số 31/11/2023", ()),
        ("đạt 31/6 chỉ tiêu, 12/13/2024, tỷ lệ 30/2", ()),
    ],
)
def test_dates_that_no_calendar_has(text: str, expected: tuple[str, ...]) -> None:
    assert misprints(find_periods(text)) == expected


def test_a_leap_day_is_a_day() -> None:
    reading = read_period("đến ngày 29/02", PeriodContext(published_on=date(2024, 3, 1)))
    assert reading is not None
    assert reading.period is not None
    assert reading.period.code == "2024-02-29"


def test_the_page_date_is_never_the_time_of_a_figure() -> None:
    """Today's figures are of the page's year; its day and month say nothing about them."""
    reading = read_period("đến nay", PeriodContext(published_on=date(2024, 6, 16)))
    assert reading is not None
    assert reading.period is not None
    assert (reading.period.code, reading.period.end) == ("2024", None)
    assert find_periods("có 5 người", PeriodContext(published_on=date(2024, 6, 16))) == []


def test_a_plan_lies_ahead() -> None:
    ahead = PeriodContext(published_on=date(2024, 1, 15), plan=True)
    reading = read_period("đến ngày 31/12", ahead)
    assert reading is not None
    assert reading.period is not None
    assert reading.period.code == "2024-12-31"


def test_where_the_year_was_found() -> None:
    page = PeriodContext(published_on=date(2024, 6, 16))
    sources = [m.period.source for m in find_periods("tháng 5, tháng 4/2024", page) if m.period]
    assert sources == ["publication", ""]


MONTH = st.integers(1, 12)
YEAR = st.integers(1990, 2035)


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.sampled_from(["/", ".", "-"]))
def test_any_printed_day_reads_back(on: date, mark: str) -> None:
    printed = f"Tính đến ngày {on.day:02d}{mark}{on.month}{mark}{on.year}"
    reading = read_period(printed)
    assert reading is not None
    assert reading.period == timespans.stock(on)


@given(YEAR, MONTH, st.integers(1, 36))
def test_whole_months_have_one_code(year: int, month: int, count: int) -> None:
    period = timespans.months(year, month, count)
    assert period.start is not None
    assert period.end is not None
    assert timespans.between(period.start, period.end) == period
    assert period.year == period.end.year


@given(YEAR, MONTH, st.integers(-5, 5))
def test_a_span_years_away_comes_back(year: int, month: int, steps: int) -> None:
    period = timespans.months(year, month, 1)
    moved = timespans.years_off(period, steps)
    assert moved is not None
    assert timespans.years_off(moved, -steps) == period


@pytest.mark.parametrize(("plain", "cued"), [(False, False), (True, False), (True, True)])
def test_the_first_form_is_known_by_its_group(plain: bool, cued: bool) -> None:
    forms = grammar._used(plain=plain, cued=cued)
    assert grammar._any_form(plain=plain, cued=cued).groups == len(forms)


@given(st.text(alphabet="0123456789/.-– nămthángquýIVđếntừ%", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_period(text, PeriodContext(date(2024, 6, 16)))
    for mention in find_periods(text, PeriodContext(date(2024, 6, 16))):
        assert text[mention.start : mention.end] == mention.text
