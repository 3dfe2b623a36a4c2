"""Damaged documents of every format are read or refused with what to do; nothing else happens."""

from __future__ import annotations

import random
import re

import pytest

import pipeline
from benchmarks.fuzz import Case, attempt, cases
from benchmarks.originals import ORIGINALS, originals
from extractors.sniff import media_type
from solieu.model import SourceDocument
from tests.releases import published, releases


@pytest.mark.parametrize("kind", ORIGINALS)
def test_originals_are_read_and_known_by_their_bytes(kind):
    for content in originals(kind):
        assert media_type(content, f"a.{kind}") == ORIGINALS[kind]
        assert attempt(Case(f"a.{kind}", content, None)).how == "read"


@pytest.mark.parametrize("kind", ORIGINALS)
def test_damaged_documents_are_read_or_refused(kind):
    ended = {case.name: attempt(case) for case in cases(kind, 25, seed=20)}
    assert {name: e.what for name, e in ended.items() if e.how == "failed"} == {}
    assert len(ended) == 25


def test_the_same_seed_gives_the_same_documents():
    assert list(cases("xlsx", 5, seed=4)) == list(cases("xlsx", 5, seed=4))
    assert list(cases("xlsx", 5, seed=4)) != list(cases("xlsx", 5, seed=5))


def test_a_share_that_any_figure_would_satisfy_does_not_end_the_audit():
    """Two rates of the labour force disagree, and a growth beside one of them is wrong."""
    text = (
        "BHXH tỉnh Nam Định: kết quả năm 2022\n\n"
        "Toàn tỉnh có 134.951 người tham gia BHXH bắt buộc, chiếm 28,3% lực lượng lao động; "
        "tăng 10.786 người (2%) so với năm 2021.\n\n"
        "Số người tham gia bảo hiểm thất nghiệp là 125.729 người, chiếm 24,7% lực lượng lao động."
    )
    reading = pipeline.observe(SourceDocument("a.txt", text.encode(), "text/plain", "a.txt"))
    assert {f.status for f in reading.findings if f.check == "growth_rate"} == {"fail"}


@pytest.mark.parametrize("seed", range(3))
def test_releases_with_changed_digits_are_audited(seed):
    """Figures that contradict each other in any way are findings, and no error of the program."""
    chance = random.Random(seed)
    every = [r for n in (2, 4, 5) for r in releases(f"looked_at_releases_{n}.csv")]
    for release in chance.sample(every, 30):
        text = re.sub(
            r"\d",
            lambda m: str(chance.randrange(10)) if chance.random() < 0.15 else m.group(),
            published(release).decode(),
        )
        name = f"{release.name}.{release.format}"
        media = {"txt": "text/plain", "html": "text/html"}[release.format]
        pipeline.observe(SourceDocument(name, text.encode(), media, name))
