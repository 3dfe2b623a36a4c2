"""Forms of tables by writers who never saw the reader: half of them were never mended on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.forms import score

FLOORS = json.loads((Path(__file__).parent / "accuracy.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "documents", "floor"),
    [
        ("unseen", 20, "unseen forms"),
        ("unseen_2", 22, "unseen publications"),
        ("looked_at", 20, "looked-at forms"),
        ("looked_at_2", 22, "looked-at publications"),
    ],
)
def test_forms_of_tables(name, documents, floor):
    read = score(name)
    assert read.documents == documents
    assert read.right / read.wanted >= FLOORS[f"{floor} recall"][-1]["floor"]
    assert read.right / read.reported >= FLOORS[f"{floor} precision"][-1]["floor"]
    assert 1 - read.silent / read.reported >= FLOORS[f"{floor} not silently wrong"][-1]["floor"]
