"""A real web server: weak validators under gzip, HTTP/2; skipped where nginx is not installed."""

import os
import shutil
import socket
import subprocess
import time

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from fetchers import tls
from tests.certificates import made, pem
from tests.portal import Nights, html, loopback

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/opt/homebrew/bin")
pytestmark = pytest.mark.skipif(
    NGINX is None and not os.environ.get("SOLIEU_NOTHING_SKIPPED"),
    reason="nginx is not installed",
)

CONFIGURATION = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log {folder}/access.log combined;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  types {{ text/html html; }}
  gzip on; gzip_min_length 1; gzip_types *;
  server {{ listen 127.0.0.1:{plain}; root {folder}/site; }}
  server {{ listen 127.0.0.1:{secure} ssl http2; root {folder}/site;
    ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.pem; }}
}}
"""


def free_ports():
    with socket.create_server(("127.0.0.1", 0)) as a, socket.create_server(("127.0.0.1", 0)) as b:
        return a.getsockname()[1], b.getsockname()[1]


@pytest.fixture
def nginx(tmp_path, monkeypatch):
    folder = tmp_path / "nginx"
    site = folder / "site"
    site.mkdir(parents=True)
    (site / "tin.html").write_bytes(html("Tin", '<a class="t" href="/1.html">Tin</a>' * 20))
    (site / "1.html").write_bytes(html("1", "<p>Số người: 1.234 người</p>" + "nội dung " * 500))
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = made("Root", root_key, "Root", root_key, ca=True)
    leaf = made("portal.test", key, "Root", root_key, host="portal.test")
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "server.pem").write_bytes(private + pem(leaf))
    (folder / "root.pem").write_bytes(pem(root))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "root.pem"))
    tls.usual.cache_clear()
    plain, secure = free_ports()
    text = CONFIGURATION.format(folder=folder, plain=plain, secure=secure)
    (folder / "nginx.conf").write_text(text)
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", plain)) == 0:
                break
        time.sleep(0.05)
    yield folder, plain, secure
    process.terminate()
    process.wait()
    tls.usual.cache_clear()


@pytest.mark.parametrize(("scheme", "protocol"), [("http", "HTTP/1.1"), ("https", "HTTP/2.0")])
def test_two_nights_over_a_real_server(nginx, tmp_path, scheme, protocol):
    folder, plain, secure = nginx
    port = secure if scheme == "https" else plain
    text = f"""
[defaults]
delay_seconds = 0
allow_private = true
[[source]]
name = "a"
start = "{scheme}://portal.test:{port}/tin.html"
kind = "listing"
follow = "a.t"
"""
    nights = Nights(tmp_path, text, resolve=loopback)
    assert not nights.run().failed
    made_ = nights.run()
    asked = made_.facts["requests"]
    assert (asked["conditional"], asked["not_modified"], asked["bodies"]) == (2, 2, 0)
    assert [o["value"] for o in nights.table("observations")] == [1234]
    lines = (folder / "access.log").read_text().splitlines()
    assert lines
    assert all(protocol in line for line in lines)
    (folder / "site" / "1.html").write_bytes(html("1", "<p>Số người: 1.243 người</p>"))
    assert nights.run().changes["revised_figure"] == 1
