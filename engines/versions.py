"""What a kept result was made by: the code, its word lists, the libraries that read formats.

A result may be used again only where all of these are the same, so the version is taken from the
bytes of the installed packages and not from a number that someone may forget to raise.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_READING_FORMATS = ("solieu", "extractors")
_OBSERVING = ("pipeline", "solieu", "fetchers", "extractors", "normalizers", "auditors", "writers")
_LIBRARIES = (
    "beautifulsoup4",
    "charset-normalizer",
    "defusedxml",
    "lxml",
    "numpy",
    "openpyxl",
    "pillow",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "python-docx",
    "rapidfuzz",
    "xlrd",
)
_RECOGNISER = "tesseract"
"""Installing it turns refused scans into readable ones."""


@cache
def extraction() -> str:
    """Everything that decides what an extractor finds in given bytes."""
    return _digest(_sources(_READING_FORMATS), _environment())


@cache
def observing() -> str:
    """Everything that decides what `observe` says about given bytes, word lists included."""
    return _digest(_sources(_OBSERVING), _environment())


def _digest(*parts: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for piece in part:
            digest.update(len(piece).to_bytes(8, "little") + piece)
    return digest.hexdigest()[:16]


def _sources(packages: Sequence[str]) -> Iterator[bytes]:
    for package in packages:
        spec = find_spec(package)
        assert spec is not None, package
        assert spec.origin is not None, package
        file = Path(spec.origin)
        files = sorted(_files(file.parent)) if file.name == "__init__.py" else [file]
        for path in files:
            yield path.relative_to(file.parent).as_posix().encode()
            yield path.read_bytes()


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            yield path


def _environment() -> Iterator[bytes]:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (start-up)

    yield sys.version.encode()
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:
            yield f"{name} is missing".encode()
    yield from _recogniser()


def _recogniser() -> Iterator[bytes]:
    """The program and its languages by name and time: asking it for its version costs more."""
    program = shutil.which(_RECOGNISER)
    if program is None:
        return
    status = Path(program).stat()
    yield f"{program} {status.st_size} {status.st_mtime_ns}".encode()
    for folder in ("/usr/share", "/usr/local/share", "/opt/homebrew/share"):
        for language in sorted(Path(folder).glob("tesser*/**/vie.traineddata")):
            yield f"{language} {language.stat().st_size}".encode()
