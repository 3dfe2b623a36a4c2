"""What the READMEs say is what happens: commands run, their output is the output shown.

`UPDATE_GOLDEN=1 python3 dev.py test tests/test_readme.py` writes the shown outputs anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.vi.md")
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
BLOCK = re.compile(r"^```(sh|python|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXPECTED_CODES = {"run": (3,), "audit": (1,)}
"""One sample cannot be read and one has wrong totals, on purpose."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder as a reader has it after the clone: samples and a finished demo."""
    folder = tmp_path_factory.mktemp("clone")
    for name in ("samples", "pipeline.py", "docs"):
        (folder / name).symlink_to(ROOT / name)
    run(["solieu", "run", "samples", "--output", "output"], folder)
    return folder


def run(command, folder, language="C.UTF-8"):
    program = [sys.executable, str(ROOT / "pipeline.py")] if command[0] == "solieu" else command[:1]
    return subprocess.run(
        [*program, *command[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": language, "COLUMNS": "100", "PYTHONPATH": str(ROOT)},
    )


def blocks(readme):
    return [(m[1], m[2]) for m in BLOCK.finditer((ROOT / readme).read_text(encoding="utf-8"))]


def commands(readme):
    return [line for kind, text in blocks(readme) if kind == "sh" for line in text.splitlines()]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_runs(place, readme):
    ours = [shlex.split(c) for c in commands(readme) if c.startswith("solieu ")]
    assert {c[1] for c in ours} >= {"run", "audit", "explain", "regions"}
    for command in ours:
        done = run(command, place)
        assert done.returncode in EXPECTED_CODES.get(command[1], (0,)), (command, done.stderr)


@pytest.mark.parametrize("readme", READMES)
def test_the_two_commands_are_those_of_dev(readme):
    assert "python3 dev.py demo" in commands(readme)
    assert "python3 dev.py test" in commands(readme)
    usage = subprocess.run(
        [sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    assert "demo" in usage
    assert "test" in usage


@pytest.mark.parametrize("readme", READMES)
def test_python_examples_run(place, readme):
    examples = [text for kind, text in blocks(readme) if kind == "python"]
    assert examples
    for text in examples:
        done = run([sys.executable, "-c", text], place)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def shown(readme):
    """The command that each text block with output shows, and the block."""
    language = "vi_VN.UTF-8" if readme.endswith(".vi.md") else "C.UTF-8"
    demo, audit, *_ = (text for kind, text in blocks(readme) if kind == "text")
    return [
        (["solieu", "run", "samples", "--output", "output"], language, demo),
        (["solieu", "audit", "samples/ke-hoach-tra-vinh-2023.pdf"], language, audit),
    ]


@pytest.mark.parametrize("readme", READMES)
def test_the_output_shown_is_the_output(place, readme):
    path = ROOT / readme
    for command, language, text in shown(readme):
        output = "\n".join(
            line.rstrip() for line in run(command, place, language).stdout.splitlines()
        )
        if UPDATE:
            told = path.read_text(encoding="utf-8")
            path.write_text(told.replace(text, first_lines(output), 1), encoding="utf-8")
        else:
            assert text == first_lines(output)


def first_lines(output, most=42):
    lines = output.splitlines()
    kept = lines[:most] + (["..."] if len(lines) > most else [])
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("readme", READMES)
def test_the_tree_is_true(readme):
    tree = [text for kind, text in blocks(readme) if kind == "text"][-1]
    named = {line.split()[0].rstrip("/") for line in tree.splitlines() if line[:1].strip()}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    folders = {p.split("/")[0] for p in tracked if "/" in p and not p.startswith(".")}
    assert folders <= named
    assert all((ROOT / name).exists() for name in named)


def test_updating_is_off_when_the_checks_run():
    assert not UPDATE or not os.environ.get("CI")
