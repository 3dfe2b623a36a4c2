"""A run from Python: frames, SQL, the way back to the page, the words a notebook shows."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

import pipeline
from engines.results import RunResult
from writers.dataset import Dataset

ROOT = Path(__file__).resolve().parent.parent
PDF = str(ROOT / "samples" / "ke-hoach-tra-vinh-2023.pdf")
TEXT = str(ROOT / "samples" / "bao-cao-thang-5-hai-phong.txt")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return pipeline.run([PDF, TEXT], tmp_path_factory.mktemp("run"), workers=1)


def total(result):
    figures = result.observations()
    return figures[(figures["raw"] == "108.441") & (figures["method"] == "table")].iloc[0]


def test_the_tables_are_frames(result):
    assert len(result.observations()) == result.figures
    assert set(result.findings("fail")["status"]) == {"fail"}
    assert len(result.contradictions()) == result.checks["error"] == 4
    assert isinstance(result.table("documents"), pd.DataFrame)
    assert result.data.arrow("unread").num_rows == len(result.data.unread())


def test_duckdb_answers_over_all_tables(result):
    answer = result.sql(
        "select d.source, count(*) as n from observations join documents d using (document_id) "
        "group by 1 order by 1"
    )
    assert list(answer["n"]) == list(
        result.data.documents().sort_values("source")["observation_count"]
    )


def test_an_audit_leaves_nothing_behind_and_knows_everything():
    found = pipeline.audit([PDF], workers=1)
    assert isinstance(found, RunResult)
    assert len(found.contradictions()) == 4
    assert not found.folder.exists()
    assert len(found.sql("select * from observations")) == found.figures
    assert found.figure(total(found)["observation_id"]).value == 108441


def test_observe_reads_one_document():
    reading = pipeline.observe(pipeline.fetch(PDF))
    assert len(reading.tables) == 1
    assert {f.status for f in reading.findings} == {"pass", "fail"}


def test_a_figure_leads_back_to_its_page(result):
    view = result.figure(total(result)["observation_id"])
    assert (view.value, view.unit, view.raw) == (108441.0, "person", "108.441")
    assert view.document["source"] == PDF
    assert {c["status"] for c in view.checks} == {"pass", "fail"}
    image = Image.open(io.BytesIO(view.crop())).convert("L")
    assert image.width > 300
    dark = [
        x for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) < 10
    ]
    assert len(dark) > 100, "the frame around the figure"


def test_a_figure_shows_itself_in_a_notebook_and_at_a_prompt(result, capsys, monkeypatch):
    view = result.figure(total(result)["observation_id"])
    html = view._repr_html_()
    assert html.startswith("<img alt='108.441' src='data:image/png;base64,")
    assert "102,720" in html
    assert "108.441" in str(view)
    monkeypatch.setitem(__import__("sys").modules, "IPython.display", None)
    view.show()
    assert "102,720" in capsys.readouterr().out


def test_prose_is_shown_by_its_sentence(result):
    figures = result.observations()
    prose = figures[(figures["method"] == "prose") & figures["page"].isna()].iloc[0]
    html = result.figure(prose["observation_id"])._repr_html_()
    assert html.startswith("<blockquote>")
    assert prose["raw"] in html


def test_a_file_that_has_changed_is_no_proof(tmp_path):
    copy = tmp_path / "a.pdf"
    copy.write_bytes(Path(PDF).read_bytes())
    result = pipeline.run([str(copy)], tmp_path / "out", workers=1)
    view = result.figure(total(result)["observation_id"])
    assert view.crop() is not None
    copy.write_bytes(b"%PDF-1.4 something else")
    assert view.crop() is None
    copy.unlink()
    assert view.crop() is None


def test_hostile_text_stays_text_in_a_notebook(tmp_path):
    page = tmp_path / "a.html"
    attack = "&lt;img src=x onerror=alert(1)&gt;"
    page.write_text(
        f"<meta charset=utf-8><p>Thành phố Trà Vinh có 17.404 người tham gia BHXH {attack}</p>",
        encoding="utf-8",
    )
    result = pipeline.run([str(page)], tmp_path / "out", workers=1)
    (row,) = result.observations().to_dict("records")
    html = result.figure(row["observation_id"])._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


@pytest.mark.parametrize("identifier", ["", "zzzz"])
def test_an_id_that_names_no_figure_or_many(result, identifier):
    with pytest.raises(KeyError, match="figures begin with"):
        result.figure(identifier)


def test_results_say_what_they_are(result):
    assert repr(result).startswith("<RunResult 2 documents, ")
    assert "contradictions" in result._repr_html_()
    dataset = Dataset(result.folder)
    assert "observations" in repr(dataset)
    assert "<table>" in dataset._repr_html_()


def test_python_users_pay_for_what_they_use():
    """Importing the library reads no Parquet, no PDF and no data-frame library."""
    code = "import sys, pipeline; print({'pandas', 'pyarrow', 'pdfplumber', 'lxml'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_a_run_leaves_pandas_to_those_who_ask_for_data_frames(tmp_path):
    for name, said in (("a", "1.204"), ("b", "1.310")):
        text = f"Tỉnh Lâm Đồng năm 2023\n\nNăm 2023, toàn tỉnh có {said} xã viên hợp tác xã."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    code = (
        "import sys, pipeline\n"
        "def main():\n"
        f"    result = pipeline.run([{str(tmp_path)!r}], {str(tmp_path / 'out')!r})\n"
        "    print(result.figures, 'pandas' in sys.modules, len(result.observations()))\n"
        "if __name__ == '__main__':\n"
        "    main()\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, str(script)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert said.stdout.split() == ["2", "False", "2"]
