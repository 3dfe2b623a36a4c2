"""Figures that several documents of one run give."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from engines import across
from pipeline import run

PAGE = (
    "BHXH thành phố Hải Phòng: đến hết tháng {month}/2024, số người tham gia BHYT là {count} người."
)


@pytest.fixture
def told(tmp_path):
    """The findings between documents that say these counts for May 2024."""

    def findings(*counts, month=5):
        for n, count in enumerate(counts):
            text = PAGE.format(count=count, month=month + n if month < 5 else month)
            (tmp_path / f"tin-{n}.txt").write_text(f"Bản tin số {n}\n\n{text}\n", encoding="utf-8")
        run([str(tmp_path)], tmp_path / "out", workers=1, keep=False)
        table = pd.read_parquet(tmp_path / "out" / "findings.parquet")
        return table[table["details"].str.contains("other_document", na=False)]

    return findings


def test_two_documents_that_agree(told):
    found = told("1.941.245", "1.941.245")
    assert found["status"].tolist() == ["pass"]
    assert "khớp với một tài liệu khác" in found["message_vi"].iloc[0]


def test_two_documents_that_differ_are_a_question_and_no_error(told):
    found = told("1.941.245", "1.914.245")
    assert found[["check", "status", "severity"]].to_numpy().tolist() == [
        ["repeated_figure", "fail", "warning"]
    ]
    assert len(found["observation_ids"].iloc[0]) == 2


def test_other_months_are_not_compared(told):
    assert told("1.941.245", "1.914.245", month=3).empty


def test_one_document_alone_is_not_compared(told):
    assert told("1.941.245").empty


def notes(*documents):
    """Topics of documents, given as numbers for their rows; 0 where one is not known."""
    found = across.Topics(io.BytesIO())
    for rows in documents:
        found.add(b"".join(n.to_bytes(8, "little") for n in rows), len(rows))
    return [part.tolist() for part in found.shared()]


def test_only_rows_of_topics_that_several_documents_speak_of_are_looked_at_again():
    assert notes([7, 0, 8], [9, 8], [], [8, 0, 6]) == [[2, 4, 5]]
    assert notes([7, 7], [8]) == []


def test_topics_that_do_not_fit_into_memory_are_compared_in_turns(monkeypatch):
    monkeypatch.setattr(across, "_AT_ONCE", 16)
    monkeypatch.setattr(across, "_COMPARED", 4)
    one = list(range(1, 41))
    parts = notes(one, one)
    assert sorted(row for part in parts for row in part) == list(range(80))
    for part in parts:
        assert [row for row in part if row < 40] == [row - 40 for row in part if row >= 40]


def test_parts_are_compared_by_several_processes_as_by_one(tmp_path, monkeypatch):
    monkeypatch.setattr(across, "_COMPARED", 1)
    (tmp_path / "in").mkdir()
    for n in range(2):
        for month in range(1, 7):
            text = f"Bản tin số {n}\n\n{PAGE.format(count=f'{month}.941.245', month=month)}\n"
            (tmp_path / "in" / f"{month}-{n}.txt").write_text(text, encoding="utf-8")
    for workers in (1, 2):
        run([str(tmp_path / "in")], tmp_path / f"out{workers}", workers=workers, keep=False)
    one, two = ((tmp_path / f"out{n}" / "findings.parquet").read_bytes() for n in (1, 2))
    assert one == two
    assert len(pd.read_parquet(tmp_path / "out2" / "findings.parquet")) == 6
