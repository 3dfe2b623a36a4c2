"""Accuracy on made-up documents, and on the published ones where they lie beside the repository.

Floors are in accuracy.json, each with its history: a floor may rise; one that falls needs a reason
in its last entry, so that nobody trades accuracy away unseen.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from benchmarks.made_up.families import FAMILIES, made_up
from benchmarks.made_up.marks import Mark
from benchmarks.made_up.run import judged

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
EACH, SEED = 8, 11
HISTORY: dict[str, list[dict[str, object]]] = json.loads((HERE / "accuracy.json").read_text())
needs_shared = pytest.mark.skipif(
    not (SHARED / "score.py").exists(), reason="the published documents are not here"
)


def floor(name: str) -> float:
    return float(str(HISTORY[name][-1]["floor"]))


@cache
def marks(family: str) -> tuple[Mark, ...]:
    return tuple(judged(made_up(family, EACH, SEED)))


@pytest.mark.parametrize("family", FAMILIES)
def test_figures_are_right(family):
    found = marks(family)
    hits, required = sum(m.hits for m in found), sum(m.required for m in found)
    f1 = 2 * hits / (hits + sum(m.spurious for m in found) + required)
    missed = [line for m in found for line in m.missed[:2] + m.extra[:2]][:8]
    assert f1 >= floor(f"{family} F1"), "\n".join(missed)


@pytest.mark.parametrize("family", FAMILIES)
def test_nobody_is_accused_wrongly(family):
    """The figure is a ceiling kept as a negative floor, so that it too may only rise."""
    found = marks(family)
    accused = sum(m.false_errors for m in found)
    lines = "\n".join(line for m in found for line in m.findings)
    assert -accused >= floor(f"{family} false errors"), lines


def test_planted_errors_are_found():
    every = [m for family in FAMILIES for m in marks(family)]
    hit, planted = sum(m.plants_hit for m in every), sum(m.plants for m in every)
    missed = "\n".join(line for m in every for line in m.findings)
    assert hit / planted >= floor("findings recall"), missed


def test_documents_are_the_same_for_the_same_seed():
    for family in ("tab", "html", "press"):
        first, again = made_up(family, 3, 1), made_up(family, 3, 1)
        assert [d.content for d in first] == [d.content for d in again]
        assert [d.facts for d in first] == [d.facts for d in again]
    assert made_up("tab", 1, 1)[0].content != made_up("tab", 1, 2)[0].content


def test_floors_fall_only_with_a_reason():
    for name, entries in HISTORY.items():
        for before, after in itertools.pairwise(entries):
            fell = float(str(after["floor"])) < float(str(before["floor"]))
            assert not fell or str(after.get("reason", "")).strip(), name


def run(folder: Path, output: Path) -> None:
    command = [
        sys.executable,
        "pipeline.py",
        "run",
        str(folder),
        "--output",
        str(output),
        "--quiet",
    ]
    subprocess.run(command, cwd=HERE.parent, check=False, capture_output=True)


def score(script: str, output: Path) -> str:
    command = [sys.executable, str(SHARED / script), str(output), "--show", "3"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout


@needs_shared
def test_the_founding_documents(tmp_path):
    run(SHARED / "seeds", tmp_path)
    said = score("score.py", tmp_path)
    f1 = re.search(r"F1 ([\d.]+)", said)
    findings = re.search(r"findings: (\d+) of (\d+) found, (\d+) other", said)
    assert f1
    assert findings
    assert float(f1[1]) >= floor("seeds F1"), said
    assert int(findings[1]) / int(findings[2]) >= floor("seeds findings"), said
    assert -int(findings[3]) >= floor("seeds false errors"), said


@needs_shared
def test_the_published_documents(tmp_path):
    run(SHARED / "real" / "docs", tmp_path)
    said = score("score_real.py", tmp_path)
    precision = re.search(r"mean precision of values.*: ([\d.]+)", said)
    recall = re.search(r"mean recall, all fields right: ([\d.]+)", said)
    assert precision
    assert recall
    assert float(precision[1]) >= floor("real precision"), said
    assert float(recall[1]) >= floor("real recall"), said
