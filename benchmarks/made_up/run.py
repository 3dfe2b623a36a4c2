"""One made-up document through the pipeline, and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from benchmarks.made_up.gold import Document
from benchmarks.made_up.marks import Mark, mark
from extractors.sniff import media_type
from pipeline import observe
from solieu.errors import DocumentError
from solieu.model import Reading, SourceDocument
from writers.rows import finding_row, observation_row


def read(document: Document) -> Reading | None:
    kind = media_type(document.content, document.name)
    try:
        return observe(SourceDocument(document.name, document.content, kind, document.name))
    except DocumentError:
        return None


def judge(document: Document) -> Mark:
    reading = read(document)
    if reading is None:
        return mark(document, [], [])
    rows = [observation_row("d", o) for o in reading.observations if o.figure.value is not None]
    return mark(document, rows, [finding_row("d", f) for f in reading.findings])


def judged(documents: Sequence[Document], workers: int = 1) -> list[Mark]:
    if workers < 2:
        return [judge(d) for d in documents]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(judge, documents, chunksize=4))
