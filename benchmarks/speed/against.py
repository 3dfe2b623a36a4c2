"""Ours from bytes to audited observations, against others that stop earlier, in one process.

    python benchmarks/speed/against.py html FILE.html...     beautifulsoup4 on lxml, parsing alone
    python benchmarks/speed/against.py pdf FILE.pdf...       pdfplumber, extract_tables alone
    python benchmarks/speed/against.py script FOLDER         pandas.read_html + pdfplumber + regex

Every document is read by both in turn, in five rounds over all of them, and the best CPU time of
each counts: what else the machine does falls on both. The process is as those are that read a run's
documents (`engines.warm`): garbage is looked for seldom, by both. Between rounds ours forgets the texts
that it has read, so that none profits from having been read before. `script` wants a folder that corpus.py made, and compares with its
truth, so that the accuracy of both stands beside the time.
"""

from __future__ import annotations

import csv
import os
import sys
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import straightforward  # noqa: E402

import engines.warm  # noqa: E402, F401
import pipeline  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))


def cpu(function, document) -> float:
    begun = time.process_time()
    function(document)
    return time.process_time() - begun


def in_turn(ours, theirs, documents) -> tuple[float, float]:
    for document in documents[:3]:
        ours(document), theirs(document)
    best = [[float("inf"), float("inf")] for _ in documents]
    for _ in range(ROUNDS):
        forget()
        for times, document in zip(best, documents, strict=True):
            times[0] = min(times[0], cpu(ours, document))
            times[1] = min(times[1], cpu(theirs, document))
    return sum(a for a, _ in best), sum(b for _, b in best)


def forget() -> None:
    """Empty the caches that are keyed by the texts of documents, not those that hold our facts."""
    rooms = ("solieu", "extractors", "normalizers", "auditors", "writers")
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in rooms:
            for cached in vars(module).values():
                size = getattr(cached, "cache_parameters", dict)().get("maxsize") or 0
                if size > _MOST_FACTS:
                    cached.cache_clear()


_MOST_FACTS = 1024
"""Caches of more entries hold texts; the scanners of all provinces are fewer."""


def bs4(document):
    from bs4 import BeautifulSoup

    BeautifulSoup(document.content, "lxml")


def plumber(document):
    return straightforward.plumber(document.content)


def versus(kind: str, paths: list[str]) -> None:
    documents = [pipeline.fetch(path) for path in paths]
    theirs = {"html": bs4, "pdf": plumber}[kind]
    ours_s, theirs_s = in_turn(pipeline.observe, theirs, documents)
    size = sum(len(d.content) for d in documents) / 1e6
    print(f"{len(documents)} documents, {size:.1f} MB")
    print(f"ours    {ours_s * 1e3 / len(documents):8.1f} ms a document, {size / ours_s:6.1f} MB/s")
    print(f"{theirs.__name__:7} {theirs_s * 1e3 / len(documents):8.1f} ms a document")
    print(
        f"ours / {theirs.__name__} {ours_s / theirs_s:.2f}, {theirs.__name__} / ours {theirs_s / ours_s:.1f}"
    )


def script_alone(document) -> set[tuple[str, float]]:
    return straightforward.figures(document.name, document.content)


def observed(document) -> set[tuple[str, float]]:
    reading = pipeline.observe(document)
    return {
        (o.region_text or (o.region.name if o.region else ""), float(o.figure.value))
        for o in reading.observations
        if o.figure.value is not None
    }


def script(folder: Path) -> None:
    truth: dict[str, set[tuple[str, float]]] = {}
    with folder.with_name(folder.name + ".truth.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            truth.setdefault(row["file"], set()).add((row["label"], float(row["value"])))
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    documents = [pipeline.fetch(str(p)) for p in paths]
    ours_s, theirs_s = in_turn(pipeline.observe, script_alone, documents)
    print(
        f"{len(documents)} documents: ours {ours_s:.1f} s, script {theirs_s:.1f} s, {theirs_s / ours_s:.1f} x"
    )
    for name, reader in (("ours", observed), ("script", script_alone)):
        right = wanted = 0
        for path, document in zip(paths, documents, strict=True):
            expected = {
                (la, v)
                for la, v in truth.get(path.relative_to(folder).as_posix(), set())
                if la != "Tổng cộng"
            }
            right += len(expected & reader(document))
            wanted += len(expected)
        print(
            f"{name:6} table figures with the right label and value: {right} of {wanted} ({right / wanted:.1%})"
        )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    kind, *rest = sys.argv[1:]
    script(Path(rest[0])) if kind == "script" else versus(kind, rest)
