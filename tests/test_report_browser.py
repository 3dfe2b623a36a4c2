"""The report in a real browser: what a person sees, and what a hostile document cannot do."""

import csv
import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pyarrow.parquet as pq
from browser import Visit, chromium

import pipeline
from engines.limits import Limits
from solieu.model import Cell, Content, Grid, Reading, SourceDocument
from writers import report
from writers.parquet import OutputFolder
from writers.rows import DocumentFacts, rows_of

ROOT = Path(__file__).resolve().parent.parent
WRONG_TOTAL = 108441


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


def made(tmp_path_factory, name, *sources):
    folder = tmp_path_factory.mktemp(name) / "out"
    pipeline.run([str(s) for s in sources], folder, workers=1, limits=Limits())
    return folder


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    return made(tmp_path_factory, "samples", ROOT / "samples")


@pytest.fixture
def visit(browser, samples):
    with Visit(browser, samples / "report" / "index.html") as one:
        yield one
        assert one.complaints == []
        assert one.outside() == []


def rows(folder, name):
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def wrong_total(folder):
    return next(
        f
        for f in rows(folder, "findings")
        if f["published"] == WRONG_TOTAL and f["status"] == "fail"
    )


def test_the_first_view_says_what_is_wrong_in_three_numbers(visit, samples):
    page = visit.go()
    failed = [f for f in rows(samples, "findings") if f["severity"] == "error"]
    assert page.locator(".verdict").inner_text().startswith(f"{len(failed)} chỗ")
    first = page.locator(".contradiction").first.inner_text()
    for text in ("108.441", "102.720", "+5.721"):
        assert text in first
    assert "tai-ve-do-dang.pdf" in page.locator("main").inner_text()


def test_from_the_first_view_to_the_wrong_cell_by_one_click(visit):
    page = visit.go()
    page.locator(".contradiction .go").first.click()
    cell = page.locator("button.cell.selected")
    cell.wait_for()
    assert "108.441" in cell.inner_text()
    assert "s-wrong" in cell.get_attribute("class")
    assert page.locator("button.cell.linked").count() == 11
    panel = page.locator(".panel").inner_text()
    for text in ("108.441", "102.720", "Thành phố Trà Vinh", "trang 1"):
        assert text in panel
    assert page.locator(".panel svg.page image").count() == 1
    assert page.locator(".panel svg.page rect.wrong").count() == 1


def test_the_sum_can_be_redone_by_hand(visit, samples):
    page = visit.go(f"#finding/{wrong_total(samples)['finding_id']}")
    lines = page.locator("details.finding[open] table.sum tr")
    text = page.locator("details.finding[open]").last.inner_text()
    assert lines.count() >= 13
    for part in ("10.324", "19.936", "102.720", "108.441", "+5.721"):
        assert part in text


def test_a_figure_by_its_address_also_after_another_run(browser, samples, tmp_path_factory):
    total = wrong_total(samples)["observation_ids"][0]
    again = made(tmp_path_factory, "again", ROOT / "samples")
    for folder in (samples, again):
        with Visit(browser, folder / "report" / "index.html") as visit:
            page = visit.go(f"#figure/{total}")
            assert "108.441" in page.locator("button.cell.selected").inner_text()


@pytest.mark.parametrize(
    "address", ["#figure/00000000000000000000", "#finding/zz", "#nonsense/%E0%A4%A"]
)
def test_an_id_of_another_run_says_so(visit, address):
    page = visit.go(address)
    assert page.locator("h1").inner_text() == "Mã này không có trong lần chạy này"


def test_keys_lead_through_the_table(visit, samples):
    page = visit.go(f"#figure/{wrong_total(samples)['observation_ids'][0]}")
    page.locator("button.cell.selected").wait_for()
    page.keyboard.press("ArrowUp")
    assert "19.936" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowLeft")
    assert "2.780" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    assert "2.780" in page.locator(".panel .raw").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()


def test_both_languages_and_both_themes(visit):
    page = visit.go()
    page.get_by_role("button", name="EN").click()
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert "contradict" in page.locator(".verdict").inner_text()
    assert "108,441" in page.locator(".contradiction").first.inner_text()
    page.locator(".switches button").last.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_filters_search_and_download(visit, samples):
    page = visit.go("#figures")
    count = len(rows(samples, "observations"))
    assert page.locator("p[role=status]").inner_text().startswith(f"{count} ")
    page.locator("select[name=level]").select_option("district")
    page.wait_for_function("location.hash.includes('level=district')")
    page.locator("input[name=q]").fill("nam sach")
    page.locator("input[name=q]").press("Tab")
    page.wait_for_function("location.hash.includes('q=nam')")
    wanted = [r for r in rows(samples, "observations") if "Nam Sách" in (r["region_name"] or "")]
    page.wait_for_function(
        f"document.querySelector('p[role=status]')?.textContent.startsWith('{len(wanted)} ')"
    )
    with page.expect_download() as got:
        page.get_by_role("button", name="Tải CSV").click()
    text = Path(got.value.path()).read_text(encoding="utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert {r["id"] for r in table} == {r["observation_id"] for r in wanted}
    assert {float(r["value"]) for r in table} == {r["value"] for r in wanted}


def test_a_metric_has_its_ranking_and_plan_against_actual(visit):
    page = visit.go("#metric/voluntary_social_insurance_participants")
    text = page.locator("main").inner_text()
    assert "Kế hoạch và thực hiện" in text
    assert page.locator("table.ranking tbody tr").count() > 10


def test_prose_is_shown_with_its_figures(visit, samples):
    press = next(d for d in rows(samples, "documents") if d["source"].endswith("hai-phong.txt"))
    page = visit.go(f"#document/{press['document_id']}")
    assert page.locator(".prose button.inline").count() == press["observation_count"]
    page.locator(".prose button.inline").first.click()
    assert page.locator(".panel").is_visible()


def test_the_source_page_stands_beside_the_table(visit, samples):
    portal = next(d for d in rows(samples, "documents") if d["source"].endswith(".html"))
    page = visit.go(f"#document/{portal['document_id']}")
    page.locator("details.source summary").first.click()
    assert page.locator("table.source td").count() > 70


VIEWS = [
    "",
    "#findings",
    "#documents",
    "#figures",
    "#coverage",
    "#metric/health_insurance_participants",
]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["light", "dark"])
def test_no_serious_fault_of_accessibility(browser, samples, width, dark):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    finding = wrong_total(samples)["finding_id"]
    with Visit(browser, samples / "report" / "index.html", width=width, dark=dark) as visit:
        for view in (*VIEWS, f"#finding/{finding}"):
            visit.go(view)
            found = run_axe(visit.page, axe)
            assert found == [], (view, found)


def run_axe(page, axe):
    """Axe is put in by the test's own door: the page's policy lets no other script in."""
    response = axe.run(page, options={"resultTypes": ["violations"]}).response
    return [
        (v["id"], [n["html"][:150] for n in v["nodes"]][:3])
        for v in response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def test_no_view_is_wider_than_a_phone(browser, samples):
    with Visit(browser, samples / "report" / "index.html", width=390) as visit:
        for view in (*VIEWS, f"#finding/{wrong_total(samples)['finding_id']}"):
            page = visit.go(view)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, view


def test_it_prints_without_header_and_filters(visit):
    page = visit.go()
    page.emulate_media(media="print")
    assert page.locator("#top").is_hidden()
    assert page.locator(".verdict").is_visible()


def test_one_file_holds_it_all(browser, samples, tmp_path):
    alone = tmp_path / "audit.html"
    alone.write_text(report.whole(samples), encoding="utf-8")
    with Visit(browser, alone) as visit:
        page = visit.go(f"#finding/{wrong_total(samples)['finding_id']}")
        assert "108.441" in page.locator("button.cell.selected").inner_text()
        assert visit.complaints == []
        assert {u.split("#")[0] for u in visit.requests if u.startswith("file:")} == {
            f"file://{alone}"
        }


def test_without_scripts_the_contradictions_are_still_there(browser, samples):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{samples / 'report' / 'index.html'}")
    assert "108,441" in page.locator("main").inner_text()
    context.close()


HOSTILE = [
    "<script>window.hacked=1;alert(1)</script>",
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<svg/onload=window.hacked=1>",
    "javascript:window.hacked=1",
    "<!--<script>window.hacked=1//-->",
    "\u202e108.441\u202c\u2066đảo\u2069",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "]]></style><style>*{display:none}</style>{{7*7}}${window.hacked=1}",
    "\u2028window.hacked=1\u2029'\"`;window.hacked=1//<base href=//127.0.0.1/>",
]


def hostile_page(text):
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    head = "<tr><th>Đơn vị</th><th>BHXH tự nguyện năm 2023 (người)</th></tr>"
    body = "".join(
        f"<tr><td>{name}</td><td>{number}</td></tr>"
        for name, number in [
            (f"Phường 1 {safe}", "1.250"),
            (f"Phường 2 {safe}", "2.310"),
            (safe, "3.140"),
            ("Tổng cộng", "6.709"),
        ]
    )
    return (
        f"<html><head><meta charset=utf-8><title>Kế hoạch {safe}</title></head><body>"
        f"<h1>Kế hoạch {safe}</h1><p>Thành phố Trà Vinh có 17.404 người tham gia BHXH {safe}.</p>"
        f"<table><caption>Chỉ tiêu {safe}</caption>{head}{body}</table></body></html>"
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(HOSTILE):
        (folder / f"{number}.html").write_text(hostile_page(text), encoding="utf-8")
    (folder / "<img src=x onerror=alert(1)>.html").write_text(hostile_page(""), encoding="utf-8")
    return made(tmp_path_factory, "hostile-out", folder)


def test_hostile_documents_execute_nothing(browser, hostile):
    documents = rows(hostile, "documents")
    assert len(documents) == len(HOSTILE) + 1
    with Visit(browser, hostile / "report" / "index.html") as visit:
        for view in ("", "#findings", "#documents", "#figures", "#coverage"):
            visit.go(view)
            assert visit.page.evaluate("window.hacked") is None
        for document in documents:
            page = visit.go(f"#document/{document['document_id']}")
            assert page.evaluate("window.hacked") is None
            assert page.locator("main img, main script, main iframe, main base").count() == 0
            assert page.locator("table.published").count() == 1
        assert visit.complaints == []
        assert visit.outside() == []


def test_letters_that_turn_the_direction_are_shown_by_their_code(browser, tmp_path):
    digest = "ab" * 32
    grid = Grid((Cell("\u202e108.441\u202c", 1, 1),), 1, 1, number=1, title="\u2067Đảo")
    reading = Reading(digest, Content((grid,), title="\u202eKế hoạch"))
    document = SourceDocument("a.txt", b"", "text/plain", "a.txt")
    with OutputFolder(tmp_path) as files:
        files.add(rows_of(DocumentFacts("a.txt", digest), reading, None))
        report.add_detail(files.staging, digest, report.detail(document, reading))
        files.finish()
        report.write(files.staging)
        files.commit()
    with Visit(browser, tmp_path / "report" / "index.html") as visit:
        text = visit.go(f"#document/{digest}").locator("main").inner_text()
        assert "⟦U+202E⟧108.441⟦U+202C⟧" in text
        assert "⟦U+202E⟧Kế hoạch" in text
        assert not set("\u202e\u202c\u2067") & set(text + visit.page.title())


def test_a_formula_stays_text_in_the_download(browser, hostile):
    with Visit(browser, hostile / "report" / "index.html") as visit:
        page = visit.go("#findings")
        with page.expect_download() as got:
            page.get_by_role("button", name="Tải CSV").click()
        text = Path(got.value.path()).read_text(encoding="utf-8")
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert (
                not cell.startswith(("=", "@", "+", "\t"))
                or cell.lstrip("+").replace(".", "").isdigit()
            )


def test_the_policy_lets_no_foreign_script_in(browser, samples):
    with Visit(browser, samples / "report" / "index.html") as visit:
        page = visit.go()
        page.evaluate(
            "() => { const p = document.createElement('p'); document.body.append(p);"
            " try { p.setAttribute('onclick', 'window.hacked=1') } catch {} p.click(); }"
        )
        assert page.evaluate("window.hacked") is None
        assert (
            page.evaluate(
                "(() => { try { document.body.innerHTML = '<b>x</b>'; return 1 } catch { return 0 } })()"
            )
            == 0
        )


def many(folder, count):
    """A run of `count` documents made from one reading, each with its own digest."""
    document = pipeline.fetch(str(ROOT / "samples" / "giao-chi-tieu-hai-duong-2024.html"))
    reading = pipeline.observe(document)
    page = report.detail(document, reading)
    with OutputFolder(folder) as files:
        for n in range(count):
            facts = DocumentFacts(
                f"tin/{n:04}.html", f"{n:064x}", None, "text/html", datetime(2024, 1, 2, tzinfo=UTC)
            )
            files.add(rows_of(facts, reading, None))
            if n < 3:
                report.add_detail(files.staging, facts.document_id, page)
        files.finish()
        report.write(files.staging)
        files.commit()


def test_a_thousand_documents_open_as_one_page(browser, tmp_path):
    many(tmp_path, 1000)
    index = tmp_path / "report" / "index.html"
    assert index.stat().st_size < 4_000_000
    with Visit(browser, index) as visit:
        page = visit.go()
        assert page.locator(".tile").nth(5).inner_text().startswith("1.000")
        assert page.locator(".contradiction").count() == 6
        page = visit.go("#documents")
        assert page.locator("table.list tbody tr").count() == 100
        assert visit.complaints == []


def test_a_file_that_was_left_behind_is_named(browser, samples, tmp_path):
    alone = tmp_path / "index.html"
    alone.write_bytes((samples / "report" / "index.html").read_bytes())
    with Visit(browser, alone) as visit:
        page = visit.go("#figures")
        assert page.locator("h1").inner_text() == "Thiếu tệp bên cạnh trang này"


def test_a_correction_is_written_as_a_row_to_copy(visit, samples):
    total = wrong_total(samples)["observation_ids"][0]
    page = visit.go(f"#figure/{total}")
    page.locator("details.correct summary").click()
    page.locator("details.correct input[name=value]").fill("=1+1")
    page.locator("details.correct input[name=reason]").fill('in "mờ", khó đọc')
    page.locator("details.correct input[name=by]").fill("Lan")
    page.locator("details.correct button").first.click()
    text = page.locator("details.correct textarea").input_value()
    (row,) = list(csv.DictReader(io.StringIO(text)))
    assert row["observation_id"] == total
    assert row["field"] == "value"
    assert row["value"] == "'=1+1"
    assert row["reason"] == 'in "mờ", khó đọc'


def test_the_page_knows_the_numbers_of_the_dataset(visit, samples):
    visit.go()
    data = json.loads(visit.page.locator("#data").text_content())
    assert data["counts"]["figures"] == len(rows(samples, "observations"))
    assert data["counts"]["pass"] == sum(f["status"] == "pass" for f in rows(samples, "findings"))
