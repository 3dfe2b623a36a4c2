"""Cost against the number of documents and of cores, the second run, and what dies on the way.

    python benchmarks/speed/scale.py documents FOLDER      whole runs over 1/100, 1/10 and all of it
    python benchmarks/speed/scale.py cores FOLDER          1, 2 and 4 workers over the same documents
    python benchmarks/speed/scale.py kills FOLDER          kill -9 of a worker at 20 random moments
    python benchmarks/speed/scale.py size                  one table from 100 to 30,000 rows

FOLDER is one that corpus.py made. Every run is a process of its own; user and system time of the
workers are counted, and the largest memory of the parent and of any worker.
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
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def memory(pid: int) -> int:
    """The largest memory that a process has had so far, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found.group(1)) // 1024 if found else 0


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


def run(asked: list[str], output: Path, *options: str, killer=None):
    """Wall seconds, peak MB of the parent, peak MB of any process below it."""
    command = [sys.executable, "pipeline.py", "run", *asked, "-o", str(output), "-q", *options]
    begun = time.perf_counter()
    peaks = [0, 0]
    with subprocess.Popen(command, cwd=ROOT) as process:
        over = threading.Event()
        if killer:
            threading.Thread(target=killer, args=(process.pid, over), daemon=True).start()
        while process.poll() is None:
            peaks[0] = max(peaks[0], memory(process.pid))
            peaks[1] = max([peaks[1], *map(memory, below(process.pid))])
            time.sleep(0.2)
        over.set()
    if process.returncode not in (0, 3):
        sys.exit(f"the run ended with {process.returncode}")
    return time.perf_counter() - begun, *peaks


def files_of(folder: Path, share: int) -> list[str]:
    paths = sorted(str(p) for p in folder.rglob("*") if p.is_file())
    return paths[: max(1, len(paths) // share)]


def linked(paths: list[str], folder: Path) -> list[str]:
    folder.mkdir()
    for n, path in enumerate(paths):
        os.link(path, folder / f"{n:06}{Path(path).suffix}")
    return [str(folder)]


def documents(folder: Path, scratch: Path) -> None:
    for share in (100, 10, 1):
        asked = linked(files_of(folder, share), scratch / f"in{share}")
        count = len(list(Path(asked[0]).iterdir()))
        first, parent, worker = run(asked, scratch / f"out{share}")
        second, *_ = run(asked, scratch / f"out{share}")
        print(
            f"{count:6} documents: {first:7.1f} s, {first / count * 1e3:5.1f} ms each; parent {parent} MB, "
            f"largest worker {worker} MB; again {second:5.2f} s, 1/{first / second:.0f}",
            flush=True,
        )


def cores(folder: Path, scratch: Path) -> None:
    asked = linked(files_of(folder, 1)[:1000], scratch / "in")
    alone = None
    for workers in (1, 2, 4):
        seconds, *_ = run(asked, scratch / f"out{workers}", "--workers", str(workers), "--no-cache")
        alone = alone or seconds
        print(
            f"{workers} workers: {seconds:6.1f} s, {alone / seconds / workers:.2f} of linear",
            flush=True,
        )


def kills(folder: Path, scratch: Path) -> None:
    asked = linked(files_of(folder, 1)[:400], scratch / "in")
    run(asked, scratch / "whole")
    chance, killed = random.Random(20), []

    def killer(parent: int, over: threading.Event) -> None:
        while len(killed) < 20 and not over.wait(chance.uniform(0.1, 0.8)):
            # The parent's children are the fork server and helpers; the workers are below it.
            workers = [w for child in below(parent) for w in below(child)]
            if workers:
                killed.append(chance.choice(workers))
                os.kill(killed[-1], 9)

    run(asked, scratch / "killed", killer=killer)
    names = [f"{name}.parquet" for name in ("documents", "observations", "findings", "unread")]
    same = [
        (scratch / "whole" / n).read_bytes() == (scratch / "killed" / n).read_bytes() for n in names
    ]
    print(f"{len(killed)} workers killed; the four tables are the same byte for byte: {all(same)}")


def size(scratch: Path) -> None:
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
    shutil.rmtree(scratch)


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    scratch = Path(tempfile.mkdtemp(prefix="scale-", dir=Path(rest[0]).parent if rest else None))
    if what == "size":
        size(scratch)
    else:
        {"documents": documents, "cores": cores, "kills": kills}[what](Path(rest[0]), scratch)
        shutil.rmtree(scratch)
