"""A pool whose workers may die, hang or swallow memory without taking the run along."""

import os
import signal
import sys
import time

import pytest

from engines.local import Limits, Lost, map_tasks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes by signal")


def behave(task: str) -> str:
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(3)
    if task == "hang":
        time.sleep(60)
    if task == "eat":
        return str(len(bytearray(8 * 1024**3)))
    return task.upper()


def test_results_come_with_the_index_of_their_task():
    tasks = [f"t{i}" for i in range(20)]
    assert dict(map_tasks(behave, tasks, workers=3)) == {i: t.upper() for i, t in enumerate(tasks)}


def test_one_dead_worker_loses_its_document_and_no_other():
    tasks = [f"t{i}" for i in range(10)] + ["die"] + [f"u{i}" for i in range(10)] + ["exit"]
    results = dict(map_tasks(behave, tasks, workers=2))
    assert len(results) == len(tasks)
    lost = {i: r for i, r in results.items() if isinstance(r, Lost)}
    assert {tasks[i] for i in lost} == {"die", "exit"}
    assert {r.why for r in lost.values()} == {"died"}


def test_a_hanging_document_is_stopped():
    results = dict(map_tasks(behave, ["a", "hang", "b"], workers=2, limits=Limits(seconds=1.5)))
    assert results[0] == "A"
    assert results[2] == "B"
    assert isinstance(results[1], Lost)
    assert results[1].why == "timeout"


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are a matter of Linux")
def test_a_document_that_swallows_memory_is_stopped():
    limits = Limits(memory=3 * 1024**3)
    results = dict(map_tasks(behave, ["eat", "a"], workers=1, limits=limits))
    assert results[1] == "A"
    assert isinstance(results[0], Lost)
    assert results[0].why == "memory"


def test_tasks_are_taken_when_a_worker_is_free_and_not_all_at_once():
    taken = []

    def tasks():
        for i in range(50):
            taken.append(i)
            yield f"t{i}"

    results = map_tasks(behave, tasks(), workers=2)
    next(results)
    assert len(taken) <= 4
    results.close()


def test_no_tasks_give_no_results():
    assert list(map_tasks(behave, [], workers=2)) == []
