"""Nights over a scripted portal: what is asked, what is news, what a reader finds in the morning."""

import itertools
import json
import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from solieu.errors import UsageError
from tests.portal import Nights, Portal, config_text, html, loopback, read, send

ROOT = Path(__file__).resolve().parent.parent
LISTING = 'kind = "listing"\nfollow = "a.title"\nnext = "a.next"'


def figures(*values, counter=1):
    lines = "".join(f"<p>Số người {n}: {v} người</p>" for n, v in enumerate(values, 1))
    return html("Tin", f"<main>{lines}</main><div>Lượt truy cập {counter}</div>")


def listing(*paths, following=None):
    links = "".join(f'<h3><a class="title" href="{p}">Tin</a></h3>' for p in paths)
    onward = f'<a class="next" href="{following}">Sau</a>' if following else ""
    return html("Tin tức", links + onward)


@pytest.fixture
def portal():
    with Portal() as running:
        running.pages = {
            "/tin": listing("/tin/1", "/tin/2", following="/tin?page=2"),
            "/tin?page=2": listing("/tin/3"),
            "/tin/1": figures("1.000"),
            "/tin/2": figures("2.000", "2.222"),
            "/tin/3": figures("3.000"),
        }
        yield running


@pytest.fixture
def nights(portal, tmp_path):
    return Nights(tmp_path, config_text(portal, ("hd", "/tin", LISTING)))


def changes(nights):
    return [(c["change"], c["address"].rpartition("/")[2]) for c in nights.table("changes")]


def test_the_first_night_reads_every_document_behind_the_listing(nights, portal):
    made = nights.run()
    assert made.changes["new_document"] == 3
    assert [o["value"] for o in nights.table("observations")] == [1000, 2000, 2222, 3000]
    assert portal.paths(robots=True).count("/robots.txt") == 1
    assert len(portal.paths()) == len(set(portal.paths())) == 5
    assert not made.failed
    (document, *_) = nights.table("documents")
    assert document["source"] == portal.url("/tin/1")
    assert document["source_name"] == "hd"
    assert "data@example.org" in portal.asked[0].agent


def test_a_night_without_news_asks_once_per_page_and_reads_nothing(nights, portal):
    nights.run()
    before = [o | {"last_seen": None} for o in nights.table("observations")]
    portal.asked.clear()
    nights.reader = None  # would fail if anything were read
    made = nights.run()
    assert sorted(portal.paths()) == sorted(["/tin", "/tin?page=2", "/tin/1", "/tin/2", "/tin/3"])
    asked = [a for a in portal.asked if a.path != "/robots.txt"]
    assert all(a.conditional and a.status == 304 for a in asked)
    assert (made.facts["documents_read"], made.facts["requests"]["bodies"]) == (0, 0)
    assert changes(nights) == []
    after = [o | {"last_seen": None} for o in nights.table("observations")]
    assert before == after


def test_without_validators_the_digest_decides(nights, portal):
    portal.validators = False
    nights.run()
    nights.reader = None
    made = nights.run()
    assert changes(nights) == []
    assert made.facts["documents_read"] == 0


def test_a_revised_figure_is_one_revision_and_the_old_one_stays_with_its_dates(nights, portal):
    nights.run()
    portal.pages["/tin/2"] = figures("2.000", "2.999", counter=7)
    made = nights.run()
    assert changes(nights) == [("new_version", "2"), ("revised_figure", "2")]
    (revision,) = [c for c in nights.table("changes") if c["change"] == "revised_figure"]
    assert (revision["value_before"], revision["value_after"]) == (2222, 2999)
    assert (revision["raw_before"], revision["raw_after"]) == ("2.222", "2.999")
    old, new = [o for o in nights.table("observations") if o["metric_label"] == "Số người 2"]
    assert old["observation_id"] == revision["observation_id_before"]
    assert new["observation_id"] == revision["observation_id_after"]
    assert old["superseded_on"] == new["first_seen"] == revision["seen_at"]
    assert old["last_seen"] < new["first_seen"]
    assert new["superseded_on"] is None
    (finding,) = [f for f in nights.table("findings") if f["check"] == "revision"]
    assert finding["published"] == 2999
    assert made.facts["revised"][0]["raw_after"] == "2.999"


def test_a_changed_counter_is_a_version_and_no_revision(nights, portal):
    nights.run()
    ids = [o["observation_id"] for o in nights.table("observations")]
    portal.pages["/tin/1"] = figures("1.000", counter=2)
    nights.run()
    assert changes(nights) == [("new_version", "1")]
    assert [o["observation_id"] for o in nights.table("observations")] == ids
    assert len(nights.table("vintages")) == 3
    assert len(nights.table("documents")) == 3


def test_a_vanished_page_is_told_once_and_its_figures_stay(nights, portal):
    nights.run()
    gone = portal.pages.pop("/tin/3")
    made = nights.run()
    assert changes(nights) == [("vanished_document", "3")]
    assert not made.failed
    nights.run()
    assert changes(nights) == []
    assert 3000 in [o["value"] for o in nights.table("observations")]
    (stretch,) = [v for v in nights.table("vintages") if v["address"].endswith("/3")]
    assert stretch["vanished_on"] is not None
    portal.pages["/tin/3"] = gone
    nights.run()
    assert changes(nights) == []
    (stretch,) = [v for v in nights.table("vintages") if v["address"].endswith("/3")]
    assert stretch["vanished_on"] is None


def test_a_new_document_is_found_although_old_ones_left_the_listing(nights, portal):
    nights.run()
    portal.pages["/tin"] = listing("/tin/4")
    portal.pages["/tin/4"] = figures("4.000")
    portal.asked.clear()
    nights.run()
    assert changes(nights) == [("new_document", "4")]
    assert {"/tin/1", "/tin/2", "/tin/3"} <= set(portal.paths())


def test_the_same_bytes_at_two_addresses_are_one_document(nights, portal):
    portal.pages["/tin/3"] = portal.pages["/tin/1"]
    nights.run()
    documents = nights.table("documents")
    assert [d["also_at"] for d in documents] == [[portal.url("/tin/3")], []]
    assert len(nights.table("vintages")) == 3


def test_endless_paging_stops_at_its_limit(nights, portal, tmp_path):
    def endless(handler):
        n = int(handler.path.rpartition("=")[2])
        portal.give(handler, listing(f"/tin/{n}", following=f"/danh-sach?p={n + 1}"))

    portal.pages = {f"/danh-sach?p={n}": endless for n in range(1, 100)}
    portal.pages |= {f"/tin/{n}": figures(f"{n}.000") for n in range(1, 100)}
    keys = LISTING + "\nmax_pages = 4"
    nights = Nights(tmp_path, config_text(portal, ("hd", "/danh-sach?p=1", keys)))
    assert nights.run().changes["new_document"] == 4


def test_a_listing_that_leads_to_itself_ends(portal, tmp_path):
    portal.pages["/tin"] = listing("/tin/1", "/tin", following="/tin")
    nights = Nights(tmp_path, config_text(portal, ("hd", "/tin", LISTING + "\nmax_pages = 50")))
    nights.run()
    assert portal.paths().count("/tin") == 1


def test_sitemap_feed_page_and_file(portal, tmp_path):
    base = portal.url("")
    portal.pages |= {
        "/sitemap.xml": f"<sitemapindex><sitemap><loc>{base}/s1.xml</loc></sitemap>"
        "</sitemapindex>".encode(),
        "/s1.xml": f"<urlset><url><loc>{base}/tin/1</loc></url><url><loc>{base}/gioi-thieu</loc>"
        "</url></urlset>".encode(),
        "/feed": f"<rss><channel><link>{base}</link><item><link>{base}/tin/2</link></item>"
        "</channel></rss>".encode(),
        "/so-lieu.txt": b"x",
    }
    text = config_text(
        portal,
        ("map", "/sitemap.xml", 'kind = "sitemap"\npattern = "/tin/"'),
        ("feed", "/feed", 'kind = "feed"'),
        ("page", "/tin/3", ""),
        ("file", "/so-lieu.txt", 'kind = "file"'),
    )
    nights = Nights(tmp_path, text)
    assert not nights.run().failed
    found = {(v["source"], v["address"].removeprefix(base)) for v in nights.table("vintages")}
    assert found == {
        ("map", "/tin/1"), ("feed", "/tin/2"), ("page", "/tin/3"), ("file", "/so-lieu.txt")
    }  # fmt: skip


def test_attachments_come_along_and_a_login_page_is_none(portal, tmp_path):
    portal.pages["/tin/1"] = html(
        "Tin",
        '<a href="/files/bieu.pdf?v=1">Biểu 1</a> <a href="/tai?id=5">quyet-dinh.xlsx</a>'
        ' <a href="/files/khoa.doc">khóa</a> <a href="/lien-he">Liên hệ</a>',
    )
    portal.pages["/files/bieu.pdf?v=1"] = lambda h: portal.give(h, b"%PDF-1.4 x", "application/pdf")
    portal.pages["/tai?id=5"] = lambda h: portal.give(h, b"PK\x03\x04 x", "application/zip")
    portal.pages["/files/khoa.doc"] = html("Đăng nhập", "<form>Mật khẩu</form>")
    nights = Nights(tmp_path, config_text(portal, ("hd", "/tin/1", "")))
    made = nights.run()
    addresses = {v["address"] for v in nights.table("vintages")}
    assert addresses == {portal.url(p) for p in ("/tin/1", "/files/bieu.pdf?v=1", "/tai?id=5")}
    (failure,) = made.failures
    assert failure["address"].endswith("khoa.doc")
    assert "web page came in place of the file" in failure["reason"]
    assert "/lien-he" not in portal.paths()


def packed(**files):
    import io
    import zipfile

    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.html", (2024, 1, 1, 0, 0, 0)), content)
    return sink.getvalue()


def test_documents_in_a_zip_file_are_documents_of_their_own(portal, tmp_path):
    portal.pages["/a.zip"] = packed(x=figures("1.000"), y=figures("2.000"), z=figures("3.000"))
    nights = Nights(tmp_path, config_text(portal, ("hd", "/a.zip", 'kind = "file"')))
    assert not nights.run().failed
    found = sorted(v["address"].rpartition("/")[2] for v in nights.table("vintages"))
    assert found == ["x.html", "y.html", "z.html"]
    nights.reader = None
    made = nights.run()
    assert not any(made.changes.values())
    assert {v["last_seen"] for v in nights.table("vintages")} == {
        nights.table("vintages")[0]["last_seen"]
    }
    nights.reader = read
    portal.pages["/a.zip"] = packed(x=figures("1.000"), y=figures("2.222"), w=figures("4.000"))
    nights.run()
    assert sorted(changes(nights)) == [
        ("new_document", "w.html"),
        ("new_version", "y.html"),
        ("revised_figure", "y.html"),
        ("vanished_document", "z.html"),
    ]
    del portal.pages["/a.zip"]
    nights.run()
    assert [c for c, _ in changes(nights)] == ["vanished_document"] * 3


def test_two_sources_share_the_answer_of_one_request(portal, tmp_path):
    text = config_text(portal, ("a", "/tin", LISTING), ("b", "/tin/1", ""), ("c", "/tin/2", ""))
    nights = Nights(tmp_path, text)
    nights.run()
    assert len(portal.paths()) == len(set(portal.paths())) == 5


def test_only_and_since_narrow_what_is_asked(portal, tmp_path):
    from datetime import timedelta

    from engines.nightly.fetching import Scope

    nights = Nights(tmp_path, config_text(portal, ("a", "/tin", LISTING), ("b", "/tin/3", "")))
    nights.run(scope=Scope(frozenset({"b"})))
    assert portal.paths() == ["/tin/3"]
    nights.run()
    portal.asked.clear()
    portal.pages["/tin"] = listing("/tin/9")
    portal.pages["/tin/9"] = figures("9.000")
    nights.run(scope=Scope(frozenset({"a"}), since=nights.clock.now() - timedelta(hours=1)))
    assert sorted(portal.paths()) == ["/tin", "/tin/9"]


def test_a_page_that_cannot_be_read_supersedes_nothing(nights, portal):
    from solieu.errors import UnreadableDocument

    nights.run()

    def failing(stored):
        from engines.outcomes import failed
        from writers.rows import DocumentFacts

        return failed(
            DocumentFacts(stored.address, stored.digest), UnreadableDocument("bad", "hỏng")
        )

    portal.pages["/tin/1"] = html("Tin", "<p>Số người 1: 1.111 người</p>")
    nights.reader = failing
    made = nights.run()
    assert made.failed
    assert made.facts["unreadable"][0]["reason"] == "bad"
    standing = {o["value"]: o["superseded_on"] for o in nights.table("observations")}
    assert standing == {1000: None, 2000: None, 2222: None, 3000: None}
    portal.pages["/tin/1"] = html("Tin", "<p>Số người 1: 1.111 người</p> ")
    nights.reader = read
    nights.run()
    assert ("revised_figure", "1") in changes(nights)


def test_one_run_at_a_time(nights):
    from engines.lock import FolderLock

    with FolderLock(nights.output), pytest.raises(UsageError, match="process"):
        nights.run()
    (nights.output / ".lock").write_text('{"process": 1, "host": "x", "since": "y"}')
    assert nights.run().complete


def test_out_of_time_is_said_and_the_next_run_goes_on(portal, tmp_path):
    portal.pages["/tin/1"] = lambda h: (
        __import__("time").sleep(0.4),
        send(h, 200, figures("1.000")),
    )
    nights = Nights(tmp_path, config_text(portal, ("hd", "/tin", LISTING)))
    made = nights.run(minutes=0.3 / 60)
    assert made.failed
    assert not made.complete
    assert made.facts["not_reached"] > 0
    made = nights.run()
    assert made.complete
    assert len(nights.table("vintages")) == 3


def test_every_run_leaves_a_manifest_a_log_and_its_changes(nights, portal):
    made = nights.run()
    names = sorted(p.name for p in (nights.output / "runs").iterdir())
    stem = "2024-05-01T18-00-00Z"
    assert names == [f"{stem}.changes.parquet", f"{stem}.json", f"{stem}.jsonl"]
    facts = json.loads((nights.output / "runs" / f"{stem}.json").read_text())
    assert facts == made.facts
    assert facts["complete"] is True
    log = (nights.output / "runs" / f"{stem}.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line) for line in log.splitlines()]
    assert events[0]["event"] == "begin"
    assert events[-1]["event"] == "end"
    assert sum(e["event"] == "request" for e in events) == 6
    assert pq.read_table(nights.output / "runs" / f"{stem}.changes.parquet").num_rows == 3


def test_a_clock_that_was_set_back_does_not_turn_history_around(nights, portal):
    from datetime import timedelta

    nights.run()
    nights.clock.advance(timedelta(days=-30))
    portal.pages["/tin/1"] = figures("1.111")
    nights.run()
    old, new = [o for o in nights.table("observations") if o["metric_label"] == "Số người 1"][:2]
    assert old["superseded_on"] == new["first_seen"] > old["first_seen"]


def test_the_dataset_as_it_was_known_on_a_day(nights, portal, tmp_path):
    from datetime import timedelta

    from tests.portal import NIGHT
    from writers.vintages import known_at

    nights.run()
    portal.pages["/tin/1"] = figures("1.111")
    nights.run()
    portal.pages["/tin/1"] = figures("1.000")
    nights.run()

    def known(days):
        goal = tmp_path / "then.parquet"
        known_at(nights.output, NIGHT + timedelta(days=days, hours=1), goal)
        rows = pq.read_table(goal).to_pylist()
        return [(r["value"], r["superseded_on"]) for r in rows if r["metric_label"] == "Số người 1"]

    def asked(days):
        """The same by the DuckDB macro of the documentation."""
        text = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
        (macro,) = re.findall(r"```sql\n(create macro.*?);", text, re.DOTALL)
        with duckdb.connect() as db:
            db.execute(macro.replace("data/", f"{nights.output.as_posix()}/"))
            moment = NIGHT + timedelta(days=days, hours=1)
            rows = db.execute("select value, metric_label from known(?)", [moment]).fetchall()
        return sorted(value for value, label in rows if label == "Số người 1")

    for days in (-1, 0, 1, 2):
        assert asked(days) == sorted(value for value, _ in known(days))
    assert known(-1) == []
    assert (1000, None) in known(0)
    assert (1111, None) in known(1)
    assert (1000, None) not in known(1)
    assert (1000, None) in known(2)


def test_fifty_hosts_take_the_time_of_one(tmp_path):
    with Portal() as portal:
        hosts = [f"so{n}.test" for n in range(50)]
        for host in hosts:
            for n in range(3):
                portal.pages[host, f"/tin/{n}"] = figures(f"{n + 1}.000")
            portal.pages[host, "/tin"] = listing(*(f"/tin/{n}" for n in range(3)))
        sources = [(h, portal.url("/tin", h), LISTING) for h in hosts]
        nights = Nights(tmp_path, config_text(portal, *sources, delay=0.2), resolve=loopback)
        made = nights.run()
        assert made.changes["new_document"] == 150
        for host in hosts:
            times = [a.at for a in portal.asked if a.host == host]
            assert len(times) == 5
            assert min(b - a for a, b in itertools.pairwise(times)) >= 0.2
        whole = max(a.at for a in portal.asked) - min(a.at for a in portal.asked)
        assert whole < 50 * 5 * 0.2 / 4
