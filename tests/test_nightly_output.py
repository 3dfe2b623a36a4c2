"""The output of a night: the same whether made of the last one's rows or of the readings."""

import hashlib
import shutil
from contextlib import closing

import pytest

from engines.nightly import tables
from engines.nightly.last import LastTables, spans
from fetchers.state import State
from solieu.errors import OutputError
from tests.portal import Nights, Portal, config_text, html

LISTING = 'kind = "listing"\nfollow = "a.title"'


def page(*values, counter=1):
    lines = "".join(f"<p>Số người {n}: {v} người</p>" for n, v in enumerate(values, 1))
    return html("Tin", f"<main>{lines}</main><div>Lượt truy cập {counter}</div>")


def listing(*paths):
    return html("Tin tức", "".join(f'<a class="title" href="{p}">Tin</a>' for p in paths))


@pytest.fixture
def portal():
    with Portal() as running:
        running.pages = {"/tin": listing(*(f"/tin/{n}" for n in range(9)))}
        for n in range(9):
            values = [f"{k}.{100 + n}" for k in range(1, 2 + n % 4)] if n != 4 else []
            running.pages[f"/tin/{n}"] = page(*values)
        yield running


@pytest.fixture
def nights(portal, tmp_path):
    return Nights(tmp_path, config_text(portal, ("hd", "/tin", LISTING)))


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.suffix in {".parquet", ".js", ".html"} or "package" in path.name)
        and "runs" not in path.parts and "archive" not in path.parts
    }  # fmt: skip


def made_anew(nights, folder, runs=1):
    """The output of the last night, which tells of so many runs, out of the readings alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(nights.output / "state.sqlite", folder)
    with closing(State(folder / "state.sqlite")) as state:
        with state.step() as db:
            db.execute("DELETE FROM output")
            db.execute("DELETE FROM written")
        last = state.rows("SELECT run FROM runs ORDER BY run DESC LIMIT ?", runs)
        tables.write(state, folder, [run for (run,) in last], 1)
    return bytes_of(folder)


def inode(nights, name):
    return (nights.output / name).stat().st_ino


UNTOUCHED = ("documents.parquet", "findings.parquet", "unread.parquet", "report/index.html")


def test_night_after_night_the_rows_of_the_last_output_make_the_same_bytes(
    nights, portal, tmp_path
):
    def night():
        made = nights.run()
        assert bytes_of(nights.output) == made_anew(nights, tmp_path / "anew")
        return made

    night()
    night()
    portal.pages["/tin/2"] = page("1.102", "2.102", "7.777")
    portal.pages["/tin/6"] = page("1.106", "2.106", "3.106", counter=2)
    del portal.pages["/tin/3"]
    portal.pages["/tin/10"] = page("5.555")
    portal.pages["/tin"] = listing(*(f"/tin/{n}" for n in [*range(9), 10]))
    assert night().changes == {
        "new_document": 1, "new_version": 2, "revised_figure": 1, "vanished_document": 1
    }  # fmt: skip
    night()
    portal.pages["/tin/2"] = page("1.102", "2.102", "3.102")
    portal.pages["/tin/3"] = page("1.103", "2.103", "3.103", "4.103")
    assert night().changes["revised_figure"] == 1
    other = ("moi", "/tin/8", 'labels = ["tinh"]')
    nights.path.write_text(config_text(portal, other, ("hd", "/tin", LISTING)), encoding="utf-8")
    night()
    night()


def test_a_quiet_night_makes_nothing_anew_but_when_the_figures_were_seen(nights):
    nights.run()
    before = {name: inode(nights, name) for name in UNTOUCHED}
    told = nights.table("observations")
    nights.run()
    assert {name: inode(nights, name) for name in UNTOUCHED} == before
    seen = {o["last_seen"] for o in nights.table("observations")}
    assert seen == {v["last_seen"] for v in nights.table("vintages")}
    assert seen != {o["last_seen"] for o in told}
    assert [o | {"last_seen": None} for o in told] == [
        o | {"last_seen": None} for o in nights.table("observations")
    ]


@pytest.mark.parametrize("name", ["observations.parquet", "report/index.html", "unread.parquet"])
def test_an_output_that_somebody_touched_is_made_anew(nights, name):
    nights.run()
    expected = (nights.output / name).read_bytes()
    if name != "observations.parquet":
        (nights.output / name).write_bytes(b"other")
    else:
        (nights.output / name).unlink()
    nights.run()
    if name == "observations.parquet":
        assert len(nights.table("observations")) == 20
    else:
        assert (nights.output / name).read_bytes() == expected


def test_rows_are_taken_by_their_documents_in_any_stretches(nights):
    nights.run()
    whole = nights.table("observations")
    ids = [d["document_id"] for d in nights.table("documents")]
    for step in (1, 2, 5, 9):
        found = []
        with LastTables(nights.output, 0) as last:
            for begin in range(0, 9, step):
                for piece in last.take("observations", begin, begin + step):
                    assert set(piece["document_id"].to_pylist()) <= set(ids[begin : begin + step])
                    found += piece.to_pylist()
        assert found == whole
    with LastTables(nights.output, 0) as last:
        (few,) = last.take("observations", 3, 4)
        assert {r["document_id"] for r in few.to_pylist()} == {ids[3]}
        assert list(last.take("observations", 4, 5)) == []
        assert list(last.take("findings", 0, 9)) == []


def test_a_disk_that_fills_up_while_tables_are_written_leaves_the_last_output(
    nights, portal, monkeypatch, tmp_path
):
    nights.run()
    before = bytes_of(nights.output)
    portal.pages["/tin/2"] = page("1.102", "2.102", "7.777")
    portal.pages["/tin"] = listing(*(f"/tin/{n}" for n in range(9)), "/tin/10")
    portal.pages["/tin/10"] = page("5.555")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(tables, "write_report", full)
        with pytest.raises(OutputError, match="No space"):
            nights.run()
    assert bytes_of(nights.output) == before
    made = nights.run()
    assert made.changes["new_document"] == made.changes["revised_figure"] == 1
    assert bytes_of(nights.output) == made_anew(nights, tmp_path / "anew", runs=2)


@pytest.mark.parametrize(
    ("places", "most", "expected"),
    [
        ([], 9, []),
        ([0], 9, [(0, 1)]),
        ([0, 1, 2, 3], 2, [(0, 2), (2, 4)]),
        ([None, None, 0], 9, [(0, 1), (1, 2), (2, 3)]),
        ([4, 5, None, 6, 9], 9, [(0, 2), (2, 3), (3, 4), (4, 5)]),
    ],
)
def test_stretches_of_the_last_output(places, most, expected):
    assert list(spans(places, most)) == expected
