"""Figures that several documents of one run give."""

from __future__ import annotations

import pandas as pd
import pytest

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
