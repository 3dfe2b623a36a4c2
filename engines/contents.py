"""Extracted contents as bytes: reading a PDF again costs a hundred times more than keeping this.

They are pickled, so only the few harmless classes a content is made of are let in: an output
folder that came from elsewhere must not be able to run code.
"""

from __future__ import annotations

import datetime
import decimal
import io
import pickle
import zlib

import solieu.model
from solieu.model import Content

_CLASSES = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        solieu.model.Content,
        solieu.model.Passage,
        solieu.model.Grid,
        solieu.model.Cell,
        solieu.model.Notice,
        decimal.Decimal,
        datetime.date,
    )
}
_LEVEL = 1
"""Higher levels take longer than they save."""


def to_bytes(content: Content) -> bytes:
    """The content, compressed."""
    return zlib.compress(pickle.dumps(content, protocol=5), _LEVEL)


def from_bytes(data: bytes) -> Content:
    """What `to_bytes` was given.

    Raises:
        pickle.UnpicklingError: it holds anything else.
    """
    content = _Unpickler(io.BytesIO(zlib.decompress(data))).load()
    if not isinstance(content, Content):
        raise pickle.UnpicklingError(f"holds {type(content).__name__} and no content")
    return content


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a content") from None
