"""A breakdown of a region lists each of its units once: one missing or doubled explains a total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditors import messages
from auditors.desk import Desk, RegionChildren, Sheet
from solieu.model import Finding, Observation, Region

# Below this part of the units a table is a selection, and nothing is missing from it.
MOST = 0.8


def region_coverage(desk: Desk) -> Iterator[Finding]:
    """For every table with a total row for a region: which of its units are missing or doubled."""
    if desk.region_children is None:
        return
    for sheet in desk.sheets:
        yield from _covered(desk, sheet, desk.region_children)


def _covered(desk: Desk, sheet: Sheet, children: RegionChildren) -> Iterator[Finding]:
    rows = [o for line in sheet.lines if (o := _first(desk, sheet, line.index)) is not None]
    whole = next((o for o in rows if o.is_total and o.region is not None), None)
    if whole is None or whole.region is None:
        return
    expected = set(children(whole.region))
    listed = Counter(o.region.name for o in rows if o.region is not None and o is not whole)
    known = expected & listed.keys()
    if len(expected) < 3 or len(known) < MOST * len(expected):
        return
    missing = sorted(expected - listed.keys())
    doubled = sorted(name for name in known if listed[name] > 1)
    yield _finding(whole, whole.region, missing, doubled, len(expected))


def _first(desk: Desk, sheet: Sheet, row: int) -> Observation | None:
    for column in sheet.crosses:
        figure = sheet.cells.get((row, column.index))
        meaning = desk.meaning.get(figure.figure_id) if figure is not None else None
        if meaning is not None:
            return meaning
    return None


def _finding(
    whole: Observation, region: Region, missing: list[str], doubled: list[str], count: int
) -> Finding:
    complete = not missing and not doubled
    texts = []
    for lang in messages.LANGUAGES:
        nothing = messages.say("word.nothing", lang)
        texts.append(
            messages.say(
                f"region_coverage.{'holds' if complete else 'off'}",
                lang,
                place=region.name,
                missing=", ".join(missing) or nothing,
                extra=", ".join(doubled) or nothing,
                count=count,
            )
        )
    return Finding(
        check="region_coverage",
        status="pass" if complete else "fail",
        severity="info" if complete else "warning",
        figure_ids=(whole.figure.figure_id,),
        published=None,
        expected=None,
        region_name=region.name,
        message_vi=texts[0],
        message_en=texts[1],
        details={"missing": "|".join(missing), "doubled": "|".join(doubled)},
    )
