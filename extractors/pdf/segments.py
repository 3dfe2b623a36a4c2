"""The segments of a path in one look, where pdfium holds them side by side.

pdfium tells of a segment with three calls. What it hands out as a segment is the address of a place
in a row of places, each with a point, a kind and whether it ends a figure. Whether that is so, and
in which order, is asked once of a path made for it, by the functions that tell of segments: where
anything differs, or the first and the last address lie otherwise, those functions are called.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from struct import Struct
from typing import Any, cast

import pypdfium2.raw as pdfium

from extractors.pdf.native import direct

Segment = tuple[float, float, int, int]
"""Its point, its kind, and whether it ends a figure."""

Run = tuple[tuple[float, ...], tuple[float, ...], bool]
"""The corners of one run of lines, left to right and upwards, and whether it is closed."""

_I = ctypes.c_int
_MOVE, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO
_PLACE = Struct("ffBBxx")
_address = direct(pdfium.FPDFPath_GetPathSegment, ctypes.c_void_p)
_kind = direct(pdfium.FPDFPathSegment_GetType, _I)
_point = direct(pdfium.FPDFPathSegment_GetPoint, _I)
_close = direct(pdfium.FPDFPathSegment_GetClose, _I)


def segments(item: Any, count: int) -> Iterable[Segment]:
    """The segments of a path, of which there is at least one."""
    first = _first(item, count)
    if first is None:
        return _told(item, count)
    held = ctypes.string_at(first, _PLACE.size * count)
    return cast("Iterable[Segment]", _PLACE.iter_unpack(held))


def run_of_lines(item: Any, count: int) -> Run | None:
    """The corners of a short path that is one run of lines; None for all others."""
    first = _first(item, count)
    row, unpack, kinds = _places(count)
    held = chain.from_iterable(_told(item, count)) if first is None else unpack(row(first))
    told = tuple(held)
    return (told[::4], told[1::4], bool(told[-1])) if told[2::4] == kinds else None


def _first(item: Any, count: int) -> int | None:
    """The address of the first segment, where all lie behind it as is known."""
    first: int | None = _address(item, 0)
    if not first or _address(item, count - 1) != first + _PLACE.size * (count - 1):
        return None
    return first if _known() else None


@lru_cache(maxsize=64)
def _places(count: int) -> tuple[Any, Callable[[Any], tuple[Any, ...]], tuple[int, ...]]:
    """So many places at an address, their contents, and the kinds of one run of lines."""
    row = (ctypes.c_char * (_PLACE.size * count)).from_address
    return row, Struct(_PLACE.format * count).unpack, (_MOVE, *(_LINE,) * (count - 1))


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
