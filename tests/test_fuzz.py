"""Damaged documents of every format are read or refused with what to do; nothing else happens."""

from __future__ import annotations

import pytest

from benchmarks.fuzz import Case, attempt, cases
from benchmarks.originals import ORIGINALS, originals
from extractors.sniff import media_type


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
