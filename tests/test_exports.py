"""Copies of the dataset for other programs, read back by other people's readers."""

import csv
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from pysdmx.io import read_sdmx

import pipeline
from commands import cli
from writers import exports
from writers.schema import TABLES, schema

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    pipeline.run([str(ROOT / "samples")], folder, workers=1)
    return folder


def read_back(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_sdmx_is_read_by_pysdmx(output, tmp_path):
    (path,) = exports.to_sdmx(output, tmp_path)
    (data,) = read_sdmx(path, validate=False).data
    figures = [r for r in pq.read_table(output / "observations.parquet").to_pylist() if r["period"]]
    assert data.structure == "Dataflow=SOLIEU:FIGURES(1.0)"
    assert list(data.data["FIGURE"]) == [r["observation_id"] for r in figures]
    assert [float(v) for v in data.data["OBS_VALUE"]] == [r["value"] for r in figures]
    assert list(data.data["TIME_PERIOD"]) == [r["period"] for r in figures]
    dimensions = data.data[[*exports.DIMENSIONS, "TIME_PERIOD"]]
    assert not dimensions.duplicated().any()
    assert not (dimensions == "").any().any()
    assert set(data.data["OBS_STATUS"]) <= {"A", "E", "U"}


@pytest.mark.parametrize("form", ["csv", "csvw"])
def test_a_csv_has_every_row_and_column(output, tmp_path, form):
    exports.FORMATS[form](output, tmp_path)
    for name in TABLES:
        rows = read_back(tmp_path / f"{name}.csv")
        table = pq.read_table(output / f"{name}.parquet")
        assert len(rows) == table.num_rows
        if rows:
            assert list(rows[0]) == schema(name).names
    rows = read_back(tmp_path / "observations.csv")
    wanted = pq.read_table(output / "observations.parquet").to_pylist()
    assert [float(r["value"]) for r in rows] == [w["value"] for w in wanted]
    assert [r["region_name"] for r in rows] == [w["region_name"] or "" for w in wanted]


def test_the_web_metadata_describes_every_column(output, tmp_path):
    exports.to_csvw(output, tmp_path)
    data = json.loads((tmp_path / "csv-metadata.json").read_text(encoding="utf-8"))
    assert data["@context"] == "http://www.w3.org/ns/csvw"
    for table in data["tables"]:
        with (tmp_path / table["url"]).open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert [c["name"] for c in table["tableSchema"]["columns"]] == head
        assert all(c["datatype"] for c in table["tableSchema"]["columns"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+84 24 3825", "'+84 24 3825"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("-12,5", "-12,5"),
        ("+1.234", "+1.234"),
        ("Phường 1", "Phường 1"),
        ("", ""),
    ],
)
def test_a_formula_is_text_for_a_spreadsheet(text, wanted):
    assert exports.guarded(text) == wanted


@pytest.mark.parametrize("form", exports.FORMATS)
def test_the_command_says_what_it_wrote(output, tmp_path, form):
    done = CliRunner().invoke(
        cli, ["export", "-o", str(output), "--format", form, "--to", str(tmp_path / "x")]
    )
    assert done.exit_code == 0, done.output
    for line in done.output.split():
        assert Path(line).is_file()


def test_without_a_run_there_is_nothing_to_export(tmp_path):
    done = CliRunner().invoke(cli, ["export", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "solieu run" in done.output


@pytest.mark.parametrize("left", [None, 0, 2, 900])
def test_a_run_with_a_table_missing_or_cut_off_is_none(output, tmp_path, left):
    for name in TABLES:
        shutil.copy(output / f"{name}.parquet", tmp_path)
    broken = tmp_path / "findings.parquet"
    content = broken.read_bytes()
    broken.unlink()
    if left is not None:
        broken.write_bytes(content[:left])
    done = CliRunner().invoke(cli, ["export", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "solieu run" in done.output


@pytest.mark.parametrize("form", sorted(exports.FORMATS))
def test_a_folder_that_cannot_be_written_is_told(output, tmp_path, form):
    (tmp_path / "wall").touch()
    told = CliRunner().invoke(
        cli, ["export", "-o", str(output), "--format", form, "--to", str(tmp_path / "wall" / "in")]
    )
    assert told.exit_code == 4
    assert "Traceback" not in told.output
