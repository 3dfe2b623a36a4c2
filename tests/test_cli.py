"""The command line as a person and a job use it."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
WRONG_TOTALS = "samples/ke-hoach-tra-vinh-2023.pdf"
PRESS = "samples/bao-cao-thang-5-hai-phong.txt"


def solieu(*arguments, env=None):
    import os

    return subprocess.run(
        [sys.executable, "pipeline.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo") / "out"
    return solieu("run", "samples", "--output", out), out


def test_a_run_with_one_unreadable_document_is_complete_and_ends_with_3(demo):
    done, out = demo
    assert done.returncode == 3, done.stderr
    for name in ("documents", "observations", "findings", "unread"):
        assert (out / f"{name}.parquet").is_file()
    assert (out / "datapackage.json").is_file()
    assert (out / "report" / "index.html").is_file()
    assert "tai-ve-do-dang.pdf" in done.stdout
    assert done.stderr == ""


def test_the_summary_names_the_gravest_contradictions_with_both_figures(demo):
    done, _ = demo
    assert "108,441" in done.stdout
    assert "102,720" in done.stdout


def test_quiet_prints_only_what_could_not_be_read(tmp_path):
    done = solieu("run", PRESS, "--output", tmp_path, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = solieu("run", "nowhere.pdf", "--output", tmp_path, "-q")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "nowhere.pdf" in done.stderr


def test_json_is_one_document_for_a_job(tmp_path):
    done = solieu("run", PRESS, "--output", tmp_path, "--json")
    summary = json.loads(done.stdout)
    assert summary["documents"] == 1
    assert summary["figures"] > 5
    assert summary["unread"] == []


def test_vietnamese_by_option_and_by_locale(tmp_path):
    by_option = solieu("run", PRESS, "--output", tmp_path, "--lang", "vi")
    by_locale = solieu("run", PRESS, "--output", tmp_path, env={"LC_ALL": "vi_VN.UTF-8"})
    assert "Số liệu" in by_option.stdout
    assert by_option.stdout == by_locale.stdout


def test_audit_ends_with_1_where_an_error_stands():
    done = solieu("audit", WRONG_TOTALS)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[0].startswith("4 contradictions")
    assert "15.647" in done.stdout


def test_audit_of_consistent_figures_ends_with_0():
    done = solieu("audit", PRESS, "--lang", "vi")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Không thấy mâu thuẫn")


def test_audit_as_json_and_html():
    data = json.loads(solieu("audit", WRONG_TOTALS, "--format", "json").stdout)
    assert data["findings"]["error"] == 4
    assert all(row["message_vi"] for row in data["failed"])
    page = solieu("audit", WRONG_TOTALS, "--format", "html").stdout
    assert page.lstrip().lower().startswith("<!doctype html")


def test_a_figure_and_a_finding_are_explained_back_to_the_page(demo):
    _, out = demo
    figures = pq.read_table(out / "observations.parquet").to_pylist()
    total = next(f for f in figures if f["raw"] == "108.441" and f["method"] == "table")
    done = solieu("explain", total["observation_id"], "--output", out)
    assert done.returncode == 0
    assert "108.441" in done.stdout
    assert "page 1, table 1" in done.stdout
    findings = pq.read_table(out / "findings.parquet").to_pylist()
    finding = next(f for f in findings if f["status"] == "fail")
    done = solieu("explain", finding["finding_id"][:12], "--output", out, "--lang", "vi")
    assert finding["message_vi"] in done.stdout


def test_explaining_what_is_not_there_says_what_to_do(demo, tmp_path):
    assert solieu("explain", "zzzz", "--output", demo[1]).returncode == 2
    done = solieu("explain", "zzzz", "--output", tmp_path)
    assert done.returncode == 2
    assert "run" in done.stderr


def test_tables_are_printed_as_published():
    (table,) = json.loads(solieu("tables", WRONG_TOTALS).stdout)
    assert table["page"] == 1
    assert table["rows"][0] == [
        "STT",
        "Đơn vị",
        "BHXH bắt buộc",
        "BHXH tự nguyện",
        "Bảo hiểm thất nghiệp",
        "BHYT",
    ]
    assert table["rows"][-1][2:] == ["15.647", "1.757", "12.369", "108.441"]
    assert solieu("tables", "samples/tai-ve-do-dang.pdf").returncode == 3


def test_wrong_usage_ends_with_2():
    assert solieu("run").returncode == 2
    assert solieu("nonsense").returncode == 2


def test_help_and_version_name_the_program():
    assert "Exit codes" in solieu("--help").stdout
    assert solieu("--version").stdout.startswith("solieu, version ")


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from commands import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'pyarrow', 'pdfplumber', 'lxml', 'httpx', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_input_gives_the_same_bytes(demo, tmp_path):
    _, out = demo
    solieu("run", "samples", "--output", tmp_path, "--workers", "1", "--quiet")
    for name in ("documents", "observations", "findings", "unread"):
        assert (tmp_path / f"{name}.parquet").read_bytes() == (out / f"{name}.parquet").read_bytes()


def test_modules_of_somebody_else_in_the_current_folder_are_left_alone(tmp_path):
    (tmp_path / "pipeline.py").write_text("raise SystemExit('not this one')")
    command = [sys.executable, ROOT / "pipeline.py", "run", ROOT / PRESS, "--output", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert pq.read_table(tmp_path / "out" / "observations.parquet").num_rows > 0
