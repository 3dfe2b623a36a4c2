"""The audit over whole made-up documents: what is planted is found, and nobody is accused wrongly.

.venv/bin/python -m benchmarks.audit_documents [--each 60] [--seed 901] [--families tab,xlsx] [--show 10]

Unlike `benchmarks.audit`, which makes tables as the auditors see them, these go through reading: a
total row that is not recognised or a figure read with doubt costs a finding here. Every planted
error that is not accused of is shown with what the audit said of it instead.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from benchmarks.made_up.families import FAMILIES, one
from benchmarks.made_up.gold import Document, Plant
from benchmarks.made_up.marks import close, mark
from benchmarks.made_up.run import read
from solieu.model import Finding, Reading
from writers.rows import finding_row, observation_row


@dataclass(frozen=True, slots=True)
class Result:
    """How the audit of one document came out."""

    family: str
    planted: int
    found: int
    missed: tuple[str, ...]
    accused: tuple[str, ...]


def audited(family: str, seed: int, number: int) -> Result:
    document = one(family, number, seed)
    reading = read(document)
    if reading is None:
        return Result(family, len(document.plants), 0, (f"{document.name}: not read",), ())
    rows = [observation_row("d", o) for o in reading.observations if o.figure.value is not None]
    marked = mark(document, rows, [finding_row("d", f) for f in reading.findings])
    wrong = tuple(f"{document.name} {x}" for x in marked.findings if x.startswith("extra"))
    return Result(
        family, marked.plants, marked.plants_hit, tuple(_missed(document, reading)), wrong
    )


def _missed(document: Document, reading: Reading) -> Iterator[str]:
    for plant in document.plants:
        said = [f for f in reading.findings if _about(f, plant)]
        if plant.required and not any((f.status, f.severity) == ("fail", "error") for f in said):
            told = [f"{f.status}/{f.severity}/{f.details.get('reason', '')}" for f in said]
            instead = ", ".join(told) or _unsaid(reading, plant)
            yield f"{document.name} {plant.check} {plant.published}, meant {plant.expected}: {instead}"


def _about(finding: Finding, plant: Plant) -> bool:
    published = finding.published is not None and close(
        float(finding.published), float(plant.published)
    )
    return published and finding.check in {plant.check, "part_whole"}


def _unsaid(reading: Reading, plant: Plant) -> str:
    values = [o.figure.value for o in reading.observations if o.figure.value is not None]
    if any(close(float(v), float(plant.published)) for v in values):
        return "nothing, the figure was read"
    return "nothing, the figure was not read"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=901)
    parser.add_argument("--families", default=",".join(f for f in FAMILIES if f != "press"))
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(args.workers) as pool:
        for family in args.families.split(","):
            job = partial(audited, family, args.seed)
            results = list(pool.map(job, range(args.each), chunksize=4))
            planted, found = sum(r.planted for r in results), sum(r.found for r in results)
            wrong = [x for r in results for x in r.accused]
            total.update(documents=len(results), planted=planted, found=found, wrong=len(wrong))
            print(f"{family:>10}: {len(results)} documents, {found} of {planted} planted errors found, "
                  f"{len(wrong)} false errors")  # fmt: skip
            for line in [*wrong, *[x for r in results for x in r.missed]][: args.show]:
                print(f"    {line[:220]}")
    print(", ".join(f"{name} {count}" for name, count in total.items()))


if __name__ == "__main__":
    main()
