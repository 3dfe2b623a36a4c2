"""The letters of a page as pdfium holds them, made into words: two or three calls a word.

pdfium decides where words end (it knows every glyph's advance); this file asks only for where a
word's first character stands and its last one ends, which is a third of the cost of asking for all.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractors.pdf import limits
from extractors.pdf.frame import Frame
from extractors.pdf.native import Pointer, direct
from extractors.pdf.objects import Rule, Word, rules_between
from solieu.model import Box

_WORDS = re.compile(r"[^\s\u0000\u0002\ufffe]+[\u0002\ufffe]?")
_LEADERS = re.compile(r"[.…_·]{4,}|(?:(?![.…_·]{4})[^\s\u0000\u0002\ufffe])+[\u0002\ufffe]?")
_RUNS_ON = 0.15
"""Of its size: letters of one word that stand no further apart."""
_BROAD = 0.62
"""Letters broader than this part of their size on average: perhaps two words without a blank."""

_MARK_ENDS = frozenset("0123456789*†‡)")
"""What a word with a raised mark ends in; a letter as mark is set apart by most files."""

SMALL_PRINT = 5.0
"""Letters below this size are magnified before tables are looked for."""

_HAS_LEADER = re.compile(r"[.…_·]{4}")
_SYMBOLS = re.compile("[\ue000-\uf8ff]")
_ASCII_SIGNS = frozenset(chr(0xF000 + ord(c)) for c in "%()+,-./0123456789:<=>")
_LOOKED_AT = 60
"""Blanks of a page, at most, that are asked whether the file prints them."""
_LEAST_FIGURES = 0.03
"""Of a page's characters: digits of a page that may have a table."""
_CHECKS = 3
"""Words of each font on a page that are asked whether their letters have a meaning."""
_HYPHENS = "\u0002\ufffe"
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[,-]b(?:d|i)?$", re.IGNORECASE)


_made = tuple.__new__

_text_object = direct(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_loose_box = direct(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_origin = direct(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
_map_error = direct(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_char_index = direct(pdfium.FPDFText_GetCharIndexFromTextIndex, ctypes.c_int)
_font_size = direct(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_generated = direct(pdfium.FPDFText_IsGenerated, ctypes.c_int)
_matrix = direct(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_font_of = direct(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)


class _Style(NamedTuple):
    size: float
    font: str
    bold: bool
    angle: int


_Piece = tuple[str, int, int]
"""A word's letters, and the numbers of the first and the last of them."""


class PageText:
    """The characters of one loaded page."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self._page = pdfium.FPDFText_LoadPage(page)
        self.frame = frame
        self._styles: dict[int | None, _Style] = {}
        self._looks: dict[tuple[float, ...], _Style] = {}
        self._checks: dict[str, int] = {}
        self._checked: set[str] = set()
        self._said: tuple[str, bool] | None = None
        self.unmapped: set[str] = set()
        self.truncated = False
        self._rect = pdfium.FS_RECTF()
        self._rect_at = ctypes.byref(self._rect)
        self._rect_read = memoryview(self._rect).cast("B").cast("f")
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._x_at, self._y_at = ctypes.byref(self._x), ctypes.byref(self._y)
        self._x_read = memoryview(self._x).cast("B").cast("d")
        self._y_read = memoryview(self._y).cast("B").cast("d")
        self._object: int | None = None
        self._raw = ""
        self._signs = False
        self._places = 1
        self._blanks: frozenset[str] = frozenset()
        self._fonts: dict[int, tuple[str, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)

    def usual_size(self) -> float:
        """The letter size of most of the page, from a sample of its characters.

        One of the larger sizes where most are no small print.
        """
        if not self._page:
            return 0.0
        text, indexed = self._text()
        # blanks that pdfium adds belong to no text object and have no size
        starts = [n for n in range(0, len(text), max(1, len(text) // 60)) if text[n] > " "]
        sizes: list[float] = []
        large = 0
        for n in starts:
            size = self._style(n if indexed else max(self._index(n), 0)).size
            sizes.append(size)
            large += size >= SMALL_PRINT
            if 2 * large > len(starts):
                return size  # whatever the others are, this is no page of small print
        return median(sizes) if sizes else 0.0

    def close(self) -> None:
        if self._page:
            pdfium.FPDFText_ClosePage(self._page)

    def words(self, down: list[Rule]) -> list[Word]:
        """Words in the file's order, split where an upright rule runs through them."""
        if not self._page:
            return []
        text, indexed = self._text()
        self._raw = text
        self._blanks = self._printed_blanks(text) if indexed else frozenset()
        self._signs = _SYMBOLS.search(text) is not None
        pieces: Iterable[_Piece] = _printed(text)
        if any(sign in text for sign in _HYPHENS):
            pieces = [(_hyphened(word), first, last) for word, first, last in pieces]
        return self._set(pieces if indexed else self._numbered(pieces), down)

    def _numbered(self, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
        """The same with pdfium's character numbers where these are not the text's offsets."""
        for word, start, end in pieces:
            first, last = self._index(start), self._index(end)
            if 0 <= first <= last:
                yield word, first, last

    def _parts(self, word: Word, first: int, last: int, down: Sequence[Rule]) -> Sequence[Word]:
        """The word, without a mark that ends it, or in pieces where a rule runs through it."""
        if word.text[-1] in _MARK_ENDS:
            raised = self._raised(word, first, last)
            if raised is not None:
                return raised
        crossed = _crossed(word, down)
        if crossed or word.x1 - word.x0 > _BROAD * word.size * len(word.text):
            return self._pieces(word, first, down if crossed else ())
        return (word,)

    def _text(self) -> tuple[str, bool]:
        """The page's text, and whether its offsets are pdfium's character numbers."""
        if self._said is None:
            self._said = self._asked()
        return self._said

    def _asked(self) -> tuple[str, bool]:
        count = pdfium.FPDFText_CountChars(self._page)
        if count > limits.PDF_PAGE_CHARACTERS:
            count, self.truncated = limits.PDF_PAGE_CHARACTERS, True
        if count <= 0:
            return "", True
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, count, buffer)
        raw = bytes(memoryview(buffer).cast("B")[: 2 * max(written - 1, 0)])
        text = raw.decode("utf-16-le", "replace")  # fonts may map letters to halves of one
        return text, len(text) == count

    def _printed_blanks(self, text: str) -> frozenset[str]:
        """The fonts in which the file prints blanks, and does not leave them as distance.

        None of them where the page has too few figures for a table.
        """
        if sum(map(text.count, "0123456789")) < _LEAST_FIGURES * len(text):
            return frozenset()
        step = max(1, len(text) // _LOOKED_AT)
        looked_at = {text.find(" ", n) for n in range(0, len(text), step)} - {-1}
        printed = [n for n in looked_at if _generated(self._page, n) == 0]
        return frozenset(self._style(n).font for n in printed)

    def _index(self, offset: int) -> int:
        return int(_char_index(self._page, offset))

    def _set(self, pieces: Iterable[_Piece], down: Sequence[Rule] | None) -> list[Word]:
        """Each word where it stands; what only a new text object can change is asked of those.

        Cut where rules run through it and before marks, or as it is where `down` is None.
        """
        page, frame, checked = self._page, self.frame, self._checked
        left, upper, scale = frame.left, frame.top, frame.scale
        x_at, y_at, rect_at = self._x_at, self._y_at, self._rect_at
        x_read, y_read, rect_read = self._x_read, self._y_read, self._rect_read
        cuts = [rule.at for rule in down or ()]
        found: list[Word] = []
        style: _Style | None = None
        for text, first, last in pieces:
            handle = _text_object(page, first)
            if style is None or handle != self._object:
                style, size, odd, place = self._begun(handle, first)
                _, font, bold, _ = style
            if font not in checked:
                self._check_mapping(font, first)
            # the origin of the first letter and the far end of the last: two calls a word
            _origin(page, first, x_at, y_at)
            _loose_box(page, last, rect_at)
            x0, x1 = (x_read[0] - left) * scale, (rect_read[2] - left) * scale
            if x1 < x0:
                x0, x1 = x1, x0
            # Fonts lie about their ascent; the size and the base line do not.
            base = (upper - y_read[0]) * scale
            top, bottom = base - 0.8 * size, base + 0.2 * size
            # every field, in the order that `Word` has them
            word = _made(Word, (text, x0, top, x1, bottom, size, font, bold, 0, 1.0, place))
            if odd:
                word = self._odd(word, first, last, style)
            elif not (
                x1 - x0 > _BROAD * size * len(text)
                or text[-1] in _MARK_ENDS
                or (cuts and bisect_left(cuts, x0 + 1.5) < bisect_right(cuts, x1 - 1.5))
            ):
                found.append(word)
                continue
            if down is not None and self._divisible(word, last, cuts):
                found += self._parts(word, first, last, down)
                style = None  # marks are set by themselves, and are of other places
            else:
                found.append(word)
        return found

    def _divisible(self, word: Word, last: int, cuts: Sequence[float]) -> bool:
        """Whether a word may be several: too broad, ended by a mark, or over a rule."""
        text, x0, x1 = word.text, word.x0, word.x1
        return len(text) > 1 and (
            x1 - x0 > _BROAD * word.size * len(text)
            or (text[-1] in _MARK_ENDS and _text_object(self._page, last) != self._object)
            or (bool(cuts) and bisect_left(cuts, x0 + 1.5) < bisect_right(cuts, x1 - 1.5))
        )

    def _word(self, text: str, first: int, last: int) -> Word:
        return self._set([(text, first, last)], None)[0]

    def _begun(self, handle: int | None, first: int) -> tuple[_Style, float, bool, int]:
        """The style of a text object, its size as shown, whether it is an odd one, its place."""
        if handle != self._object:
            self._begin(handle, first)
        style = self._styles.get(handle) or self._styled(handle, first)
        size, font, _, angle = style
        odd = bool(angle or size <= 0 or self.frame.turn or self._signs)
        return style, size * self.frame.scale, odd, self._places if font in self._blanks else 0

    def _begin(self, handle: int | None, first: int) -> None:
        """Another text object: another place, where it stands after a distance."""
        self._object = handle
        if self._blanks:
            sign = self._raw[first - 1]
            # the end of a line stands for a distance always, a blank where it is not printed
            if sign == "\n" or (sign == " " and _generated(self._page, first - 1) == 1):
                self._places += 1

    def _odd(self, word: Word, first: int, last: int, style: _Style) -> Word:
        """A word whose letters are turned or without a size, or may be signs."""
        if style.angle or style.size <= 0 or self.frame.turn:
            word = self._turned_word(word.text, first, last, style, word.place)
        return _without_symbols(word) if self._signs else word

    def _turned_word(self, text: str, first: int, last: int, style: _Style, place: int) -> Word:
        x0, y0, x1, y1 = self._box(first)
        if last != first:
            a, b, c, d = self._box(last)
            x0, y0, x1, y1 = min(x0, a), min(y0, b), max(x1, c), max(y1, d)
        letters = style.size * self.frame.scale
        if letters > 0:
            x0, y0, x1, y1 = _on_base((x0, y0, x1, y1), self._origin(first), letters, style.angle)
        size = letters or y1 - y0
        return Word(text, x0, y0, x1, y1, size, style.font, style.bold, style.angle, place=place)

    def _box(self, index: int) -> tuple[float, float, float, float]:
        _loose_box(self._page, index, self._rect_at)
        rect, frame = self._rect, self.frame
        if frame.turn == 0 and frame.scale == 1.0:
            left, top = frame.left, frame.top
            return rect.left - left, top - rect.top, rect.right - left, top - rect.bottom
        return frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def _sides(self, index: int) -> tuple[float, float]:
        """The left and the right edge of a character's box."""
        left, _, _, _, turn, scale = self.frame
        if turn or scale != 1.0:
            x0, _, x1, _ = self._box(index)
            return x0, x1
        _loose_box(self._page, index, self._rect_at)
        return self._rect.left - left, self._rect.right - left

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a letter stands on its base line."""
        _origin(self._page, index, self._x_at, self._y_at)
        return self.frame.point(self._x.value, self._y.value)

    def _style(self, index: int) -> _Style:
        handle = _text_object(self._page, index)
        return self._styles.get(handle) or self._styled(handle, index)

    def _styled(self, handle: int | None, index: int) -> _Style:
        style = self._styles[handle] = self._new_style(handle, index)
        return style

    def _new_style(self, handle: int | None, index: int) -> _Style:
        if not handle:
            return _Style(_font_size(self._page, index), font="", bold=False, angle=0)
        matrix = self._matrix
        _matrix(self._page, index, self._matrix_at)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        font, size = _font_of(Pointer(handle)), _font_size(self._page, index)
        look = (font or 0, size, a, b, c, d)
        style = self._looks.get(look)
        if style is None:
            turned = -math.degrees(math.atan2(b, a)) + self.frame.turn
            name, bold = self._font(font)
            size *= math.hypot(c, d) or 1.0
            style = self._looks[look] = _Style(size, name, bold, round(turned / 90) * 90 % 360)
        return style

    def _font(self, font: int | None) -> tuple[str, bool]:
        """Its name, and whether it is bold."""
        if not font:
            return "", False
        known = self._fonts.get(font)
        if known is None:
            pointer = ctypes.cast(font, pdfium.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(pointer, buffer, 256)
            name = buffer.value.decode("utf-8", "replace")
            heavy = int(pdfium.FPDFFont_GetWeight(pointer)) >= 600
            known = self._fonts[font] = (name, heavy or _BOLD_NAME.search(name) is not None)
        return known

    def _check_mapping(self, font: str, index: int) -> None:
        """Whether a font's characters have a meaning, asked of its first words."""
        self._checks[font] = self._checks.get(font, 0) + 1
        if self._checks[font] == _CHECKS:
            self._checked.add(font)
        if _map_error(self._page, index) == 1:
            self.unmapped.add(font)

    def _raised(self, word: Word, first: int, last: int) -> list[Word] | None:
        """A word and the smaller, higher mark that ends it without a blank, as two words."""
        if _text_object(self._page, last) == self._object:
            return None
        usual = self._style(first).size
        if self._style(last).size > 0.8 * usual:
            return None
        cut = last
        while cut - 1 > first and self._style(cut - 1).size <= 0.8 * usual:
            cut -= 1
        mark = self._word(word.text[cut - first :], cut, last)
        if mark.base > word.base - 0.1 * word.size:
            return None
        return [self._word(word.text[: cut - first], first, cut - 1), mark]

    def _pieces(self, word: Word, first: int, down: Sequence[Rule]) -> list[Word]:
        """The word cut where its letters stand far apart or a rule runs between them.

        A name too long for its cell runs over the rule: its letters stay together. Figures are
        cut, for two of them may be set that close.
        """
        cuts = [r.at for r in down if r.start <= word.base - 0.3 * word.size <= r.end]
        if not cuts and self._close_set(word, first):
            return [word]
        found: list[Word] = []
        start, x0, x1 = 0, word.x0, word.x0
        over: list[float] = []
        for offset in range(len(word.text)):
            a, b = self._sides(first + offset)
            ruled = [x for x in cuts if x1 - 1 <= x <= a + 1] if offset > start else []
            if ruled and a - x1 < _RUNS_ON * word.size and word.text[start : offset + 1].isalpha():
                over += ruled
            elif offset > start and (ruled or a - x1 > 0.5 * word.size):
                found.append(
                    _within(word._replace(text=word.text[start:offset], x0=x0, x1=x1), over)
                )
                start, x0, over = offset, a, []
            x1 = max(x1, b) if offset > start else b
        found.append(_within(word._replace(text=word.text[start:], x0=x0, x1=max(x1, x0)), over))
        return found

    def _close_set(self, word: Word, first: int) -> bool:
        """Whether no letters stand far apart, and the last one ends the word: a broad font."""
        most = 0.5 * word.size
        _, end = self._sides(first)
        for index in range(first + 1, first + len(word.text)):
            start, after = self._sides(index)
            if start - end > most:
                return False
            end = max(end, after)
        return end == word.x1


def _on_base(box: Box, origin: tuple[float, float], size: float, angle: int) -> Box:
    """A word's box from where it stands on its base line, whichever way that runs.

    Fonts lie about their ascent; the size and the base line do not.
    """
    x0, y0, x1, y1 = box
    x, y = origin
    if angle == 90:
        return x - 0.2 * size, y, x + 0.8 * size, y1
    if angle == 180:
        return x0, y - 0.2 * size, x, y + 0.8 * size
    if angle == 270:
        return x - 0.8 * size, y0, x + 0.2 * size, y
    return x, y - 0.8 * size, x1, y + 0.2 * size


def _within(word: Word, over: Sequence[float]) -> Word:
    """A word that runs over one rule, as if it ended there: in the cell that it began in.

    One that lies mostly behind the rule, or over two of them, was set in the middle of its cell.
    """
    if len(over) == 1 and over[0] - word.x0 >= 0.4 * (word.x1 - word.x0):
        return word._replace(x1=over[0])
    return word


def _printed(text: str) -> Iterator[_Piece]:
    """The words of a page's text, each with its first and its last place."""
    end = 0
    for word in (_LEADERS if _HAS_LEADER.search(text) else _WORDS).findall(text):
        start = text.index(word, end)  # what parts words begins none
        end = start + len(word)
        yield word, start, end - 1


def _hyphened(word: str) -> str:
    """A word broken at the end of a line, whose hyphen pdfium tells as a sign of its own."""
    return word[:-1] + "-" if word[-1] in _HYPHENS else word


def _without_symbols(word: Word) -> Word:
    """Characters of symbol fonts, in the private area: signs as signs, pictures as bullets."""
    if not _SYMBOLS.search(word.text):
        return word
    signs = "Symbol" in word.font
    text = _SYMBOLS.sub(
        lambda m: chr(ord(m[0]) - 0xF000) if signs and m[0] in _ASCII_SIGNS else "•", word.text
    )
    return word._replace(text=text)


def _crossed(word: Word, down: Sequence[Rule]) -> bool:
    middle = word.base - 0.3 * word.size
    return any(
        r.start <= middle <= r.end for r in rules_between(down, word.x0 + 1.5, word.x1 - 1.5)
    )
