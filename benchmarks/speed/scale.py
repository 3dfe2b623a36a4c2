"""Cost against the number of documents and of cores, the second run, and what dies on the way.

    python benchmarks/speed/scale.py documents FOLDER      whole runs over 1/100, 1/10 and all of it
    python benchmarks/speed/scale.py again FOLDER          the output written anew, nothing to read
    python benchmarks/speed/scale.py cores FOLDER [COUNT]  the same documents on 1, 2 and 4 cores
    python benchmarks/speed/scale.py kills FOLDER          kill -9 of a worker at 20 random moments
    python benchmarks/speed/scale.py kills FOLDER --engine dask    the same on a cluster of two workers
    python benchmarks/speed/scale.py hostile FOLDER        hostile documents among 2,000
    python benchmarks/speed/scale.py size                  one table from 100 to 30,000 rows

FOLDER is one that corpus.py made. Every run is a process of its own. CPU time is user and system
time of the parent, and of all processes below it; memory is the largest that one process had.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
TABLES = ("documents", "observations", "findings", "unread")
TICKS = os.sysconf("SC_CLK_TCK")
CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@dataclass
class Process:
    """The largest memory in MB and the CPU time in seconds that a process has had."""

    memory: int = 0
    cpu: float = 0.0

    def look(self, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return
        if found := re.search(r"VmHWM:\s+(\d+)", status):
            self.memory = max(self.memory, int(found.group(1)) // 1024)
        self.cpu = max(self.cpu, (int(fields[11]) + int(fields[12])) / TICKS)


@dataclass
class Run:
    seconds: float = 0.0
    parent: Process = field(default_factory=Process)
    below: dict[int, Process] = field(default_factory=dict)
    serial: float = 0.0
    """CPU time that passed while there was no worker."""

    def look(self, pid: int) -> None:
        before, children = self.cpu, below(pid)
        self.parent.look(pid)
        for child in children:
            self.below.setdefault(child, Process()).look(child)
        # The parent's children are the fork server and helpers; the workers are below it.
        if not any(below(child) for child in children):
            self.serial += self.cpu - before

    def modelled(self, number: int) -> float:
        """The share of linear that so many cores could reach, were they free."""
        return self.cpu / number / (self.serial + (self.cpu - self.serial) / number)

    @property
    def worker_memory(self) -> int:
        return max((p.memory for p in self.below.values()), default=0)

    @property
    def cpu(self) -> float:
        return self.parent.cpu + sum(p.cpu for p in self.below.values())


def below(pid: int) -> list[int]:
    """All descendants of a process."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *below(child)]
    return found


def run(asked: list[str], output: Path, *options: str, killer=None, cores: int = 0) -> Run:
    """One run of the command on the first `cores` cores, or on all."""
    command = [sys.executable, "pipeline.py", "run", *asked, "-o", str(output), "-q", *options]
    begun, said = time.perf_counter(), Run()
    allowed = sorted(os.sched_getaffinity(0))[: cores or None]

    with subprocess.Popen(command, cwd=ROOT) as process:
        os.sched_setaffinity(process.pid, allowed)
        over = threading.Event()
        if killer:
            threading.Thread(target=killer, args=(process.pid, over), daemon=True).start()
        while process.poll() is None:
            said.look(process.pid)
            time.sleep(0.1)
        said.seconds = time.perf_counter() - begun
        over.set()
    if process.returncode not in (0, 3):
        sys.exit(f"the run ended with {process.returncode}")
    return said


def files_of(folder: Path) -> list[str]:
    return sorted(str(p) for p in folder.rglob("*") if p.is_file())


def linked(paths: list[str], folder: Path) -> list[str]:
    folder.mkdir()
    for n, path in enumerate(paths):
        os.link(path, folder / f"{n:06}{Path(path).suffix}")
    return [str(folder)]


def documents(folder: Path, scratch: Path) -> None:
    paths = files_of(folder)
    for share in (100, 10, 1):
        count = len(paths) // share
        asked = linked(paths[:count], scratch / f"in{share}")
        output = scratch / f"out{share}"
        first, second = run(asked, output), run(asked, output)
        print(
            f"{count:6} documents: {first.seconds:7.1f} s, {first.seconds / count * 1e3:5.1f} ms each; "
            f"CPU {first.cpu:7.1f} s, {first.cpu / count * 1e3:5.1f} ms each, of the parent "
            f"{first.parent.cpu:5.1f} s; parent {first.parent.memory} MB, "
            f"largest worker {first.worker_memory} MB; again {second.seconds:5.2f} s "
            f"(CPU {second.cpu:.2f} s), 1/{first.seconds / second.seconds:.0f}",
            flush=True,
        )
    write_anew(asked, output, count)


def again(folder: Path, scratch: Path) -> None:
    output = scratch / "out"
    run([str(folder)], output)
    write_anew([str(folder)], output, len(files_of(folder)))


def write_anew(asked: list[str], output: Path, count: int) -> None:
    (output / ".cache" / "last.json").unlink()
    third = run(asked, output)
    print(
        f"{count:6} documents, nothing to read, output written anew: {third.seconds:.1f} s, CPU "
        f"{third.cpu:.1f} s, of the parent {third.parent.cpu:.1f} s; parent {third.parent.memory} MB",
        flush=True,
    )


def cores(folder: Path, scratch: Path, count: str = "1000") -> None:
    asked = linked(files_of(folder)[: int(count)], scratch / "in")
    alone, bare = None, None
    for number in (1, 2, 4):
        one = run(asked, scratch / f"out{number}", "--no-cache", cores=number)
        machine = busy(number)
        alone, bare = alone or one.seconds, bare or machine
        print(
            f"{number} cores: {one.seconds:6.1f} s, {alone / one.seconds / number:.2f} of linear; CPU "
            f"{one.cpu:6.1f} s, of the parent {one.parent.cpu:4.1f} s, without workers "
            f"{one.serial:.1f} s: {one.modelled(number):.2f} of linear on free cores; the machine "
            f"itself, with nothing but arithmetic: {bare / machine:.2f} of linear; load "
            f"{os.getloadavg()[0]:.1f}",
            flush=True,
        )


def busy(number: int) -> float:
    """Seconds until so many processes have each done the same arithmetic."""
    begun = time.perf_counter()
    work = [sys.executable, "-c", "sum(i * i for i in range(20_000_000))"]
    for process in [subprocess.Popen(work) for _ in range(number)]:
        process.wait()
    return time.perf_counter() - begun


def kills(folder: Path, scratch: Path, *options: str) -> None:
    asked = linked(files_of(folder)[:400], scratch / "in")
    run(asked, scratch / "whole")
    (kills_on_dask if "dask" in options else kills_here)(asked, scratch)
    same = [
        (scratch / "whole" / n).read_bytes() == (scratch / "killed" / n).read_bytes()
        for n in (f"{name}.parquet" for name in TABLES)
    ]
    print(f"the four tables are the same byte for byte: {all(same)}")


def kills_here(asked: list[str], scratch: Path) -> None:
    # The parent's children are the fork server and helpers; the workers are below it.
    killed: list[int] = []

    def killer(parent: int, over: threading.Event) -> None:
        kill_some(lambda: [w for child in below(parent) for w in below(child)], killed, over)

    run(asked, scratch / "killed", killer=killer)
    print(f"{len(killed)} workers of the pool killed")


def kills_on_dask(asked: list[str], scratch: Path) -> None:
    """Kill workers of the cluster and, below these, what reads for them."""
    script = scratch / "cluster.py"
    script.write_text(CLUSTER)
    killed: list[int] = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as cluster:  # fmt: skip
        scheduler = cluster.stdout.readline().strip()

        def killer(_parent: int, over: threading.Event) -> None:
            kill_some(lambda: readers(cluster.pid), killed, over)

        options = ("--engine", "dask", "--scheduler", scheduler)
        run(asked, scratch / "killed", *options, killer=killer)
        cluster.stdin.close()
    print(f"{len(killed)} processes of a cluster of two workers killed")


def readers(cluster: int) -> list[int]:
    """Workers of the cluster, the processes that read their shards, and the workers of these."""
    helpers = ("resource_tracker", "semaphore_tracker")
    return [
        pid
        for pid in below(cluster)
        if (command := command_of(pid)) and not any(name in command for name in helpers)
    ]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def kill_some(find, killed: list[int], over: threading.Event) -> None:
    chance = random.Random(20)
    while len(killed) < 20 and not over.wait(chance.uniform(0.1, 0.8)):
        if workers := find():
            killed.append(chance.choice(workers))
            os.kill(killed[-1], 9)


def hostile(folder: Path, scratch: Path) -> None:
    """The same documents alone and with hostile ones among them: what became of both."""
    import pyarrow.parquet as pq
    from hostile import make

    culprits = make(scratch / "hostile")
    asked = linked(files_of(folder)[: 2000 - len(culprits)], scratch / "in")
    alone = run(asked, scratch / "alone")
    together = run([*asked, str(scratch / "hostile")], scratch / "together", "--timeout", "30")
    print(f"alone {alone.seconds:.0f} s, with {len(culprits)} hostile ones {together.seconds:.0f} s; "
          f"largest worker {together.worker_memory} MB, parent {together.parent.memory} MB")  # fmt: skip
    theirs: set[str] = set()
    for row in pq.read_table(scratch / "together" / "documents.parquet").to_pylist():
        if Path(row["source"]).parent == scratch / "hostile" or "!" in row["source"]:
            theirs.add(row["document_id"])
            print(f"  {Path(row['source']).name:28} {row['status']:8} {row['error'] or ''}")
    for name in TABLES:
        one = pq.read_table(scratch / "alone" / f"{name}.parquet").to_pylist()
        both = pq.read_table(scratch / "together" / f"{name}.parquet").to_pylist()
        kept = [row for row in both if row["document_id"] not in theirs]
        print(f"{name}: {len(one)} rows of the others, the same: {kept == one}")


def size() -> None:
    import pipeline
    from solieu.model import SourceDocument

    for rows in (100, 1_000, 10_000, 30_000):
        chance = random.Random(rows)
        body = "".join(
            f"<tr><td>{i}</td><td>Xã {i}</td>"
            + "".join(f"<td>{chance.randrange(10**6):,}</td>" for _ in range(6))
            + "</tr>"
            for i in range(rows)
        )
        page = f"<h1>Bảng năm 2023</h1><table>{body}</table>".encode()
        begun = time.process_time()
        reading = pipeline.observe(SourceDocument("", page, "text/html", "table.html"))
        seconds = time.process_time() - begun
        print(
            f"{rows:6} rows, {len(reading.observations):7} figures: {seconds:6.2f} s, {seconds / rows * 1e3:.2f} ms a row",
            flush=True,
        )


COMMANDS = {
    "documents": documents, "again": again, "cores": cores, "kills": kills, "hostile": hostile,
}  # fmt: skip

if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    scratch = Path(tempfile.mkdtemp(prefix="scale-", dir=Path(rest[0]).parent if rest else None))
    try:
        if what == "size":
            size()
        else:
            COMMANDS[what](Path(rest[0]).absolute(), scratch.absolute(), *rest[1:])
    finally:
        shutil.rmtree(scratch)
