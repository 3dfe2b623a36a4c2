"""A cluster of two workers on this machine: the same rows, whatever dies on the way."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

import pipeline
from engines import versions
from engines.limits import Limits
from engines.parts import Store, shards
from engines.tasks import plan
from solieu.errors import OutputError, UsageError

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signal")

if not os.environ.get("SOLIEU_NOTHING_SKIPPED"):
    pytest.importorskip("distributed")
    pytest.importorskip("s3fs")
    pytest.importorskip("moto")

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(w.pid for w in cluster.workers.values()), flush=True)
        sys.stdin.read()
"""


def sentence(number):
    return f"Đến ngày 31/5/2024, tỉnh Lâm Đồng có {number}.554 người tham gia BHXH bắt buộc.\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in")
    for i in range(100):
        (folder / f"{i:02}.txt").write_text(sentence(100 + i), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n% cut")
    return folder


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory, s3):
    script = tmp_path_factory.mktemp("cluster") / "cluster.py"
    script.write_text(CLUSTER)
    environment = {**os.environ, **s3, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        yield process.stdout.readline().split()[0]
        process.stdin.close()


@pytest.fixture(scope="module")
def s3():
    """An S3 server in a process of its own, and what a client needs to know of it."""
    code = (
        "from moto.server import ThreadedMotoServer; import sys\n"
        "server = ThreadedMotoServer('127.0.0.1', 0, verbose=False); server.start()\n"
        "print(server.get_host_and_port()[1], flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        port = process.stdout.readline().strip()
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        process.stdin.close()


@pytest.fixture(scope="module")
def local(corpus, tmp_path_factory):
    out = tmp_path_factory.mktemp("local")
    pipeline.run([str(corpus)], out, keep=False)
    return everything(out)


def solieu(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "pipeline.py", "run", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )  # fmt: skip


def everything(out):
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".")
    }


def test_a_cluster_writes_the_same_bytes_as_one_machine(corpus, tmp_path, scheduler, local):
    done = solieu(corpus, "-o", tmp_path, "--engine", "dask", "--scheduler", scheduler, "-q")
    assert done.returncode == 3, done.stderr
    assert everything(tmp_path) == local


def test_parts_in_an_s3_store_are_made_once_and_queried_where_they_are(
    corpus, tmp_path, scheduler, local, s3, monkeypatch
):
    import fsspec

    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    system = fsspec.filesystem("s3", skip_instance_cache=True)
    system.mkdir("parts")
    options = ["--engine", "dask", "--scheduler", scheduler, "--store", "s3://parts/run", "-q"]
    assert solieu(corpus, "-o", tmp_path / "a", *options).returncode == 3
    written = {path: system.info(path)["LastModified"] for path in system.find("parts/run")}
    assert solieu(corpus, "-o", tmp_path / "b", *options).returncode == 3
    system.invalidate_cache()
    assert {p: system.info(p)["LastModified"] for p in system.find("parts/run")} == written
    assert everything(tmp_path / "a") == everything(tmp_path / "b") == local
    assert len([path for path in written if "/observations/" in path]) == 6


def test_documents_in_an_s3_store_are_read_from_there(corpus, tmp_path, scheduler, s3, monkeypatch):
    import fsspec

    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    system = fsspec.filesystem("s3", skip_instance_cache=True)
    system.mkdir("docs")
    for i in range(3):
        system.pipe_file(f"docs/2024/{i}.txt", sentence(200 + i).encode())
    out = tmp_path / "out"
    done = solieu("s3://docs/2024", "-o", out, "--engine", "dask", "--scheduler", scheduler, "-q")
    assert done.returncode == 0, done.stderr
    import pyarrow.parquet as pq

    rows = pq.read_table(out / "documents.parquet").to_pylist()
    assert [row["source"] for row in rows] == [f"s3://docs/2024/{i}.txt" for i in range(3)]
    assert [row["observation_count"] for row in rows] == [1, 1, 1]
    missing = solieu("s3://docs/nowhere", "-o", out, "-q")
    assert missing.returncode == 3
    assert "nothing at s3://docs/nowhere" in missing.stderr.replace("\n", " ")


def workers_of(scheduler):
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_workers_killed_at_random_moments_lose_and_double_nothing(
    corpus, tmp_path, scheduler, local
):
    import random

    chance = random.Random(8)
    over = threading.Event()

    def kill():
        for _ in range(3):
            if over.wait(chance.uniform(0.5, 2.5)):
                return
            if there := workers_of(scheduler):  # a killed one takes a moment to come back
                os.kill(chance.choice(there), signal.SIGKILL)
            time.sleep(1.0)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = solieu(corpus, "-o", tmp_path, "--engine", "dask", "--scheduler", scheduler, "-q")
    finally:
        over.set()
        killer.join()
    assert done.returncode == 3, done.stderr
    assert everything(tmp_path) == local


def hostile(task, cache=None, **_):
    """Reads a document whose text says what it does to its reader."""
    text = Path(task.address.text).read_text(encoding="utf-8")
    if "hang" in text:
        time.sleep(60)
    if "crash" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "eat" in text:
        bytearray(64 * 1024**3)
    return pipeline.read(task, cache)


def test_hostile_documents_are_named_and_the_rest_complete(tmp_path):
    from engines.shard_process import Order, _answer

    for i in range(6):
        (tmp_path / f"{i}.txt").write_text(sentence(300 + i), encoding="utf-8")
    for name in ("hang", "crash", "eat"):
        (tmp_path / f"{name}.txt").write_text(name, encoding="utf-8")
    (shard,) = shards(plan([str(tmp_path)]), "v")
    store = tmp_path / "parts"
    order = Order(shard, partial(hostile), Limits(seconds=3), str(store), "v", ".")
    assert _answer(order) is None
    found = {Path(o.facts.source).stem: o for o in Store(str(store)).read(shard.name)}
    assert {name for name, outcome in found.items() if outcome.error} == {"hang", "crash", "eat"}
    assert sum(outcome.rows.observations.num_rows for outcome in found.values()) == 6


def test_no_scheduler_is_told(corpus, tmp_path, monkeypatch):
    from engines import dask

    monkeypatch.setattr(dask, "SECONDS_TO_CONNECT", 1)
    nobody = dask.ClusterAddress("tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="No Dask scheduler answers at tcp://127"):
        pipeline.run([str(corpus)], tmp_path, cluster=nobody)


class Dying:
    """A client of a cluster whose workers die when they are asked, and come back."""

    def __init__(self, *answers):
        self._answers = list(answers)

    def wait_for_workers(self, count, timeout):
        if not self._answers:
            raise TimeoutError(f"{count} in {timeout}")

    def run(self, _question):
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_worker_that_dies_while_it_is_asked_is_not_of_another_version():
    from engines import dask

    ours = {"tcp://a": versions.observing()}
    dask._check_versions(Dying(OSError("closed"), {}, ours))
    with pytest.raises(UsageError, match="another version"):
        dask._check_versions(Dying(OSError("closed"), {**ours, "tcp://b": "other"}))
    with pytest.raises(UsageError, match="another version"):
        dask._check_versions(Dying(ModuleNotFoundError("engines")))


def test_a_scheduler_without_workers_is_told():
    from engines import dask

    with pytest.raises(UsageError, match="no workers"):
        dask._check_versions(Dying())


def test_a_store_that_is_not_there_is_told(corpus, tmp_path, scheduler, s3):
    done = solieu(
        corpus, "-o", tmp_path, "--engine", "dask", "--scheduler", scheduler,
        "--store", "s3://no-such-bucket/run", **s3,
    )  # fmt: skip
    assert done.returncode == 4
    assert "no-such-bucket" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_of_another_version_is_refused(monkeypatch):
    from engines.shard_process import Order, carry_out

    monkeypatch.setattr(versions, "observing", lambda: "another")
    with pytest.raises(UsageError, match="another version"):
        carry_out(Order(None, None, Limits(), "", "this", ""))


@pytest.mark.parametrize("options", [["--scheduler", "tcp://x"], ["--engine", "dask"]])
def test_options_that_need_each_other(corpus, tmp_path, options):
    done = solieu(corpus, "-o", tmp_path, *options)
    assert done.returncode == 2
    assert "--engine dask" in done.stderr


def test_shards_keep_their_names_and_change_with_their_documents(corpus):
    tasks = plan([str(corpus)])
    names = [shard.name for shard in shards(tasks, "v1")]
    assert names == [shard.name for shard in shards(tasks, "v1")]
    assert not set(names) & {shard.name for shard in shards(tasks, "v2")}
    assert sum(len(shard.tasks) for shard in shards(tasks, "v1")) == len(tasks)
    fewer = [shard.name for shard in shards(tasks[:-2], "v1")]
    assert fewer[:-1] == names[: len(fewer) - 1]
    assert fewer[-1] not in names


def test_duckdb_reads_the_parts_and_compacts_them_by_year(tmp_path, corpus):
    import duckdb

    outcomes = [pipeline.read(task) for task in plan([str(corpus)])[:3]]
    Store(str(tmp_path / "parts")).write("one", outcomes[:2])
    Store(str(tmp_path / "parts")).write("two", outcomes[2:])
    parts, goal = tmp_path / "parts" / "observations" / "*.parquet", tmp_path / "by-year"
    assert duckdb.sql(f"SELECT sum(value) FROM '{parts}'").fetchall() == [
        (100_554 + 101_554 + 102_554,)
    ]
    duckdb.sql(f"COPY (FROM '{parts}') TO '{goal}' (FORMAT parquet, PARTITION_BY (year))")
    assert [path.name for path in goal.iterdir()] == ["year=2024"]


def test_a_half_written_part_is_no_part(tmp_path, corpus):
    store = Store(str(tmp_path))
    store.write("one", [])
    (tmp_path / "observations" / "part-two.parquet").write_bytes(b"cut")
    assert store.done() == {"one"}
    assert not list(tmp_path.rglob("*.tmp"))


def test_an_unknown_store_is_told():
    with pytest.raises(OutputError, match="nowhere"):
        Store("nowhere://x/y")


def test_a_killed_shard_process_is_started_anew(tmp_path, corpus, monkeypatch):
    from engines import shard_process

    (tmp_path / "in").mkdir()
    for i in range(3):
        (tmp_path / "in" / f"{i}.txt").write_text(sentence(400 + i), encoding="utf-8")
    (shard,) = shards(plan([str(tmp_path / "in")]), "v")
    store = tmp_path / "parts"
    order = shard_process.Order(
        shard, partial(pipeline.read), Limits(), str(store), versions.observing(), "."
    )
    dead = shard_process._started()
    dead.kill()
    monkeypatch.setattr(shard_process, "_idle", [dead])
    assert shard_process.carry_out(order) == shard.name
    assert Store(str(store)).done() == {shard.name}
    for child in shard_process._idle:
        child.communicate()


def test_the_same_bytes_at_two_addresses_give_their_rows_once_over_all_parts(tmp_path):
    from engines.outcomes import each_once

    (tmp_path / "a.txt").write_text(sentence(500), encoding="utf-8")
    (tmp_path / "b.txt").write_text(sentence(500), encoding="utf-8")
    first, second = (pipeline.read(plan([str(tmp_path / n)])[0]) for n in ("a.txt", "b.txt"))
    store = Store(str(tmp_path / "parts"))
    store.write("one", [first, second])
    store.write("two", [second])
    found = list(each_once(o for name in ("one", "two") for o in store.read(name)))
    assert [o.rows.observations.num_rows for o in found] == [1, 0, 0]
    assert [len(o.topics) for o in found] == [8, 0, 0]
    assert [o.rows.documents.num_rows for o in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (PermissionError(13, "Permission denied"), "rights"),
        (OSError(28, "No space left on device"), "No space left"),
    ],
)
def test_a_store_without_rights_or_room_is_told_before_and_during_the_work(
    tmp_path, corpus, monkeypatch, trouble, said
):
    from fsspec.implementations.local import LocalFileSystem

    from engines.shard_process import Order, _answer

    def refuse(*_, **__):
        raise trouble

    monkeypatch.setattr(LocalFileSystem, "pipe_file", refuse)
    store = Store(str(tmp_path / "parts"))
    with pytest.raises(OutputError, match=said):
        store.check()
    shard = shards(plan([str(corpus / "00.txt")]), "v")[0]
    order = Order(shard, partial(pipeline.read), Limits(), str(tmp_path / "parts"), "v", ".")
    answer = _answer(order)
    assert isinstance(answer, OutputError)
    assert said in answer.message_en
    assert store.done() == set()
