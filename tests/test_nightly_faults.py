"""What goes wrong at night: each fault survived or refused, said in the summary, nothing lost."""

import errno
import gzip
import os
import time

import pytest

from fetchers import lanes, wire
from solieu.errors import OutputError
from tests.portal import (
    Nights,
    Portal,
    close,
    config_text,
    first,
    html,
    loopback,
    redirect,
    reset,
    send,
)

PAGE = html("Tin", "<p>Số người: 1.234 người</p>")
GOOD = ("good", "/good", "")


@pytest.fixture
def portal():
    with Portal() as running:
        running.pages["/good"] = PAGE
        yield running


def night(portal, tmp_path, *sources, **options):
    text = config_text(portal, *(sources or [("bad", "/bad", "")]), GOOD, **options)
    return Nights(tmp_path, text)


def reasons(made):
    return " ".join(f["reason"] for f in made.failures)


def good(nights):
    return [o["value"] for o in nights.table("observations")] == [1234]


@pytest.mark.parametrize(
    "fault",
    [
        lambda h: send(h, 500, b"oops"),
        lambda h: send(h, 503, b"", {"Retry-After": "0"}),
        lambda h: send(h, 429, b"", {"Retry-After": "0"}),
        reset,
        close,
    ],
    ids=["500", "503", "429", "reset mid-body", "closed"],
)
def test_a_passing_fault_is_survived(portal, tmp_path, fault):
    portal.pages["/bad"] = first(2, fault, lambda h: portal.give(h, html("T", "<p>x: 5 người</p>")))
    nights = night(portal, tmp_path)
    made = nights.run()
    assert not made.failed, reasons(made)
    assert sorted(o["value"] for o in nights.table("observations")) == [5, 1234]


def dripping(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def dripping_headers(handler):
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(200):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    handler.close_connection = True


BOMB = gzip.compress(b"\0" * 30_000_000)


def bomb(handler):
    send(handler, 200, BOMB, {"Content-Encoding": "gzip"})


def cut_gzip(handler):
    body = gzip.compress(PAGE * 50)
    send(handler, 200, body[: len(body) // 2], {"Content-Encoding": "gzip"})


def short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"x" * 100)
    handler.close_connection = True


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda h: send(h, 500, b""), "HTTP 500"),
        (lambda h: send(h, 403, b""), "HTTP 403"),
        (reset, "connection failed"),
        (short, "connection failed"),
        (dripping, "no complete answer within 1 seconds"),
        (dripping_headers, "no complete answer within 1 seconds"),
        (bomb, "when unpacked"),
        (cut_gzip, "damaged or cut short"),
        (lambda h: send(h, 200, b"x" * 3_000_000), "more than 1 MB"),
        (lambda h: send(h, 200, b"x", {"Content-Encoding": "br"}), "encoding br is unknown"),
        (redirect("/bad"), "more than 5 redirects"),
        (redirect("http://127.0.0.1:1/x"), "connection failed"),
        (redirect("http://169.254.169.254/latest/meta-data"), "169.254.169.254"),
        (redirect("http://[::1]/"), "::1"),
        (redirect("http://2130706433/"), "2130706433"),
        (redirect("http://0x7f.1/"), "0x7f.1"),
        (redirect("file:///etc/passwd"), "only http and https"),
        (redirect("http://[broken"), "malformed"),
        (redirect("http://elsewhere.test/"), "not among allow_hosts"),
        (lambda h: send(h, 304, b""), "unasked"),
    ],
)
def test_a_lasting_fault_is_told_and_the_rest_is_complete(portal, tmp_path, fault, reason):
    portal.pages["/bad"] = fault
    seconds = 1 if "1 seconds" in reason else 60  # a busy machine is no fault
    more = f"deadline_seconds = {seconds}\nmax_mb = 1\nattempts = 2"
    nights = night(portal, tmp_path, more=more)
    made = nights.run()
    assert [f["source"] for f in made.failures] == ["bad"]
    assert reason in reasons(made)
    assert made.complete
    assert good(nights)


def test_more_bytes_than_declared_do_not_spoil_the_next_answer(portal, tmp_path):
    def long(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(PAGE)))
        handler.end_headers()
        handler.wfile.write(PAGE + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake")

    portal.pages["/bad"] = long
    portal.pages["/next"] = html("T", "<p>y: 7 người</p>")
    nights = night(portal, tmp_path, ("bad", "/bad", ""), ("next", "/next", ""))
    made = nights.run()
    assert sorted({o["value"] for o in nights.table("observations")}) == [7, 1234], reasons(made)


def test_private_addresses_are_refused_unless_the_configuration_allows_the_host(portal, tmp_path):
    text = config_text(portal, ("a", "/good", "allow_private = false"))
    made = Nights(tmp_path, text).run()
    assert "inside address 127.0.0.1" in reasons(made)
    assert portal.asked == []


@pytest.mark.parametrize(
    "answers",
    [["203.0.113.7", "127.0.0.1", "127.0.0.1"], ["127.0.0.1"], ["203.0.113.7+127.0.0.1"]],
    ids=["rebinding", "inside", "mixed"],
)
def test_a_name_that_leads_inside_is_never_connected_to(portal, tmp_path, answers):
    left = iter(answers)

    def resolve(host, port):
        return next(left, answers[-1]).split("+")

    keys = 'allow_private = false\nallow_hosts = ["rebind.test"]'
    source = ("a", f"http://rebind.test:{portal.port}/good", keys)
    text = config_text(portal, source, more="attempts = 2\ndeadline_seconds = 0.5")
    made = Nights(tmp_path, text, resolve=resolve).run()
    assert "rebind.test" in reasons(made)
    assert portal.asked == []


def test_robots_forbids_and_is_obeyed_without_a_failure(portal, tmp_path):
    portal.pages["/robots.txt"] = b"User-agent: *\nDisallow: /bad\n"
    portal.pages["/bad"] = PAGE
    nights = night(portal, tmp_path)
    made = nights.run()
    assert "/bad" not in portal.paths()
    assert not made.failed
    assert [r["address"] for r in made.facts["refused"]] == [portal.url("/bad")]
    assert good(nights)


def test_robots_that_cannot_be_had_forbids_everything(portal, tmp_path):
    portal.pages["/robots.txt"] = lambda h: send(h, 500, b"")
    nights = night(portal, tmp_path, more="attempts = 2")
    made = nights.run()
    assert portal.paths() == []
    assert "robots.txt cannot be had" in reasons(made)


def test_a_listing_that_is_gone_is_a_failure(portal, tmp_path):
    portal.pages["/bad"] = html("T", '<a class="t" href="/x">x</a>')
    portal.pages["/x"] = PAGE
    nights = night(portal, tmp_path, ("bad", "/bad", 'kind = "listing"\nfollow = "a.t"'))
    assert not nights.run().failed
    del portal.pages["/bad"]
    made = nights.run()
    assert "HTTP 404" in reasons(made)
    assert not any(made.changes.values())


def test_pages_nested_without_end_and_links_without_number(portal, tmp_path):
    portal.pages["/bad"] = b"<div>" * 50_000 + b'<a href="/x.pdf">x</a>'
    portal.pages["/many"] = html(
        "T", "".join(f'<a class="t" href="/m/{n}">x</a>' for n in range(50))
    )
    many = 'kind = "listing"\nfollow = "a.t"\nmax_documents = 3'
    nights = night(portal, tmp_path, ("bad", "/bad", ""), ("many", "/many", many))
    made = nights.run()
    assert made.complete
    assert made.facts["notes"] == ["many: max_documents left out 47 links"]
    assert 1234 in [o["value"] for o in nights.table("observations")]


def test_crawl_delay_is_kept(portal, tmp_path):
    portal.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 0.3\n"
    portal.pages["/bad"] = PAGE
    night(portal, tmp_path).run()
    times = [a.at for a in portal.asked]
    assert times[-1] - times[-2] >= 0.3


def test_retry_after_is_waited_for(portal, tmp_path):
    busy = first(
        1, lambda h: send(h, 429, b"", {"Retry-After": "1"}), lambda h: portal.give(h, PAGE)
    )
    portal.pages["/good"] = busy
    nights = Nights(tmp_path, config_text(portal, GOOD))
    assert not nights.run().failed
    times = [a.at for a in portal.asked if a.path == "/good"]
    assert times[1] - times[0] >= 1


def test_a_host_that_wants_to_be_left_alone_for_long_is_left_for_the_next_run(portal, tmp_path):
    portal.pages["/good"] = lambda h: send(h, 503, b"", {"Retry-After": "7200"})
    sources = [(f"s{n}", f"/good?{n}", "") for n in range(5)]
    nights = Nights(tmp_path, config_text(portal, GOOD, *sources))
    made = nights.run()
    assert len(portal.paths()) == 1
    assert len(made.failures) == 6
    assert "left alone" in reasons(made)


def test_a_dead_host_is_given_up_and_the_others_go_on(portal, tmp_path):
    sources = [(f"s{n}", portal.url(f"/x{n}", "dead.test"), "") for n in range(20)]
    for n in range(20):
        portal.pages["dead.test", f"/x{n}"] = close
    portal.pages["dead.test", "/robots.txt"] = b""
    nights = Nights(tmp_path, config_text(portal, *sources, GOOD), resolve=loopback)
    made = nights.run()
    asked = [a for a in portal.asked if a.host == "dead.test" and a.path != "/robots.txt"]
    assert len(asked) <= lanes.MOST_FAILURES // lanes.SILENCE
    assert len(made.failures) == 20
    assert "in a row" in reasons(made)
    assert good(nights)


def test_a_full_disk_stops_the_run_and_the_next_one_completes_it(portal, tmp_path, monkeypatch):
    portal.pages["/bad"] = html("T", "<p>x: 5 người</p>")
    nights = night(portal, tmp_path)
    nights.run()
    portal.pages["/bad"] = html("T", "<p>x: 6 người</p>")
    before = (nights.output / "observations.parquet").read_bytes()
    real = os.fsync

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        nights.run()
    assert (nights.output / "observations.parquet").read_bytes() == before
    monkeypatch.setattr(os, "fsync", real)
    made = nights.run()
    assert made.changes["revised_figure"] == 1
    assert not made.failed


def test_a_damaged_database_is_made_anew_from_the_archive(portal, tmp_path):
    portal.pages["/bad"] = html("T", "<p>x: 5 người</p>")
    nights = night(portal, tmp_path)
    nights.run()
    portal.pages["/bad"] = html("T", "<p>x: 6 người</p>")
    nights.run()
    before = [o | {"last_seen": None} for o in nights.table("observations")]
    state = nights.output / "state.sqlite"
    state.write_bytes(state.read_bytes()[:4096] + os.urandom(30_000))
    made = nights.run()
    assert "made anew" in made.facts["notes"][0]
    assert [o | {"last_seen": None} for o in nights.table("observations")] == before
    assert not any(made.changes.values())
    state.unlink()
    made = nights.run()
    assert [o | {"last_seen": None} for o in nights.table("observations")] == before


def test_a_vanished_page_is_not_told_again_after_the_database_was_lost(portal, tmp_path):
    nights = night(portal, tmp_path, ("bad", "/bad", ""))
    portal.pages["/bad"] = html("T", "<p>x: 5 người</p>")
    nights.run()
    nights.run()
    del portal.pages["/bad"]
    nights.run()
    before = nights.table("vintages")
    (nights.output / "state.sqlite").unlink()
    made = nights.run()
    assert not any(made.changes.values())
    kept = [v for v in nights.table("vintages") if v["address"].endswith("/bad")]
    assert kept == [v for v in before if v["address"].endswith("/bad")]


def test_an_archive_file_that_was_tampered_with_is_never_read_as_what_it_was(portal, tmp_path):
    nights = night(portal, tmp_path, ("bad", "/bad", ""))
    portal.pages["/bad"] = html("T", "<p>x: 5 người</p>")
    nights.run()
    for path in (nights.output / "archive").rglob("*"):
        if path.is_file() and len(path.name) == 64 and b"x: 5" in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b"x: 5", b"x: 9"))
    (nights.output / "state.sqlite").unlink()
    made = nights.run()
    assert "damaged" in made.facts["notes"][0] + str(made.facts["unreadable"]) or made.failed
    assert 9 not in [o["value"] for o in nights.table("observations")]


def test_a_truncated_archive_file_is_fetched_again(portal, tmp_path):
    nights = night(portal, tmp_path, ("bad", "/bad", ""))
    portal.pages["/bad"] = html("T", "<p>x: 5 người</p>")
    nights.run()
    (file,) = [
        p for p in (nights.output / "archive").rglob("*")
        if p.is_file() and len(p.name) == 64 and b"x: 5" in p.read_bytes()
    ]  # fmt: skip
    whole = file.read_bytes()
    file.write_bytes(whole[:20])
    portal.asked.clear()
    made = nights.run()
    assert file.read_bytes() == whole
    assert not any(made.changes.values())
    assert sorted((a.path, a.conditional) for a in portal.asked if a.path != "/robots.txt") == [
        ("/bad", False), ("/good", True)
    ]  # fmt: skip


def test_the_deadline_holds_for_connections_too(monkeypatch):
    deadline = wire.Deadline()
    deadline.begin("http://a.test/", 0.05)
    time.sleep(0.1)
    from solieu.errors import FetchError

    with pytest.raises(FetchError, match="no complete answer"):
        deadline.left(5)
