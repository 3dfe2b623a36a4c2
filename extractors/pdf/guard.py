"""Forms that draw forms: how many drawings a page unfolds to is counted before any is unfolded.

pdfium unfolds them all while it loads a page, and a file of a few hundred bytes can make it ask for
more memory than there is. So the forms of a file are counted from its bytes first.
"""

from __future__ import annotations

import re
import zlib

from extractors.pdf import limits
from solieu.errors import LimitExceeded

_FORM = re.compile(rb"/Subtype\s*/Form\b")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_DRAW = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
_REFERENCE = re.compile(rb"/([^\s/<>\[\]()%]+)\s+(\d+)\s+\d+\s+R\b")
_RESOURCES = re.compile(rb"/(?:Resources|XObject)\s+(\d+)\s+\d+\s+R\b")
_HEAD = 8192
"""Bytes before and after the mark of a form in which its dictionary lies."""

_UNPACKED = 1 << 20


def check_forms(content: bytes) -> None:
    """Raise `LimitExceeded` where forms inside forms unfold to too many drawings."""
    if b"/Form" not in content:
        return
    drawn = {number: children for number, children in _forms(content).items() if children}
    sizes: dict[int, int] = {}
    for number in drawn:
        if _unfolded(number, drawn, sizes) > limits.PDF_FORM_DRAWINGS:
            raise LimitExceeded(
                "The PDF draws forms inside forms without end; it is damaged or hostile and was "
                "not opened. Print it to a new PDF and read that.",
                "Tệp PDF chứa các khối vẽ lồng nhau vô hạn, bị hỏng hoặc cố ý gây hại nên không "
                "mở. Hãy in ra tệp PDF mới rồi đọc lại.",
            )


def _unfolded(start: int, drawn: dict[int, list[int]], sizes: dict[int, int]) -> int:
    """Drawings a form stands for; one that draws itself counts without end if it also branches."""
    stack = [start]
    open_: set[int] = set()
    while stack:
        number = stack[-1]
        if number in sizes:
            stack.pop()
            continue
        waiting = [c for c in drawn.get(number, ()) if c not in sizes and c not in open_]
        if waiting and number not in open_:
            open_.add(number)
            stack.extend(waiting)
            continue
        open_.discard(number)
        children = drawn.get(number, [])
        again = any(c not in sizes for c in children)
        size = 1 + sum(sizes.get(c, 1) for c in children)
        if again and len(children) > 1:
            size = limits.PDF_FORM_DRAWINGS + 1
        sizes[number] = min(size, limits.PDF_FORM_DRAWINGS + 1)
        stack.pop()
    return sizes[start]


def _forms(content: bytes) -> dict[int, list[int]]:
    """Object number of each form to those of the forms it draws, as often as it draws them."""
    found: dict[int, tuple[dict[bytes, int], list[bytes]]] = {}
    for mark in _FORM.finditer(content):
        low = max(0, mark.start() - _HEAD)
        starts = list(_OBJECT.finditer(content, low, mark.start()))
        if not starts or len(found) >= limits.PDF_FORMS:
            continue
        start = starts[-1]
        body = content.find(b"stream", mark.end(), mark.end() + _HEAD)
        if body < 0:
            continue
        head = content[start.end() : body]
        names = dict(_references(head))
        for other in _RESOURCES.findall(head):
            names.update(_references(_object_head(content, other)))
        found[int(start[1])] = (names, _draws(content, body))
    return {
        number: [names[name] for name in draws if names.get(name) in found]
        for number, (names, draws) in found.items()
    }


def _references(head: bytes) -> list[tuple[bytes, int]]:
    return [(name, int(number)) for name, number in _REFERENCE.findall(head)]


def _object_head(content: bytes, number: bytes) -> bytes:
    match = re.search(rb"(?<!\d)" + number + rb"\s+\d+\s+obj\b", content)
    return content[match.end() : match.end() + _HEAD].split(b"endobj")[0] if match else b""


def _draws(content: bytes, body: int) -> list[bytes]:
    """The names that a form's stream draws."""
    start = body + len(b"stream")
    start += 2 if content[start : start + 2] == b"\r\n" else 1
    end = content.find(b"endstream", start)
    raw = content[start : end if end >= 0 else start + _UNPACKED]
    try:
        raw = zlib.decompressobj().decompress(raw, _UNPACKED)
    except zlib.error:
        raw = raw[:_UNPACKED]
    return _DRAW.findall(raw)
