"""A breakdown of a region lists each of its units once: one missing or doubled explains a total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from auditors import messages
from auditors.desk import Desk, Sheet
from solieu.model import Finding, Observation, Region
from solieu.unit_names import LANGUAGES

# Below this part of the units a table is a selection, and nothing is missing from it.
MOST = 0.8


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of a region's units a table with a total row for it lists."""

    whole: Observation
    region: Region
    missing: tuple[str, ...]
    doubled: tuple[str, ...]
    count: int


def region_coverage(desk: Desk) -> Iterator[Finding]:
    """For every table with a total row for a region: which of its units are missing or doubled."""
    for sheet in desk.sheets:
        covered = coverage(desk, sheet)
        if covered is not None:
            yield _finding(covered)


def coverage(desk: Desk, sheet: Sheet) -> Coverage | None:
    """What the table lists of a region's units; None where it is no breakdown of a region.

    A row whose name was not settled may be any unit, so that nothing is missing for sure.
    """
    if desk.region_children is None:
        return None
    rows = [o for line in sheet.lines if (o := _first(desk, sheet, line.index)) is not None]
    whole = next((o for o in rows if o.is_total and o.region is not None), None)
    if whole is None or whole.region is None:
        return None
    expected = set(desk.region_children(whole.region))
    listed = Counter(o.region.name for o in rows if o.region is not None and o is not whole)
    known = expected & listed.keys()
    if len(expected) < 3 or len(known) < MOST * len(expected):
        return None
    missing = tuple(sorted(expected - listed.keys()))
    doubled = tuple(sorted(name for name in known if listed[name] > 1))
    unsettled = sum(o.region is None and not o.is_total for o in rows)
    if missing and unsettled >= len(missing):
        return None
    return Coverage(whole, whole.region, missing, doubled, len(expected))


def _first(desk: Desk, sheet: Sheet, row: int) -> Observation | None:
    for column in sheet.crosses:
        figure = sheet.cells.get((row, column.index))
        meaning = desk.meaning.get(figure.figure_id) if figure is not None else None
        if meaning is not None:
            return meaning
    return None


def _finding(covered: Coverage) -> Finding:
    complete = not covered.missing and not covered.doubled
    texts = []
    for lang in LANGUAGES:
        nothing = messages.say("word.nothing", lang)
        texts.append(
            messages.say(
                f"region_coverage.{'holds' if complete else 'off'}",
                lang,
                place=covered.region.name,
                missing=", ".join(covered.missing) or nothing,
                extra=", ".join(covered.doubled) or nothing,
                count=covered.count,
            )
        )
    return Finding(
        check="region_coverage",
        status="pass" if complete else "fail",
        severity="info" if complete else "warning",
        figure_ids=(covered.whole.figure.figure_id,),
        published=None,
        expected=None,
        region_name=covered.region.name,
        message_vi=texts[0],
        message_en=texts[1],
        details={"missing": "|".join(covered.missing), "doubled": "|".join(covered.doubled)},
    )
