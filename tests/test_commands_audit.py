"""Letters to publishers, findings explained and recomputed, as a person calls for them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from commands import cli

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PLAN = "ke-hoach-tra-vinh-2023.pdf"
REPORT = "loai-hinh-bao-hiem-lam-dong-2018.txt"


def solieu(*arguments):
    return CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished run over copies of two samples."""
    folder = tmp_path_factory.mktemp("replay")
    for name in (PLAN, REPORT):
        shutil.copy(SAMPLES / name, folder / name)
    done = solieu("run", folder / PLAN, folder / REPORT, "-o", folder / "out", "--workers", 1, "-q")
    assert done.exit_code == 0, done.output
    return folder


def a_finding(folder, **wanted):
    table = pd.read_parquet(folder / "out" / "findings.parquet")
    for name, value in wanted.items():
        table = table[table[name] == value]
    return table.iloc[0]


def test_a_letter_gives_the_evidence_and_accuses_nobody():
    done = solieu("audit", "--letter", SAMPLES / PLAN, "--workers", 1)
    assert done.exit_code == 1
    letter = done.output
    digest = "d81c0a4f275d65546fa7c51824e4a75b65a5617852f87e4b31e5b907e70bb011"
    for part in ("Kính gửi", PLAN, digest, "108.441", "102.720", "trang 1, bảng 1", "Trân trọng"):
        assert part in letter
    assert letter.count("Xin quý cơ quan cho biết") == 4
    assert "không khẳng định số nào sai" in letter


def test_where_nothing_is_wrong_there_is_no_letter():
    done = solieu("audit", "--letter", SAMPLES / REPORT, "--workers", 1)
    assert done.exit_code == 0
    assert "Kính gửi" not in done.output


def test_a_letter_is_text():
    done = solieu("audit", "--letter", "--format", "json", SAMPLES / PLAN)
    assert done.exit_code == 2


def test_explain_writes_the_sum_to_redo(finished):
    row = a_finding(finished, status="fail", published=108441.0)
    done = solieu("explain", row["finding_id"], "-o", finished / "out", "--lang", "vi")
    lines = [line.split("  (")[0].strip() for line in done.output.splitlines()]
    addends = [line for line in lines if line.startswith("+ ")]
    assert len(addends) == 10
    total = sum(int(line.split()[1].replace(".", "")) for line in addends)
    assert total == 102720
    assert any(line.startswith("= 102.720") for line in lines)
    assert any(line.startswith("≠ 108.441") for line in lines)


@pytest.mark.parametrize("status", ["fail", "pass"])
def test_a_finding_is_the_same_when_recomputed(finished, status):
    row = a_finding(finished, status=status)
    done = solieu("replay", row["finding_id"][:12], "-o", finished / "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert f"the same ({row['finding_id']})" in done.output
    assert row["document_id"] in done.output


def test_an_unknown_finding_is_wrong_use(finished):
    assert solieu("replay", "zzzz", "-o", finished / "out").exit_code == 2
    assert solieu("replay", "a", "-o", finished / "nowhere").exit_code == 2


def copied(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "copy")
    folder = tmp_path / "copy"
    documents = pd.read_parquet(folder / "out" / "documents.parquet")
    documents["source"] = documents["source"].str.replace(str(finished), str(folder))
    documents.to_parquet(folder / "out" / "documents.parquet")
    return folder


def test_changed_bytes_are_not_taken_for_the_old_ones(finished, tmp_path):
    folder = copied(finished, tmp_path)
    row = a_finding(folder, status="fail")
    with (folder / PLAN).open("ab") as file:
        file.write(b"\n")
    done = solieu("replay", row["finding_id"], "-o", folder / "out", "--lang", "en")
    assert done.exit_code == 3
    assert "other bytes" in done.output
    (folder / PLAN).unlink()
    assert solieu("replay", row["finding_id"], "-o", folder / "out").exit_code == 3


def test_the_archive_is_enough(finished, tmp_path):
    folder = copied(finished, tmp_path)
    row = a_finding(folder, status="fail")
    digest = row["document_id"]
    kept = folder / "out" / "archive" / digest[:2] / digest[2:4] / digest
    kept.parent.mkdir(parents=True)
    (folder / PLAN).rename(kept)
    done = solieu("replay", row["finding_id"], "-o", folder / "out", "--lang", "en")
    assert done.exit_code == 0, done.output


def test_a_record_that_says_something_else_is_shown(finished, tmp_path):
    folder = copied(finished, tmp_path)
    path = folder / "out" / "findings.parquet"
    table = pd.read_parquet(path)
    at = table.index[table["status"] == "fail"][0]
    table.loc[at, "expected"] += 1
    table.to_parquet(path)
    done = solieu("replay", table.loc[at, "finding_id"], "-o", folder / "out", "--lang", "en")
    assert done.exit_code == 1
    assert "expected" in done.output
