"""What a run keeps: used again where nothing changed, made anew where it did, never believed blindly."""

import json
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import pipeline
from engines import contents, versions
from engines.lock import FolderLock
from engines.shelf import Shelf
from solieu.errors import OutputError, UsageError
from solieu.model import Cell, Content, Grid, Notice, Passage

ROOT = Path(__file__).resolve().parent.parent
TABLES = ("documents", "observations", "findings", "unread")


def sentence(number: int) -> str:
    return f"Đến ngày 31/5/2024, tỉnh Lâm Đồng có {number}.554 người tham gia BHXH bắt buộc.\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(8):
        (folder / f"{i}.txt").write_text(sentence(80 + i), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n% cut")
    return folder


def run(corpus, out, **options):
    return pipeline.run([str(corpus)], out, workers=2, **options)


def everything(out):
    """Name to bytes of all that a reader sees of an output."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".")
    }


def entries(out, kind):
    return sorted(p for p in (out / ".cache" / kind).rglob("*") if p.is_file())


def no_reading(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a worker was started")

    monkeypatch.setattr("engines.local._Pool._start", refuse)


def test_the_second_run_reads_nothing_and_tells_the_same(corpus, tmp_path, monkeypatch):
    first = run(corpus, tmp_path / "out")
    before = everything(tmp_path / "out")
    no_reading(monkeypatch)
    second = run(corpus, tmp_path / "out")
    assert second.summary() == first.summary()
    assert second.unread
    assert everything(tmp_path / "out") == before


def test_only_the_new_document_is_read(corpus, tmp_path, monkeypatch):
    run(corpus, tmp_path / "out")
    (corpus / "new.txt").write_text(sentence(99), encoding="utf-8")
    (corpus / "0.txt").unlink()
    begun = []
    result = run(corpus, tmp_path / "out", progress=lambda *a: begun.append(Path(a[2]).name))
    assert set(begun) == {"new.txt"}
    assert result.documents == 9
    run(corpus, tmp_path / "fresh")
    assert everything(tmp_path / "out") == everything(tmp_path / "fresh")


def test_what_no_run_needs_any_more_is_forgotten(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    assert len(entries(tmp_path / "out", "results")) == 9
    for name in ("0.txt", "1.txt"):
        (corpus / name).unlink()
    run(corpus, tmp_path / "out")
    assert len(entries(tmp_path / "out", "results")) == 7


def test_a_damaged_entry_is_made_anew(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    before = everything(tmp_path / "out")
    cut, changed = entries(tmp_path / "out", "results")[:2]
    cut.write_bytes(cut.read_bytes()[:30])
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    (tmp_path / "out" / ".cache" / "last.json").unlink()
    run(corpus, tmp_path / "out")
    assert everything(tmp_path / "out") == before


def test_a_lost_output_file_is_written_again(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    before = everything(tmp_path / "out")
    (tmp_path / "out" / "findings.parquet").unlink()
    (tmp_path / "out" / "observations.parquet").write_bytes(b"?")
    run(corpus, tmp_path / "out")
    assert everything(tmp_path / "out") == before


def test_another_version_reads_anew_and_another_vocabulary_keeps_the_extracted(
    corpus, tmp_path, monkeypatch
):
    monkeypatch.setattr(contents, "SLOW", 0.0)
    cache = pipeline_cache(tmp_path / "out")
    task = one_task(corpus / "0.txt")
    pipeline.read(task, cache)
    (kept,) = entries(tmp_path / "out", "contents")
    monkeypatch.setattr("extractors.extract", None)
    monkeypatch.setattr(versions, "observing", lambda: "another")
    again = pipeline.read(task, pipeline_cache(tmp_path / "out"))
    assert again.rows.observations.num_rows == 1
    kept.unlink()
    assert "made the reader fail" in str(pipeline.read(task, cache).error)


def pipeline_cache(out):
    from engines import cache

    return cache.below(out, keep=True)


def one_task(path):
    from engines.tasks import plan

    (task,) = plan([str(path)])
    return task


def test_without_cache_nothing_is_kept_and_nothing_believed(corpus, tmp_path):
    run(corpus, tmp_path / "out", keep=False)
    assert entries(tmp_path / "out", "") == []


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_no_byte(corpus, tmp_path, workers):
    pipeline.run([str(corpus)], tmp_path / "a", workers=workers, keep=False)
    pipeline.run([str(corpus)], tmp_path / "b", workers=2)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_two_runs_into_one_folder_are_refused_and_the_owner_named(corpus, tmp_path):
    with FolderLock(tmp_path / "out"), pytest.raises(UsageError) as refusal:
        run(corpus, tmp_path / "out")
    assert f"process {os.getpid()} on" in refusal.value.message_en
    run(corpus, tmp_path / "out")


def test_the_lock_of_a_killed_run_holds_nobody_up(corpus, tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from engines.lock import FolderLock\n"
        "with FolderLock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as owner:
        assert owner.stdout.readline().strip() == b"held"
        with pytest.raises(UsageError):
            run(corpus, tmp_path / "out")
        owner.kill()
        owner.wait()
    assert (tmp_path / "out" / ".lock").stat().st_size
    assert run(corpus, tmp_path / "out").documents == 9


@pytest.mark.skipif(sys.platform == "win32", reason="ends a process by signal")
def test_an_interrupted_run_goes_on_where_it_stopped(corpus, tmp_path, request):
    import signal

    # A shell starts what it puts in the background deaf to this signal, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    for i in range(500):  # a busy machine may wake this process late
        (corpus / f"more-{i:03}.txt").write_text(sentence(100 + i), encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "pipeline.py", "run", str(corpus), "-o", str(out), "--workers", "1"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + 60
        while len(entries(out, "results")) < 10 and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said
    assert "kept" in said
    assert "Traceback" not in said
    assert not list(out.glob("*.parquet"))
    done = {path: path.stat().st_mtime_ns for path in entries(out, "results")}
    assert 10 <= len(done) < 509
    assert subprocess.run([*command, "--quiet"], cwd=ROOT, check=False).returncode == 3
    assert {path: path.stat().st_mtime_ns for path in done} == done
    run(corpus, tmp_path / "at-once", keep=False)
    assert everything(out) == everything(tmp_path / "at-once")


@pytest.mark.parametrize(
    "where", ["engines.shelf.Path.write_bytes", "pyarrow.parquet.ParquetWriter.write_table"]
)
def test_a_full_disk_is_told_and_the_last_output_stands(corpus, tmp_path, monkeypatch, where):
    import errno

    run(corpus, tmp_path / "out")
    before = everything(tmp_path / "out")
    (corpus / "new.txt").write_text(sentence(99), encoding="utf-8")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engines.outcomes.map_tasks", in_this_process)
    monkeypatch.setattr(where, full)
    with pytest.raises(OutputError, match="No space left"):
        run(corpus, tmp_path / "out")
    assert everything(tmp_path / "out") == before
    assert not (tmp_path / "out" / ".incomplete").exists()


def in_this_process(function, tasks, **_):
    yield from ((i, function(task)) for i, task in enumerate(tasks))


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="the administrator may write everywhere",
)
def test_a_folder_without_rights_is_told(corpus, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="rights"):
        run(corpus, tmp_path / "out")


def test_an_output_below_a_file_is_told(corpus, tmp_path):
    with pytest.raises(OutputError):
        run(corpus, corpus / "0.txt" / "out")


def test_a_shelf_gives_back_what_was_put_and_nothing_else(tmp_path):
    shelf = Shelf(tmp_path / "results" / "v1")
    shelf.put("abcd", b"payload")
    other = Shelf(tmp_path / "results" / "v0")
    other.put("abcd", b"older")
    assert shelf.get("abcd") == b"payload"
    assert shelf.get("abce") is None
    shelf.keep_only({"abcd"})
    assert shelf.has("abcd")
    assert not other.has("abcd")


CONTENT = Content(
    (
        Passage("Chỉ tiêu năm 2024", 1, "heading"),
        Grid(
            (Cell("1.234", 1, 1, box=(1.0, 2.0, 3.0, 4.0), marks=("1",)),),
            1,
            1,
            notes=("ĐVT: người",),
        ),
    ),
    "Chỉ tiêu",
    notices=(Notice("code", "vi", "en", 2),),
)


def test_contents_come_back_equal():
    assert contents.from_bytes(contents.to_bytes(CONTENT)) == CONTENT


@pytest.mark.parametrize("payload", [os.system, [1, 2], Path("x")])
def test_nothing_but_a_content_is_unpickled(payload):
    import zlib

    with pytest.raises(pickle.UnpicklingError):
        contents.from_bytes(zlib.compress(pickle.dumps(payload)))


def test_versions_change_with_a_word_list_and_stay_otherwise(tmp_path, monkeypatch):
    for package in ("words", "code"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    (tmp_path / "words" / "metrics.csv").write_text("code\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(versions, "_OBSERVING", ("words", "code"))
    first = versions.observing.__wrapped__()
    assert versions.observing.__wrapped__() == first
    (tmp_path / "words" / "metrics.csv").write_text("code\nnew\n")
    assert versions.observing.__wrapped__() != first


def test_the_record_of_the_last_run_holds_no_code(corpus, tmp_path):
    run(corpus, tmp_path / "out")
    record = json.loads((tmp_path / "out" / ".cache" / "last.json").read_text(encoding="utf-8"))
    assert set(record) == {"mark", "files", "summary"}
    assert pq.read_metadata(tmp_path / "out" / "documents.parquet").num_rows == 9


def test_the_same_bytes_in_a_folder_and_in_an_archive_are_read_once(corpus, tmp_path):
    import zipfile

    with zipfile.ZipFile(corpus / "z.zip", "w") as archive:
        archive.writestr("deep/0.txt", (corpus / "0.txt").read_bytes())
    assert run(corpus, tmp_path / "out").documents == 9
    documents = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    assert [len(d["also_at"]) for d in documents if d["source"].endswith("0.txt")] == [1]


def test_the_same_bytes_at_two_addresses_whose_bytes_nobody_knew_are_stored_once(
    corpus, tmp_path, monkeypatch
):
    from engines import tasks

    (corpus / "again.txt").write_bytes((corpus / "0.txt").read_bytes())
    monkeypatch.setattr(tasks, "_identified", tasks.Task)  # as of pages of the web
    result = run(corpus, tmp_path / "out")
    assert result.figures == 8
    rows = pq.read_table(tmp_path / "out" / "observations.parquet").to_pylist()
    assert len({row["observation_id"] for row in rows}) == len(rows) == 8
    assert pq.read_metadata(tmp_path / "out" / "documents.parquet").num_rows == 10
