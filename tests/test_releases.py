"""Press releases as whole documents: title, date line, paragraphs, bullets, what stands around."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.releases import releases, score

HERE = Path(__file__).parent
FILES = sorted((HERE / "data").glob("releases_*.csv"))
HELD_BACK = sorted((HERE / "data").glob("held_back_releases_*.csv"))
ADAPTED = sorted((HERE / "data").glob("adapted_releases_*.csv"))


UNSEEN = sorted((HERE / "data").glob("unseen_releases_1.csv"))
NEWEST = sorted((HERE / "data").glob("unseen_releases_2.csv"))
"""Never mended on: what new text gives."""
OPENED = sorted((HERE / "data").glob("opened_releases_[12].csv"))
OPENED_NEWEST = sorted((HERE / "data").glob("opened_releases_3.csv"))
OPENED_SHORT = sorted((HERE / "data").glob("opened_releases_4.csv"))
OPENED_MIXED = sorted((HERE / "data").glob("opened_releases_5.csv"))
"""Closed through several rounds of mending, then opened. Sets keep floors of their own, so that none hides another's."""
LOOKED_AT = sorted((HERE / "data").glob("looked_at_releases_[1-5].csv"))
LOOKED_AT_MIXED = sorted((HERE / "data").glob("looked_at_releases_6.csv"))
LOOKED_AT_NEWEST = sorted((HERE / "data").glob("looked_at_releases_7.csv"))
"""Sets that were unseen once: looked at after they had been read, and mended on in part."""


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_figure_with_its_meaning(path):
    scores = {release.name: score(release) for release in releases(path.name)}
    wrong = {name: (s.missed, s.spurious) for name, s in scores.items() if s.missed or s.spurious}
    right = sum(s.right for s in scores.values())
    assert right >= 40
    assert not wrong


def test_files_hold_many_styles():
    names = [release.name for path in FILES for release in releases(path.name)]
    assert len(names) == len(set(names)) >= 35


@pytest.mark.parametrize(
    ("files", "least", "name"),
    [
        (HELD_BACK, 36, "held-back prose"),
        (ADAPTED, 50, "adapted prose"),
        (UNSEEN, 70, "unseen prose"),
        (NEWEST, 30, "newest unseen prose"),
        (OPENED, 35, "opened prose"),
        (OPENED_NEWEST, 16, "opened newest prose"),
        (OPENED_SHORT, 77, "opened short prose"),
        (OPENED_MIXED, 32, "opened mixed prose"),
        (LOOKED_AT, 149, "looked-at prose"),
        (LOOKED_AT_MIXED, 32, "looked-at mixed prose"),
        (LOOKED_AT_NEWEST, 30, "looked-at newest prose"),
    ],
)
def test_releases_by_writers_who_never_saw_the_reader(files, least, name):
    """Written whole before they were read; docs/prose-rounds.md has what the first run gave.

    The adapted ones keep figures and constructions of published texts, in sentences of our own.
    """
    scores = [score(release) for path in files for release in releases(path.name)]
    assert len(scores) >= least
    right = sum(s.right for s in scores)
    wanted = right + sum(len(s.missed) for s in scores)
    reported = right + sum(len(s.spurious) for s in scores)
    floors = json.loads((HERE / "accuracy.json").read_text(encoding="utf-8"))
    assert right / wanted >= floors[f"{name} recall"][-1]["floor"]
    assert right / reported >= floors[f"{name} precision"][-1]["floor"]
