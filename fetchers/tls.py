"""Certificates: the usual roots, and missing intermediates fetched and proven.

Many portals send their own certificate without the one that signed it. Browsers fetch that one from
the address which the certificate names (AIA); so does this. What was fetched is used only when the
whole chain proves up to a trusted root for that host: nothing is ever accepted unverified.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fetchers.failures import failed

if TYPE_CHECKING:
    from cryptography import x509

MOST_STEPS = 4
"""Intermediates that may be missing one above the other."""
MOST_BYTES = 64 * 1024

Get = Callable[[str], bytes]
"""Fetches the certificate behind an address that a certificate names."""


def roots_file() -> str:
    """Where the trusted roots are: `SSL_CERT_FILE`, else the ones of certifi."""
    import certifi  # noqa: PLC0415 (only runs that fetch need it)

    return os.environ.get("SSL_CERT_FILE") or certifi.where()


def context(intermediates: Sequence[bytes] = ()) -> ssl.SSLContext:
    """A verifying context; `intermediates` (PEM) complete chains and are no roots."""
    made = ssl.create_default_context(
        cafile=roots_file(), capath=os.environ.get("SSL_CERT_DIR") or None
    )
    if intermediates:
        made.load_verify_locations(cadata=b"\n".join(intermediates).decode("ascii"))
        # Newer Pythons would take a loaded intermediate for a root.
        made.verify_flags &= ~getattr(ssl, "VERIFY_X509_PARTIAL_CHAIN", 0)
    return made


@lru_cache(maxsize=1)
def usual() -> ssl.SSLContext:
    """The context of all hosts that send whole chains; reading the roots takes a while."""
    return context()


@lru_cache(maxsize=1)
def unused() -> ssl.SSLContext:
    """For plain HTTP: verifies against no roots, so nothing could ever pass."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def missing_intermediates(
    url: str, host: str, address: tuple[str, int], get: Get
) -> tuple[bytes, ...]:
    """The intermediates (PEM) that prove the certificate of `host`, which `address` serves.

    Raises FetchError where no chain to a trusted root can be proven.
    """
    from cryptography import x509  # noqa: PLC0415 (only broken portals need it)
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    try:
        leaf = x509.load_der_x509_certificate(_served(url, host, address))
    except ValueError as error:
        reason = f"its certificate cannot be read ({error})"
        raise failed(url, reason, f"không đọc được chứng chỉ ({error})") from error
    found: list[x509.Certificate] = []
    below = leaf
    for _ in range(MOST_STEPS):
        above = _issuer(below, get)
        if above is None:
            break
        found.append(above)
        if _proven(leaf, found, host):
            return tuple(c.public_bytes(Encoding.PEM) for c in found)
        below = above
    raise failed(
        url,
        "its certificate leads to no trusted root; nothing was read",
        "chứng chỉ không dẫn tới gốc tin cậy nào; không đọc gì cả",
    )


def _served(url: str, host: str, address: tuple[str, int]) -> bytes:
    """The certificate that the server shows; the connection carries nothing else."""
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE  # only to see the certificate; no request is sent
    try:
        with (
            socket.create_connection(address, timeout=15) as plain,
            looking.wrap_socket(plain, server_hostname=host) as secure,
        ):
            shown = secure.getpeercert(binary_form=True)
    except OSError as error:
        raise failed(url, f"its certificate cannot be seen ({error})") from error
    if not shown:
        raise failed(url, "it shows no certificate", "không có chứng chỉ")
    return shown


def _issuer(certificate: x509.Certificate, get: Get) -> x509.Certificate | None:
    """The certificate that signed this one, from the address that this one names."""
    from solieu.errors import DocumentError  # noqa: PLC0415

    for address in _issuer_addresses(certificate):
        try:
            candidates = _certificates(get(address))
        except DocumentError:
            continue
        for candidate in candidates:
            if candidate.subject == certificate.issuer:
                return candidate
    return None


def _issuer_addresses(certificate: x509.Certificate) -> list[str]:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509.oid import AuthorityInformationAccessOID as Access  # noqa: PLC0415

    try:
        named = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [
        entry.access_location.value
        for entry in named.value
        if entry.access_method == Access.CA_ISSUERS
        and isinstance(entry.access_location, x509.UniformResourceIdentifier)
        and entry.access_location.value.lower().startswith("http://")
    ]


def _certificates(content: bytes) -> list[x509.Certificate]:
    """One certificate or a bundle, as authorities serve them: DER, PEM or PKCS 7."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import pkcs7  # noqa: PLC0415

    readers: tuple[Callable[[bytes], list[x509.Certificate]], ...] = (
        lambda b: [x509.load_der_x509_certificate(b)],
        x509.load_pem_x509_certificates,
        pkcs7.load_der_pkcs7_certificates,
        pkcs7.load_pem_pkcs7_certificates,
    )
    for read in readers:
        try:
            return read(content)
        except ValueError:
            continue
    return []


def _proven(leaf: x509.Certificate, intermediates: Sequence[x509.Certificate], host: str) -> bool:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.x509 import verification  # noqa: PLC0415

    roots = x509.load_pem_x509_certificates(Path(roots_file()).read_bytes())
    builder = verification.PolicyBuilder().store(verification.Store(roots))
    try:
        subject: x509.IPAddress | x509.DNSName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    try:
        builder.build_server_verifier(subject).verify(leaf, list(intermediates))
    except verification.VerificationError:
        return False
    return True
