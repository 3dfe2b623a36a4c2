"""Tables whose rows are territories: rows, totals, blanks, groups and planted errors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from benchmarks.made_up import places
from benchmarks.made_up.columns import Column, Plan, Row, some_plan
from benchmarks.made_up.gold import Fact, Ledger, Plant
from benchmarks.made_up.numbers import DOT, Style, slip, some_style

TOTALS = ("Tổng cộng", "TỔNG CỘNG", "Tổng số", "Cộng", "Tổng", "TỔNG")
WHOLE = {
    "province": ("Toàn tỉnh", "TOÀN TỈNH", "Tổng toàn tỉnh", "Cộng toàn tỉnh"),
    "district": ("Toàn huyện", "Tổng toàn huyện"),
    "country": ("Cả nước", "CẢ NƯỚC", "Toàn quốc"),
}
STUBS = {
    "country": ("Tỉnh, thành phố", "Địa phương", "Tỉnh/thành phố", "Tên tỉnh"),
    "district": ("Xã, phường, thị trấn", "Đơn vị", "Địa bàn", "Tên đơn vị", "Xã/phường"),
    "province": (
        "Huyện, thị xã, thành phố",
        "Đơn vị",
        "Địa phương",
        "Huyện/TX/TP",
        "Tên đơn vị",
        "Đơn vị hành chính",
    ),
    "new": ("Xã, phường", "Đơn vị", "Địa phương", "Xã, phường, đặc khu", "Tên xã, phường"),
}
ORDINALS = ("STT", "TT", "Stt", "Số TT")


@dataclass(slots=True)
class Sheet:
    """A table as it is to be printed: all text, no meaning."""

    heads: list[tuple[str, ...]]
    rows: list[list[str]]
    lead: list[str] = field(default_factory=list)
    caption: str = ""
    foot: list[str] = field(default_factory=list)
    style: Style = DOT
    bold: frozenset[int] = frozenset()
    """Total and group rows."""
    stubs: int = 2

    @property
    def depth(self) -> int:
        return max(map(len, self.heads))


@dataclass(slots=True)
class Made:
    sheet: Sheet
    setting: places.Setting
    plan: Plan
    ledger: Ledger


def factor_of(level: str) -> float:
    return {"country": 8.0, "province": 1.0, "district": 0.12}[level]


def regional(
    rng: random.Random,
    *,
    most: int = 26,
    spaces: bool = True,
    plain: bool = False,
    bare: bool = True,
    glued: bool = False,
) -> Made:
    """A table of some territory's parts, with what it says and where it contradicts itself."""
    setting = places.setting(rng, most=most)
    while not places.unchanged(setting):
        setting = places.setting(rng, most=most)
    level = setting.region.level
    year = setting.day.year - (setting.day.month < 3 or rng.random() < 0.3)
    reform = setting.day >= places.REFORM
    factor = factor_of(level) * (0.15 if reform and level == "province" else 1.0)
    plan = some_plan(rng, setting.day.year if reform else year, factor, glued=glued)
    rows = [_row(rng, plan.columns) for _ in setting.parts]
    ledger = Ledger()
    style = some_style(rng, spaces=spaces)
    while glued and style.thousands == "":
        style = some_style(rng, spaces=spaces)
    order = rng.choices(["last", "first", "none"], [6, 2, 2])[0]
    total = _total(plan.columns, rows)
    if order != "none":
        _plant_total(rng, setting, plan.columns, rows, total, ledger)
    _plant_row(rng, setting, plan.columns, rows, total if order != "none" else None, ledger)
    names = places.row_names(setting.parts, rng) if bare else [p.name for p in setting.parts]
    sheet = _sheet(rng, setting, plan, style, plain=plain)
    _fill(
        rng,
        sheet,
        setting,
        plan,
        rows,
        names,
        total if order == "last" else None,
        total if order == "first" else None,
        ledger,
    )
    return Made(sheet, setting, plan, ledger)


def _row(rng: random.Random, columns: Sequence[Column]) -> Row:
    row: Row = []
    for column in columns:
        row.append(column.make(rng, row))
    if columns[0].check == "row_total":
        row[0] = row[1] + row[2]
    return row


def _total(columns: Sequence[Column], rows: Sequence[Row]) -> Row:
    total: Row = []
    for i, column in enumerate(columns):
        if column.additive:
            total.append(sum((r[i] for r in rows), Decimal(0)))
        elif column.derived:
            total.append(column.make(random.Random(0), total))
        else:
            values = sorted(r[i] for r in rows)
            total.append(values[len(values) // 2])
    return total


def _again(columns: Sequence[Column], total: Row) -> None:
    """What follows from the total row's own figures."""
    for i, column in enumerate(columns):
        if column.check == "row_total":
            total[0] = total[1] + total[2]
        elif column.derived:
            total[i] = column.make(random.Random(0), total[:i])


def _plant_total(
    rng: random.Random,
    setting: places.Setting,
    columns: Sequence[Column],
    rows: Sequence[Row],
    total: Row,
    ledger: Ledger,
) -> None:
    if rng.random() < 0.55:
        return
    true = list(total)
    candidates = [
        i for i, c in enumerate(columns) if c.additive and not c.derived and c.printed.places == 0
    ]
    for i in rng.sample(candidates, min(len(candidates), rng.choice([1, 1, 2]))):
        total[i] = (
            slip(rng, total[i]) if rng.random() < 0.6 else total[i] + rng.choice([-1, 1, 10, -100])
        )
        if abs(total[i] - true[i]) > true[i] / 20 or total[i] <= 0:
            total[i] = true[i] + 1
        if not counted(columns[i]) and abs(total[i] - true[i]) < 3 * len(rows):
            total[i] = true[i] + 4 * len(rows)
    _again(columns, total)
    for i, column in enumerate(columns):
        if column.additive and total[i] != true[i]:
            scale = column.printed.scale
            ledger.plants.append(
                Plant(
                    "column_total",
                    setting.region.name,
                    column.metric,
                    total[i] * scale,
                    true[i] * scale,
                )
            )


def counted(column: Column) -> bool:
    """Whole things, which add up without rounding."""
    return column.unit not in {"VND", "tonne", "percent"}


def _plant_row(
    rng: random.Random,
    setting: places.Setting,
    columns: Sequence[Column],
    rows: Sequence[Row],
    total: Row | None,
    ledger: Ledger,
) -> None:
    """A figure of one row that contradicts its row: a wrong difference, rate or sum."""
    derived = [i for i, c in enumerate(columns) if c.derived]
    if not derived or rng.random() < 0.75 or len(rows) < 5:
        return
    i = rng.choice(derived)
    column, at = columns[i], rng.randrange(len(rows))
    true = rows[at][i]
    wrong = (
        slip(rng, abs(true)) * (-1 if true < 0 else 1)
        if column.unit != "percent"
        else true + rng.choice([-9, -3, 2, 5, 10])
    )
    if wrong == true or (column.unit == "percent" and true < 10 and column.check != "growth_rate"):
        return
    rows[at][i] = wrong
    scale = column.printed.scale
    ledger.plants.append(
        Plant(column.check, setting.parts[at].name, column.metric, wrong * scale, true * scale)
    )
    if column.additive and total is not None:
        _sum_anew(setting, column, rows, i, total[i] * scale, ledger)


def _sum_anew(
    setting: places.Setting,
    column: Column,
    rows: Sequence[Row],
    i: int,
    published: Decimal,
    ledger: Ledger,
) -> None:
    """The wrong row changes what its column adds up to: a total planted there misses by that too."""
    summed = sum((r[i] for r in rows), Decimal(0)) * column.printed.scale
    broken = Plant(
        "column_total", setting.region.name, column.metric, published, summed, required=False
    )
    same = [n for n, p in enumerate(ledger.plants) if _breaks(p, broken)]
    if not same:
        ledger.plants.append(broken)
    for n in same:
        ledger.plants[n] = replace(ledger.plants[n], expected=summed)


def _breaks(plant: Plant, other: Plant) -> bool:
    return (plant.check, plant.metric, plant.published) == (
        other.check, other.metric, other.published,
    )  # fmt: skip


def _sheet(
    rng: random.Random, setting: places.Setting, plan: Plan, style: Style, *, plain: bool
) -> Sheet:
    level: str = setting.region.level
    stub = rng.choice(
        STUBS["new" if setting.day >= places.REFORM and level == "province" else level]
    )
    heads: list[tuple[str, ...]] = [(stub,)]
    numbered = rng.random() < 0.8
    if numbered:
        heads.insert(0, (rng.choice(ORDINALS),))
    upper = rng.random() < 0.15
    heads += [
        tuple(e.upper() if upper and i == 0 else e for i, e in enumerate(c.path))
        for c in plan.columns
    ]
    if rng.random() < 0.2 and not plain:
        heads.append(("Ghi chú",))
    return Sheet(heads, [], style=style, stubs=2 if numbered else 1)


def _fill(  # noqa: PLR0913, PLR0917 (rows, names and totals are written together)
    rng: random.Random,
    sheet: Sheet,
    setting: places.Setting,
    plan: Plan,
    rows: Sequence[Row],
    names: Sequence[str],
    last: Row | None,
    first: Row | None,
    ledger: Ledger,
) -> None:
    blank = rng.choice(["", "-", "–"]) if rng.random() < 0.15 else None
    level: str = setting.region.level
    name = rng.choice(
        WHOLE[level]
        if rng.random() < 0.3 and (level != "district" or setting.region.name.startswith("Huyện"))
        else TOTALS
    )
    if setting.region.name.startswith("Thành phố") and name in WHOLE.get(level, ()):
        name = "Toàn thành phố"
    bold: set[int] = set()
    if first is not None:
        bold.add(len(sheet.rows))
        _line(sheet, plan, "", name, first, setting.region.name, ledger)
    for n, (label, row, part) in enumerate(zip(names, rows, setting.parts, strict=True), 1):
        _line(sheet, plan, str(n), label, row, part.name, ledger)
        if blank is not None:
            _nothing(rng, sheet, plan, row, blank, ledger)
    if last is not None:
        bold.add(len(sheet.rows))
        _line(sheet, plan, "", name, last, setting.region.name, ledger)
    sheet.bold = frozenset(bold)


def _line(
    sheet: Sheet, plan: Plan, ordinal: str, label: str, row: Row, region: str, ledger: Ledger
) -> None:
    texts = [sheet.style.text(v, c.printed.places) for v, c in zip(row, plan.columns, strict=True)]
    note = [""] * (len(sheet.heads) - sheet.stubs - len(texts))
    sheet.rows.append([*([ordinal] if sheet.stubs == 2 else []), label, *texts, *note])
    for value, column, text in zip(row, plan.columns, texts, strict=True):
        ledger.facts.append(
            Fact(
                region, column.metric, column.scenario, column.measure, column.year,
                value * column.printed.scale, column.unit, text, column.required,
            )
        )  # fmt: skip


def _nothing(
    rng: random.Random, sheet: Sheet, plan: Plan, row: Row, blank: str, ledger: Ledger
) -> None:
    """A column that follows from no other may have nothing in it where there is nothing."""
    if any(c.derived for c in plan.columns) or rng.random() > 0.1 or len(row) < 3:
        return
    at = rng.randrange(len(row))
    if row[at] == 0:
        sheet.rows[-1][sheet.stubs + at] = blank
        del ledger.facts[-len(row) + at]
