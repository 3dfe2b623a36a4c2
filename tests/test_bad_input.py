"""Bad input gets a row with a clear error in both languages; the rest of the run goes on."""

import os
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import pipeline
from engines.local import Limits

LINUX = sys.platform == "linux"
GOOD = "Tính đến ngày 31/5/2024, tỉnh Lâm Đồng có 83.554 người tham gia BHXH bắt buộc.\n"


def pdf(path: Path, text: str = "1.234", **options) -> None:
    canvas = Canvas(str(path), **options)
    canvas.drawString(72, 720, text)
    canvas.save()


def image_only(path: Path) -> None:
    from PIL import Image

    picture = path.with_suffix(".png")
    Image.effect_noise((600, 800), 80).save(picture)
    canvas = Canvas(str(path), pagesize=(600, 800))
    canvas.drawImage(str(picture), 0, 0, 600, 800)
    canvas.save()
    picture.unlink()


def rows_of_html(count: int) -> str:
    rows = "".join(
        f"<tr><td>Xã {i}</td>" + "".join(f"<td>{i * 10 + j}</td>" for j in range(9)) + "</tr>"
        for i in range(count)
    )
    return f"<html><body><h1>Bảng lớn năm 2023</h1><table>{rows}</table></body></html>"


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.pdf").write_bytes(b"")
    pdf(folder / "whole.pdf")
    (folder / "truncated.pdf").write_bytes((folder / "whole.pdf").read_bytes()[:700])
    pdf(folder / "locked.pdf", encrypt=StandardEncryption("secret"))
    image_only(folder / "picture.pdf")
    (folder / "nothing.html").write_text("<p>Không có số liệu.</p>", encoding="utf-8")
    (folder / "really-a-pdf.html").write_bytes((folder / "whole.pdf").read_bytes())
    (folder / "binary.txt").write_bytes(os.urandom(50_000))
    (folder / "broken-utf8.txt").write_bytes(GOOD.encode()[:30] + b"\xff\xfe\xc3" + GOOD.encode())
    (folder / "archive.rar").write_bytes(b"Rar!\x1a\x07\x00" + os.urandom(500))
    (folder / "truncated.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(500))
    (folder / "big-table.html").write_text(rows_of_html(10_000), encoding="utf-8")
    (folder / "huge.html").write_text("<p>dòng chữ không có số</p>\n" * 1_500_000, encoding="utf-8")
    if LINUX:
        named = os.fsencode(folder) + b"/b\xe1o c\xe1o.txt"
        Path(os.fsdecode(named)).write_text(GOOD.replace("83", "84"), encoding="utf-8")
    (folder / "empty-folder").mkdir()
    out = tmp_path_factory.mktemp("out")
    asked = [str(folder), str(folder / "empty-folder"), str(folder / "not-there.pdf")]
    result = pipeline.run(asked, out, workers=2, limits=Limits(seconds=120))
    documents = pq.read_table(out / "documents.parquet").to_pylist()
    return result, {Path(d["source"]).name: d for d in documents}


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("empty.pdf", "failed", "empty"),
        ("truncated.pdf", "failed", "again"),
        ("locked.pdf", "failed", "password"),
        ("nothing.html", "empty", None),
        ("binary.txt", "failed", ""),
        ("archive.rar", "failed", "npack"),
        ("truncated.xlsx", "failed", ""),
        ("empty-folder", "failed", "no documents"),
        ("not-there.pdf", "failed", "spelling"),
    ],
)
def test_each_says_what_is_wrong_and_what_to_do(output, name, status, says):
    row = output[1][name]
    assert row["status"] == status
    if says is None:
        assert row["error"] is None
    else:
        assert says in row["error"]
        assert row["error_vi"]
        assert row["error_vi"] != row["error"]
        assert "made the reader fail" not in row["error"]


def test_a_picture_of_text_never_looks_like_success(output):
    row = output[1]["picture.pdf"]
    assert row["status"] == "empty"
    assert row["observation_count"] == 0


def test_the_name_does_not_decide_the_type(output):
    assert output[1]["really-a-pdf.html"]["media_type"] == "application/pdf"


def test_broken_letters_are_said_and_the_figures_read(output):
    row = output[1]["broken-utf8.txt"]
    assert row["status"] == "ok"
    assert row["notices"]


@pytest.mark.skipif(not LINUX, reason="file names are bytes there only")
def test_a_file_named_in_an_old_encoding_is_read(output):
    row = output[1]["b\ufffdo c\ufffdo.txt"]
    assert row["status"] == "ok"
    assert row["observation_count"] == 1


def test_large_input_is_read_or_refused_but_never_fatal(output):
    table = output[1]["big-table.html"]
    assert table["status"] == "ok"
    assert table["observation_count"] >= 80_000
    assert output[1]["huge.html"]["status"] in ("empty", "failed")


def test_the_rest_of_the_run_is_complete(output):
    result, documents = output
    assert documents["good.txt"]["observation_count"] == 1
    assert len(documents) == (16 if LINUX else 15)
    assert {Path(s).name for s, _ in result.unread} >= {"empty.pdf", "locked.pdf", "not-there.pdf"}
