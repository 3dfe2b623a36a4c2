"""The archive of raw bytes and the state: nothing half, nothing lost, everything made anew."""

import hashlib
import io
import itertools
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fetchers.archive import JOURNAL, Archive, Version, put
from fetchers.failures import OutOfSpace
from fetchers.reopening import open_state, rebuild
from fetchers.state import Damaged, State
from fetchers.warc import export
from fetchers.work import Brought, Done, Link, Work
from tests.portal import NIGHT


@pytest.fixture
def archive(tmp_path):
    made = Archive(tmp_path / "archive")
    made.open()
    return made


def kept(archive, content, address="http://a.vn/", run="2024-05-01T18:00:00+00:00"):
    incoming = archive.receive()
    incoming.begin()
    incoming.write(content)
    digest = incoming.keep()
    version = Version(address, digest, run, run, address, "a", len(content), "s", "document")
    archive.record(version)
    return version


def test_bytes_are_found_by_their_digest(archive):
    version = kept(archive, b"so lieu")
    assert version.digest == hashlib.sha256(b"so lieu").hexdigest()
    assert archive.read(version.digest) == b"so lieu"
    assert archive.is_whole(version.digest, 7)
    assert list(archive.versions()) == [version]


def test_a_body_that_was_dropped_leaves_nothing(archive):
    incoming = archive.receive()
    incoming.begin()
    incoming.write(b"half")
    incoming.drop()
    assert [p for p in archive.folder.rglob("*") if p.is_file()] == []


def test_what_a_killed_run_left_is_cleared(archive):
    incoming = archive.receive()
    incoming.begin()
    incoming.write(b"half")
    version = kept(archive, b"whole")
    with (archive.folder / JOURNAL).open("ab") as file:
        file.write(b'{"address": "http://b.vn/", "dig')
    archive.open()
    assert list((archive.folder / "incoming").iterdir()) == []
    assert list(archive.versions()) == [version]
    other = kept(archive, b"next", "http://c.vn/")
    assert list(archive.versions()) == [version, other]
    incoming.drop()


def test_a_whole_blob_is_never_written_again_and_a_truncated_one_is(archive):
    digest = kept(archive, b"so lieu").digest
    path = archive.path(digest)
    before = path.stat().st_ino
    kept(archive, b"so lieu")
    assert path.stat().st_ino == before
    path.write_bytes(b"so")
    assert archive.read(digest) is None
    assert not archive.is_whole(digest, 7)
    kept(archive, b"so lieu")
    assert archive.read(digest) == b"so lieu"


def test_bytes_that_changed_on_the_disk_are_not_given(archive):
    digest = kept(archive, b"so lieu").digest
    archive.path(digest).write_bytes(b"SO LIEU")
    assert archive.read(digest) is None


def test_a_file_is_put_whole_or_not_at_all(tmp_path, monkeypatch):
    import os

    goal = tmp_path / "a.json"
    put(goal, b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutOfSpace, match="No space"):
        put(goal, b"new")
    assert goal.read_bytes() == b"old"


def test_web_archives_hold_every_version(archive, tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    kept(archive, b"one")
    kept(archive, b"two", run="2024-05-02T18:00:00+00:00")
    goal = tmp_path / "all.warc.gz"
    assert export(archive, goal) == 2
    again = io.BytesIO(goal.read_bytes())
    found = [
        (r.rec_headers["WARC-Target-URI"], r.rec_headers["WARC-Date"], r.content_stream().read())
        for r in ArchiveIterator(again)
    ]
    assert found == [
        ("http://a.vn/", "2024-05-01T18:00:00Z", b"one"),
        ("http://a.vn/", "2024-05-02T18:00:00Z", b"two"),
    ]
    before = goal.read_bytes()
    export(archive, goal)
    assert goal.read_bytes() == before
    assert export(archive, goal, since="2024-05-02") == 1


def test_what_came_in_a_zip_file_is_no_answer_of_its_own(archive, tmp_path):
    whole = kept(archive, b"packed")
    archive.record(replace(whole, address=f"{whole.address}!/bieu.xlsx", role="member"))
    assert export(archive, tmp_path / "all.warc.gz") == 1


# state


@pytest.fixture
def state(tmp_path):
    made = State(tmp_path / "state.sqlite")
    yield made
    made.close()


def work(state, run, address="http://a.vn/", source="s"):
    state.plan(run, source, [(Link(address, "document"), "a.vn")])
    return Work(source, address, "document", "a.vn", 0, 0, attached=False)


def test_a_step_happens_whole_or_not_at_all(state):
    with pytest.raises(ZeroDivisionError), state.step() as db:
        db.execute("INSERT INTO runs (run, state) VALUES ('x', 'open')")
        _ = 1 / 0
    assert state.rows("SELECT * FROM runs") == []


def test_work_that_is_done_is_not_given_again(state):
    run, resumed = state.begin_run(NIGHT, resume_within=3600)
    assert not resumed
    piece = work(state, run)
    assert [w.address for w in state.todo(run, "a.vn", 10)] == ["http://a.vn/"]
    onward = [(Link("http://a.vn/2", "document"), "a.vn")]
    state.finish(run, piece, Done("new"), onward=onward)
    assert [w.address for w in state.todo(run, "a.vn", 10)] == ["http://a.vn/2"]
    state.plan(run, "s", [(Link("http://a.vn/", "document"), "a.vn")])
    assert len(state.todo(run, "a.vn", 10)) == 1


def test_an_open_run_goes_on_and_an_old_one_is_told_with_the_next(state):
    from datetime import timedelta

    first, _ = state.begin_run(NIGHT, resume_within=3600)
    assert state.begin_run(NIGHT + timedelta(minutes=5), resume_within=3600) == (first, True)
    second, resumed = state.begin_run(NIGHT + timedelta(days=1), resume_within=3600)
    assert (resumed, state.untold_runs(second)) == (False, [first, second])
    state.end_run(second, complete=True, keep_requests=5)
    third, _ = state.begin_run(NIGHT - timedelta(days=9), resume_within=3600)
    assert third > second
    assert state.untold_runs(third) == [third]


@pytest.mark.parametrize(
    "damage", [b"", b"not a database at all" * 300, b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_database_that_cannot_be_read_is_said_or_made_anew(tmp_path, archive, damage):
    version = kept(archive, b"one")
    path = tmp_path / "state.sqlite"
    path.write_bytes(damage)
    if damage:
        with pytest.raises((Damaged, sqlite3.DatabaseError)):
            State(path)
    state, _ = open_state(tmp_path, archive)
    rebuild(state, archive)
    assert state.known("http://a.vn/").digest == version.digest
    assert state.known("http://a.vn/").validators == {}
    state.close()


contents = st.sampled_from([b"A", b"B", b"C"])


class Nights(RuleBasedStateMachine):
    """Nights that see pages come, change and go, with crashes and lost databases in between."""

    @initialize()
    def begin(self):
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive(Path(self.folder.name) / "archive")
        self.archive.open()
        self.state, _ = open_state(Path(self.folder.name), self.archive)
        self.day = 0
        self.run = None
        self.truth = {}

    @precondition(lambda self: self.run is None)
    @rule()
    def night_begins(self):
        from datetime import timedelta

        self.day += 1
        self.run, _ = self.state.begin_run(NIGHT + timedelta(days=self.day), resume_within=10**6)
        self.asked = set()

    @precondition(lambda self: self.run)
    @rule(
        page=st.sampled_from("xyz"),
        content=contents,
        crash=st.sampled_from([None, "body", "journal"]),
    )
    def page_comes(self, page, content, crash):
        address = f"http://a.vn/{page}"
        if page in self.asked:
            return
        incoming = self.archive.receive()
        incoming.begin()
        incoming.write(content)
        if crash == "body":
            incoming._file.close()
            return
        digest = incoming.keep()
        piece = work(self.state, self.run, address)
        known = self.state.known(address)
        version = None
        if digest != known.digest:
            version = Version(
                address, digest, self.run, self.run, address, page, len(content), "s", "document"
            )
            self.archive.record(version)
        if crash == "journal":
            return
        self.state.finish(
            self.run,
            piece,
            Done("new" if version else "same"),
            Brought([version] if version else []),
        )
        self.asked.add(page)
        if version:
            self.truth.setdefault(address, []).append((self.run, digest))

    @precondition(lambda self: self.run)
    @rule()
    def night_ends(self):
        self.state.end_run(self.run, complete=True, keep_requests=3)
        self.run = None

    @rule()
    def process_dies(self):
        from pathlib import Path

        self.state.close()
        self.archive.open()
        self.state, _ = open_state(Path(self.folder.name), self.archive)

    @invariant()
    def nothing_is_lost(self):
        if not hasattr(self, "state"):
            return
        found = {}
        for address, run, digest in self.state.rows(
            "SELECT address, run, digest FROM versions ORDER BY address, run"
        ):
            found.setdefault(address, []).append((run, digest))
            assert self.archive.read(digest) is not None
        assert found == self.truth
        latest = {a: v[-1][1] for a, v in self.truth.items()}
        assert {a: self.state.known(a).digest for a in latest} == latest
        for pairs in found.values():
            digests = [d for _, d in pairs]
            assert all(a != b for a, b in itertools.pairwise(digests))

    def teardown(self):
        if hasattr(self, "state"):
            self.state.close()
            self.folder.cleanup()


Nights.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestNights = Nights.TestCase


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("xy"), contents), max_size=8), st.data())
def test_the_journal_alone_gives_the_same_versions(pages, data):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive")
        archive.open()
        expected = {}
        for n, (page, content) in enumerate(pages):
            run = f"2024-05-{n + 1:02}T18:00:00+00:00"
            version = kept(archive, content, f"http://a.vn/{page}", run)
            if data.draw(st.booleans()):
                archive.record(version)  # a crash between journal and state doubles the line
            expected[version.address] = version.digest
        state, _ = open_state(Path(folder), archive)
        assert {a: state.known(a).digest for a in expected} == expected
        assert len(state.rows("SELECT * FROM versions")) == len(pages)
        state.close()
