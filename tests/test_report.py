"""The report without a browser: what goes into it, and that nothing else can."""

import base64
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from solieu.errors import UnreadableDocument
from solieu.model import (
    Cell,
    Content,
    Figure,
    Finding,
    Grid,
    Line,
    Observation,
    Passage,
    Place,
    Reading,
    SourceDocument,
    Table,
    Unread,
)
from writers import parquet, report
from writers.parquet import OutputFolder
from writers.report import document as documents
from writers.report import lookups, page
from writers.report.columnar import pack
from writers.report.pages import boxed
from writers.report.png import grey_png
from writers.report.safe import script_json, visible
from writers.report.source import source_tables
from writers.report.states import Check, states
from writers.rows import DocumentFacts, rows_of

DIGEST = "cd" * 32


def figure(row, column=2, value="10", raw="10", **more):
    place = Place(table=1, row=row, column=column)
    return Figure(place.figure_id(DIGEST), place, raw, Decimal(value), "person", exact=True, **more)


def reading(*, rows=3, columns=2, title="Kế hoạch", cell="Phường"):
    """A table whose last row is a wrong total of the rows above."""
    cells = [Cell(f"{cell} {r}", r, 1) for r in range(1, rows + 1)]
    found = []
    for r in range(1, rows + 1):
        for c in range(2, columns + 1):
            one = figure(r, c, "999" if r == rows else "10", "999" if r == rows else "10")
            cells.append(Cell(one.raw, r, c))
            found.append(one)
    grid = Grid(tuple(cells), rows, columns, number=1, title=title, notes=("ĐVT: người",))
    total = [f for f in found if f.place.row == rows]
    checks = tuple(
        Finding(
            "column_total",
            "fail",
            "error",
            (
                t.figure_id,
                *(f.figure_id for f in found if f.place.column == t.place.column and f is not t),
            ),
            Decimal(999),
            Decimal(10 * (rows - 1)),
            message_vi=f"{cell}: lệch",
            message_en=f"{cell}: off",
            details={"weights": ",".join(["1"] * (rows - 1))},
        )
        for t in total
    )
    observations = tuple(Observation(f, f"{cell} chỉ tiêu", "table") for f in found)
    content = Content((Passage("Kế hoạch giao", 1, "title"), grid), title=title)
    lost = (Unread(Place(table=1, row=1, column=2), "x", "no number can be read in this cell"),)
    return Reading(DIGEST, content, (), observations, checks, lost)


def document(content=b"", media_type="text/plain"):
    return SourceDocument("a.txt", content, media_type, "a.txt")


def payload(script):
    """The value that a file beside the page hands over."""
    match = re.fullmatch(r'solieuData\("([^"]+)",(.*)\);\n', script, re.DOTALL)
    return match[1], json.loads(match[2])


def unpacked(packed):
    names, shared = packed["columns"], set(packed["shared"])
    return [
        {
            n: packed["words"][v] if n in shared and v is not None else v
            for n, v in zip(names, row, strict=True)
        }
        for row in packed["rows"]
    ]


def write(folder, *documents, errors=()):
    with OutputFolder(folder) as files:
        for number, one in enumerate(documents):
            facts = DocumentFacts(f"tin/{number}.txt", one.document_id)
            files.add(rows_of(facts, one, None))
            report.add_detail(files.staging, one.document_id, report.detail(document(), one))
        for number, error in enumerate(errors):
            files.add(rows_of(DocumentFacts(f"loi/{number}.pdf"), None, error))
        files.finish()
        report.write(files.staging)
        files.commit()
    return (folder / "report" / "index.html").read_text(encoding="utf-8")


def data_of(html):
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[
        1
    ]
    return json.loads(text)


# What the page says of a document


def test_a_document_goes_into_a_script_that_only_hands_over_a_value():
    name, value = payload(report.detail(document(), reading()))
    assert name == f"documents/{DIGEST}"
    assert [f["state"] for f in unpacked(value["figures"])] == ["part", "part", "wrong"]
    (finding,) = unpacked(value["findings"])
    assert finding["figures"] == [2, 0, 1]
    assert finding["weights"] == "1,1"
    assert value["tables"][0]["cells"][0] == [1, 1, "Phường 1"]
    assert value["unread"] == [[None, 1, 1, 2, None, "x", "no number can be read in this cell"]]


def test_a_merged_cell_keeps_its_spans_and_a_head_its_rank():
    grid = Grid((Cell("Kế hoạch", 1, 1, 2, 3, header=True), Cell("a", 3, 1)), 3, 3, number=1)
    value = documents.describe(document(), Reading(DIGEST, Content((grid,))))
    assert value["tables"][0]["cells"] == [[1, 1, "Kế hoạch", 2, 3, 1], [3, 1, "a"]]


def test_a_table_whose_borders_were_lost_is_drawn_as_it_was_cut():
    grid = Grid((Cell("Đơn vị 2023", 1, 1), Cell("Phường 15,792", 2, 1)), 2, 1, 1, kind="glued")
    one = figure(2, 3, "5792", "5,792")
    table = Table(
        1, (Line(2, ("Phường 1",)),), (Line(3, ("BHXH", "2023")),), (one,), used=("column_total",)
    )
    value = documents.describe(document(), Reading(DIGEST, Content((grid,)), (table,)))
    assert value["tables"][0]["cells"] == [
        [1, 3, "BHXH / 2023", 1, 1, 1],
        [2, 1, "Phường 1"],
        [2, 3, "5,792"],
    ]


def test_a_figure_without_a_value_says_why():
    lost = Figure(
        "f" * 20, Place(table=1, row=1, column=1), "5,7927", None, "person", reason="hai cách cắt"
    )
    table = Table(1, (), (), (lost,))
    grid = Grid((Cell("5,7927", 1, 1),), 1, 1, number=1)
    value = documents.describe(document(), Reading(DIGEST, Content((grid,)), (table,)))
    (row,) = unpacked(value["figures"])
    assert (row["value"], row["reason"]) == (None, "hai cách cắt")


def test_only_text_with_figures_and_its_headings_is_shown():
    place = Place(passage=4, start=3, end=5)
    one = Figure(place.figure_id(DIGEST), place, "12", Decimal(12), "person")
    passages = (
        Passage("Trang chủ", 1, "boilerplate"),
        Passage("Đề mục cũ", 2, "heading"),
        Passage("Đề mục", 3, "heading"),
        Passage("Có 12 người", 4),
        Passage("Không có gì", 5),
    )
    content = Content(passages)
    value = documents.describe(
        document(), Reading(DIGEST, content, (), (Observation(one, "người", "prose"),))
    )
    assert [p[0] for p in value["passages"]] == [2, 3, 4]


def test_a_table_beyond_all_measure_is_left_to_the_dataset(monkeypatch):
    monkeypatch.setattr(documents, "MOST_CELLS", 3)
    grids = tuple(Grid((Cell("a", 1, 1), Cell("b", 1, 2)), 1, 2, number=n) for n in (1, 2, 3))
    value = documents.describe(document(), Reading(DIGEST, Content(grids)))
    assert ([t["number"] for t in value["tables"]], value["left_out"]) == ([1], 2)


# States


CHECKS = [
    (Check("pass", "info", ("a", "b"), None), {"a": "ok", "b": "ok"}),
    (Check("fail", "error", ("a", "b"), None), {"a": "wrong", "b": "part"}),
    (Check("fail", "error", ("a", "b"), "b"), {"a": "part", "b": "wrong"}),
    (Check("fail", "warning", ("a",), None), {"a": "ask"}),
    (Check("fail", "info", ("a",), None), {}),
    (Check("unknown", "warning", ("a",), None), {}),
    (Check("fail", "error", (), None), {"": "wrong"}),
]


@pytest.mark.parametrize(("check", "wanted"), CHECKS)
def test_what_a_check_says_of_its_figures(check, wanted):
    assert states([check]) == wanted


def test_the_gravest_word_stands():
    held, failed = CHECKS[0][0], CHECKS[1][0]
    assert states([held, failed]) == states([failed, held]) == {"a": "wrong", "b": "part"}


# The page


def test_the_page_needs_nothing_from_elsewhere(tmp_path):
    html = write(tmp_path, reading())
    assert re.findall(r'(?:src|href)="(?!#)', html) == []
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html
    assert "url(" not in html


def test_the_policy_names_the_scripts_by_their_digest(tmp_path):
    html = write(tmp_path, reading())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    for text in (script, style):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\b(eval|innerHTML|document\.write|new Function)\b", script)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, reading(), errors=[UnreadableDocument("cut", "bị cắt")])
    files = sorted(
        p.relative_to(tmp_path / "one") for p in (tmp_path / "one" / "report").rglob("*.*")
    )
    assert len(files) == 4
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_overview_counts_what_the_dataset_holds(tmp_path):
    data = data_of(
        write(tmp_path, reading(columns=4), errors=[UnreadableDocument("cut", "bị cắt")])
    )
    assert data["counts"] == {
        "documents": 2, "not_read": 1, "figures": 9, "unread": 1,
        "pass": 0, "unknown": 0, "error": 3, "warning": 0, "info": 0,
    }  # fmt: skip
    assert data["failed"] == 3
    first = unpacked(data["findings"])[0]
    assert (first["raw"], first["published"], first["expected"]) == ("999", 999, 20)
    assert unpacked(data["documents"])[1]["error_vi"] == "bị cắt"


@pytest.mark.parametrize(
    ("documents", "errors"),
    [((), ()), ((), [UnreadableDocument("cut", "bị cắt")]), ((Reading(DIGEST, Content(())),), ())],
    ids=["nothing", "only failures", "no tables"],
)
def test_a_run_without_figures_has_a_page_too(tmp_path, documents, errors):
    data = data_of(write(tmp_path, *documents, errors=errors))
    assert data["counts"]["figures"] == 0
    assert data["parts"] == 0


def test_sixty_columns_and_other_scripts(tmp_path):
    write(tmp_path, reading(columns=60, rows=40, title="表 年度 ตาราง الجدول", cell="ភូមិ"))
    _, value = payload(
        (tmp_path / "report" / "documents" / f"{DIGEST}.js").read_text(encoding="utf-8")
    )
    assert value["tables"][0]["column_count"] == 60
    assert value["tables"][0]["title"] == "表 年度 ตาราง الجدول"
    assert len(value["figures"]["rows"]) == 59 * 40


def test_the_index_stays_small_for_a_hundred_documents(tmp_path):
    tables = [reading(rows=30, columns=12) for _ in range(100)]
    many = [
        Reading(f"{n:064x}", r.content, (), r.observations, r.findings)
        for n, r in enumerate(tables)
    ]
    html = write(tmp_path, *many)
    assert len(html.encode()) < 3_000_000


def test_an_id_leads_to_its_document(tmp_path, monkeypatch):
    monkeypatch.setattr(lookups, "PER_FILE", 1)
    one = reading(rows=12)
    write(tmp_path, one)
    data = data_of((tmp_path / "report" / "index.html").read_text(encoding="utf-8"))
    assert data["letters"] == 1
    for item in one.observations:
        key = item.figure.figure_id
        path = tmp_path / "report" / "ids" / f"_{key[:1]}.js"
        _, found = payload(path.read_text(encoding="utf-8"))
        assert found[key[:8]] == 0


def test_ids_beyond_memory_are_written_in_turns(tmp_path, monkeypatch):
    monkeypatch.setattr(lookups, "PER_FILE", 2)
    write(tmp_path / "whole", reading(rows=12))
    monkeypatch.setattr(lookups, "_AT_ONCE", 5)
    assert lookups.passes(tmp_path / "whole") > 2
    write(tmp_path / "turns", reading(rows=12))
    one, other = (
        {p.name: p.read_bytes() for p in (tmp_path / name / "report" / "ids").iterdir()}
        for name in ("whole", "turns")
    )
    assert one == other


def test_figures_come_in_files_of_a_bearable_size(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "ROW_GROUP", 10)
    write(tmp_path, reading(rows=5, columns=6))
    parts = sorted((tmp_path / "report" / "figures").glob("*.js"))
    rows = [r for p in parts for r in unpacked(payload(p.read_text(encoding="utf-8"))[1])]
    assert len(parts) == 3
    assert len(rows) == 25
    assert {r["state"] for r in rows} == {"wrong", "part"}


def test_one_page_may_hold_everything(tmp_path):
    write(tmp_path, reading())
    html = report.whole(tmp_path)
    assert html.count("<script>solieuData(") == 3
    assert f'solieuData("documents/{DIGEST}"' in html


# Strangers' text


@given(st.text())
def test_any_text_survives_the_way_into_a_script(text):
    written = script_json({"a": text})
    assert "<" not in written
    assert "\u2028" not in written
    clean = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert json.loads(written) == {"a": clean}


def test_hostile_text_is_data_in_the_page(tmp_path):
    attack = "</script><script>alert(1)</script><!--"
    html = write(tmp_path, reading(cell=attack, title=attack))
    assert "<script>alert" not in html
    assert html.count("</script>") == html.count("<script") == 2
    noscript = html.split("<noscript>")[1].split("</noscript>")[0]
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in noscript


def test_half_a_letter_is_no_reason_to_fail(tmp_path):
    html = write(tmp_path, reading(title="hỏng"))
    assert html
    assert script_json("\ud800") == '"�"'
    assert visible("12\u202e34") == "12⟦U+202E⟧34"


SOURCE = """<table onclick="x()"><caption>Bảng<script>alert(1)</script></caption>
<tr><th colspan="2" style="color:red">Đơn vị</th></tr>
<tr><td><a href="javascript:x()">Phường 1</a></td><td><img src=x onerror=x()>1.250</td></tr></table>"""


def test_of_a_source_table_only_its_build_is_kept():
    grid = Grid((Cell("Đơn vị", 1, 1, 1, 2), Cell("Phường 1", 2, 1), Cell("1.250", 2, 2)), 2, 2, 7)
    (node,) = source_tables(SOURCE.encode(), [grid]).values()
    assert node[:3] == ["table", 1, 1]
    text = json.dumps(node, ensure_ascii=False)
    for gone in ("onclick", "style", "alert", "javascript", "img", "href"):
        assert gone not in text
    assert ["th", 2, 1, "Đơn vị"] in node[4]
    assert ["td", 1, 1, "Phường 1"] in node[5]


@pytest.mark.parametrize("content", [b"", b"<p>no table", b"\x00\xff", b"<table>" * 500])
def test_a_source_without_the_table_gives_none(content):
    grid = Grid((Cell("Đơn vị", 1, 1),), 1, 1, 1)
    assert source_tables(content, [grid]) == {}


# Pictures


@pytest.mark.parametrize("width", [1, 2, 7])
def test_a_picture_shows_its_greys(width):
    greys = np.array([[(17 * (x + y)) % 256 for x in range(width)] for y in range(3)], np.uint8)
    image = Image.open(io.BytesIO(grey_png(greys))).convert("L")
    assert image.size == (width, 3)
    assert np.abs(np.array(image).astype(int) - greys).max() <= 9


def test_the_page_of_a_pdf_is_pictured_where_its_figures_stand():
    path = Path(__file__).resolve().parent.parent / "samples" / "ke-hoach-tra-vinh-2023.pdf"
    box = (100.0, 200.0, 300.0, 250.0)
    place = Place(page=1, table=1, row=1, column=1, box=box)
    one = Figure(place.figure_id(DIGEST), place, "1.888", Decimal(1888), "person")
    got = Reading(DIGEST, Content(()), (), (Observation(one, "BHXH", "table"),))
    value = documents.describe(document(path.read_bytes(), "application/pdf"), got)
    (picture,) = value["pictures"]
    x0, top, x1, bottom = picture["box"]
    assert x0 <= 100
    assert top <= 200
    assert x1 >= 300
    assert bottom >= 250
    image = Image.open(io.BytesIO(base64.b64decode(picture["png"])))
    assert image.width == pytest.approx((x1 - x0) * 96 / 72, abs=2)


def test_a_figure_on_its_page_has_a_frame():
    path = Path(__file__).resolve().parent.parent / "samples" / "ke-hoach-tra-vinh-2023.pdf"
    png = boxed(path.read_bytes(), 1, (100.0, 100.0, 130.0, 115.0), (50.0, 50.0, 300.0, 200.0))
    grey = np.array(Image.open(io.BytesIO(png)).convert("L"))
    left, top, right, bottom = (
        round((at - 32 + off) * 96 / 72) for at, off in ((100, -2), (100, -2), (130, 2), (115, 2))
    )
    assert not grey[top : top + 2, left : right + 1].any()
    assert not grey[top : bottom + 1, right - 1 : right + 1].any()
    assert grey[bottom + 1, left : right + 1].any()


def test_a_damaged_pdf_has_no_picture():
    place = Place(page=1, table=1, row=1, column=1, box=(1.0, 1.0, 2.0, 2.0))
    one = Figure(place.figure_id(DIGEST), place, "1", Decimal(1), "person")
    got = Reading(DIGEST, Content(()), (), (Observation(one, "x", "table"),))
    assert (
        documents.describe(document(b"%PDF-1.4 broken", "application/pdf"), got)["pictures"] == []
    )


def test_numbers_that_json_lacks_are_left_out():
    packed = pack([{"a": float("inf"), "b": 2.5, "c": 3.0}], ("a", "b", "c"), frozenset())
    assert packed["rows"] == [[None, 2.5, 3]]
    assert json.dumps(packed)


def test_every_word_of_the_page_is_there_in_both_languages():
    words = page._words()
    assert all(vi and en for vi, en in words.values())
    script = page._script()
    used = set(re.findall(r'\bt\("([a-z_.]+)"', script))
    assert used <= set(words), used - set(words)
