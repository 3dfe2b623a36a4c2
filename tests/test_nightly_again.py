"""What was fetched before is read again when words, corrections or the program change."""

from functools import partial

import pytest

from commands import night_summary
from engines import contents, versions
from engines.cache import contents_below
from engines.nightly import corrections, last, reading, tables
from pipeline import read_stored
from solieu.corrections import load
from tests.portal import Nights, Portal, config_text, html

TEXT = (
    "<h1>Huyện Nam Sách</h1>"
    "<p>Năm 2024, huyện Nam Sách có {} người tham gia bảo hiểm xã hội tự nguyện.</p>"
)
TABLE = (
    "<h1>Số liệu năm 2024</h1><table><tr><th>Đơn vị</th><th>Số ao nuôi cá</th></tr>"
    "<tr><td>Huyện Nam Sách</td><td>512</td></tr><tr><td>Huyện Thanh Hà</td><td>340</td></tr></table>"
)
WORDS = "code,label_vi,label_en,unit,labels\n{},Số ao nuôi cá,Fish ponds,count,ao nuôi cá\n"
HEAD = "observation_id,field,value,reason,by\n"


@pytest.fixture
def portal():
    with Portal() as running:
        running.pages["/tin"] = html("Tin", TEXT.format("3.107"))
        running.pages["/khac"] = html("Khác", TEXT.format("5.000"))
        running.pages["/ao"] = html("Năm 2024", TABLE)
        yield running


def again(nights, portal, **options):
    """Documents read in another night; nothing may have come over the wire for them."""
    portal.asked.clear()
    made = nights.run(**options)
    assert made.facts["requests"]["bodies"] == 0
    assert not any(made.changes.values())
    return made.facts["documents_read"]


def test_a_changed_vocabulary_is_applied_to_what_was_fetched_before(portal, tmp_path):
    # In a process of its own, as at night: a vocabulary is read once in a process.
    words = tmp_path / "words.csv"
    words.write_text(WORDS.format("ponds"), encoding="utf-8")
    keys = f'vocabulary = "{words.name}"'
    text = config_text(portal, ("a", "/ao", keys), ("b", "/tin", ""))
    nights = Nights(tmp_path, text, reader=read_stored)
    nights.run(workers=1)
    assert [o["metric"] for o in nights.table("observations")][:2] == ["ponds", "ponds"]
    words.write_text(WORDS.format("fish"), encoding="utf-8")
    assert again(nights, portal, workers=1) == 1
    assert [o["metric"] for o in nights.table("observations")][:2] == ["fish", "fish"]
    made = nights.run()
    assert made.facts["documents_read"] == 0
    assert set(made.facts["vocabularies"]) == {"a"}
    nights.path.write_text(config_text(portal, ("a", "/ao", ""), ("b", "/tin", "")))
    assert again(nights, portal, workers=1) == 1
    assert nights.table("observations")[0]["metric"] is None


def test_what_was_slow_to_extract_is_not_extracted_again_for_other_words(
    portal, tmp_path, monkeypatch
):
    monkeypatch.setattr(contents, "SLOW", -1.0)
    words = tmp_path / "words.csv"
    words.write_text(WORDS.format("ponds"), encoding="utf-8")
    text = config_text(portal, ("a", "/ao", f'vocabulary = "{words.name}"'))
    nights = Nights(tmp_path, text)
    stale = nights.output / ".cache" / "contents" / "earlier"
    stale.mkdir(parents=True)
    nights.reader = partial(read_stored, cache=contents_below(nights.output))
    nights.run()
    assert not stale.exists()
    words.replace(tmp_path / "other.csv")
    (tmp_path / "other.csv").write_text(WORDS.format("fish"), encoding="utf-8")
    nights.path.write_text(nights.path.read_text(encoding="utf-8").replace("words", "other"))
    monkeypatch.setattr(contents.extractors, "extract", None)  # would fail if anything were read
    assert again(nights, portal) == 1
    assert [o["metric"] for o in nights.table("observations")] == ["fish", "fish"]


def test_another_program_reads_everything_once_more(portal, tmp_path, monkeypatch):
    nights = Nights(tmp_path, config_text(portal, ("a", "/tin", ""), ("b", "/khac", "")))
    nights.run()
    monkeypatch.setattr(versions, "observing", lambda: "another")
    assert again(nights, portal) == 2
    assert again(nights, portal) == 0


def test_what_waits_to_be_read_again_stays_in_the_output_as_it_was(portal, tmp_path, monkeypatch):
    for n in range(5):
        portal.pages[f"/{n}"] = html(f"Tin {n}", f"<p>Số {n}: {n + 1}.234 người</p>")
    pages = [(f"s{n}", f"/{n}", "") for n in range(5)]
    nights = Nights(tmp_path, config_text(portal, *pages))
    nights.run()

    def said():
        found = {o["metric_label"]: o["value"] for o in nights.table("observations")}
        assert len(found) == len(nights.table("observations"))
        return found

    before = said()
    for module in (reading, tables, corrections):
        monkeypatch.setattr(module, "readable", lambda: "packed otherwise")
    monkeypatch.setattr(reading.Desk, "work", one_only(reading.Desk.work))
    for left in (4, 3, 2, 1, 0):
        made = nights.run()
        assert made.complete == (left == 0)
        assert ("còn tài liệu chưa đọc" in night_summary.text(made, tmp_path, "vi")) == (left > 0)
        assert said() == before
    assert not any(made.changes.values())
    monkeypatch.setattr(last, "_columns", lambda: [["another"]])
    nights.run()
    assert said() == before


def one_only(work):
    return lambda desk, progress, late: work(desk, progress, lambda: True)


def test_a_figure_that_contradicts_another_page_is_found_and_only_while_it_stands(portal, tmp_path):
    text = config_text(portal, ("a", "/tin", ""), ("b", "/khac", ""))
    nights = Nights(tmp_path, text, reader=read_stored)
    portal.pages["/khac"] = html("Khác", TEXT.format("3.107"))
    assert nights.run().facts["contradicted"] == []
    assert [f["status"] for f in between(nights)] == ["pass"]
    portal.pages["/khac"] = html("Khác", TEXT.format("3.170"))
    made = nights.run()
    (told,) = made.facts["contradicted"]
    assert (told["address"], told["other_address"]) == (portal.url("/khac"), portal.url("/tin"))
    assert "3.170" in told["message_vi"]
    assert "3.170" in (summary := night_summary.text(made, tmp_path, "vi"))
    assert "Hai trang ghi khác nhau" in summary
    # What was replaced is a revision and contradicts nobody any more.
    checks = {f["check"]: f["status"] for f in nights.table("findings")}
    assert checks["revision"] == "fail"
    assert [f["status"] for f in between(nights)] == ["fail"]
    assert nights.run().facts["contradicted"] == []
    assert [f["status"] for f in between(nights)] == ["fail"]
    portal.pages["/khac"] = html("Khác", TEXT.format("3.107"))
    assert nights.run().facts["contradicted"] == []
    assert [f["status"] for f in between(nights)] == ["pass"]


def between(nights):
    return [f for f in nights.table("findings") if "other_document" in (f["details"] or "")]


def test_corrections_hold_at_night_and_go_when_they_are_taken_back(portal, tmp_path):
    file = tmp_path / "corrections.csv"
    nights = Nights(tmp_path, config_text(portal, ("a", "/tin", ""), ("b", "/khac", "")))

    def corrected(*lines):
        file.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        nights.corrections = load(file)
        nights.reader = partial(read_stored, corrections=nights.corrections)
        return again(nights, portal)

    def figures():
        return {o["raw"]: (o["metric"], o["corrected_by"]) for o in nights.table("observations")}

    nights.reader = read_stored
    nights.run()
    before = figures()
    (one,) = [o["observation_id"] for o in nights.table("observations") if o["raw"] == "3.107"]
    assert corrected(f"{one},metric,volunteers,đọc lại,An") == 1
    assert figures() == before | {"3.107": ("volunteers", "An")}
    assert corrected(f"{one},figure,no,số trang,An") == 1
    assert "3.107" not in figures()
    assert corrected(f"{one},figure,no,số trang,An", "nobody,note,x,y,An") == 1
    (note,) = nights.run().facts["notes"]
    assert note.startswith("corrections.csv, line 3: No such figure")
    assert corrected() == 1
    assert figures() == before
