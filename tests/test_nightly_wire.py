"""The safe client in parts: addresses, pace, bodies, connections."""

import gzip
import itertools
import zlib
from datetime import UTC, datetime

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetchers import bodies, lanes, wire
from fetchers.failures import Transient
from fetchers.guard import Guard, is_public
from fetchers.pacing import MOST, Pace, retry_after
from fetchers.retries import with_retries
from fetchers.web import Manners, Memory, Web
from solieu.errors import FetchError, LimitExceeded
from tests.portal import Portal, first, html, redirect, send


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fc00::1", "fe80::1%eth0", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_inside_addresses(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["203.162.0.181", "8.8.8.8", "2001:ee0:1::1", "::ffff:8.8.8.8"])
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://[::ffff:7f00:1]/", "http://user@127.0.0.1/", "http://127.0.0.1:80/",
        "gopher://a.vn/", "http://", "http://a.vn:x/", "//a.vn/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_without_asking_anyone(url):
    def nobody(host, port):
        raise AssertionError(host)

    with pytest.raises(FetchError):
        Guard(resolve=nobody).check(url)


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """The name is resolved once; a second answer could be an inside address."""
    answers = iter(["203.162.0.181", "127.0.0.1"])
    resolved, connected = [], []

    def resolve(host, port):
        resolved.append(next(answers))
        return [resolved[-1]]

    def connect(self, host, port, *rest):
        connected.append((host, port))
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    web = Web(Manners("test"), resolve=resolve)
    with pytest.raises(FetchError, match="connection failed"):
        web.get("http://portal.example/", Memory())
    assert resolved == ["203.162.0.181"]
    assert connected == [("203.162.0.181", 80)]
    with pytest.raises(FetchError, match="inside address 127"):
        web.get("http://portal.example/", Memory())
    assert len(connected) == 1


def test_the_proxy_of_the_environment_is_used_and_the_target_still_judged(monkeypatch):
    with Portal() as proxy:
        proxy.pages["http://portal.example/x"] = b"through the proxy"
        monkeypatch.setenv("HTTP_PROXY", proxy.url(""))
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        web, memory = Web(Manners("test")), Memory()
        web.get("http://portal.example/x", memory)
        assert memory.content == b"through the proxy"
        with pytest.raises(FetchError, match="inside address"):
            web.get("http://169.254.169.254/x", Memory())
        web.close()


def test_a_host_keeps_one_connection():
    ports = set()
    with Portal() as portal:
        portal.pages = {f"/{n}": lambda h: (ports.add(h.client_address), send(h, 200, b"x"))
                        for n in range(5)}  # fmt: skip
        web = Web(Manners("test"), private_hosts=frozenset({"127.0.0.1"}))
        for n in range(5):
            web.get(portal.url(f"/{n}"), Memory())
        web.close()
    assert len(ports) == 1


def test_a_host_that_leads_from_one_of_its_ports_to_another_is_asked_at_one_pace():
    with Portal() as plain, Portal() as other:
        other.pages["/x"] = b"x"
        plain.pages["/x"] = redirect(other.url("/x"))
        web = Web(Manners("test", delay=0.3), private_hosts=frozenset({"127.0.0.1"}))
        for _ in range(2):
            web.get(plain.url("/x"), Memory())
        web.close()
    times = sorted(asked.at for asked in plain.asked + other.asked)
    assert len(times) == 4
    assert min(b - a for a, b in itertools.pairwise(times)) >= 0.3


# pace


def test_the_delay_follows_the_answering_time_and_never_falls_below_the_minimum():
    pace = Pace(2.0)
    assert pace.wait(0) == 0
    pace.answered(10.0, 8.0, 200)
    assert pace.delay == 5.0
    assert pace.wait(10.0) == 5.0
    for n in range(20):
        pace.answered(20.0 + n, 0.01, 200)
    assert pace.delay == 2.0


def test_an_error_never_shortens_the_delay_and_trouble_doubles_it():
    pace = Pace(2.0, delay=8.0)
    pace.answered(0, 0.1, 404)
    assert pace.delay == 8.0
    pace.answered(0, 0.1, 503)
    assert pace.delay == 16.0
    pace.answered(0, 0.1, 429, 90)
    assert pace.wait(0) == 90
    for _ in range(10):
        pace.troubled(0)
    assert pace.delay == MOST


@given(
    st.floats(0, 30),
    st.lists(
        st.tuples(st.floats(0, 50), st.floats(0, 100), st.sampled_from([200, 304, 404, 429, 500])),
        max_size=30,
    ),
)
def test_whatever_happens_two_requests_are_never_nearer_than_the_minimum(minimum, events):
    pace, now = Pace(minimum), 0.0
    for pause, latency, status in events:
        began = now + max(pause, pace.wait(now + pause))
        ended = began + latency
        pace.answered(ended, latency, status)
        assert ended + pace.wait(ended) - began >= minimum - 1e-9
        assert pace.delay <= max(MOST, minimum)
        now = ended


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0), (" 5 ", 5.0), ("Wed, 01 May 2024 18:01:00 GMT", 60.0),
        ("Wed, 01 May 2024 17:00:00 GMT", 0.0), ("soon", None), ("", None), (None, None),
        ("-5", None), ("١٢", None), (f"Wed, {'9' * 25} May 2024 18:01:00 GMT", None),
    ],
)  # fmt: skip
def test_retry_after(header, seconds):
    assert retry_after(header, datetime(2024, 5, 1, 18, tzinfo=UTC)) == seconds


def test_only_what_may_pass_is_tried_again():
    tries = []

    def failing(kind):
        tries.append(kind)
        raise kind("no", "không")

    for kind, times in ((Transient, 3), (FetchError, 1)):
        tries.clear()
        with pytest.raises(kind):
            with_retries(lambda k=kind: failing(k), attempts=3, wait=0.001)
        assert len(tries) == times


# bodies


def unpack(body, encoding, limit=10**6, size=700):
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return b"".join(bodies.unpacked("http://a.vn/", pieces, encoding, limit))


@given(st.binary(max_size=5000), st.integers(1, 2000))
def test_what_is_packed_comes_out_whole(content, size):
    for body, encoding in (
        (content, ""),
        (content, "identity"),
        (gzip.compress(content, mtime=0), "gzip"),
        (gzip.compress(content, mtime=0), "X-GZIP"),
        (gzip.compress(content[:9], mtime=0) + gzip.compress(content[9:]), "gzip"),
        (gzip.compress(content, mtime=0) + b"\0\0", "gzip"),
        (zlib.compress(content), "deflate"),
    ):
        assert unpack(body, encoding, size=size) == content


def test_raw_deflate_without_its_header():
    raw = zlib.compressobj(wbits=-15)
    content = b"so lieu " * 500
    assert unpack(raw.compress(content) + raw.flush(), "deflate") == content


def test_a_bomb_is_stopped_before_it_unfolds():
    body = gzip.compress(b"\0" * 200_000_000, mtime=0)
    made = []
    with pytest.raises(LimitExceeded, match="unpacked"):
        for piece in bodies.unpacked("u", [body], "gzip", 1_000_000):
            made.append(len(piece))  # noqa: PERF401 (what came before the error counts)
    assert max(made) <= bodies.PIECE
    assert sum(made) <= 1_000_000


@pytest.mark.parametrize(
    "body", [gzip.compress(b"x" * 5000, mtime=0)[:-9], b"no gzip", b"\x1f\x8b\x08"]
)
def test_damaged_bodies(body):
    with pytest.raises(FetchError, match="damaged"):
        unpack(body, "gzip")


def test_a_conditional_request_gets_no_body_and_keeps_the_lane():
    with Portal() as portal:
        page = html("T", "x")
        portal.pages["/a"] = page
        web = Web(Manners("test"), private_hosts=frozenset({"*"}))
        memory = Memory()
        tag = web.get(portal.url("/a"), memory).headers["etag"]
        assert memory.content == page
        empty = Memory()
        answer = web.get(portal.url("/a"), empty, headers={"If-None-Match": tag})
        assert (answer.status, empty.content) == (304, b"")
        web.close()


def test_a_sink_forgets_what_a_broken_attempt_left():
    from tests.portal import reset

    with Portal() as portal:
        portal.pages["/a"] = first(2, reset, lambda h: send(h, 200, b"whole"))
        manners = Manners("test", attempts=3, retry_wait=0.001)
        web = Web(manners, private_hosts=frozenset({"*"}))
        memory = Memory()
        web.get(portal.url("/a"), memory)
        assert memory.content == b"whole"
        web.close()


def test_limits_of_a_lane_are_sane():
    assert lanes.MOST_PATIENCE >= 60
    assert wire.CONNECT_SECONDS < 60
