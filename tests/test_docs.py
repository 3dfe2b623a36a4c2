"""The documentation runs: the tutorial is executed, SQL is asked, the dictionary is current."""

import re
import sys
from pathlib import Path

import duckdb
import nbformat
import pyarrow.parquet as pq
import pytest
from nbclient import NotebookClient

import pipeline
from tests.releases import read, releases
from writers.dictionary import dictionary, flags

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def executed():
    """The tutorial, run from a fresh start; it writes below output/ as it does for a reader."""
    notebook = nbformat.read(DOCS / "tutorial.ipynb", as_version=4)
    resources = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    return notebook


def outputs(notebook):
    found = []
    for cell in notebook.cells:
        for out in cell.get("outputs", []):
            assert out.output_type != "error", out
            found.append(out.get("text") or "\n".join(map(str, out.get("data", {}).values())))
    return found


def test_the_tutorial_runs_and_finds_the_contradiction(executed):
    text = "\n".join(outputs(executed))
    for part in ("108.441", "102,720", "tai-ve-do-dang.pdf", "Kính gửi", "data:image/png;base64"):
        assert part in text


def test_the_tutorial_is_kept_without_outputs():
    notebook = nbformat.read(DOCS / "tutorial.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert all(not cell.get("outputs") for cell in notebook.cells)


def test_the_data_dictionary_is_that_of_the_schema():
    written = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(), (
        f"{sys.executable} -m writers.dictionary > docs/data-dictionary.md"
    )


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    pipeline.run([str(ROOT / "samples")], folder, workers=1)
    return folder


def test_every_flag_of_a_run_is_told(output):
    table = pq.read_table(output / "observations.parquet", columns=["flags"])
    seen = {flag for row in table.column("flags").to_pylist() for flag in row}
    assert len(seen) >= 2
    assert seen <= set(flags())


def test_every_flag_of_the_releases_is_told():
    path = Path(__file__).parent / "data" / "adapted_releases_1.csv"
    figures = [figure for release in releases(path.name) for figure in read(release)]
    assert {flag for o in figures for flag in o.flags} <= set(flags())


def queries():
    text = (DOCS / "sql.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("number", range(len(queries())))
def test_every_query_of_the_sql_page_answers(output, number):
    query = queries()[number].replace("output/", f"{output.as_posix()}/")
    assert duckdb.sql(query).to_arrow_table().num_rows > 0


def test_the_r_page_names_columns_that_are_there():
    text = (DOCS / "r.md").read_text(encoding="utf-8")
    assert "arrow::" in text or "library(arrow)" in text
    from writers.schema import TABLES, schema

    known = {name for table in TABLES for name in schema(table).names}
    for name in re.findall(r"`([a-z_]+)`", text):
        assert name in known or name in TABLES, name


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda p: p.name)
def test_links_of_the_pages_lead_somewhere(path):
    for goal in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / goal).exists(), goal
