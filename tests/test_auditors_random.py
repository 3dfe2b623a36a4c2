"""Random tables: nobody is accused wrongly, and what is planted is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditors import audit
from benchmarks.audit_tables import SLIPS, consistent, large, plant


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_consistent_table_is_never_accused(seed):
    wrong = [f for f in audit(consistent(seed)[0]) if f.status == "fail" and f.severity == "error"]
    assert not wrong


@pytest.mark.parametrize("kind", [s for s in SLIPS if s != "row_missing"])
def test_one_changed_cell_is_found_and_never_blamed_on_another(kind):
    tried = 0
    first = 500_000 - 500_000 % len(SLIPS) + SLIPS.index(kind)
    for seed in range(first, first + 200, len(SLIPS)):
        slip = plant(seed)
        if slip is None:
            continue
        tried += 1
        fails = [f for f in audit(slip.reading) if f.status == "fail"]
        assert any(slip.touched & set(f.figure_ids) for f in fails), seed
        assert {f.suspect_id for f in fails if f.suspect_id} <= slip.touched, seed
    assert tried > 10


def test_a_long_table_is_told_in_few_rows():
    found = audit(large(1500, 6))
    assert {f.status for f in found} == {"pass"}
    assert len(found) < 40
    assert any(f.details.get("rows") for f in found)
