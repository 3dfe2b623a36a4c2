"""How often the audit accuses wrongly, how often it finds what was planted, and how fast it is.

.venv/bin/python -m benchmarks.audit [--tables 2000] [--from-seed 1000000] [--show 5]

The rules were tuned on the seeds from 0; a run from 1000000 on says what they are worth elsewhere.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from auditors import audit
from benchmarks.audit_tables import SLIPS, consistent, large, plant


def accusations(count: int, since: int, show: int) -> int:
    wrong = doubts = 0
    for seed in range(since, since + count):
        findings = audit(consistent(seed)[0])
        errors = [f for f in findings if f.status == "fail" and f.severity == "error"]
        doubts += any(f.status == "fail" and f.severity == "warning" for f in findings)
        if errors:
            wrong += 1
            if wrong <= show:
                print("  false:", seed, errors[0].message_en)
    print(f"consistent tables: {count}, with a false error {wrong}, with a question {doubts}")
    return wrong


def planted(count: int, since: int, show: int) -> None:
    counters: list[Counter[str]] = [Counter() for _ in range(6)]
    tried, found, as_error, named, right, first = counters
    seed = since + 100_000
    while sum(tried.values()) < count:
        seed += 1
        slip = plant(seed)
        if slip is None:
            continue
        tried[slip.kind] += 1
        fails = [
            f
            for f in audit(slip.reading)
            if f.status == "fail" and slip.touched & set(f.figure_ids)
        ]
        if not fails:
            if show:
                print("  not found:", seed, slip.kind)
            continue
        found[slip.kind] += 1
        as_error[slip.kind] += any(f.severity == "error" for f in fails)
        sets = {i for f in fails for i in f.details.get("candidates", "").split(",")}
        lost = slip.kind == "row_missing" and any(
            "row_missing" in {f.details.get("reason"), f.details.get("pattern")} for f in fails
        )
        first[slip.kind] += bool(sets & slip.touched) or lost
        suspects = {f.suspect_id for f in fails if f.suspect_id}
        named[slip.kind] += bool(suspects)
        right[slip.kind] += bool(suspects) and suspects <= slip.touched
        if suspects and not suspects <= slip.touched and show:
            print("  wrong suspect:", seed, slip.kind)
    print(
        f"{'planted':>12} {'tried':>6} {'found':>7} {'error':>7} {'in first set':>13} {'named':>6} {'right':>6}"
    )
    for kind in (*SLIPS, "all"):
        t, f, e, s, n, r = (
            c[kind] if kind != "all" else sum(c.values())
            for c in (tried, found, as_error, first, named, right)
        )
        print(f"{kind:>12} {t:6} {f / t:7.1%} {e / t:7.1%} {s / t:13.1%} {n:6} {r:6}")


def speed() -> None:
    """Process time, the best of five: other work on the machine is not the audit's."""
    for cells in (12_500, 25_000, 50_000, 100_000, 200_000):
        made = large(-(-cells // COLUMNS), COLUMNS)
        times = []
        for _ in range(5):
            start = time.process_time()
            findings = audit(made)
            times.append(time.process_time() - start)
        count = len(made.tables[0].figures)
        per = min(times) / count * 1e6
        print(f"{count:>8} cells: {min(times):.2f} s, {per:.1f} µs each, {len(findings)} findings")


COLUMNS = 13
"""The fewest that `large` makes: it adds whole groups of plan, outcome, change and a count."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--from-seed", type=int, default=0)
    args = parser.parse_args()
    accusations(args.tables, args.from_seed, args.show)
    planted(args.tables, args.from_seed, args.show)
    speed()


if __name__ == "__main__":
    main()
