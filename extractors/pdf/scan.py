"""Scanned pages through Tesseract: rules cut the cells, every figure is read twice.

A figure whose two readings differ is never passed on as if it were sure: in a table its cell gets a
low confidence, in running text the digits in doubt are set as □. Tesseract is called as a program;
`OMP_THREAD_LIMIT` is 1 because its own threads make it many times slower than pages side by side.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

import pypdfium2

from extractors.pdf import limits
from extractors.pdf.objects import PageObjects, Word
from extractors.pdf.scan_image import Picture, magnified, picture_of, write_image
from solieu.errors import NoText
from solieu.model import Notice

LANGUAGE = "vie"
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
"""Debian and Ubuntu; macOS: brew install tesseract tesseract-lang."""

_FIGURE = re.compile(r"[-–(+]?\d[\d.,\s/%()–-]*")
_FIGURE_LETTERS = "0123456789.,%-()/"
_AGREED = 0.97
"""The most that two equal readings can make sure of."""
_DOUBTED = 0.3
_UNSURE = 0.55
"""Words of figures below this are doubted even where both readings agree."""


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of Tesseract's: pixels, and the line it stands on."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    line: tuple[int, int, int, int]


@cache
def tesseract() -> str | None:
    """The version of Tesseract with Vietnamese, or None where one of them is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    languages = _run([program, "--list-langs"], timeout=20)
    if LANGUAGE not in languages.split():
        return None
    return _run([program, "--version"], timeout=20).splitlines()[0].strip()


def no_text(name: str, pages: int) -> NoText:
    """The error for a document of pictures where nothing can recognise them."""
    return NoText(
        f"{name}: all {pages} pages are pictures of text. Install Tesseract with Vietnamese "
        f"({INSTALL}; macOS: brew install tesseract tesseract-lang) and run again.",
        f"{name}: cả {pages} trang là ảnh chụp văn bản. Hãy cài Tesseract cùng dữ liệu tiếng Việt "
        f"({INSTALL}; macOS: brew install tesseract tesseract-lang) rồi chạy lại.",
    )


def unread_notice(pages: Sequence[int]) -> Notice:
    """Said of a document some of whose pages are pictures that nothing here can recognise."""
    which = _listed(pages)
    return Notice(
        "scanned_pages_unread",
        f"Trang {which} là ảnh chụp, chưa đọc được; hãy cài Tesseract ({INSTALL}) rồi chạy lại.",
        f"Pages {which} are pictures and were not read; install Tesseract ({INSTALL}), run again.",
        pages[0],
    )


def recognised_notice(pages: Sequence[int]) -> Notice:
    """Said of pages whose characters were recognised and not given by the file."""
    which = _listed(pages)
    return Notice(
        "recognised_pages",
        f"Trang {which} được nhận dạng từ ảnh; số chưa chắc chắn có độ tin cậy thấp hoặc ghi là □.",
        f"Pages {which} were recognised from pictures; figures in doubt have a low confidence or "
        "are set as □.",
        pages[0],
    )


def left_notice(pages: Sequence[int]) -> Notice:
    """Said of the pictures behind the most that are recognised of one document."""
    which = _listed(pages)
    return Notice(
        "scanned_pages_left",
        f"Mỗi tài liệu chỉ nhận dạng {limits.SCAN_PAGES} trang ảnh; chưa đọc trang {which}. "
        "Hãy chia nhỏ tệp.",
        f"At most {limits.SCAN_PAGES} pictures of one document are recognised; pages {which} were "
        "not read. Split the file.",
        pages[0],
    )


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:8]))
    return f"{shown} … ({len(pages)})" if len(pages) > 8 else shown


def recognised(content: bytes, pages: Sequence[int]) -> Iterator[PageObjects]:
    """The words and rules of a PDF's scanned pages, few pictures in memory at a time.

    pdfium is not made for threads, so pictures are drawn one after another and recognised side by
    side.
    """
    document = pypdfium2.PdfDocument(content)
    try:
        for part in batched(pages, limits.SCAN_WORKERS):
            yield from read_pages([picture_of(document, number) for number in part])
    finally:
        document.close()


def batched(pages: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Runs of at most `size` pages."""
    for start in range(0, len(pages), size):
        yield pages[start : start + size]


def read_pages(pictures: Sequence[Picture]) -> list[PageObjects]:
    """Words and rules of scanned pages, each with how surely it was read; needs `tesseract()`."""
    workers = min(len(pictures), os.cpu_count() or 1, limits.SCAN_WORKERS)
    if workers < 2:
        return [read_page(picture) for picture in pictures]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(read_page, pictures))


def read_page(picture: Picture) -> PageObjects:
    """One scanned page: the words of the whole page, its figures read again one by one."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "page.pgm"
        write_image(picture.clean, whole)
        words = _words(_tesseract(whole, picture.dpi, psm=4))
        doubted = [n for n, w in enumerate(words) if _FIGURE.fullmatch(w.text) or _mostly_digits(w)]
        again = _read_again(picture, [words[n] for n in doubted], Path(folder))
        for number, second in zip(doubted, again, strict=True):
            words[number] = _compared(words[number], second)
        split = [n for n in doubted if words[n].confidence <= _DOUBTED]
        third = _read_again(picture, [words[n] for n in split], Path(folder), larger=True)
        seconds = dict(zip(doubted, again, strict=True))
        for number, reading in zip(split, third, strict=True):
            words[number] = _settled(words[number], seconds[number], reading)
    scale = 72 / picture.dpi
    usual = median(w.line[3] - w.line[1] for w in words) if words else 0.0
    return PageObjects(
        picture.number,
        picture.width * scale,
        picture.height * scale,
        [_word(word, scale, usual) for word in words],
        picture.across,
        picture.down,
    )


def _mostly_digits(word: _Found) -> bool:
    digits = sum(c.isdigit() for c in word.text)
    return digits > 0 and digits >= 0.5 * len(word.text)


def _word(found: _Found, scale: float, usual: float) -> Word:
    _, top, _, bottom = found.line
    # a line's box is as tall as its letters happen to be: only large differences are real
    height = usual if 0.6 * usual < bottom - top < 1.4 * usual else bottom - top
    size = height * scale
    return Word(
        found.text,
        found.x0 * scale,
        top * scale,
        found.x1 * scale,
        bottom * scale,
        size,
        confidence=found.confidence,
    )


def _compared(first: _Found, second: _Reading) -> _Found:
    """A figure after its second reading: sure where both agree, in doubt where they do not."""
    if second.text == first.text.replace(" ", ""):
        sure = max(first.confidence, second.confidence)
        low = min(first.confidence, second.confidence)
        confidence = min(_AGREED, sure) if low >= _UNSURE else min(low, _UNSURE)
    else:
        confidence = min(_DOUBTED, first.confidence)
    return replace(first, confidence=confidence)


def _settled(first: _Found, second: _Reading, third: _Reading) -> _Found:
    """A figure read three ways: two that agree have it, still in doubt."""
    if third.text and third.text == second.text and third.text != first.text:
        return replace(first, text=third.text)
    return first


def _read_again(
    picture: Picture, words: Sequence[_Found], folder: Path, *, larger: bool = False
) -> list[_Reading]:
    """Each figure cut out and read alone, all in one run of the program."""
    if not words:
        return []
    names = []
    for number, word in enumerate(words):
        path = folder / f"{number}.pgm"
        cut = picture.cut(word.x0, word.top, word.x1, word.bottom)
        write_image(magnified(cut) if larger else cut, path)
        names.append(str(path))
    listing = folder / "figures.txt"
    listing.write_text("\n".join(names), encoding="utf-8")
    rows = _tesseract(listing, picture.dpi, psm=7, letters=_FIGURE_LETTERS)
    texts: dict[int, list[_Found]] = {}
    for page, word in _rows(rows):
        texts.setdefault(page, []).append(word)
    return [_joined(texts.get(number, [])) for number in range(1, len(words) + 1)]


def _joined(words: Sequence[_Found]) -> _Reading:
    if not words:
        return _Reading("", 0.0)
    return _Reading("".join(w.text for w in words), min(w.confidence for w in words))


def _words(table: str) -> list[_Found]:
    return [word for _, word in _rows(table)]


def _rows(table: str) -> list[tuple[int, _Found]]:
    """Page number and word for each word row of Tesseract's table; lines lend their boxes."""
    found: list[tuple[int, _Found]] = []
    line = (0, 0, 0, 0)
    for row in table.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 12:
            continue
        left, top, width, height = (int(v) for v in parts[6:10])
        box = (left, top, left + width, top + height)
        if parts[0] == "4":
            line = box
        elif parts[0] == "5" and parts[11].strip():
            confidence = max(0.0, float(parts[10]) / 100)
            found.append((int(parts[1]), _Found(parts[11].strip(), *box, confidence, line)))
    return found


def _tesseract(path: Path, dpi: int, *, psm: int, letters: str | None = None) -> str:
    command = ["tesseract", str(path), "stdout", "-l", LANGUAGE, "--psm", str(psm)]
    command += ["--dpi", str(dpi)]
    if letters:
        command += ["-c", f"tessedit_char_whitelist={letters}"]
    return _run([*command, "tsv"], timeout=limits.SCAN_SECONDS)


def _run(command: Sequence[str], timeout: float) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, paths of our own making
            command, capture_output=True, timeout=timeout, env=environment, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")
