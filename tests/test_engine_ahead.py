"""Documents taken apart before the workers are there: a gain where it works, never a difference."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engines import ahead
from engines import cache as caches
from engines.ahead import EarlyReaders
from engines.limits import Limits
from engines.tasks import Task
from fetchers.source import Address
from pipeline import run
from solieu.errors import UnreadableDocument

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="begun on Linux only")
LIMITS = Limits(seconds=60, memory=0)


@pytest.fixture(autouse=True)
def free_machine(monkeypatch):
    monkeypatch.setattr(ahead, "free_cores", lambda: 8)


def behave(task, cache):
    """What a document's name says; then its content is there."""
    kind, _, name = task.address.text.partition(" ")
    if kind == "hang":
        time.sleep(600)
    if kind == "damaged":
        raise UnreadableDocument("no", "không")
    if kind == "unforeseen":
        raise ValueError(name)
    assert cache.contents is not None
    cache.contents.put(name, b"taken apart")


def told(*said):
    return [Task(Address(text)) for text in said]


def there(cache, names):
    return waited(lambda: all(cache.contents.has(name) for name in names))


def waited(condition):
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def living(session):
    command = ["ps", "-o", "stat=", "-s", str(session)]
    states = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    return [state for state in states if not state.startswith("Z")]


@pytest.fixture
def cache(tmp_path):
    return caches.below(tmp_path, keep=True)


@pytest.mark.parametrize("processes", [1, 3])
def test_documents_are_taken_apart_and_damaged_ones_passed_over(cache, processes):
    tasks = told("read aa", "damaged bb", "read cc", "read dd")
    with closing(EarlyReaders(behave)) as early:
        early.begin(tasks, cache, LIMITS, processes)
        assert there(cache, ["aa", "cc", "dd"])


def test_one_that_hangs_or_fails_takes_its_own_process_only_and_is_ended(cache):
    with closing(EarlyReaders(behave)) as early:
        early.begin(told("hang aa", "unforeseen bb", "read cc"), cache, LIMITS, 3)
        assert there(cache, ["cc"])
        first = early._first
        assert first is not None
        early.close()
        early.close()
        assert first.poll() is not None
        assert waited(lambda: not living(first.pid))


def test_nothing_is_begun_where_nothing_is_kept_or_no_core_is_free(cache, tmp_path):
    with closing(EarlyReaders(behave)) as early:
        early.begin(told("read aa"), cache, LIMITS, 0)
        early.begin([], cache, LIMITS, 2)
        early.begin(told("read aa"), caches.below(tmp_path, keep=False), LIMITS, 2)
        assert early._first is None


def test_nothing_is_begun_on_a_busy_machine(cache, monkeypatch):
    monkeypatch.setattr(ahead, "free_cores", lambda: 0)
    with closing(EarlyReaders(behave)) as early:
        early.begin(told("read aa"), cache, LIMITS, 3)
        assert early._first is None


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ("0.30 1.20 1.08 1/410 9120", 3),
        ("0.30 1.20 1.08 2/410 9120", 3),
        ("3.00 1.20 1.08 4/410 9120", 1),
        ("9.00 1.20 1.08 12/410 9120", -7),
        ("", 0),
    ],
)
def test_cores_that_others_use_are_not_free(said, free, tmp_path, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(ahead, "_LOAD", tmp_path / "loadavg")
    monkeypatch.setattr(ahead.os, "cpu_count", lambda: 4)
    (tmp_path / "loadavg").write_text(said)
    assert ahead.free_cores() == free


def test_the_rows_are_the_same_with_and_without(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    for sample in Path("samples").glob("*.pdf"):
        (documents / sample.name).write_bytes(sample.read_bytes())
    run([str(documents)], tmp_path / "early", workers=2)
    run([str(documents)], tmp_path / "alone", workers=1)
    for name in ("documents", "observations", "findings", "unread"):
        first, second = (
            pq.read_table(tmp_path / o / f"{name}.parquet") for o in ("early", "alone")
        )
        assert first.equals(second)
