"""What says the same is read the same: releases told otherwise, in some 250 ways.

Each way is tried on the first releases of a shuffle that it changes a word of; all ways on all
releases are `python -m benchmarks.paraphrases`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tests.paraphrases import Changed, Way, changed, every_release, right, with_text
from tests.retold import ways

HERE = Path(__file__).parent
SEED, FEW, TRIED = 20261122, 40, 1


@cache
def told_otherwise() -> tuple[tuple[str, int, tuple[Changed, ...]], ...]:
    """Each way with how many figures stand in the releases it was tried on, and those changed."""
    some = Random(SEED).sample(every_release(), FEW)
    return tuple(_tried(way, some, i) for i, way in enumerate(ways()))


def _tried(way: Way, some: list, turn: int) -> tuple[str, int, tuple[Changed, ...]]:
    figures, found, left = 0, [], TRIED
    for release in [*some[turn % FEW :], *some[: turn % FEW]]:
        other = changed(release, way) if left else None
        if other is not None:
            figures, left = figures + len(right(release)), left - 1
            found += other
    return way.name, figures, tuple(found)


def test_figures_are_read_as_before():
    floors = json.loads((HERE / "accuracy.json").read_text(encoding="utf-8"))
    figures = sum(count for _, count, _ in told_otherwise())
    lost = [(name, c) for name, _, found in told_otherwise() for c in found]
    silent = [name for name, c in lost if c.silent]
    assert figures > 2_000
    said = sorted({name for name, _ in lost})
    assert 1 - len(lost) / figures >= floors["paraphrases read alike"][-1]["floor"], said
    assert 1 - len(silent) / figures >= floors["paraphrases not misread"][-1]["floor"], silent


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("tăng", "giảm"),
        ("năm 2023", "năm 2019"),
        ("tỷ đồng", "triệu đồng"),
        ("tự nguyện", "bắt buộc"),
    ],
)
def test_another_meaning_is_seen(was, now):
    """The comparison itself can fail: what says something else is read as something else."""
    other = Way("test", was, lambda release: with_text(release, lambda t: t.replace(was, now)))
    some = Random(SEED).sample(every_release(), FEW)
    assert sum(len(changed(release, other) or ()) for release in some) > 10
