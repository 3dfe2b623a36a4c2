"""Columns of a made-up table: their heads, what their figures mean, how they follow from each other."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.made_up.numbers import rounded
from benchmarks.made_up.topics import (
    AVERAGES,
    INSURANCE,
    PLAN,
    RATES,
    Printed,
    Topic,
    amount,
    grown,
)

Row = list[Decimal]
Make = Callable[[random.Random, Row], Decimal]
PERCENT = Printed("%", Decimal(1), 2)


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column; `make` gives its figure from those to the left, in the printed unit."""

    path: tuple[str, ...]
    metric: str
    scenario: str
    measure: str
    year: int
    unit: str
    printed: Printed
    make: Make
    additive: bool = True
    derived: bool = False
    """Computed from others in the total row too, not added up."""
    check: str = ""
    """The law that a wrong figure here breaks within its row."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """All columns, and what title, caption and time the layout needs."""

    columns: tuple[Column, ...]
    subject: str
    scenario: str
    """Of the title: plan, actual, estimate, or both for a table that compares."""
    year: int
    caption_unit: str = ""
    ids: tuple[str, ...] = ()


def in_unit(topic: Topic, printed: Printed, factor: float) -> Make:
    def make(rng: random.Random, _: Row) -> Decimal:
        return rounded(amount(rng, topic, factor=factor) / printed.scale, printed.places)

    return make


def after(back: int, most: float = 0.4, places: int = 0) -> Make:
    return lambda rng, row: rounded(grown(rng, row[-back], most=most), places)


def minus(one: int, other: int) -> Make:
    return lambda _, row: row[-one] - row[-other]


def ratio(one: int, other: int, places: int, *, less: int = 0) -> Make:
    def make(_: random.Random, row: Row) -> Decimal:
        if not row[-other]:
            return Decimal(0)
        return rounded(100 * row[-one] / row[-other] - less, places)

    return make


def with_unit(head: str, printed: Printed, *, shown: bool) -> str:
    return f"{head} ({printed.text})" if shown else head


def pick(rng: random.Random, count: int, pool: Sequence[Topic]) -> list[Topic]:
    found: list[Topic] = []
    for topic in rng.sample(list(pool), len(pool)):
        if len(found) < count:
            found.append(topic)
    return found


def flat(rng: random.Random, year: int, factor: float) -> Plan:
    """One figure per metric; the title says whether planned or carried out."""
    scenario = rng.choices(["plan", "actual", "estimate"], [5, 5, 1])[0]
    same = rng.random() < 0.6
    pool = (
        [t for t in INSURANCE if t.unit == "person"]
        if same
        else [*INSURANCE, *PLAN, *RATES, *AVERAGES]
    )
    if not same and rng.random() < 0.5:
        pool = list(INSURANCE)
    topics = pick(rng, rng.randint(2, 6), pool)
    one_unit = len({t.unit for t in topics}) == 1
    columns = []
    for topic in topics:
        printed = rng.choice(topic.printed)
        shown = not one_unit and topic.unit != "person"
        shown = shown or topic.unit in {"VND", "tonne", "percent"}
        columns.append(level(rng, topic, printed, scenario, year, factor, shown=shown))
    caption = (
        topics[0].printed[0].text
        if one_unit and topics[0].unit == "person" and rng.random() < 0.5
        else ""
    )
    return Plan(tuple(columns), subject_of(topics), scenario, year, caption)


def level(  # noqa: PLR0913 (what a column is, in one call)
    rng: random.Random,
    topic: Topic,
    printed: Printed,
    scenario: str,
    year: int,
    factor: float,
    *,
    shown: bool,
    path: tuple[str, ...] | None = None,
) -> Column:
    head = with_unit(rng.choice(topic.heads), printed, shown=shown and "%" not in topic.heads[0])
    additive = topic.additive and topic not in AVERAGES
    measure = "share" if topic.unit == "percent" else "level"
    size = factor if additive else 1.0
    return Column(
        path or (head,), topic.metric, scenario, measure, year, topic.unit, scaled(topic, printed),
        in_unit(topic, printed, size), additive=additive,
    )  # fmt: skip


def scaled(topic: Topic, printed: Printed) -> Printed:
    """The printed unit with its size in the standard unit."""
    if topic.unit != "VND":
        return printed
    return replace(printed, scale=printed.scale * 10**6)


def subject_of(topics: Sequence[Topic]) -> str:
    insurance = all("insurance" in t.metric or "unemployment" in t.metric for t in topics)
    if insurance and all(t.unit == "person" for t in topics):
        return "phát triển người tham gia BHXH, BHYT, BHTN"
    return "công tác BHXH, BHYT, BHTN" if insurance else "phát triển kinh tế - xã hội"


def growth_groups(rng: random.Random, year: int, factor: float) -> Plan:
    """Group per metric: carried out, planned, and the increase that is planned."""
    pool = [t for t in INSURANCE if t.unit == "person"]
    topics = pick(rng, rng.randint(1, 3), pool)
    done, planned, more = rng.choice(
        [
            (
                f"Thực hiện {year - 1}",
                f"Kế hoạch giao năm {year}",
                f"Số phát triển tăng so với năm {year - 1}",
            ),
            (f"Thực hiện năm {year - 1}", f"Chỉ tiêu năm {year}", f"Tăng so với năm {year - 1}"),
            (f"TH {year - 1}", f"KH {year}", f"Tăng/giảm so với {year - 1}"),
            (f"Thực hiện đến 31/12/{year - 1}", f"Kế hoạch năm {year}", "Số tăng thêm"),
        ]
    )
    columns: list[Column] = []
    for topic in topics:
        head, unit = rng.choice(topic.heads), topic.printed[0]
        base = Column(
            (head, done),
            topic.metric,
            "actual",
            "level",
            year - 1,
            topic.unit,
            unit,
            in_unit(topic, unit, factor),
        )
        columns += [
            base,
            replace(base, path=(head, planned), scenario="plan", year=year, make=after(1)),
            replace(
                base, path=(head, more), scenario="plan", measure="change", year=year,
                make=minus(1, 2), derived=True, check="row_difference",
            ),
        ]  # fmt: skip
    return Plan(tuple(columns), subject_of(topics), "plan", year)


def completion_groups(rng: random.Random, year: int, factor: float) -> Plan:
    """Group per metric, or the metric in the title: plan, carried out, percent of plan."""
    pool = [t for t in [*INSURANCE, *PLAN] if t.high > 200]
    topics = pick(rng, rng.randint(1, 3), pool)
    grouped = len(topics) > 1 or rng.random() < 0.4
    done, planned, rate = rng.choice(
        [
            ("Thực hiện", "Kế hoạch giao", "Tỷ lệ (%)"),
            ("Thực hiện", "Kế hoạch", "Tỷ lệ % TH/KH"),
            (f"Thực hiện năm {year}", f"Kế hoạch năm {year}", "Đạt tỷ lệ (%)"),
            ("Kết quả thực hiện", "Chỉ tiêu giao", "Tỷ lệ hoàn thành (%)"),
            (f"TH {year}", f"KH {year}", "% TH/KH"),
            ("Số thực hiện", "Kế hoạch được giao", "% hoàn thành kế hoạch"),
            ("Thực hiện", "Kế hoạch", "So sánh TH/KH (%)"),
        ]
    )
    columns: list[Column] = []
    caption = ""
    for topic in topics:
        printed = rng.choice(topic.printed)
        unit = scaled(topic, printed)
        shown = topic.unit in {"VND", "tonne"} and grouped
        head = with_unit(rng.choice(topic.heads), printed, shown=shown)
        above = (head,) if grouped else ()
        caption = printed.text if not grouped else caption
        base = Column(
            (*above, planned),
            topic.metric,
            "plan",
            "level",
            year,
            topic.unit,
            unit,
            in_unit(topic, printed, factor),
        )
        columns += [
            base,
            replace(base, path=(*above, done), scenario="actual", make=after(1, 0.12, printed.places)),
            replace(
                base, path=(*above, rate), scenario="actual", measure="plan_completion", unit="percent", printed=PERCENT,
                make=ratio(1, 2, 2), additive=False, derived=True, check="plan_completion",
            ),
        ]  # fmt: skip
    single = topics[0].heads[0] if not grouped else subject_of(topics)
    return Plan(tuple(columns), single, "actual", year, caption)


def year_pairs(rng: random.Random, year: int, factor: float) -> Plan:
    """One or two metrics in two years, the difference and the growth."""
    topics = pick(rng, rng.randint(1, 2), [t for t in [*INSURANCE, *PLAN] if t.high > 1000])
    columns: list[Column] = []
    caption = ""
    grouped = len(topics) > 1
    for topic in topics:
        printed = rng.choice(topic.printed)
        unit = scaled(topic, printed)
        head = with_unit(
            rng.choice(topic.heads), printed, shown=topic.unit in {"VND", "tonne"} and grouped
        )
        above = (head,) if grouped else ()
        caption = "" if grouped else printed.text
        base = Column(
            (*above, f"Năm {year - 1}"),
            topic.metric,
            "actual",
            "level",
            year - 1,
            topic.unit,
            unit,
            in_unit(topic, printed, factor),
        )
        columns += [
            base,
            replace(
                base, path=(*above, f"Năm {year}"), year=year, make=after(1, 0.3, printed.places)
            ),
        ]
        if rng.random() < 0.7:
            head_change = rng.choice(
                [
                    "Tăng, giảm",
                    "Tăng (+), giảm (-)",
                    f"Tăng/giảm so với năm {year - 1}",
                    "Chênh lệch",
                ]
            )
            columns.append(
                replace(
                    base,
                    path=(*above, head_change),
                    year=year,
                    measure="change",
                    make=minus(1, 2),
                    derived=True,
                    check="row_difference",
                )
            )
            back = 2
        else:
            back = 1
        head_rate = rng.choice(["Tốc độ tăng (%)", "Tỷ lệ tăng, giảm (%)", "Tăng trưởng (%)"])
        columns.append(
            replace(
                base, path=(*above, head_rate), year=year, measure="growth", unit="percent", printed=PERCENT,
                make=ratio(back, back + 1, 2, less=100), additive=False, derived=True, check="growth_rate",
            )
        )  # fmt: skip
    return Plan(
        tuple(columns),
        topics[0].heads[0] if not grouped else subject_of(topics),
        "actual",
        year,
        caption,
    )


def totals_of_parts(rng: random.Random, year: int, factor: float) -> Plan:
    """A total column and its parts: BHXH = bắt buộc + tự nguyện."""
    scenario = rng.choice(["plan", "actual"])
    compulsory, voluntary = INSURANCE[0], INSURANCE[1]
    whole = rng.choice(["Số người tham gia BHXH", "Tham gia BHXH", "Tổng số người tham gia BHXH"])
    total, within = rng.choice([("Tổng số", "Trong đó"), ("Tổng cộng", "Chia ra"), ("Tổng số", "")])
    middle = (within,) if within else ()
    unit = compulsory.printed[0]
    columns = [
        Column((whole, total), "social_insurance_participants", scenario, "level", year, "person", unit,
               lambda _rng, _row: Decimal(0), derived=True, check="row_total"),
        Column((whole, *middle, "BHXH bắt buộc"), compulsory.metric, scenario, "level", year, "person", unit,
               in_unit(compulsory, unit, factor)),
        Column((whole, *middle, "BHXH tự nguyện"), voluntary.metric, scenario, "level", year, "person", unit,
               in_unit(voluntary, unit, factor)),
    ]  # fmt: skip
    columns += [
        level(rng, topic, topic.printed[0], scenario, year, factor, shown=False)
        for topic in pick(rng, rng.randint(0, 2), INSURANCE[2:6])
    ]
    return Plan(tuple(columns), "phát triển người tham gia BHXH, BHYT, BHTN", scenario, year)


def count_and_share(rng: random.Random, year: int, factor: float) -> Plan:
    """People insured and the share of the population that they are."""
    scenario = rng.choice(["plan", "actual"])
    topic = INSURANCE[3]
    unit = topic.printed[0]
    base = level(rng, topic, unit, scenario, year, factor, shown=False)
    population = Column(
        (rng.choice(["Dân số", "Dân số trung bình (người)"]),), "average_population", scenario, "level", year,
        "person", unit, lambda r, row: rounded(row[-1] * Decimal(str(r.uniform(1.02, 1.3))), 0),
        required=scenario == "actual",
    )  # fmt: skip
    share = Column(
        (rng.choice(["Tỷ lệ bao phủ BHYT (%)", "Tỷ lệ tham gia BHYT so với dân số (%)", "Tỷ lệ bao phủ (%)"]),),
        topic.metric, scenario, "share", year, "percent", PERCENT, ratio(2, 1, 2), additive=False, derived=True,
        check="share",
    )  # fmt: skip
    return Plan((base, population, share), "bao phủ BHYT", scenario, year)


LAYOUTS = (flat, growth_groups, completion_groups, year_pairs, totals_of_parts, count_and_share)
WEIGHTS = (6, 4, 4, 3, 2, 2)


GLUED = (growth_groups, completion_groups, totals_of_parts)


def some_plan(rng: random.Random, year: int, factor: float, *, glued: bool = False) -> Plan:
    """Columns run together can be cut again only where a law of the table says where."""
    if glued:
        return rng.choices(GLUED, (6, 3, 1))[0](rng, year, factor)
    return rng.choices(LAYOUTS, WEIGHTS)[0](rng, year, factor)
