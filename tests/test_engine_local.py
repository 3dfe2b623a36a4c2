"""A pool whose workers may die, hang or swallow memory without taking the run along."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from engines.limits import Limits
from engines.local import DEATHS, Crew, Lost, map_tasks
from pipeline import run
from solieu.errors import OutputError

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
    if task == "full":
        raise OutputError("no space", "hết chỗ")
    if task.startswith("die-"):
        count_a_death(task)
    return task.upper()


def process_of(_: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def count_a_death(task: str) -> None:
    """Dies as often as the number in `die-2 FILE` says, and then no more."""
    times, file = task.removeprefix("die-").split(" ", 1)
    with Path(file).open("a") as deaths:
        if deaths.tell() < int(times):
            deaths.write("x")
            deaths.flush()
            os.kill(os.getpid(), signal.SIGKILL)


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


def test_a_document_whose_worker_was_killed_from_outside_is_read_again(tmp_path):
    tasks = [f"die-{i} {tmp_path / str(i)}" for i in range(DEATHS)] + ["a", "b", "c"]
    assert dict(map_tasks(behave, tasks, workers=2)) == {i: t.upper() for i, t in enumerate(tasks)}


def test_a_document_is_given_up_after_so_many_deaths(tmp_path):
    task = f"die-{DEATHS} {tmp_path / 'deaths'}"
    results = dict(map_tasks(behave, [task, "a"], workers=2))
    assert isinstance(results[0], Lost)
    assert results[1] == "A"
    assert (tmp_path / "deaths").stat().st_size == DEATHS


def test_workers_killed_at_random_moments_lose_and_double_nothing():
    import multiprocessing
    import random

    chance = random.Random(8)
    tasks = [f"t{i}" for i in range(400)]
    results = []
    for result in map_tasks(behave, tasks, workers=3):
        results.append(result)
        if len(results) % 80 == 40:
            chance.choice(multiprocessing.active_children()).kill()
    assert sorted(results) == sorted((i, t.upper()) for i, t in enumerate(tasks))


def test_an_error_of_the_run_ends_it():
    with pytest.raises(OutputError, match="no space"):
        list(map_tasks(behave, ["a", "full", "b"], workers=2))


def test_a_hanging_document_is_stopped():
    results = dict(map_tasks(behave, ["a", "hang", "b"], workers=2, limits=Limits(seconds=4.0)))
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


def test_a_large_document_is_begun_first(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("Toàn xã có 512 hộ nghèo.", encoding="utf-8")
    (documents / "b.txt").write_text("Hội nghị bàn công tác năm.\n" * 4000, encoding="utf-8")
    begun: list[str] = []
    run([str(documents)], tmp_path / "out", workers=1, progress=lambda *told: begun.append(told[2]))
    assert [Path(name).name for name in dict.fromkeys(begun)] == ["b.txt", "a.txt"]


def test_what_takes_long_is_begun_before_what_is_larger(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.html").write_text("<p>Hội nghị bàn công tác.</p>" * 3000, encoding="utf-8")
    (documents / "b.txt").write_text("Hội nghị bàn công tác năm.\n" * 1000, encoding="utf-8")
    begun: list[str] = []
    run([str(documents)], tmp_path / "out", workers=1, progress=lambda *told: begun.append(told[2]))
    assert [Path(name).name for name in dict.fromkeys(begun)] == ["b.txt", "a.html"]


def test_no_tasks_give_no_results():
    assert list(map_tasks(behave, [], workers=2)) == []


def test_work_of_our_own_comes_in_order_and_is_done_here_where_workers_die(tmp_path):
    tasks = [f"die-{DEATHS} {tmp_path / 'deaths'}", "a", "b", "c"]
    with closing(Crew(2)) as crew:
        assert list(crew.in_order(behave, tasks)) == [t.upper() for t in tasks]
        assert (tmp_path / "deaths").stat().st_size == DEATHS
        assert list(crew.in_order(behave, ["a"])) == ["A"]


def test_workers_of_a_crew_stay_for_its_next_work():
    with closing(Crew(3)) as crew:
        first = set(crew.in_order(process_of, range(3)))
        assert set(crew.in_order(process_of, range(3), most=1)) <= first
        assert os.getpid() not in first


def test_what_killed_a_worker_is_tried_again_after_all_others(tmp_path):
    begun = []
    tasks = [f"die-1 {tmp_path / 'deaths'}", "a", "b", "c"]
    list(map_tasks(behave, tasks, workers=1, started=begun.append))
    assert begun == [*tasks, tasks[0]]


STATE = """
import gc, json, os, engines.warm
threads = [open(f"/proc/self/task/{t}/comm").read().strip() for t in os.listdir("/proc/self/task")]
idle = [name for name in threads if name != "jemalloc_bg_thd"]
print(json.dumps([gc.isenabled(), gc.get_freeze_count() > 50_000, len(idle)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_what_workers_are_made_of_collects_garbage_and_has_no_threads_that_would_be_lost():
    plain = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    said = subprocess.run([sys.executable, "-c", STATE], env=plain, capture_output=True, check=True)
    assert json.loads(said.stdout) == [True, True, 1]
