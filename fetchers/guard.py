"""Which addresses may be asked at all.

A public page may point inside the network, by an address, by a redirect, or by a name that answers
differently the second time. So a name is resolved once, each of its addresses is judged, and the
connection goes to the very address that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from fetchers.failures import failed, unresolved

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to numeric addresses; raises OSError where there are none."""

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def system_resolve(host: str, port: int) -> list[str]:
    """What the machine's own resolver says, each address once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to the public network.

    >>> is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("203.162.0.181")
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inside is None and ip in _TRANSLATED:
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges addresses; `private_hosts` may lie inside the network, "*" means every host."""

    private_hosts: frozenset[str] = frozenset()
    resolve: Resolve = system_resolve

    def check(self, url: str) -> tuple[str, int]:
        """Host and port of an address that may be asked.

        Raises FetchError for schemes other than http(s) and for numeric addresses inside a network.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise failed(url, "the address is malformed", "địa chỉ sai dạng") from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise failed(
                url, "only http and https addresses are read", "chỉ đọc địa chỉ http và https"
            )
        host = parts.hostname.lower()
        numeric = _numeric(host)
        if numeric and not self._allowed(host, numeric):
            raise _inside(url, host, numeric)
        return host, port or (443 if parts.scheme == "https" else 80)

    def addresses(self, url: str, host: str, port: int) -> list[str]:
        """Where a connection to `host` may go; every answer must be allowed.

        One inside address among public ones refuses the name: that mixture is how rebinding begins.
        """
        try:
            found = list(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise unresolved(url, host) from error
        if not found:
            raise unresolved(url, host)
        for address in found:
            if not self._allowed(host, address):
                raise _inside(url, host, address)
        return found

    def _allowed(self, host: str, address: str) -> bool:
        return "*" in self.private_hosts or host in self.private_hosts or is_public(address)


def _numeric(host: str) -> str | None:
    """The address that a host written as a number stands for: 127.1, 2130706433, 0x7f000001."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    if not any(c.isdigit() for c in host) or not set(host) <= set("0123456789abcdefx."):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def _inside(url: str, host: str, address: str) -> Exception:
    return failed(
        url,
        f"{host} is the inside address {address}, which is refused",
        f"{host} là địa chỉ nội bộ {address}, không được phép",
    )
