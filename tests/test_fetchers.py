"""Files, folders and single pages: what is found, and what is refused with advice."""

import http.server
import threading
from pathlib import Path

import pytest

from fetchers import http as web
from fetchers import local
from solieu.errors import FetchError, LimitExceeded


def texts(*asked, leave_out=None):
    return [a.text for a in local.addresses([str(a) for a in asked], leave_out=leave_out)]


def test_a_folder_is_read_with_all_below_it_in_a_stable_order(tmp_path: Path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/m.txt", ".hidden"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert texts(tmp_path) == [str(tmp_path / n) for n in ("a.txt", "b/m.txt", "z.txt")]


def test_a_document_asked_for_twice_is_read_once(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text("x", encoding="utf-8")
    assert texts(file, tmp_path, file) == [str(file)]


def test_the_output_folder_is_not_read(tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "documents.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert texts(tmp_path, leave_out=out) == [str(tmp_path / "a.txt")]


def test_a_missing_path_and_an_empty_folder_come_back_with_their_problem(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    asked = [str(tmp_path / "empty"), str(tmp_path / "nowhere.pdf")]
    empty, missing = list(local.addresses(asked))
    assert "no documents" in empty.problem.message_en
    assert "không có tài liệu" in empty.problem.message_vi
    assert "no file or folder" in missing.problem.message_en
    assert "đường dẫn" in missing.problem.message_vi


def test_a_file_keeps_its_time_so_that_two_runs_agree(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"abc")
    assert local.fetch(str(file)) == local.fetch(str(file))
    assert local.fetch(str(file)).content == b"abc"


def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(local, "MAX_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    with pytest.raises(LimitExceeded, match="Split it"):
        local.fetch(str(tmp_path / "a.txt"))


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/page":
            body = "<p>1.234 người</p>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Disposition", 'attachment; filename="../bao cao.html"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path == "/big":
            self.send_response(200)
            self.end_headers()
            for _ in range(64):
                self.wfile.write(b"x" * 1024)
        else:
            self.send_error(404)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_with_its_final_address_and_a_harmless_name(site):
    got = web.fetch(f"{site}/moved", allow_private=True)
    assert got.content.decode() == "<p>1.234 người</p>"
    assert got.final_url == f"{site}/page"
    assert got.name == ".._bao cao.html"
    assert got.declared_type == "text/html"


@pytest.mark.parametrize("path", ["/loop", "/missing", "/inside"])
def test_what_cannot_be_had_says_why_and_what_to_do(site, path):
    with pytest.raises(FetchError, match=r"could not be fetched: .+ Open it in a browser"):
        web.fetch(site + path, allow_private=True)


def test_a_body_without_end_is_cut(site, monkeypatch):
    monkeypatch.setattr(web, "MAX_BYTES", 4096)
    with pytest.raises(LimitExceeded):
        web.fetch(f"{site}/big", allow_private=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8080/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://2130706433/",
        "http://10.0.0.1/",
        "ftp://example.org/a.pdf",
        "http:///nothing",
    ],
)
def test_addresses_inside_a_network_are_refused(url):
    with pytest.raises(FetchError):
        web.fetch(url)
