"""Rows, Parquet files and the data package that describes them."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import frictionless
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from solieu.errors import UnreadableDocument
from solieu.model import (
    Content,
    Figure,
    Finding,
    Notice,
    Observation,
    Period,
    Place,
    Reading,
    Region,
    Unread,
)
from writers import datapackage, parquet
from writers.parquet import OutputFolder
from writers.rows import DocumentFacts, rows_of
from writers.schema import TABLES, schema

DIGEST = "ab" * 32
FACTS = DocumentFacts(
    "tin/a.html", DIGEST, None, "text/html", datetime(2024, 1, 2, tzinfo=UTC), ("tin/b.html",)
)


def figure(row: int, value: str | None = "5792") -> Figure:
    place = Place(table=1, row=row, column=3, box=(1.0, 2.0, 3.0, 4.0), page=2)
    return Figure(
        place.figure_id(DIGEST),
        place,
        "5,792",
        Decimal(value) if value else None,
        "person",
        exact=True,
        number_format="comma_thousands",
        confidence=0.97,
        alternative=Decimal("5.792"),
        excerpt="Huyện Nam Sách 5,792",
    )


def reading() -> Reading:
    region = Region("Huyện Nam Sách", "district", "291", None, "Tỉnh Hải Dương / Huyện Nam Sách")
    period = Period(2023, "2023", date(2023, 1, 1), date(2023, 12, 31), source="column")
    rows = [
        Observation(figure(n), "BHXH tự nguyện", "table", region, period=period, flags=("b", "a"))
        for n in (7, 5)
    ]
    ids = tuple(o.figure.figure_id for o in rows)
    finding = Finding(
        "column_total",
        "fail",
        "error",
        ids,
        Decimal(10),
        Decimal(9),
        message_vi="Tổng 10, cộng lại 9",
        message_en="The total is 10, the rows add up to 9",
        details={"z": "1", "a": "2"},
    )
    notice = Notice("hidden_sheets", "có trang ẩn", "a hidden sheet")
    content = Content((), "Tiêu đề", date(2024, 1, 1), 3, "lxml", (notice,))
    unread = Unread(Place(table=1, row=9, column=3), "5,7927", "không rõ chỗ cắt")
    return Reading(DIGEST, content, (), tuple(rows), (finding,), (unread,), region)


def write(folder: Path) -> None:
    error = UnreadableDocument("cut off; download again", "bị cắt; tải lại")
    with OutputFolder(folder) as files:
        files.add(rows_of(FACTS, reading(), None))
        files.add(rows_of(DocumentFacts("b.pdf"), None, error))
        files.finish()
        datapackage.write(files.staging)
        files.commit()


def test_what_is_written_is_what_was_read(tmp_path: Path):
    write(tmp_path)
    documents = pq.read_table(tmp_path / "documents.parquet").to_pylist()
    assert [(d["source"], d["status"], d["observation_count"]) for d in documents] == [
        ("tin/a.html", "ok", 2),
        ("b.pdf", "failed", 0),
    ]
    assert documents[0]["also_at"] == ["tin/b.html"]
    assert documents[1]["error_vi"] == "bị cắt; tải lại"
    rows = pq.read_table(tmp_path / "observations.parquet").to_pylist()
    assert [r["row"] for r in rows] == [5, 7]
    assert rows[0]["value"] == 5792.0
    assert rows[0]["flags"] == ["a", "b"]
    assert rows[0]["bbox"] == [1.0, 2.0, 3.0, 4.0]
    (finding,) = pq.read_table(tmp_path / "findings.parquet").to_pylist()
    assert finding["difference"] == 1.0
    assert json.loads(finding["details"]) == {"a": "2", "z": "1"}
    (lost,) = pq.read_table(tmp_path / "unread.parquet").to_pylist()
    assert lost["reason"] == "không rõ chỗ cắt"


def test_a_figure_without_a_value_is_no_observation():
    empty = Observation(figure(3, None), "x", "table")
    got = Reading(DIGEST, Content(()), (), (empty,))
    assert rows_of(FACTS, got, None).observations.num_rows == 0


def test_the_same_rows_give_the_same_bytes(tmp_path: Path):
    for name in ("one", "two"):
        write(tmp_path / name)
    for file in (*(f"{t}.parquet" for t in TABLES), "datapackage.json"):
        one, two = ((tmp_path / n / file).read_bytes() for n in ("one", "two"))
        assert one == two


def test_a_run_that_breaks_off_leaves_the_last_output_whole(tmp_path: Path):
    write(tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(KeyboardInterrupt), OutputFolder(tmp_path) as files:
        files.add(rows_of(FACTS, reading(), None))
        raise KeyboardInterrupt
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_an_outside_validator_accepts_the_package(tmp_path: Path):
    write(tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["name"] for r in package["resources"]] == list(TABLES)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_what_it_means_in_both_languages(table):
    for field in schema(table):
        assert field.metadata[b"description"], field.name
        assert field.metadata[b"description_vi"], field.name


CONTRACT = {
    "documents": "document_id source final_url media_type title published_on retrieved_at page_count "
    "table_count observation_count status error",
    "observations": "observation_id document_id region_code region_valid_from region_name region_level "
    "region_path metric metric_label scenario measure basis year period value unit raw qualifier "
    "rounding is_total method page table row column bbox excerpt number_format confidence",
    "findings": "finding_id document_id check status severity region_name metric scenario measure year "
    "published expected difference tolerance observation_ids suspect_observation_id suggestion "
    "message_vi message_en",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_columns_that_others_rely_on_stand_first_and_in_order(table):
    wanted = CONTRACT[table].split()
    assert schema(table).names[: len(wanted)] == wanted


def test_rows_are_written_in_groups_of_one_size_in_their_order(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(parquet, "ROW_GROUP", 7)
    monkeypatch.setattr(parquet, "_LOOSE", 2)
    added = [rows_of(DocumentFacts(f"{n:02}.html", DIGEST), reading(), None) for n in range(10)]
    with OutputFolder(tmp_path) as files:
        for rows in added:
            files.add(rows)
        files.commit()
    found = pq.ParquetFile(tmp_path / "observations.parquet")
    counts = [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)]
    assert counts == [7, 7, 6]
    assert found.read().equals(pa.concat_tables([rows.observations for rows in added]))
    documents = pq.read_table(tmp_path / "documents.parquet", columns=["source"])
    assert documents["source"].to_pylist() == [f"{n:02}.html" for n in range(10)]


def test_a_folder_of_many_files_is_replaced_as_a_whole(tmp_path: Path):
    for names in (("a", "b"), ("b", "c")):
        with OutputFolder(tmp_path) as files:
            (files.staging / "report" / "documents").mkdir(parents=True)
            for name in names:
                (files.staging / "report" / "documents" / f"{name}.js").write_text(name)
            goals = files.commit()
        there = sorted(p.name for p in (tmp_path / "report").rglob("*.js"))
        assert there == [f"{name}.js" for name in names]
        assert all(goal.is_file() for goal in goals)
        assert not files.staging.exists()
