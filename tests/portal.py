"""A portal on loopback that does what it is told: pages, faults, many hosts by name."""

import hashlib
import http.server
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from engines import nightly
from engines.outcomes import Outcome
from extractors.sniff import media_type
from fetchers.clock import FixedClock
from solieu.corrections import Corrections
from solieu.model import Content, Figure, Observation, Period, Place, Reading, Region
from writers.rows import DocumentFacts, rows_of

NIGHT = datetime(2024, 5, 1, 18, 0, tzinfo=UTC)


def html(title, body):
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f"</head><body>{body}</body></html>"
    ).encode()


@dataclass
class Asked:
    """One request as the server saw it."""

    at: float
    host: str
    path: str
    conditional: bool
    status: int = 0
    agent: str = ""


@dataclass
class Portal:
    """Pages by path or by (host, path); a page is bytes or a function of the handler."""

    pages: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    validators: bool = True
    server: http.server.ThreadingHTTPServer | None = None

    def __enter__(self):
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10
            disable_nagle_algorithm = True

            def do_GET(self):
                portal.answer(self)

            def do_POST(self):
                portal.answer(self)

            def log_message(self, *args):
                pass

        class Server(http.server.ThreadingHTTPServer):
            request_queue_size = 256
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def port(self):
        return self.server.server_port

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def answer(self, handler):
        host = (handler.headers.get("Host") or "").rpartition(":")[0]
        conditional = any(
            handler.headers.get(name) for name in ("If-None-Match", "If-Modified-Since")
        )
        asked = Asked(
            time.monotonic(), host, handler.path, conditional,
            agent=handler.headers.get("User-Agent", ""),
        )  # fmt: skip
        self.asked.append(asked)
        page = self.pages.get((host, handler.path), self.pages.get(handler.path))
        handler.asked = asked
        if callable(page):
            page(handler)
        elif page is None:
            send(handler, 404, b"none")
        else:
            self.give(handler, page)

    def give(self, handler, body, kind="text/html; charset=utf-8"):
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": tag} if self.validators else {}
        if self.validators and handler.headers.get("If-None-Match") == tag:
            send(handler, 304, b"", headers)
        else:
            send(handler, 200, body, {"Content-Type": kind, **headers})

    def paths(self, *, robots=False):
        return [a.path for a in self.asked if robots or a.path != "/robots.txt"]


def send(handler, status, body, headers=None):
    handler.asked.status = status
    handler.send_response(status)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if status != 304:
        handler.wfile.write(body)


def redirect(goal):
    return lambda handler: send(handler, 302, b"", {"Location": goal})


def reset(handler):
    """Promise a body, send half of it, and break the connection off."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x" * 500)
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def close(handler):
    """Say nothing and hang up."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def first(times, fault, then):
    """A fault so many times, then a page."""
    count = iter(range(10**9))

    def page(handler):
        if next(count) < times:
            fault(handler)
        else:
            then(handler)

    return page


_FIGURE = re.compile(r"<p>([^<:]+): ([\d.]+) người</p>")


def read(stored):
    """A reader that takes `<p>label: 1.234 người</p>` for a figure: quick, and simple to foresee."""
    content = Path(stored.path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    facts = DocumentFacts(
        stored.address, digest, stored.final_url, "text/html", stored.retrieved_at
    )
    text = content.decode("utf-8", errors="replace")
    observations = tuple(
        Observation(
            Figure(
                Place(passage=1, start=n).figure_id(stored.digest),
                Place(passage=1, start=n),
                found[2],
                Decimal(found[2].replace(".", "")),
                "person",
                number_format="dot_thousands",
                excerpt=found[0],
            ),
            found[1],
            "prose",
            Region("Huyện Nam Sách", "district", "291", date(1997, 1, 1)),
            period=Period(2024, "2024-04"),
        )
        for n, found in enumerate(_FIGURE.finditer(text), 1)
    )
    reading = Reading(stored.digest, Content(()), (), observations)
    return Outcome(facts, rows_of(facts, reading, None), None, None)


def config_text(portal, *sources, delay=0.0, more="", host="127.0.0.1", retry=0.01, extra=""):
    """A configuration for the portal: each source as (name, path, keys)."""
    text = (
        f'[agent]\ncontact = "data@example.org"\n[limits]\nretry_seconds = {retry}\n{more}\n'
        f"[defaults]\ndelay_seconds = {delay}\nallow_private = true\n{extra}\n"
    )
    for name, path, keys in sources:
        start = path if path.startswith("http") else portal.url(path, host)
        text += f'[[source]]\nname = "{name}"\nstart = "{start}"\n{keys}\n'
    return text


class Nights:
    """Runs one configuration night after night, one hour a day apart."""

    def __init__(self, folder, text, *, resolve=None, reader=read, now=NIGHT):
        from fetchers.config import load

        self.path = folder / "sources.toml"
        self.path.write_text(text, encoding="utf-8")
        self.output = folder / "out"
        self.clock = FixedClock(now)
        self.resolve = resolve
        self.reader = reader
        self.corrections = Corrections()
        self.load = load

    def run(self, **options):
        from datetime import timedelta

        given = {"resolve": self.resolve} if self.resolve else {}
        around = nightly.Surroundings(self.reader, media_type, clock=self.clock, **given)
        options.setdefault("workers", 0)
        try:
            options.setdefault("corrections", self.corrections)
            return nightly.run(
                self.load(self.path), self.output, nightly.Options(**options), around
            )
        finally:
            self.clock.advance(timedelta(days=1))

    def table(self, name):
        import pyarrow.parquet as pq

        return pq.read_table(self.output / f"{name}.parquet").to_pylist()


def loopback(host, port):
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]
