"""Bodies as they stream in: unpacked piece by piece, never beyond a limit.

A few hundred kilobytes of gzip can hold gigabytes, so the unpacking itself is bounded and not only
what comes out of it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from fetchers.failures import Transient, failed, too_large

PIECE = 256 * 1024
ACCEPTED = "gzip, deflate"
"""What `unpacked` understands, for the Accept-Encoding header."""


def unpacked(url: str, pieces: Iterable[bytes], encoding: str, limit: int) -> Iterator[bytes]:
    """The body behind `pieces`, in parts of at most `PIECE` bytes for packed ones.

    Raises LimitExceeded beyond `limit` bytes on the wire or unpacked, FetchError for a body that is
    damaged or cut short.
    """
    sent = _limited(url, pieces, limit, unpacked=False)
    names = [
        n for n in (p.strip().lower() for p in encoding.split(",")) if n not in ("", "identity")
    ]
    if not names:
        yield from sent
    elif len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise failed(url, f"the encoding {encoding} is unknown", f"không hiểu kiểu nén {encoding}")
    else:
        yield from _limited(url, _inflated(url, sent, names[0]), limit, unpacked=True)


def _limited(url: str, pieces: Iterable[bytes], limit: int, *, unpacked: bool) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise too_large(url, limit, unpacked=unpacked)
        yield piece


def _inflated(url: str, pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    stream = None
    for piece in pieces:
        rest = piece
        while rest:
            if stream is None or stream.eof:
                # gzip files may follow each other; bytes behind a deflate stream are padding
                rest = rest.lstrip(b"\0") if stream else rest
                if not rest or (stream and name == "deflate"):
                    break
                stream = zlib.decompressobj(_window(name, rest))
            part = _part(url, stream, rest)
            if part:
                yield part
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    if stream is not None:
        yield stream.flush()
        if not stream.eof:
            raise _damaged(url)


def _part(url: str, stream: zlib._Decompress, rest: bytes) -> bytes:
    try:
        return stream.decompress(rest, PIECE)
    except zlib.error as error:
        raise _damaged(url) from error


def _window(name: str, start: bytes) -> int:
    """Servers send "deflate" with the zlib header and without it."""
    if name != "deflate":
        return 16 + zlib.MAX_WBITS
    wrapped = start[0] & 0x0F == 8 and (len(start) < 2 or (start[0] * 256 + start[1]) % 31 == 0)
    return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS


def _damaged(url: str) -> Exception:
    return failed(
        url, "the packed body is damaged or cut short", "nội dung nén bị hỏng hoặc cụt", Transient
    )
