"""Tesseract as a program: what is installed, and its table of words for pictures.

`OMP_THREAD_LIMIT` is 1 because its own threads make it many times slower than pages side by side.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.pdf import limits

LANGUAGE = "vie"
OTHER_LANGUAGE = "eng"
"""Every installation has it, and it was trained apart: it errs at other figures."""
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
"""Debian and Ubuntu; macOS: brew install tesseract tesseract-lang."""

_LEFTOVERS = "_|¦"
"""What bits of a rule that was wiped out are read as."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word of Tesseract's: pixels, and the line it stands on."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    confidence: float
    line: tuple[int, int, int, int]


@cache
def version() -> str | None:
    """The version of Tesseract with Vietnamese, or None where one of them is missing."""
    if LANGUAGE not in languages():
        return None
    return _run(["tesseract", "--version"], timeout=20).splitlines()[0].strip()


@cache
def languages() -> frozenset[str]:
    """The languages that are installed; none without the program."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    return frozenset(_run([program, "--list-langs"], timeout=20).split())


def words(
    path: Path, dpi: int, *, psm: int, language: str = LANGUAGE, letters: str | None = None
) -> list[tuple[int, Found]]:
    """Page number and word for each word of a picture, or of a list of pictures."""
    command = ["tesseract", str(path), "stdout", "-l", language, "--psm", str(psm)]
    command += ["--dpi", str(dpi)]
    if letters:
        command += ["-c", f"tessedit_char_whitelist={letters}"]
    return rows(_run([*command, "tsv"], timeout=limits.SCAN_SECONDS))


def rows(table: str) -> list[tuple[int, Found]]:
    """The word rows of Tesseract's table; lines lend their boxes."""
    found: list[tuple[int, Found]] = []
    line = (0, 0, 0, 0)
    for row in table.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 12:
            continue
        left, top, width, height = (int(v) for v in parts[6:10])
        box = (left, top, left + width, top + height)
        text = parts[11].strip().strip(_LEFTOVERS)
        if parts[0] == "4":
            line = box
        elif parts[0] == "5" and text:
            confidence = max(0.0, float(parts[10]) / 100)
            found.append((int(parts[1]), Found(text, *box, confidence, line)))
    return found


def _run(command: Sequence[str], timeout: float) -> str:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, paths of our own making
            command, capture_output=True, timeout=timeout, env=environment, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace")
