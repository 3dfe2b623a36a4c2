"""What says the same is read the same: every way of `tests/retold.py` on all releases of `tests/data`.

    python -m benchmarks.paraphrases [WORDS IN THE NAME OR KIND OF A WAY ...]

It prints a row for each way, the most brittle first: releases in which it changes a word, the
figures that are read right in them, how many of these are then read otherwise or not at all, and how
many of those otherwise are stated as sure. Without names a quarter of an hour. The releases that no
rule may be written for are left out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tests.paraphrases import Way, changed, every_release, right
from tests.retold import ways


@dataclass
class Row:
    """How one way did."""

    way: Way
    releases: int = 0
    figures: int = 0
    otherwise: int = 0
    lost: int = 0
    silent: int = 0

    @property
    def share(self) -> float:
        return (self.otherwise + self.lost) / max(1, self.figures)


def measured(way: Way) -> Row:
    row = Row(way)
    for release in every_release():
        found = changed(release, way)
        if found is None:
            continue
        row.releases += 1
        row.figures += len(right(release))
        row.lost += sum(c.now is None for c in found)
        row.otherwise += sum(c.now is not None for c in found)
        row.silent += sum(c.silent for c in found)
    return row


def main() -> None:
    asked = sys.argv[1:]
    chosen = [w for w in ways() if not asked or any(a in f"{w.kind} {w.name}" for a in asked)]
    rows = sorted(map(measured, chosen), key=lambda row: -row.share)
    print(f"{'way':52}  releases  figures  otherwise  lost  silent       %")
    for row in rows:
        print(
            f"{row.way.kind + ': ' + row.way.name:52}  {row.releases:8}  {row.figures:7}"
            f"  {row.otherwise:9}  {row.lost:4}  {row.silent:6}  {100 * row.share:6.2f}"
        )


if __name__ == "__main__":
    main()
