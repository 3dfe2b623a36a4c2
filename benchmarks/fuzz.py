"""Damaged documents by the thousand: each must be read or refused, never fail, hang or fill memory.

    python benchmarks/fuzz.py [--count 10000] [--seed 1] [--formats pdf,xlsx] [--keep FOLDER]

Own small documents of every format are damaged in seeded ways and read as a run reads them, in
worker processes with limits. What fails unexpectedly is named by type and place; `--keep` writes the
documents that did it. The same seed and count give the same documents.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.originals import ORIGINALS, originals
from engines.limits import Limits
from engines.local import Lost, map_tasks
from solieu.errors import DocumentError
from solieu.model import Grid, SourceDocument

LIMITS = Limits(seconds=30, memory=2 * 1024**3)
NASTY = (
    "0",
    "-1",
    "1",
    "65536",
    "2147483648",
    "99999999999999999999",
    "1e308",
    "0.0001",
    "NaN",
    "",
)
LONGEST_TAG = 2_000
"""A part that was repeated before is longer."""
MARKUP = frozenset({"html", "xhtml"})
ZIPPED = frozenset({"docx", "xlsx", "ods"})

Damage = Callable[[random.Random, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged document and the type it is read as."""

    name: str
    content: bytes
    media_type: str | None
    """None: as its bytes say."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the reading of one case ended."""

    how: Literal["read", "refused", "failed"]
    what: str
    peak: int
    """Kilobytes that the worker has held at most so far."""
    seconds: float = 0.0


@dataclass(slots=True)
class Tally:
    """What became of all cases of one format."""

    ends: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    peak: int = 0
    slowest: float = 0.0


def flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 64))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut_short(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(1, len(data) + 1)]


def cut_out(rng: random.Random, data: bytes) -> bytes:
    start, end = _part(rng, data)
    return data[:start] + data[end:]


def swap(rng: random.Random, data: bytes) -> bytes:
    a, b, c = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(rng: random.Random, data: bytes) -> bytes:
    start, end = _part(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 3, 50)) + data[end:]


def number(rng: random.Random, data: bytes) -> bytes:
    """Another number where one stood: sizes, positions, counts, references."""
    found = list(re.finditer(rb"\d+", data))
    for spot in sorted(
        rng.sample(found, min(len(found), rng.choice((1, 3, 20)))), key=_start, reverse=True
    ):
        data = data[: spot.start()] + rng.choice(NASTY).encode() + data[spot.end() :]
    return data


def tokens(rng: random.Random, data: bytes) -> bytes:
    """Tags lost, doubled, swapped, or opened very deep."""
    parts = re.split(rb"(<[^<>]*>)", data)
    for _ in range(rng.choice((1, 4, 20))):
        a, b = rng.randrange(len(parts)), rng.randrange(len(parts))
        match rng.randrange(4):
            case 0:
                parts[a] = b""
            case 1:
                parts[a] *= 2
            case 2:
                parts[a], parts[b] = parts[b], parts[a]
            case _:
                times = rng.choice((10, 300, 3000)) if parts[a].startswith(b"<") else 1
                parts[a] *= times if len(parts[a]) < LONGEST_TAG else 1
    return b"".join(parts)[:4_000_000]


def tree(rng: random.Random, data: bytes) -> bytes:
    """XML that stays well-formed: elements lost, doubled, moved, deep, with other texts and attributes."""
    root = etree.fromstring(data)
    for _ in range(rng.choice((1, 4, 20))):
        found = [e for e in root.iter() if isinstance(e.tag, str)]
        one, other = rng.choice(found), rng.choice(found)
        match rng.randrange(6):
            case 0 if one is not root:
                one.getparent().remove(one)
            case 1 if one is not root:
                one.addnext(deepcopy(one))
            case 2 if one is not root and one not in other.iterancestors() and one is not other:
                other.append(one)
            case 3:
                one.text = rng.choice(NASTY)
            case 4 if one.attrib:
                one.set(rng.choice(list(one.attrib)), rng.choice(NASTY))
            case 5:
                _nest(one, rng.choice((3, 60, 400)))
    return etree.tostring(root)


def _nest(element: Any, depth: int) -> None:
    for _ in range(depth):
        element = etree.SubElement(element, element.tag, dict(element.attrib))


def member(rng: random.Random, data: bytes) -> bytes:
    """A zip whose members are damaged inside, lost, swapped or renamed; its sums are right."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(n, archive.read(n)) for n in archive.namelist()]
    a, b = rng.randrange(len(parts)), rng.randrange(len(parts))
    (name, inside), (other, second) = parts[a], parts[b]
    match rng.randrange(8):
        case 0:
            del parts[a]
        case 1:
            parts[a], parts[b] = (name, second), (other, inside)
        case 2:
            parts[a] = (name, b"")
        case _ if inside:
            parts[a] = (name, rng.choice((*BYTES, tokens, number, *([tree] * 9)))(rng, inside))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts:
            archive.writestr(zipfile.ZipInfo(each), content)
    return out.getvalue()


BYTES: tuple[Damage, ...] = (flip, cut_short, cut_out, swap, repeat)


def damages(kind: str) -> tuple[Damage, ...]:
    """The ways to damage a format, those that reach its inside more often."""
    if kind in ZIPPED:
        return (*BYTES, *([member] * 15))
    if kind in MARKUP:
        return (*BYTES, number, number, tokens, tokens, tokens)
    return (*BYTES, number, number)


def cases(kind: str, count: int, seed: int) -> Iterator[Case]:
    """The same ones for the same arguments."""
    rng = random.Random(f"{seed} {kind}")
    samples = originals(kind)
    for turn in range(count):
        content = rng.choice(samples)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            content = _damaged(rng, kind, content)
        told = ORIGINALS[kind] if rng.random() < 0.3 else None
        yield Case(f"{kind}-{seed}-{turn}.{kind}", content, told)


def _damaged(rng: random.Random, kind: str, content: bytes) -> bytes:
    damage = rng.choice(damages(kind))
    try:
        return damage(rng, content or b"\0")
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        IndexError,
        etree.Error,
    ):
        return flip(rng, content or b"\0")  # the last damage left no archive to look into


def attempt(case: Case) -> Ended:
    """As `_attempt`, with the time it took."""
    began = time.monotonic()
    return replace(_attempt(case), seconds=time.monotonic() - began)


def _attempt(case: Case) -> Ended:
    """Read as a run reads, except that what fails unexpectedly is named by its place."""
    from extractors.sniff import media_type
    from pipeline import observe

    try:
        kind = case.media_type or media_type(case.content, case.name)
        reading = observe(SourceDocument(case.name, case.content, kind, case.name))
        for block in reading.content.blocks:
            if isinstance(block, Grid):
                _check(block)
        return Ended("read", reading.content.reader, _peak())
    except DocumentError as known:
        return Ended("refused", type(known).__name__, _peak())
    except MemoryError:
        raise
    except Exception as unknown:  # noqa: BLE001 (what is looked for)
        return Ended("failed", _place(unknown), _peak())


def _check(grid: Grid) -> None:
    for cell in grid.cells:
        last = (cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        assert 1 <= cell.row <= last[0] <= grid.row_count, "a cell outside its grid"
        assert 1 <= cell.column <= last[1] <= grid.column_count, "a cell outside its grid"


def _place(error: Exception) -> str:
    root = str(Path(__file__).parents[1])
    stack = traceback.extract_tb(error.__traceback__)
    ours = [f for f in stack if f.filename.startswith(root) and ".venv" not in f.filename][-1]
    last = stack[-1]
    where = f"{Path(ours.filename).relative_to(root)}:{ours.lineno}"
    inner = "" if last is ours else f" < {Path(last.filename).name}:{last.lineno}"
    return f"{type(error).__name__} {where}{inner}: {str(error)[:80]}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _start(found: re.Match[bytes]) -> int:
    return found.start()


def _part(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data))
    return start, min(len(data), start + rng.choice((1, 16, 256, 4096)))


def fuzz(kind: str, count: int, seed: int, workers: int, keep: Path | None = None) -> Tally:
    """Read all cases of one format; each format has fresh workers, so the peak is its own."""
    tally = Tally()
    given: dict[int, Case] = {}

    def hand_out() -> Iterator[Case]:
        for index, case in enumerate(cases(kind, count, seed)):
            given[index] = case
            yield case

    for index, ended in map_tasks(attempt, hand_out(), workers=workers, limits=LIMITS):
        case = given.pop(index)
        if isinstance(ended, Lost):
            tally.ends[ended.why] += 1
            tally.failures[f"{ended.why}: {case.name}"] += 1
        else:
            tally.ends[ended.how] += 1
            tally.peak = max(tally.peak, ended.peak)
            tally.slowest = max(tally.slowest, ended.seconds)
            if ended.how == "failed":
                tally.failures[ended.what] += 1
        if keep and (isinstance(ended, Lost) or ended.how == "failed"):
            (keep / case.name).write_bytes(case.content)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=10_000, help="documents in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--formats", default=",".join(ORIGINALS))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="folder for the documents that failed")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    kinds = asked.formats.split(",")
    bad = 0
    print(
        f"{'format':8}{'runs':>7}{'read':>7}{'refused':>9}{'failed':>8}{'hung':>6}{'memory':>8}{'died':>6}{'slowest':>9}{'peak':>9}"
    )
    for kind in kinds:
        tally = fuzz(kind, asked.count // len(kinds), asked.seed, asked.workers, asked.keep)
        ends = tally.ends
        print(
            f"{kind:8}{ends.total():7}{ends['read']:7}{ends['refused']:9}{ends['failed']:8}{ends['timeout']:6}"
            f"{ends['memory']:8}{ends['died']:6}{tally.slowest:7.1f} s{tally.peak / 1024:6.0f} MB",
            flush=True,
        )
        for what, times in tally.failures.most_common(20):
            print(f"  {times} × {what}", flush=True)
        bad += tally.failures.total()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
