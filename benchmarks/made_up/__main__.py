"""Made-up documents through the whole pipeline, scored by family.

    python -m benchmarks.made_up [--each 40] [--seed 1] [--families tab,press] [--show 10] [--write DIR]

Prints per family: documents, F1, findings recall, false errors, and the commonest causes. With --write the
documents and their gold are also written, for `pipeline.py run DIR` and a scorer of one's own.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from pathlib import Path

from benchmarks.made_up.families import FAMILIES, made_up
from benchmarks.made_up.gold import Document
from benchmarks.made_up.marks import Mark
from benchmarks.made_up.run import judged


def summary(name: str, marks: list[Mark]) -> str:
    hits, spurious = sum(m.hits for m in marks), sum(m.spurious for m in marks)
    required = sum(m.required for m in marks)
    plants, hit = sum(m.plants for m in marks), sum(m.plants_hit for m in marks)
    f1 = 2 * hits / (hits + spurious + required) if hits + spurious + required else 1.0
    clean = sum(m.f1 > 0.9999 for m in marks)
    return (
        f"{name:16s} {len(marks):4d} documents  F1 {f1:.4f} (of {required} figures; precision "
        f"{hits / max(1, hits + spurious):.4f} recall {hits / max(1, required):.4f})  whole {clean}  "
        f"findings {hit}/{plants}  false errors {sum(m.false_errors for m in marks)}"
    )


def write(documents: list[Document], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gold.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "document",
                "region_name",
                "metric",
                "scenario",
                "measure",
                "year",
                "value",
                "unit",
                "raw",
                "required",
            ]
        )
        for d in documents:
            (folder / d.name).write_bytes(d.content)
            out.writerows(
                [
                    d.name,
                    f.region,
                    f.metric,
                    f.scenario,
                    f.measure,
                    f.year,
                    f.value,
                    f.unit,
                    f.raw,
                    int(f.required),
                ]
                for f in d.facts
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--show", type=int, default=8)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    every: list[Mark] = []
    for family in args.families.split(","):
        documents = made_up(family, args.each, args.seed)
        if args.write:
            write(documents, args.write / family)
        start = time.monotonic()
        marks = judged(documents, args.workers)
        every += marks
        print(summary(family, marks), f" {time.monotonic() - start:.0f} s")
        causes: Counter[str] = Counter()
        for m in marks:
            causes.update(m.wrong)
        for cause, n in causes.most_common(args.show):
            docs = [m.document for m in marks if cause in m.wrong]
            print(f"    {n:5d} in {len(docs):3d}: {cause}   e.g. {' '.join(docs[:3])}")
        for m in marks:
            for line in m.findings[:3]:
                print(f"    {m.document}: {line[:260]}") if args.show else None
    print(summary("all", every))


if __name__ == "__main__":
    main()
