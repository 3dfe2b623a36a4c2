"""Addresses as they are compared: one spelling for what is one page."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:=&?~#+!$,;'@()*[]"


def canonical(link: str, base: str = "") -> str | None:
    """The full address of a link on the page `base`; None for what is no web address.

    Fragment, session ids and the default port are dropped, letters outside ASCII are encoded.

    >>> canonical("Tin.aspx?ItemID=7#top", "https://Example.org:443/Pages/")
    'https://example.org/Pages/Tin.aspx?ItemID=7'
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    host = _ascii(parts.hostname)
    if host is None:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = quote(_SESSION.sub("", parts.path), safe=_SAFE) or "/"
    return urlunsplit((parts.scheme, host, path, quote(parts.query, safe=_SAFE), ""))


def _ascii(host: str) -> str | None:
    try:
        return host.lower() if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def host_of(address: str) -> str:
    """The host name without port, in lower case; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def origin_of(address: str) -> str:
    """Scheme, host and port: what one robots.txt and one connection are for."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"
