"""A server that forgets its intermediate certificate: completed where the chain proves, or refused."""

import http.server
import ipaddress
import ssl
import threading

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from fetchers import tls
from fetchers.web import Manners, Memory, Web
from solieu.errors import FetchError
from tests.certificates import DAY, NOW, made, pem
from tests.portal import Portal, loopback, send


class Secure(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"secret")
        self.server.answered += 1

    def log_message(self, *args):
        pass


class SecureServer(http.server.ThreadingHTTPServer):
    answered = 0

    def handle_error(self, request, client_address):
        pass


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A root that is trusted, an intermediate that a portal on loopback serves, keys to sign."""

    class World:
        pass

    w = World()
    w.root_key, w.middle_key, w.leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in "rml")
    w.root = made("Root", w.root_key, "Root", w.root_key, ca=True)
    w.middle = made("Middle", w.middle_key, "Root", w.root_key, ca=True)
    roots = tmp_path / "roots.pem"
    roots.write_bytes(pem(w.root))
    monkeypatch.setenv("SSL_CERT_FILE", str(roots))
    tls.usual.cache_clear()
    w.folder = tmp_path
    with Portal() as authority:
        w.authority = authority
        der = w.middle.public_bytes(serialization.Encoding.DER)
        authority.pages["/middle.cer"] = lambda h: send(h, 200, der)
        w.aia = authority.url("/middle.cer", "ca.test")
        w.servers = []
        yield w
        for server, thread in w.servers:
            server.shutdown()
            server.server_close()
            thread.join()
    tls.usual.cache_clear()


def serve(w, leaf, *chain):
    file = w.folder / f"{len(w.servers)}.pem"
    key = w.leaf_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(key + pem(leaf) + b"".join(map(pem, chain)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server = SecureServer(("127.0.0.1", 0), Secure)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    w.servers.append((server, thread))
    return server


def get(server, host="portal.test", private=("portal.test", "ca.test")):
    web, memory = Web(Manners("test"), private_hosts=frozenset(private), resolve=loopback), Memory()
    try:
        web.get(f"https://{host}:{server.server_port}/", memory)
    finally:
        web.close()
    return memory.content


def leaf(w, host="portal.test", key=None, issuer="Middle", **more):
    return made(host, w.leaf_key, issuer, key or w.middle_key, host=host, **{"aia": w.aia, **more})


def test_a_whole_chain_needs_nothing(world):
    assert get(serve(world, leaf(world), world.middle)) == b"secret"
    assert world.authority.asked == []


def test_a_missing_intermediate_is_fetched_and_proven(world):
    assert get(serve(world, leaf(world))) == b"secret"
    assert world.authority.paths() == ["/middle.cer"]


def test_the_intermediate_may_come_as_pem_or_in_a_bundle(world):
    for content in (
        pem(world.middle),
        pkcs7.serialize_certificates([world.root, world.middle], serialization.Encoding.DER),
    ):
        world.authority.pages["/middle.cer"] = lambda h, c=content: send(h, 200, c)
        assert get(serve(world, leaf(world))) == b"secret"


def test_two_missing_intermediates(world):
    low_key = ec.generate_private_key(ec.SECP256R1())
    low = made("Low", low_key, "Middle", world.middle_key, ca=True, aia=world.aia)
    world.authority.pages["/low.cer"] = lambda h: send(h, 200, pem(low))
    served = leaf(world, key=low_key, issuer="Low", aia=world.authority.url("/low.cer", "ca.test"))
    assert get(serve(world, served)) == b"secret"


def strangers(world):
    key = ec.generate_private_key(ec.SECP256R1())
    false_root = made("Root", key, "Root", key, ca=True)
    false = made("Middle", key, "Root", key, ca=True)
    return key, false_root, false


@pytest.mark.parametrize(
    "case", ["unknown root", "other host", "expired", "no aia", "self-signed", "garbage", "inside"]
)
def test_what_cannot_be_proven_is_refused_and_nothing_is_asked(world, case):
    host, private = "portal.test", ["portal.test", "ca.test"]
    served = leaf(world)
    if case == "unknown root":
        key, _, false = strangers(world)
        world.authority.pages["/middle.cer"] = lambda h: send(h, 200, pem(false))
        served = leaf(world, key=key)
    elif case == "other host":
        served = leaf(world, host="elsewhere.test")
    elif case == "expired":
        served = leaf(world, end=NOW - DAY)
    elif case == "no aia":
        served = leaf(world, aia=None)
    elif case == "self-signed":
        served = leaf(world, key=world.leaf_key, issuer="portal.test")
    elif case == "garbage":
        world.authority.pages["/middle.cer"] = b"<html>"
    else:
        private.remove("ca.test")
    server = serve(world, served)
    with pytest.raises(FetchError, match="certificate"):
        get(server, host, private)
    assert server.answered == 0


def test_an_intermediate_is_no_root(world):
    """What completes one host's chain is not trusted to end a chain."""
    context = tls.context([pem(world.middle)])
    flag = getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0)
    assert not context.verify_flags & flag
    assert ipaddress.ip_address("127.0.0.1").is_loopback
