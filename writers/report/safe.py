"""Text of a stranger inside a page of ours: it stays text.

A document may hold script tags, event handlers, letters that turn the reading direction, and
formulas that a spreadsheet would run. Nothing of it is ever written as markup: it travels as JSON,
and the page sets it as text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from solieu.text import encodable

# "<" could close the script element, the two separators end a line in older JavaScript.
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}

_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_SHOWN = {point: f"⟦U+{point:04X}⟧" for point in _TURNING}


def script_json(value: Any) -> str:
    r"""JSON that may stand inside a script element or a script file.

    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _escaped(encodable(text))


def visible(text: str) -> str:
    r"""The text with letters that turn the reading direction shown by their code.

    >>> visible("12\u202e34")
    '12⟦U+202E⟧34'
    """
    return text.translate(_SHOWN)


def hash_source(text: str) -> str:
    """What a Content-Security-Policy calls this inline script or style."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _escaped(text: str) -> str:
    """Letter by letter with `replace`, which takes a tenth of the time of `translate`."""
    for letter, escape in _ESCAPES.items():
        text = text.replace(letter, escape)
    return text
