"""Confidence of figures of running text against truth, whole statements: territory to measure.

    python -m benchmarks.prose_trust [RELEASES.csv ...]

Without files, the releases by writers who never saw the reader, `tests/data/held_back_releases_*.csv`
and `adapted_releases_*.csv`. Most of them were mended on since they were first read, so that more of
their figures are right than of a new text; for a true measure give a new set of the same columns. It
prints the table by stated confidence and rewrites docs/calibration-prose.svg from the counts of
`normalizers/data/trust.csv`, which are of first readings.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.conventions import plot
from normalizers.facts import rows
from tests.releases import judged, releases

ROOT = Path(__file__).parent.parent
UNSEEN = ("held_back_releases_*.csv", "adapted_releases_*.csv")
STEPS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.95)


def by_confidence(paths: list[Path]) -> dict[float, list[tuple[float, bool]]]:
    """Stated confidence and whether all was right, by the step that the confidence reaches."""
    found: dict[float, list[tuple[float, bool]]] = defaultdict(list)
    for path in paths:
        for release in releases(str(path.resolve())):
            for seen, right in judged(release):
                stated = seen.figure.confidence
                found[max(s for s in STEPS if s <= stated)].append((stated, right))
    return found


def main() -> None:
    data = ROOT / "tests" / "data"
    chosen = [Path(name) for name in sys.argv[1:]]
    paths = chosen or [path for pattern in UNSEEN for path in sorted(data.glob(pattern))]
    found = by_confidence(paths)
    total = sum(map(len, found.values()))
    print("stated from  figures  share  mean stated  right")
    for step, figures in sorted(found.items(), reverse=True):
        stated = sum(s for s, _ in figures) / len(figures)
        right = sum(r for _, r in figures) / len(figures)
        share = len(figures) / total
        print(f"{step:11.2f}  {len(figures):7}  {share:5.3f}  {stated:11.3f}  {right:.3f}")
    counted = [
        (
            f"{row['doubts']} doubts",
            int(row["figures"]),
            float(row["confidence"]),
            int(row["right"]) / int(row["figures"]),
        )
        for row in rows("trust.csv")
    ]
    shown = [row for row in counted if row[2] >= 0.5]  # the picture begins there
    plot(shown, ROOT / "docs" / "calibration-prose.svg", "figures")


if __name__ == "__main__":
    main()
