"""Patterns as they were compiled before, kept where Python keeps the byte code of modules.

Half the time in which words and rules are loaded goes into a thousand regular expressions being
parsed. What they are compiled to is kept under their whole text and flags, for the very Python that
compiled them: a changed rule is compiled anew, and what is damaged is thrown away. Where Python may
write no byte code nothing is kept.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from threading import RLock
from types import SimpleNamespace
from typing import Any

Key = tuple[str, int]
"""Text and flags of a pattern."""
Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What `_sre.compile` is told besides the text: all flags, the codes, groups and their names."""

MOST_BYTES = 16 * 1024**2
"""Of the file; then it is begun anew, without the patterns of rules that are gone."""
LONG = 100
"""Letters of a pattern from which workers keep it: short ones are made for a document's own words,
and are compiled sooner than kept."""
_SUM = 16
_LENGTH = 4

KNOWN = sys.implementation.name == "cpython" and (3, 11) <= sys.version_info[:2] <= (3, 13)
"""Is this a Python whose `re` is known to call its compiler so? Others compile as they do."""

_compiler: Any = import_module("re._compiler" if KNOWN else "re")
_sre: Any = import_module("_sre")
_compile: Callable[[Any, int], re.Pattern[Any]] = _compiler.compile
_plainest: Any = getattr(_compiler, "_get_charset_prefix", None)
_HOW = 2
"""Of `first_letters`: raised when it tells more, so that what was kept before counts no more."""
_PYTHON = f"{sys.version} {sys.byteorder} {_sre.MAGIC} {_sre.CODESIZE} {_HOW}".encode()


class Patterns:
    """Stands between `re` and its compiler, here and in processes that are forked from here."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.known = _read(file)
        self.new: dict[Key, Made] = {}
        self._told: Made | None = None
        self._alone = RLock()

    def begin(self) -> None:
        """From here on `re` uses what is kept."""
        from engines import first_letters  # noqa: PLC0415 (of the Pythons that are known only)

        _compiler.compile = self.compile
        _compiler._sre = SimpleNamespace(**{**vars(_sre), "compile": self._noted})  # noqa: SLF001
        _compiler._get_charset_prefix = first_letters.charset  # noqa: SLF001

    def end(self) -> None:
        """Leave `re` as it was."""
        _compiler.compile = _compile
        _compiler._sre = _sre  # noqa: SLF001
        _compiler._get_charset_prefix = _plainest  # noqa: SLF001

    def compile(self, text: Any, flags: int = 0) -> re.Pattern[Any]:
        """In the place of `re._compiler.compile`."""
        if type(text) is not str or flags & re.DEBUG:
            with self._alone:
                return _compile(text, flags)
        made = self.known.get((text, int(flags)))
        return _pattern(text, made) if made else self._compiled(text, int(flags))

    def _compiled(self, text: str, flags: int) -> re.Pattern[str]:
        with self._alone:
            self._told = None
            pattern = _compile(text, flags)
            if self._told is not None:
                self.known[text, flags] = self.new[text, flags] = self._told
        return pattern

    def _noted(
        self, text: Any, flags: int, codes: list[int], groups: int, names: Any, numbers: Any
    ) -> re.Pattern[Any]:
        """In the place of `_sre.compile`."""
        self._told = (int(flags), array("I", codes).tobytes(), groups, dict(names), numbers)
        pattern: re.Pattern[Any] = _sre.compile(text, flags, codes, groups, names, numbers)
        return pattern

    def keep(self, shortest: int = 0) -> None:
        """Add what was compiled since to the file; that it cannot be written to is no error."""
        if not self.new:
            return
        new = {key: made for key, made in self.new.items() if len(key[0]) >= shortest}
        self.new.clear()
        if new and not sys.dont_write_bytecode:
            with suppress(OSError):
                _append(self.file, marshal.dumps(new))


def _pattern(text: str, made: Made) -> re.Pattern[str]:
    flags, codes, groups, names, numbers = made
    pattern: re.Pattern[str] = _sre.compile(
        text, flags, array("I", codes).tolist(), groups, names, numbers
    )
    return pattern


def _append(file: Path, payload: bytes) -> None:
    """In one call, so that what several processes add does not mix."""
    file.parent.mkdir(exist_ok=True)
    if file.exists() and file.stat().st_size + len(payload) > MOST_BYTES:
        file.unlink()
    with file.open("ab", buffering=0) as end:
        end.write(_checksum(payload) + len(payload).to_bytes(_LENGTH, "little") + payload)


def _read(file: Path) -> dict[Key, Made]:
    """All that is kept; what is damaged, or is another Python's, is removed."""
    known: dict[Key, Made] = {}
    try:
        data = memoryview(file.read_bytes())
    except OSError:
        return known
    while data:
        end = _SUM + _LENGTH + int.from_bytes(data[_SUM : _SUM + _LENGTH], "little")
        payload = data[_SUM + _LENGTH : end]
        if _checksum(payload) != data[:_SUM]:
            file.unlink(missing_ok=True)
            return {}
        known |= marshal.loads(payload)  # noqa: S302 (ours, as byte code is)
        data = data[end:]
    return known


def _checksum(payload: bytes | memoryview) -> bytes:
    digest = hashlib.blake2b(_PYTHON, digest_size=_SUM)
    digest.update(payload)
    return digest.digest()


def _beside() -> Path | None:
    """The file beside the byte code of this module."""
    try:
        code = Path(cache_from_source(__file__))
    except NotImplementedError:  # this Python keeps none
        return None
    return code.with_name(f"patterns.{sys.implementation.cache_tag}")


_begun: list[Patterns] = []


def begin() -> None:
    """Have `re` use what is kept, in this process and in those that are forked from it."""
    file = _beside()
    if file and not _begun and KNOWN:
        _begun.append(Patterns(file))
        _begun[0].begin()


def keep_new(shortest: int = LONG) -> None:
    """Keep what was compiled since for processes to come."""
    for patterns in _begun:
        patterns.keep(shortest)
