"""Extracted contents as bytes: reading a PDF again costs a hundred times more than keeping this.

They are pickled, so only the few harmless classes a content is made of are let in: an output
folder that came from elsewhere must not be able to run code.
"""

from __future__ import annotations

import datetime as dt
import decimal
import io
import pickle
import time
import zlib

import extractors
import solieu.model
from engines.cache import Cache, key_of
from solieu.model import Content, SourceDocument

_CLASSES = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        solieu.model.Content,
        solieu.model.Passage,
        solieu.model.Grid,
        solieu.model.Cell,
        solieu.model.Notice,
        decimal.Decimal,
        dt.date,
    )
}
_LEVEL = 1
"""Higher levels take longer than they save."""


SLOW = 0.05
"""Seconds of extraction from which a content is worth its disk space."""


def extracted(document: SourceDocument, cache: Cache | None) -> Content:
    """What is in a document; as kept, where reading it took long the last time.

    Raises:
        DocumentError: it cannot be read.
    """
    shelf = cache.contents if cache else None
    if shelf is None:
        return extractors.extract(document)
    key = key_of(document.digest, document.name)
    if (kept := shelf.get(key)) is not None:
        return from_bytes(kept)
    begun = time.perf_counter()
    content = extractors.extract(document)
    if time.perf_counter() - begun > SLOW:
        shelf.put(key, to_bytes(content))
    return content


def to_bytes(content: Content) -> bytes:
    """The content, compressed."""
    return zlib.compress(pickle.dumps(content, protocol=5), _LEVEL)


def from_bytes(data: bytes) -> Content:
    """What `to_bytes` was given.

    Raises:
        pickle.UnpicklingError: it holds anything else.
    """
    content: object = _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    if not isinstance(content, Content):
        raise pickle.UnpicklingError(f"holds {type(content).__name__} and no content")
    return content


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a content") from None
