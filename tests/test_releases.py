"""Press releases as whole documents: title, date line, paragraphs, bullets, what stands around."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.releases import releases, score

FILES = sorted((Path(__file__).parent / "data").glob("releases_*.csv"))


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
