"""The samples give what their golden files say, figure by figure and finding by finding.

`UPDATE_GOLDEN=1 python3 dev.py test tests/test_samples.py` writes samples/.golden anew: read the
difference before committing it.
"""

import os
from pathlib import Path

import pandas as pd
import pytest

import pipeline

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(p for p in (ROOT / "samples").iterdir() if p.is_file())
GOLDEN = ROOT / "samples" / ".golden"
FIGURE = (
    "region_name region_code metric scenario measure basis period value unit raw qualifier rounding "
    "is_total method page table row column number_format metric_label"
).split()
FINDING = "check status severity region_name metric measure published expected message_vi".split()


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    names = [str(p.relative_to(ROOT)) for p in SAMPLES]
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        return pipeline.run(names, tmp_path_factory.mktemp("samples"), workers=2)
    finally:
        os.chdir(here)


def told(result, table, columns, sample):
    documents = result.table("documents")
    ids = documents.loc[documents["source"] == f"samples/{sample}", "document_id"]
    rows = result.table(table)
    rows = rows[rows["document_id"].isin(ids)]
    if table == "findings":
        rows = rows[rows["status"] != "pass"].sort_values(["check", "message_vi"])
    return rows[columns].to_csv(index=False, lineterminator="\n")


@pytest.mark.parametrize("sample", [p.name for p in SAMPLES])
@pytest.mark.parametrize(("table", "columns"), [("observations", FIGURE), ("findings", FINDING)])
def test_a_sample_gives_what_its_golden_file_says(result, sample, table, columns):
    golden = GOLDEN / f"{sample}.{table}.csv"
    text = told(result, table, columns, sample)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_samples_hold_what_they_are_there_for(result):
    documents = result.table("documents").set_index("source")
    assert documents.loc["samples/tai-ve-do-dang.pdf", "status"] == "failed"
    figures = result.table("observations")
    formats = set(figures["number_format"])
    assert {"dot_thousands", "comma_thousands"} <= formats
    assert figures["method"].value_counts().to_dict().keys() == {"table", "prose"}
    assert result.checks["error"] == 8
    assert figures["observation_id"].is_unique
    assert result.table("findings")["finding_id"].is_unique
    assert isinstance(result.observations(), pd.DataFrame)
