"""Lines and filled boxes of a page's drawing, as pdfium holds them, forms within forms included.

A table's rule may be a stroked line, the side of a stroked box, or a filled box so thin that it
looks like a line; all three come out as a `Rule`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from extractors.pdf import limits
from extractors.pdf.frame import Frame
from extractors.pdf.native import Pointer, direct
from extractors.pdf.objects import Span
from extractors.pdf.segments import run_of_lines, segments
from solieu.model import Box

THIN = 3.0
"""A box no thicker than this is a line."""

_SHORTEST = 0.5
_PLAIN = 6
"""A filled shape of so few segments is a box or a bar."""

_FEW = 24
"""Lines of a path that is no drawing, however they run."""

_SLANTED = 24
"""So many curves and slanted lines in one path, and it is a drawing; the rest is not read."""
_PATH, _TEXT = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
_MOVE, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


_I = ctypes.c_int
_count_objects = direct(pdfium.FPDFPage_CountObjects, _I)
_page_object = direct(pdfium.FPDFPage_GetObject, Pointer)
_type_of = direct(pdfium.FPDFPageObj_GetType, _I)
_count_form = direct(pdfium.FPDFFormObj_CountObjects, _I)
_form_object = direct(pdfium.FPDFFormObj_GetObject, Pointer)
_matrix_of = direct(pdfium.FPDFPageObj_GetMatrix, _I)
_bounds_of = direct(pdfium.FPDFPageObj_GetBounds, _I)
_mode_of = direct(pdfium.FPDFPath_GetDrawMode, _I)
_stroke_of = direct(pdfium.FPDFPageObj_GetStrokeColor, _I)
_fill_of = direct(pdfium.FPDFPageObj_GetFillColor, _I)
_count_segments = direct(pdfium.FPDFPath_CountSegments, _I)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _is_box(xs: Sequence[float], ys: Sequence[float]) -> bool:
    """Whether a run of lines goes round a box, back to where it began."""
    if len(xs) != 5 or xs[0] != xs[4] or ys[0] != ys[4]:
        return False
    ax, bx, cx, dx, _ = xs
    ay, by, cy, dy, _ = ys
    level = ay == by and bx == cx and cy == dy and dx == ax
    return level or (ax == bx and by == cy and cx == dx and dy == ay)


class PathReader:
    """Collects rules and fills; `truncated` says that a limit ended the collecting."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self.across: list[Span] = []
        self.down: list[Span] = []
        self.fills: list[Box] = []
        self.drawn: list[Box] = []
        """Curves and slanted lines: what charts and logos are made of."""
        self.images: list[Box] = []
        self.truncated = False
        self._left = limits.PDF_PAGE_OBJECTS
        self._edges = (ctypes.c_float * 4)()
        self._edges_read = memoryview(self._edges).cast("B").cast("f")
        self._edges_at = [ctypes.byref(self._edges, 4 * n) for n in range(4)]
        self._colour = (ctypes.c_uint * 4)()
        self._colour_read = memoryview(self._colour).cast("B").cast("I")
        self._colour_at = [ctypes.byref(self._colour, 4 * n) for n in range(4)]
        self._mode = (ctypes.c_int * 2)()
        self._mode_read = memoryview(self._mode).cast("B").cast("i")
        self._mode_at = [ctypes.byref(self._mode, 4 * n) for n in range(2)]
        self._own = (ctypes.c_float * 6)()
        self._own_read = memoryview(self._own).cast("B").cast("f")
        self._own_at = ctypes.byref(self._own)

    def read(self, page: Any) -> None:
        for item in map(_page_object, repeat(page), range(_count_objects(page))):
            self._left -= 1
            kind = _type_of(item)
            if kind == _TEXT and self._left >= 0:
                continue
            if self._left < 0 or self.truncated:
                self.truncated = True
                return
            if kind == _PATH:
                self._path(item, _IDENTITY)
            else:
                self._object(item, kind, _IDENTITY, 0)

    def _spent(self) -> bool:
        self._left -= 1
        if self._left < 0:
            self.truncated = True
        return self.truncated

    def _object(self, item: Pointer, kind: int, matrix: Matrix, depth: int) -> None:
        if kind == _PATH:
            self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._image(self._bounds(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < limits.PDF_FORM_DEPTH:
            inner = self._matrix(item, matrix)
            for index in range(max(_count_form(item), 0)):
                if self._spent():
                    return
                part = _form_object(item, ctypes.c_ulong(index))
                self._object(part, _type_of(part), inner, depth + 1)

    def _matrix(self, item: Pointer, outer: Matrix) -> Matrix:
        """The object's own matrix, and then that of what it stands in."""
        if not _matrix_of(item, self._own_at):
            return outer
        a, b, c, d, e, f = self._own_read
        own = (a, b, c, d, e, f)
        return own if outer is _IDENTITY else _times(own, outer)

    def _bounds(self, item: Pointer, matrix: Matrix) -> Box | None:
        if not _bounds_of(item, *self._edges_at):
            return None
        x0, y0, x1, y1 = self._edges_read
        if matrix is not _IDENTITY:
            a, b, c, d, e, f = matrix
            x0, y0, x1, y1 = (
                a * x0 + c * y0 + e,
                b * x0 + d * y0 + f,
                a * x1 + c * y1 + e,
                b * x1 + d * y1 + f,
            )
        left, _, _, upper, turn, scale = self._frame
        if turn:
            return self._frame.box(x0, y0, x1, y1)
        # a page is full of these: written out
        x0, x1 = (x0 - left) * scale, (x1 - left) * scale
        top, bottom = (upper - y1) * scale, (upper - y0) * scale
        if x1 < x0:
            x0, x1 = x1, x0
        return (x0, top, x1, bottom) if top <= bottom else (x0, bottom, x1, top)

    def _image(self, box: Box | None) -> None:
        if box is None:
            return
        x0, top, x1, bottom = box
        if x1 - x0 <= THIN or bottom - top <= THIN:
            self._thin(box)
        else:
            self.images.append(box)

    def _thin(self, box: Box) -> None:
        x0, top, x1, bottom = box
        if x1 - x0 >= bottom - top:
            if x1 - x0 >= _SHORTEST:
                self.across.append(((top + bottom) / 2, x0, x1))
        elif bottom - top >= _SHORTEST:
            self.down.append(((x0 + x1) / 2, top, bottom))

    def _path(self, item: Pointer, matrix: Matrix) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        _mode_of(item, *self._mode_at)
        fill, stroke = self._mode_read
        if not (fill or stroke):
            return
        x0, top, x1, bottom = box
        if x1 - x0 <= THIN or bottom - top <= THIN:
            if (x1 - x0 >= _SHORTEST or bottom - top >= _SHORTEST) and self._visible(
                item, stroked=not fill
            ):
                self._thin(box)
            return
        count = _count_segments(item)
        if count <= _PLAIN and not stroke:
            self.fills.append(box)
            return
        self._left -= count
        if 2 <= count <= self._left:
            self._segments(item, matrix, count, stroked=bool(stroke))

    def _visible(self, item: Pointer, *, stroked: bool) -> bool:
        """False for white and for transparent paint."""
        ask = _stroke_of if stroked else _fill_of
        if not ask(item, *self._colour_at):
            return True
        red, green, blue, alpha = self._colour_read
        return alpha > 8 and (red < 250 or green < 250 or blue < 250)

    def _segments(self, item: Pointer, matrix: Matrix, count: int, *, stroked: bool) -> None:
        run = run_of_lines(item, count) if count <= _FEW else None
        if run is None:
            self._drawing(item, matrix, count, stroked=stroked)
            return
        xs, ys, closed = run
        own, visible = self._matrix(item, matrix), self._visible(item, stroked=stroked)
        if stroked and visible and _is_box(xs, ys) and self._box(xs, ys, own):
            return
        points = self._points(xs, ys, own)
        if closed:
            points.append(points[0])
        self._part(points, curved=False, stroked=stroked, visible=visible)

    def _box(self, xs: Sequence[float], ys: Sequence[float], matrix: Matrix) -> bool:
        """The sides of a stroked box; False where the page shows it turned, or as a line."""
        a, b, c, d, e, f = matrix
        left, _, _, upper, turn, scale = self._frame
        if b or c or turn:
            return False
        x0, x1 = (a * xs[0] + e - left) * scale, (a * xs[2] + e - left) * scale
        top, bottom = (upper - (d * ys[0] + f)) * scale, (upper - (d * ys[2] + f)) * scale
        x0, x1 = (x0, x1) if x0 <= x1 else (x1, x0)
        top, bottom = (top, bottom) if top <= bottom else (bottom, top)
        if x1 - x0 <= THIN or bottom - top <= THIN:
            return False
        self.across += ((top, x0, x1), (bottom, x0, x1))
        self.down += ((x0, top, bottom), (x1, top, bottom))
        return True

    def _points(
        self, xs: Iterable[float], ys: Iterable[float], matrix: Matrix
    ) -> list[tuple[float, float]]:
        """The corners of one connected run of lines, as the page shows them."""
        a, b, c, d, e, f = matrix
        left, _, _, upper, turn, scale = self._frame
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(xs, ys, strict=True)]
        if turn:
            return [self._frame.point(x, y) for x, y in corners]
        return [((x - left) * scale, (upper - y) * scale) for x, y in corners]

    def _drawing(self, item: Pointer, matrix: Matrix, count: int, *, stroked: bool) -> None:
        """A path of several runs, of curves, or of so many lines that it may be a picture."""
        a, b, c, d, e, f = self._matrix(item, matrix)
        left, _, _, upper, turn, scale = self._frame
        part: list[tuple[float, float]] = []
        curved = closed = False
        slanted = 0
        visible = self._visible(item, stroked=stroked)
        for index, (px, py, kind, closes) in enumerate(segments(item, count)):
            if kind == _MOVE and part:
                if closed:
                    part.append(part[0])
                self._part(part, curved=curved, stroked=stroked, visible=visible)
                part, curved = [], False
            x, y = a * px + c * py + e, b * px + d * py + f
            point = self._frame.point(x, y) if turn else ((x - left) * scale, (upper - y) * scale)
            if kind == _LINE:
                before = part[-1] if part else point
                slanted += abs(before[0] - point[0]) > 1.0 and abs(before[1] - point[1]) > 1.0
            elif kind != _MOVE:
                curved = True
                slanted += 1
            if slanted > _SLANTED and slanted > 0.5 * index:
                self.drawn.extend([self._bounds(item, matrix) or (0.0, 0.0, 0.0, 0.0)] * slanted)
                return
            part.append(point)
            closed = bool(closes)
        # pdfium draws the line that closes a part: only its last segment can say that it did
        if part and closed:
            part.append(part[0])
        self._part(part, curved=curved, stroked=stroked, visible=visible)

    def _part(
        self, points: list[tuple[float, float]], *, curved: bool, stroked: bool, visible: bool
    ) -> None:
        """One connected run of a path."""
        if len(points) < 2:
            return
        xs, ys = zip(*points, strict=True)
        box = left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        if curved:
            self.drawn.append(box)
            return
        if right - left <= THIN or bottom - top <= THIN:
            if visible:
                self._thin(box)
        elif stroked and visible:
            self._sides(points)
        elif not stroked and len(points) <= 6:
            self.fills.append(box)
        else:
            self.drawn.append(box)

    def _sides(self, points: list[tuple[float, float]]) -> None:
        """Each line of a run: a rule where it is level or upright."""
        ax, ay = points[0]
        for bx, by in points[1:]:
            x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
            top, bottom = (ay, by) if ay <= by else (by, ay)
            wide, high = x1 - x0, bottom - top
            if high > 1.0 and wide > 1.0:
                self.drawn.append((x0, top, x1, bottom))
            elif wide >= high:
                if wide >= _SHORTEST:
                    self.across.append(((top + bottom) / 2, x0, x1))
            elif high >= _SHORTEST:
                self.down.append(((x0 + x1) / 2, top, bottom))
            ax, ay = bx, by
