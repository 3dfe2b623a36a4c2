"""Both as they are started, from the first import to the last file: by the clock, and in CPU time.

    python benchmarks/speed/clock.py FOLDER [ROUNDS]       corpus.py made it, or any documents

`solieu run` on all cores, `solieu run --workers 1`, and straightforward.py, which knows one core, in
turn; the best of three rounds. CPU time is that of all processes together: what one core would
take for it. Where corpus.py made the folder, the figures of both outputs are compared with its
truth. Scans cost the script nothing, since it reads nothing of them: measure a folder without them.
"""

from __future__ import annotations

import csv
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
STARTED = f"import sys; sys.path[0] = {str(ROOT)!r}; from commands import main; main()"
"""What the installed command `solieu` does."""
Figures = dict[str, set[tuple[str, float]]]
"""File to (label, value)."""


@dataclass
class Cost:
    clock: float = float("inf")
    cpu: float = float("inf")

    def least(self, other: Cost) -> Cost:
        return Cost(min(self.clock, other.clock), min(self.cpu, other.cpu))


def timed(*command: str) -> Cost:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    # With its byte code, as an installed program is started.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    program = [sys.executable, *command]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL, env=environment)
    clock = time.perf_counter() - begun
    reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def reap() -> None:
    """Wait for what a command leaves behind, so that its CPU time is counted."""
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:
        return


def adopt() -> None:
    """Become the parent of processes whose parent has ended (Linux)."""
    ctypes.CDLL(None).prctl(36, 1)


def measured(folder: Path, scratch: Path, rounds: int) -> dict[str, Cost]:
    output = scratch / "output"
    solieu = ("-c", STARTED, "run", str(folder), "-q", "--output", str(output))
    script = str(ROOT / "benchmarks/speed/straightforward.py")
    commands = {
        "script": (script, str(folder), str(scratch / "script.csv")),
        "solieu run --workers 1": (*solieu, "--workers", "1"),
        "solieu run": solieu,
    }
    best = dict.fromkeys(commands, Cost())
    for _ in range(rounds):
        for name, command in commands.items():
            shutil.rmtree(output, ignore_errors=True)
            best[name] = best[name].least(timed(*command))
    return best


def gathered(rows) -> Figures:
    found: Figures = {}
    for file, label, value in rows:
        found.setdefault(file, set()).add((label, float(value)))
    return found


def truth_file(folder: Path) -> Path:
    return folder.with_name(folder.name + ".truth.csv")


def truth_of(folder: Path) -> Figures:
    with truth_file(folder).open(encoding="utf-8") as file:
        rows = [(r["file"], r["label"], r["value"]) for r in csv.DictReader(file)]
    return gathered(row for row in rows if row[1] != "Tổng cộng")


def observed(output: Path, folder: Path) -> Figures:
    documents = pq.read_table(output / "documents.parquet").to_pylist()
    names = {d["document_id"]: Path(d["source"]).relative_to(folder).as_posix() for d in documents}
    columns = ["document_id", "region_text", "region_name", "value"]
    rows = pq.read_table(output / "observations.parquet", columns=columns).to_pylist()
    return gathered(
        (names[r["document_id"]], r["region_text"] or r["region_name"] or "", r["value"])
        for r in rows
        if r["value"] is not None
    )


def scripted(out: Path) -> Figures:
    with out.open(encoding="utf-8") as file:
        return gathered((r["file"], r["label"], r["value"]) for r in csv.DictReader(file))


def main(folder: Path, rounds: int) -> None:
    folder = folder.resolve()
    count = sum(p.is_file() for p in folder.rglob("*"))
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        costs = measured(folder, scratch, rounds)
        read = {
            "solieu": observed(scratch / "output", folder),
            "script": scripted(scratch / "script.csv"),
        }
    print(f"{count} documents, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name, cost in costs.items():
        print(f"{name:24}{cost.clock:8.1f} s by the clock{cost.cpu:8.1f} s CPU")
    script, one, ours = costs.values()
    print(f"by the clock, as started: {script.clock / ours.clock:.2f} x")
    print(f"one core against one: {script.cpu / one.cpu:.2f} x CPU time")
    if truth_file(folder).exists():
        compare(truth_of(folder), read)


def compare(truth: Figures, read: dict[str, Figures]) -> None:
    wanted = sum(map(len, truth.values()))
    for name, found in read.items():
        right = sum(len(figures & found.get(file, set())) for file, figures in truth.items())
        print(f"{name:8}{right} of {wanted} table figures right ({right / wanted:.1%})")


if __name__ == "__main__":
    adopt()
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
