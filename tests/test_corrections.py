"""Corrections: what a file may say, what they change, and what they must not."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from commands import cli
from solieu import corrections
from solieu.corrected import corrected, print_bears
from solieu.corrections import Corrections, Row
from solieu.errors import UsageError
from solieu.model import (
    Content,
    Figure,
    Finding,
    Observation,
    Period,
    Place,
    Reading,
    Region,
    Table,
)
from writers.corrected import astray

DIGEST = "ab" * 32
HEAD = "observation_id,field,value,reason,by,on"
SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "ke-hoach-tra-vinh-2023.pdf"


def written(folder, *lines, head=HEAD, encoding="utf-8"):
    path = folder / "corrections.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding=encoding)
    return path


def figure(raw="5,792", value="5.792", rounding="0.001"):
    place = Place(table=1, row=2, column=3)
    return Figure(
        place.figure_id(DIGEST),
        place,
        raw,
        Decimal(value),
        "person",
        Decimal(rounding),
        alternative=Decimal(5792),
        confidence=0.6,
    )


def reading(one=None):
    one = one or figure()
    period = Period(2023, "2023", date(2023, 1, 1), date(2023, 12, 31))
    observation = Observation(one, "BHXH", "table", period=period)
    return Reading(DIGEST, Content(()), (Table(1, (), (), (one,)),), (observation,))


def row(field, value, **more):
    return Row(
        2,
        field,
        value,
        "đọc lại",
        "Lan",
        date(2026, 3, 1),
        **(more or {"observation_id": figure().figure_id}),
    )


def region_of(code, on):
    return {"291": Region("Huyện Nam Sách", "district", "291")}.get(code)


def applied(*rows, one=None):
    return corrected(reading(one), Corrections(rows), region_of)


# What a file may say


def test_a_file_as_the_report_writes_it(tmp_path):
    path = written(tmp_path, "abc,value,5792,đọc lại,Lan,2026-03-01", "abc,note,'=in mờ,x,Minh,")
    one, two = corrections.load(path).rows
    assert (one.field, one.value, one.by, one.on) == ("value", "5792", "Lan", date(2026, 3, 1))
    assert two.value == "=in mờ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_spreadsheet_may_part_columns_by_semicolons(tmp_path, encoding):
    path = written(
        tmp_path, "abc;value;5792;x;Lan;", head=HEAD.replace(",", ";"), encoding=encoding
    )
    assert corrections.load(path).rows[0].value == "5792"


WRONG = [
    ("abc,valeu,1,x,Lan,", "Unknown field"),
    ("abc,value,5.792,x,Lan,", "write 5792, or 5.7920"),
    ('abc,value,"5,792",x,Lan,', "write 5792, or 5.7920"),
    ("abc,value,nhiều,x,Lan,", "no number"),
    ("abc,value,1e9,x,Lan,", "no number"),
    ("abc,value,NaN,x,Lan,", "no number"),
    ("abc,scenario,planned,x,Lan,", "none of actual"),
    ("abc,period,03/2024,x,Lan,", "2024-05"),
    ("abc,region_code,1234,x,Lan,", "291"),
    ("abc,metric,BHYT hộ,x,Lan,", "is not like"),
    ("abc,value,1,,Lan,", "“reason” is empty"),
    ("abc,value,1,x,,", "“by” is empty"),
    ("abc,value,1,x,Lan,31/12/2025", "a date like"),
    (",value,1,x,Lan,", "which figure"),
    ("abc,value,1,x,Lan,,,", "More values"),
    ("abc,figure,yes,x,Lan,", "none of no"),
]


@pytest.mark.parametrize(("line", "reason"), WRONG)
def test_a_line_that_cannot_be_used_is_named_with_its_reason(tmp_path, line, reason):
    rows, problems = corrections.read(written(tmp_path, "ok,value,1,x,Lan,", line))
    assert [r.observation_id for r in rows] == ["ok"]
    assert problems[0][0] == 3
    assert reason in problems[0][1]
    assert problems[0][2]


def test_wrong_columns_are_all_named(tmp_path):
    with pytest.raises(UsageError) as told:
        corrections.load(written(tmp_path, "1,2,3", head="id,field,wert"))
    for name in ("“id”", "“wert”", "“value”", "“reason”", "“by”", "observation_id"):
        assert name in told.value.message_en
    assert "Thiếu cột" in told.value.message_vi


def test_two_lines_that_disagree_are_refused(tmp_path):
    path = written(tmp_path, "abc,unit,person,x,Lan,", "abc,unit,household,x,Minh,")
    with pytest.raises(UsageError, match="where line 2 says"):
        corrections.load(path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"\n\n"])
def test_what_is_no_such_file_is_no_crash(tmp_path, content):
    path = tmp_path / "corrections.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        corrections.load(path)


@given(st.lists(st.lists(st.text(), max_size=8), max_size=6))
def test_any_file_gives_rows_or_reasons(lines):
    import io
    import tempfile

    text = io.StringIO()
    csv.writer(text).writerows([HEAD.split(","), *lines])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        path.write_bytes(text.getvalue().encode("utf-8", "replace"))
        rows, problems = corrections.read(path)
    assert all(r.field in corrections.FIELDS for r in rows)
    assert all(len(p) == 3 for p in problems)


# What they change


def test_a_misread_number_is_read_anew_and_the_old_reading_kept():
    got = applied(row("value", "5792"))
    (one,) = got.observations
    assert one.figure.value == 5792
    assert (one.figure.rounding, one.figure.exact) == (1, True)
    assert (one.figure.confidence, one.figure.alternative) == (1.0, None)
    (said,) = one.corrections
    assert (said.original, said.by, said.on) == ("5.792", "Lan", date(2026, 3, 1))
    assert "corrected" in one.flags
    assert got.tables[0].figures == (one.figure,)


def test_a_cell_may_be_named_by_its_place():
    got = applied(row("value", "5792", document_id=DIGEST, table=1, row=2, column=3))
    assert got.observations[0].figure.value == 5792
    other = applied(row("value", "5792", document_id="cd" * 32, table=1, row=2, column=3))
    assert other.observations[0].corrections == ()


BEARS = [
    ("5,792", "5792", True),
    ("5,792", "5.792", True),
    ("1.000", "1", True),
    ("47,322 tỷ", "47322000000", True),
    ("2 triệu rưỡi", "2500000", True),
    ("-12,5", "12.5", True),
    ("5,792", "5793", False),
    ("5,792", "57921", False),
    ("1.234", "4321", False),
    ("2", "2500000", False),
]


@pytest.mark.parametrize(("raw", "value", "wanted"), BEARS)
def test_a_reading_must_keep_the_printed_digits(raw, value, wanted):
    assert print_bears(raw, Decimal(value)) is wanted


def test_what_the_publisher_printed_wrong_stays_as_printed():
    got = applied(row("value", "5793"), row("note", "in sai, đúng là 5.793"))
    (one,) = got.observations
    assert one.figure.value == Decimal("5.792")
    assert [c.field for c in one.corrections] == ["note"]
    assert "corrected" not in one.flags


def test_meaning_is_corrected_field_by_field():
    got = applied(
        row("metric", "health_insurance_participants"),
        row("scenario", "plan"),
        row("region_code", "291"),
        row("period", "2024-Q1"),
        row("is_total", "yes"),
        row("unit", "household"),
        row("basis", ""),
    )
    (one,) = got.observations
    assert (one.metric, one.scenario, one.is_total) == (
        "health_insurance_participants",
        "plan",
        True,
    )
    assert one.region.name == "Huyện Nam Sách"
    assert (one.period.year, one.period.code) == (2024, "2024-Q1")
    assert one.figure.unit == "household"
    assert len(one.corrections) == 7


def test_a_code_that_no_unit_has_changes_nothing():
    assert applied(row("region_code", "999")).observations[0].corrections == ()


def test_what_is_no_figure_is_taken_out_and_said():
    got = applied(row("figure", "no"))
    assert got.observations == ()
    assert got.tables[0].figures == ()
    (lost,) = got.unread
    assert lost.raw == "5,792"
    assert "Lan" in lost.reason


def test_without_corrections_nothing_is_touched():
    one = reading()
    assert corrected(one, Corrections(), region_of) is one
    assert corrected(one, Corrections((row("value", "1", observation_id="x"),)), region_of) == one


# On a run


def run(folder, *lines):
    folder.mkdir(exist_ok=True)
    if lines:
        written(folder, *lines)
    return pipeline.run([str(SAMPLE)], folder, workers=1)


def rows(folder, name):
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    run(folder)
    return folder


def test_every_run_applies_them_and_they_stand_beside_the_figure(plain, tmp_path):
    total = next(r for r in rows(plain, "observations") if r["raw"] == "108.441" and r["row"])
    key = total["observation_id"]
    result = run(tmp_path, f"{key},value,108.441000,thử,Lan,2026-03-01", "0000,unit,person,x,Lan,")
    (one,) = [r for r in rows(tmp_path, "observations") if r["observation_id"] == key]
    assert one["value"] == 108.441
    assert one["value_original"] == 108441.0
    assert (one["corrected_by"], one["corrected_on"]) == ("Lan", date(2026, 3, 1))
    assert json.loads(one["corrections"])[0]["field"] == "value"
    assert [line for line, _, _ in result.astray] == [3]
    again = run(tmp_path)
    assert again.astray == result.astray
    assert [r for r in rows(tmp_path, "observations") if r["observation_id"] == key] == [one]


def test_the_audit_sees_the_corrected_reading(plain, tmp_path):
    """A total misread by a factor of a thousand makes a check fail that holds otherwise."""
    prose = next(r for r in rows(plain, "observations") if r["raw"] == "108.441" and r["passage"])
    held = [f for f in rows(plain, "findings") if f["check"] == "repeated_figure"]
    assert [f["status"] for f in held] == ["pass"]
    run(tmp_path, f"{prose['observation_id']},value,108.441000,thử,Lan,")
    found = [f for f in rows(tmp_path, "findings") if f["check"] == "repeated_figure"]
    assert [f["status"] for f in found] != ["pass"]


def test_taking_corrections_away_gives_the_old_dataset_back(plain, tmp_path):
    key = rows(plain, "observations")[0]["observation_id"]
    run(tmp_path, f"{key},note,xem lại,x,Lan,")
    assert rows(tmp_path, "observations") != rows(plain, "observations")
    (tmp_path / "corrections.csv").unlink()
    run(tmp_path)
    assert rows(tmp_path, "observations") == rows(plain, "observations")


def test_a_correction_that_did_nothing_is_told_with_its_reason(plain, tmp_path):
    figures = rows(plain, "observations")
    key, other = figures[0]["observation_id"], figures[1]["observation_id"]
    path = written(
        tmp_path,
        f"{key},value,999999,x,Lan,",
        f"{key},note,x,x,Lan,",
        f"{other},figure,no,x,Lan,",
        "0000,unit,person,x,Lan,",
    )
    said = corrections.load(path)
    pipeline.run([str(SAMPLE)], tmp_path / "out", workers=1, corrections=path)
    found = astray(tmp_path / "out", said)
    assert [line for line, _, _ in found] == [2, 5]
    assert "cannot be read as 999999" in found[0][1]


def test_the_command_checks_a_file_and_a_run(plain, tmp_path):
    runner = CliRunner()
    good = written(tmp_path, f"{rows(plain, 'observations')[0]['observation_id']},note,x,x,Lan,")
    assert runner.invoke(cli, ["corrections", "check", str(good)]).exit_code == 0
    done = runner.invoke(cli, ["corrections", "check", str(good), "-o", str(plain), "--lang", "vi"])
    assert done.exit_code == 1
    assert "dòng 2" in done.output
    bad = written(tmp_path, "abc,value,5.792,x,Lan,")
    done = runner.invoke(cli, ["corrections", "check", str(bad)])
    assert (done.exit_code, "line 2" in done.output) == (1, True)
    done = runner.invoke(
        cli, ["run", str(SAMPLE), "-o", str(tmp_path / "o"), "--corrections", str(bad)]
    )
    assert done.exit_code == 2
    assert runner.invoke(cli, ["corrections", "check"]).exit_code == 2


def test_a_finding_is_untouched_by_a_note():
    finding = Finding("column_total", "pass", "info", (figure().figure_id,), None, None)
    one = Reading(DIGEST, Content(()), (), reading().observations, (finding,))
    got = corrected(one, Corrections((row("note", "x"),)), region_of)
    assert got.findings == (finding,)
