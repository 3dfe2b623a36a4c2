"""Where the time goes, stage by stage and format by format, with the memory it takes.

python benchmarks/speed/stages.py FILE_OR_FOLDER...
"""

from __future__ import annotations

import resource
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import auditors  # noqa: E402
import extractors  # noqa: E402
import normalizers  # noqa: E402
import pipeline  # noqa: E402
from engines.outcomes import Outcome  # noqa: E402
from engines.tasks import plan  # noqa: E402
from solieu.errors import DocumentError  # noqa: E402
from solieu.model import Reading  # noqa: E402
from writers import report  # noqa: E402
from writers.packed import Packed, pack  # noqa: E402
from writers.rows import DocumentFacts, rows_of  # noqa: E402

STAGES = ("fetch", "extract", "normalize", "audit", "rows", "report", "pack")


def staged(address: str):
    """CPU seconds of each stage, with what went through."""
    clock = [time.process_time()]

    def tick():
        clock.append(time.process_time())

    document = pipeline.fetch(address)
    tick()
    content = extractors.extract(document)
    tick()
    meaning = normalizers.normalize(content, document.digest)
    tick()
    reading = Reading(
        document.digest,
        content,
        meaning.tables,
        meaning.observations,
        (),
        meaning.unread,
        meaning.region,
    )
    findings = auditors.audit(reading)
    tick()
    reading = pipeline.replace(reading, findings=findings)
    facts = DocumentFacts(address, document.digest)
    rows = rows_of(facts, reading, None)
    tick()
    detail = report.detail(document, reading)
    tick()
    outcome = Outcome(facts, rows, None, detail)
    pack(Packed(document.media_type, outcome.rows, None, outcome.detail))
    tick()
    cells = sum(len(grid.cells) for grid in content.grids)
    seconds = [b - a for a, b in pairwise(clock)]
    return document, seconds, content.page_count or 1, cells, len(reading.observations)


def main(asked: list[str]) -> None:
    tasks = [task for task in plan(asked) if not task.address.problem]
    for task in tasks[:5]:  # what is built at first use is no document's cost
        try:
            staged(task.address.text)
        except DocumentError:
            continue
    sums = defaultdict(lambda: [0.0] * len(STAGES))
    counts = defaultdict(lambda: [0] * 5)
    for task in tasks:
        try:
            document, seconds, pages, cells, figures = staged(task.address.text)
        except DocumentError:
            continue
        kind = document.media_type.rpartition("/")[2][-14:]
        sums[kind] = [a + b for a, b in zip(sums[kind], seconds, strict=True)]
        numbers = (1, pages, cells, figures, len(document.content))
        counts[kind] = [a + b for a, b in zip(counts[kind], numbers, strict=True)]
    print(
        f"{'format':15}{'docs':>6}"
        + "".join(f"{s:>11}" for s in STAGES)
        + f"{'ms/doc':>9}{'pages/s':>9}{'cells/s':>9}{'MB/s':>7}"
    )
    for kind, seconds in sorted(sums.items()):
        docs, pages, cells, _, size = counts[kind]
        total = sum(seconds)
        each = "".join(f"{s * 1e3 / docs:8.2f} ms" for s in seconds)
        print(
            f"{kind:15}{docs:6}{each}{total * 1e3 / docs:9.1f}{pages / total:9.1f}{cells / total:9.0f}{size / 1e6 / total:7.2f}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
