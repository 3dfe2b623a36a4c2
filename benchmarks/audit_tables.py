"""Random tables whose arithmetic is right, and slips planted into them, with the answer known."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from solieu.model import (
    Content,
    Figure,
    Line,
    Observation,
    Period,
    Place,
    Reading,
    Region,
    Role,
    Table,
)

DOCUMENT = "made-up"
SLIPS = ("swapped", "changed", "dropped", "off_by_one", "row_missing", "shifted")


@dataclass
class Draft:
    """A table being made: values by (row, column), and what the columns are."""

    rows: list[Line]
    columns: list[Line] = field(default_factory=list)
    values: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    places: dict[int, Decimal] = field(default_factory=dict)
    meanings: dict[int, tuple[str, str]] = field(default_factory=dict)
    additive: set[int] = field(default_factory=set)
    partial: bool = False

    def add(
        self, label: str, unit: str, place: str = "1", role: Role = "part", **more: object
    ) -> int:
        index = len(self.columns) + 2
        self.columns.append(Line(index, (label,), role, **more))  # type: ignore[arg-type] # parent, number
        self.units[index], self.places[index] = unit, Decimal(place)
        return index


def leaves(draft: Draft) -> list[int]:
    groups = {r.index for r in draft.rows if r.role in {"group", "total"}}
    return [r.index for r in draft.rows if r.index not in groups and r.role == "part"]


def members(draft: Draft, layout: dict[int, list[int]], row: int) -> list[int]:
    """The leaf rows below a group or total."""
    if row not in layout:
        return [row]
    return [leaf for r in layout[row] for leaf in members(draft, layout, r)]


def make_rows(rng: random.Random) -> tuple[list[Line], dict[int, list[int]]]:
    """Two-level or flat rows, the total first or last, with or without the layout spelled out."""
    last, grouped = rng.random() < 0.5, rng.random() < 0.4
    stated, numbered = rng.random() < 0.5, rng.random() < 0.6
    levels = grouped and rng.random() < 0.7
    lines: list[Line] = []
    layout: dict[int, list[int]] = {}
    index = 3
    total = index if not last else 0
    if not last:
        lines.append(Line(index, ("Tổng số",), "total"))
        index += 1
    top: list[int] = []
    for g in range(rng.randint(2, 5) if grouped else 1):
        group = None
        if grouped:
            group = index
            top.append(index)
            lines.append(Line(index, (f"Vùng {g + 1}",), "group", level=1 if levels else 0))
            index += 1
        for n in range(rng.randint(2, 9) if grouped else rng.randint(3, 25)):
            lines.append(
                Line(
                    index,
                    (f"Đơn vị {index}",),
                    number=str(n + 1) if numbered else None,
                    level=2 if levels else 0,
                    parent=group if stated and group else None,
                )
            )
            layout.setdefault(group or 0, []).append(index)
            if group is None:
                top.append(index)
            index += 1
    layout.pop(0, None)
    if last:
        total = index
        lines.append(Line(index, ("Tổng cộng",), "total"))
    if stated:
        lines = [replace(x, parent=total) if x.index in top else x for x in lines]
    layout[total] = top
    return lines, layout


def number(rng: random.Random) -> Decimal:
    return Decimal(int(10 ** rng.uniform(1.5, 5.5)))


def fill_counts(
    rng: random.Random, draft: Draft, layout: dict[int, list[int]], column: int
) -> None:
    for leaf in leaves(draft):
        draft.values[leaf, column] = number(rng)
    add_up(draft, layout, column)


def add_up(draft: Draft, layout: dict[int, list[int]], column: int) -> None:
    for whole in layout:
        draft.values[whole, column] = sum(
            (draft.values[m, column] for m in members(draft, layout, whole)), Decimal(0)
        )
    draft.additive.add(column)


def rounded(value: Decimal, place: Decimal) -> Decimal:
    return (value / place).quantize(Decimal(1), ROUND_HALF_UP) * place


def add_change(rng: random.Random, draft: Draft, layout: dict[int, list[int]]) -> None:
    done, plan = draft.add("Thực hiện 2023", "person"), draft.add("Kế hoạch 2024", "person")
    change = draft.add("Tăng so với năm 2023", "person")
    fill_counts(rng, draft, layout, done)
    for leaf in leaves(draft):
        grown = draft.values[leaf, done] * Decimal(rng.randint(900, 1400)) / 1000
        draft.values[leaf, plan] = rounded(grown, Decimal(1))
    add_up(draft, layout, plan)
    for row in (r.index for r in draft.rows):
        draft.values[row, change] = draft.values[row, plan] - draft.values[row, done]
    draft.additive.add(change)
    draft.meanings |= {
        done: ("level", "actual"),
        plan: ("level", "plan"),
        change: ("change", "plan"),
    }
    if rng.random() < 0.5:
        rate = draft.add("Tỷ lệ (%)", "percent", rng.choice(["1", "0.1", "0.01"]))
        ratio(draft, rate, plan, done)
        draft.meanings[rate] = ("share", "plan")


def ratio(draft: Draft, rate: int, above: int, below: int) -> None:
    for row in (r.index for r in draft.rows):
        if draft.values.get((row, below)):
            value = 100 * draft.values[row, above] / draft.values[row, below]
            draft.values[row, rate] = rounded(value, draft.places[rate])


def add_parts(rng: random.Random, draft: Draft, layout: dict[int, list[int]]) -> None:
    whole = draft.add("Tổng số người", "person", role="total")
    parts = [
        draft.add(f"Nhóm {n + 1}", "person", parent=whole if rng.random() < 0.5 else None)
        for n in range(rng.randint(2, 5))
    ]
    for part in parts:
        fill_counts(rng, draft, layout, part)
    for row in (r.index for r in draft.rows):
        draft.values[row, whole] = sum((draft.values[row, p] for p in parts), Decimal(0))
    draft.additive.add(whole)


def add_partial(rng: random.Random, draft: Draft, layout: dict[int, list[int]]) -> None:
    """ "Trong đó" that does not exhaust."""
    whole = draft.add("Dân số", "person")
    some = draft.add("Trong đó: nữ", "person", role="of_which", parent=whole)
    fill_counts(rng, draft, layout, whole)
    for leaf in leaves(draft):
        part = draft.values[leaf, whole] * Decimal(rng.randint(400, 600)) / 1000
        draft.values[leaf, some] = rounded(part, Decimal(1))
    add_up(draft, layout, some)


def add_amounts(rng: random.Random, draft: Draft, layout: dict[int, list[int]]) -> None:
    """Money worked out in full and printed in tỷ with a decimal: sums miss by rounding."""
    column = draft.add("Số thu (tỷ đồng)", "VND", "100000000")
    for leaf in leaves(draft):
        draft.values[leaf, column] = Decimal(rng.randint(10**9, 10**12))
    for whole in layout:
        draft.values[whole, column] = sum(
            (draft.values[m, column] for m in members(draft, layout, whole)), Decimal(0)
        )
    for row in (r.index for r in draft.rows):
        draft.values[row, column] = rounded(draft.values[row, column], draft.places[column])


def add_average(rng: random.Random, draft: Draft, _: dict[int, list[int]]) -> None:
    """A column that must not be summed, sometimes without a word that says so."""
    label = rng.choice(["Mật độ dân số", "Thu nhập bình quân", "Mức đạt"])
    column = draft.add(label, rng.choice(["person", "VND", "percent"]), "1")
    for row in (r.index for r in draft.rows):
        draft.values[row, column] = Decimal(rng.randint(50, 900))


def consistent(seed: int) -> tuple[Reading, Draft, dict[int, list[int]]]:
    """A table whose every identity holds, up to the rounding of what was printed."""
    rng = random.Random(seed)
    rows, layout = make_rows(rng)
    draft = Draft(rows)
    kinds = [add_change, add_parts, add_partial, add_amounts, add_average]
    for kind in rng.sample(kinds, rng.randint(1, len(kinds))):
        kind(rng, draft, layout)
    for n in range(rng.randint(0, 3)):
        fill_counts(rng, draft, layout, draft.add(f"Chỉ tiêu {n + 1}", "person"))
    return reading(draft, meanings=rng.random() < 0.5), draft, layout


def figure(draft: Draft, row: int, column: int) -> Figure:
    value, place = draft.values[row, column], draft.places[column]
    spot = Place(table=1, row=row, column=column)
    printed = value / (10**9) if place > 1 else value
    return Figure(
        spot.figure_id(DOCUMENT),
        spot,
        f"{printed:f}",
        value,
        draft.units[column],
        place,
        exact=draft.units[column] == "person",
    )


def reading(draft: Draft, *, meanings: bool) -> Reading:
    present = {r.index for r in draft.rows}
    figures = tuple(figure(draft, r, c) for r, c in sorted(draft.values) if r in present)
    table = Table(1, tuple(draft.rows), tuple(draft.columns), figures)
    observations = []
    if meanings:
        period, labels = Period(2024, "2024"), {c.index: c.labels[0] for c in draft.columns}
        for made in figures:
            measure, scenario = draft.meanings.get(made.place.column or 0, (None, "actual"))
            if measure is None:
                continue
            region = Region(f"Đơn vị {made.place.row}", "district")
            observations.append(
                Observation(
                    made,
                    labels[made.place.column or 0],
                    "table",
                    region,
                    scenario=scenario,  # type: ignore[arg-type] # a literal by construction
                    measure=measure,  # type: ignore[arg-type] # a literal by construction
                    period=period,
                )
            )
    return Reading(DOCUMENT, Content(()), (table,), tuple(observations))


@dataclass
class Planted:
    """A slip and the figures that it touched."""

    kind: str
    reading: Reading
    touched: frozenset[str]


def plant(seed: int) -> Planted | None:
    """One slip in a count that at least one identity reaches; None where it changes nothing."""
    rng = random.Random(seed)
    made, draft, layout = consistent(seed)
    del made
    spots = [s for s in draft.values if s[1] in draft.additive]
    if not spots:
        return None
    row, column = rng.choice(sorted(spots))
    kind = SLIPS[seed % len(SLIPS)]
    touched = {(row, column)}
    if kind == "row_missing":
        gone = rng.choice(leaves(draft))
        if all(draft.values[gone, c] == 0 for c in draft.additive):
            return None
        draft.rows = [r for r in draft.rows if r.index != gone]
        wholes = [w for w, parts in layout.items() if gone in parts]
        summed = {c for c in draft.places if draft.units[c] == "VND" or c in draft.additive}
        touched = {(w, c) for w in wholes for c in summed}
        if any(len(layout[w]) < 4 for w in wholes):
            return None
    elif kind == "shifted":
        other = rng.choice([c for c in sorted(draft.additive) if c != column] or [0])
        if not other or draft.values[row, other] == draft.values[row, column]:
            return None
        touched.add((row, other))
        a, b = draft.values[row, column], draft.values[row, other]
        draft.values[row, column], draft.values[row, other] = b, a
    else:
        slipped = slip(rng, kind, draft.values[row, column])
        if slipped is None:
            return None
        draft.values[row, column] = slipped
    ids = frozenset(Place(table=1, row=r, column=c).figure_id(DOCUMENT) for r, c in touched)
    return Planted(kind, reading(draft, meanings=rng.random() < 0.5), ids)


def slip(rng: random.Random, kind: str, value: Decimal) -> Decimal | None:
    digits = str(abs(int(value)))
    at = rng.randrange(len(digits))
    if kind == "swapped":
        places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1]]
        if not places:
            return None
        at = rng.choice(places)
        digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    elif kind == "changed":
        other = rng.choice([d for d in "0123456789" if d != digits[at]])
        digits = digits[:at] + other + digits[at + 1 :]
    elif kind == "dropped":
        digits = (digits[:at] + digits[at + 1 :]) or "0"
    else:
        return value + rng.choice([-1, 1])
    slipped = Decimal(digits).copy_sign(value)
    return slipped if slipped != value else None


def large(rows: int, columns: int) -> Reading:
    """A consistent table of rows x columns cells, for timing."""
    rng = random.Random(7)
    lines = [Line(n + 3, (f"Đơn vị {n + 1}",), number=str(n + 1)) for n in range(rows - 1)]
    lines.append(Line(rows + 2, ("Tổng cộng",), "total"))
    draft, layout = Draft(lines), {rows + 2: [x.index for x in lines[:-1]]}
    while len(draft.columns) < columns:
        add_change(rng, draft, layout)
        fill_counts(rng, draft, layout, draft.add("Chỉ tiêu", "person"))
    return reading(draft, meanings=True)
