"""The segments of a path in one look, where pdfium holds them side by side.

pdfium tells of a segment with three calls. What it hands out as a segment is the address of a place
in a row of places, each with a point, a kind and whether it ends a figure. Whether that is so, and
in which order, is asked once of a path made for it, by the functions that tell of segments: where
anything differs, or the first and the last address lie otherwise, those functions are called.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from functools import lru_cache
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium

from extractors.pdf.native import direct

Segment = tuple[float, float, int, int]
"""Its point, its kind, and whether it ends a figure."""

_I = ctypes.c_int
_PLACE = Struct("ffBBxx")
_address = direct(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p)
_kind = direct(pdfium.FPDFPathSegment_GetType, _I)
_point = direct(pdfium.FPDFPathSegment_GetPoint, _I)
_close = direct(pdfium.FPDFPathSegment_GetClose, _I)


def segments(item: Any, count: int) -> Iterable[Segment]:
    """The segments of a path, of which there is at least one."""
    first = _address(item, 0)
    if first and _address(item, count - 1) == first + _PLACE.size * (count - 1) and _known():
        return _PLACE.iter_unpack(ctypes.string_at(first, _PLACE.size * count))  # type: ignore[return-value]
    return _told(item, count)


def _told(item: Any, count: int) -> Iterator[Segment]:
    """The same as its functions tell it."""
    x, y = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.byref(x), ctypes.byref(y)
    for index in range(count):
        segment = ctypes.c_void_p(_address(item, index))
        _point(segment, x_at, y_at)
        yield x.value, y.value, _kind(segment), _close(segment)


@lru_cache(maxsize=1)
def _known() -> bool:
    """Whether a path lies in memory as its functions tell it."""
    path = pdfium.FPDFPageObj_CreateNewPath(1.5, -2.25)
    try:
        pdfium.FPDFPath_LineTo(path, 40.125, 7.0)
        pdfium.FPDFPath_BezierTo(path, 3.0, 1e-3, 5.5, 6.5, -8.75, 1e6)
        pdfium.FPDFPath_Close(path)
        pdfium.FPDFPath_MoveTo(path, 0.0, 9.0)
        pdfium.FPDFPath_LineTo(path, 11.0, 12.0)
        return _lies_so(path, pdfium.FPDFPath_CountSegments(path))
    finally:
        pdfium.FPDFPageObj_Destroy(path)


def _lies_so(path: Any, count: int) -> bool:
    """Whether the places of a path's segments hold what its functions tell."""
    addresses = [_address(path, index) for index in range(count)]
    if not addresses or addresses != [addresses[0] + n * _PLACE.size for n in range(count)]:
        return False
    held = _PLACE.iter_unpack(ctypes.string_at(addresses[0], _PLACE.size * count))
    return [*held] == [*_told(path, count)]
