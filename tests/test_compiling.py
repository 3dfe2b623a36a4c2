"""The compiled program: its lowered sources mean the same, and where it was built, it says the same."""

from __future__ import annotations

import importlib.util
import pickle
import runpy
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType

import pytest

from compiling.edits import NotLowered
from compiling.lowering import INTERPRETED, lowered
from compiling.makers import makers
from solieu import quick

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("solieu", "extractors", "normalizers", "auditors", "writers")

WRITTEN = '''
from __future__ import annotations
from dataclasses import dataclass, field
from functools import cached_property
from solieu.quick import quick

@quick
@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands."""

    page: int
    box: tuple[int, ...] | None = None
    """Of the page."""
    marks: tuple[str, ...] = field(default=("a",))

    @property
    def first(self) -> bool:
        return self.page == 1

@dataclass(slots=True)
class Draft:
    words: list[str] = field(default_factory=list)
    place: Place = field(default_factory=lambda: Place(7))

@dataclass(frozen=True, eq=False)
class Desk:
    """Without equality, with something worked out once."""

    sizes: tuple[int, ...]

    @cached_property
    def total(self) -> list[int]:
        """The sum, in a list of its own."""
        return [sum(self.sizes)]

class Clerk:
    def __init__(self, size: int) -> None:
        self.size = size

    @cached_property
    def _double(self) -> list[int]:
        return [2 * self.size]
'''


@pytest.fixture
def before_and_after(monkeypatch):
    modules = []
    for name, source in (("written", WRITTEN), ("lowered", lowered(WRITTEN))):
        module = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, module)
        exec(compile(source, name, "exec"), module.__dict__)
        modules.append(module)
    return modules


def test_lowered_classes_mean_the_same(before_and_after):
    told = [
        (
            repr(module.Place(1)),
            repr(module.Place(page=2, box=(1, 2), marks=())),
            repr(replace(module.Place(1), page=3)),
            module.Place(1) == module.Place(1),
            module.Place(1) == module.Place(2),
            module.Place(1) == 1,
            repr(quick.replace(module.Place(1), page=3)),
            hash(module.Place(1, (2,))),
            module.Place(1).first,
            [(f.name, f.default) for f in fields(module.Place) if f.name != "box"],
            repr(module.Draft()),
            repr(module.Draft(["x"], module.Place(1))),
            module.Draft() == module.Draft(),
            module.Draft.__hash__,
            repr(pickle.loads(pickle.dumps(module.Place(4, (1,))))),
            module.Desk((1,)) == module.Desk((1,)),
            module.Desk((1, 2)).total,
            module.Clerk(4)._double,
        )
        for module in before_and_after
    ]
    assert told[0] == told[1]


def test_what_is_worked_out_once_is_kept(before_and_after):
    for module in before_and_after:
        desk, clerk = module.Desk((1, 2)), module.Clerk(4)
        assert desk.total is desk.total
        assert clerk._double is clerk._double


def test_each_object_has_defaults_of_its_own(before_and_after):
    for module in before_and_after:
        assert module.Draft().words is not module.Draft().words


@pytest.mark.parametrize(
    "source",
    [
        "@dataclass(frozen=True)\nclass A(B):\n    x: int\n",
        "@dataclass(order=True)\nclass A:\n    x: int\n",
        "@dataclass\nclass A:\n    x: int = field(init=False)\n",
        "@dataclass\nclass A:\n    x: ClassVar[int] = 1\n",
        "@dataclass\nclass A:\n    x: int\n\n    def __post_init__(self) -> None: ...\n",
        "class A(dict[str, int]):\n    ends = False\n",
        "class A(ValueError):\n    status: str = 'failed'\n",
        "class A:\n    @cached_property\n    def x(self):\n        return 1\n",
    ],
)
def test_what_lowering_would_change_it_refuses(source):
    with pytest.raises(NotLowered):
        lowered(source)


def test_what_is_assigned_once_is_final():
    source = (
        '"""A module."""\n\nfrom __future__ import annotations\n\nimport re\n'
        "_YEAR = re.compile('x')\n_SAID: list[str] = []\n_twice = 1\n_twice = 2\n"
        "_count = 0\nKind = tuple[int, str]\n_ONE: tuple[float, float] = (1.0, 0.0)\n\ndef told():\n    global _count\n    _count = 1\n"
    )
    said = lowered(source).split("\n")
    assert said[4] == "from typing import Final as _Final"
    assert [line.partition(" ")[0] for line in said if "_Final" in line][1:] == ["_YEAR:", "_SAID:"]
    assert "_SAID: _Final[list[str]] = []" in said


def test_objects_are_made_by_their_class():
    model = "make_place = maker(Place)\ndef two():\n    return make_place(1), make_place(2)"
    assert makers(model) == {"make_place": "Place"}
    assert lowered(model) == "\ndef two():\n    return Place(1), Place(2)"
    used = "from model import make_cell, make_place, other\nmake_place(3)"
    made = {"make_place": "Place", "make_cell": "Cell"}
    imported = "from model import Cell as make_cell, Place as make_place, other"
    assert lowered(used, made) == f"{imported}\nmake_place(3)"


@pytest.mark.parametrize("package", PACKAGES)
def test_all_sources_can_be_lowered(package):
    for path in (p for p in (ROOT / package).rglob("*.py") if p.name not in INTERPRETED):
        source = path.read_text(encoding="utf-8")
        after = lowered(source)
        compile(after, str(path), "exec")
        assert "@cached_property" not in after
        assert "@quick" not in after
        assert "@dataclass(frozen" not in after


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_without_a_compiler_it_says_what_to_install(monkeypatch):
    building = pytest.importorskip("compiling.building")
    monkeypatch.setattr(building.shutil, "which", lambda name: None)
    monkeypatch.setattr(building, "build", lambda: pytest.fail("there is no compiler"))
    monkeypatch.setattr(building.os, "name", "posix")
    with pytest.raises(SystemExit, match=r"(?s)no C compiler.*apt install.*without"):
        runpy.run_module("compiling", run_name="__main__")


def is_compiled() -> bool:
    """Whether `python3 dev.py compile` was run on these very sources."""
    if importlib.util.find_spec("setuptools") is None:
        return False
    from compiling import building

    return (
        building.STAMP.is_file()
        and building.STAMP.read_text(encoding="ascii") == building.fingerprint()
    )


if is_compiled():

    def test_the_compiled_program_writes_the_same_files(tmp_path):
        from benchmarks.speed.press_pages import make
        from compiling import building

        pages = tmp_path / "pages"
        make(pages)
        asked = [ROOT / "samples", pages, ROOT / "tests" / "data" / "table_forms"]
        written = []
        for tree in (ROOT, building.STAGE):
            output = tmp_path / tree.name
            command = [sys.executable, "pipeline.py", "run", *map(str, asked)]
            done = subprocess.run(  # from its folder: that is where its workers look for modules
                [*command, "--output", str(output)],
                cwd=tree,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 3, done.stderr
            written.append(files(output))
        where = "import normalizers.units; print(normalizers.units.__file__)"
        origin = subprocess.run(
            [sys.executable, "-c", where],
            cwd=building.STAGE,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert not origin.strip().endswith(".py")
        assert written[0].keys() == written[1].keys()
        assert [name for name in written[0] if written[0][name] != written[1][name]] == []
