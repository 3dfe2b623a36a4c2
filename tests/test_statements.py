"""Statements made from a grammar, so that what each figure means is known before it is read.

Whole releases show what offices write; these show that the common parts of a statement hold in any
order and company: a level, its plan, its change, its base, its parts, its territories and years.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import pytest

import extractors
import normalizers
from solieu.model import SourceDocument


class Told(NamedTuple):
    """What a figure means; `year` is that of its own time."""

    value: float
    measure: str = "level"
    scenario: str = "actual"
    metric: str = ""
    year: int = 2023
    region: str = "Tỉnh Bắc Giang"


Statement = tuple[str, list[Told]]

AMOUNTS = (
    ("số người tham gia BHXH tự nguyện", "người", "voluntary_social_insurance_participants"),
    ("số người tham gia BHYT", "người", "health_insurance_participants"),
    ("thu ngân sách nhà nước trên địa bàn", "tỷ đồng", "state_budget_revenue_in_the_area"),
    ("kim ngạch xuất khẩu", "triệu USD", "export_turnover"),
    ("số doanh nghiệp thành lập mới", "doanh nghiệp", "newly_established_enterprises"),
    ("sản lượng lương thực có hạt", "tấn", "production_of_cereals"),
    ("số lao động được tạo việc làm", "lao động", "jobs_created"),
    ("doanh thu du lịch", "tỷ đồng", "tourism_revenue"),
)
RATES = (
    ("tỷ lệ hộ nghèo", "multidimensional_poverty_rate"),
    ("tỷ lệ lao động qua đào tạo", "trained_labour_force_rate"),
    ("tỷ lệ che phủ rừng", "forest_coverage_rate"),
    ("tỷ lệ bao phủ BHYT", "health_insurance_participants"),
)
DISTRICTS = ("Hiệp Hòa", "Lục Ngạn", "Yên Thế", "Tân Yên", "Việt Yên", "Sơn Động", "Lạng Giang")
SCALES = {"tỷ đồng": 10**9, "triệu USD": 10**6}


def count(dice: random.Random, least: int = 1_000, most: int = 99_999) -> tuple[str, int]:
    number = dice.randint(least, most)
    return f"{number:,}".replace(",", "."), number


def rate(dice: random.Random) -> tuple[str, float]:
    tenths = dice.randint(10, 989)
    tenths += tenths % 10 == 0
    return f"{tenths / 10:.1f}%".replace(".", ","), tenths / 10


def level(dice: random.Random) -> Statement:
    """A level with its plan and its change, in any order."""
    name, unit, metric = dice.choice(AMOUNTS)
    (shown, number), scale = count(dice), SCALES.get(unit, 1)
    verb, scenario = dice.choice(
        (("đạt", "actual"), ("là", "actual"), ("lên tới", "actual"), ("ước đạt", "estimate"))
    )
    told = [Told(number * scale, "level", scenario, metric)]
    tails = [part for part in (planned, changed) if dice.random() < 0.7]
    dice.shuffle(tails)
    text = f"{dice.choice(('Năm 2023, ', 'Cả năm 2023, '))}{name} {verb} {shown} {unit}"
    for part in tails:
        said, more = part(dice, unit, metric, scenario)
        text, told = f"{text}, {said}", told + more
    return f"{text}.", told


def planned(dice: random.Random, unit: str, metric: str, scenario: str) -> Statement:
    (part, percent), (plan, number) = rate(dice), count(dice)
    name = dice.choice(("kế hoạch", "kế hoạch năm", "kế hoạch được giao", "chỉ tiêu đề ra"))
    value = dice.choice(("", f" ({plan} {unit})", f" là {plan} {unit}"))
    told = [Told(percent, "plan_completion", scenario, metric)]
    if value:
        told.append(Told(number * SCALES.get(unit, 1), "level", "plan", metric))
    return f"{dice.choice(('đạt', 'bằng', 'hoàn thành'))} {part} {name}{value}", told


def changed(dice: random.Random, unit: str, metric: str, scenario: str) -> Statement:
    (part, percent), (difference, number) = rate(dice), count(dice, 10, 999)
    verb, sign = dice.choice((("tăng", 1), ("giảm", -1)))
    base = dice.choice(("so với cùng kỳ", "so với năm trước", "so với năm 2022", "so cùng kỳ"))
    grown = Told(sign * percent, "growth", scenario, metric)
    by = Told(sign * number * SCALES.get(unit, 1), "change", scenario, metric)
    return dice.choice(
        (
            (f"{verb} {part} {base}", [grown]),
            (f"{verb} {difference} {unit} ({part}) {base}", [by, grown]),
            (f"{verb} {difference} {unit}, tương ứng {verb} {part} {base}", [by, grown]),
        )
    )


def parts(dice: random.Random) -> Statement:
    """A whole and what it is in some districts."""
    name, unit, metric = dice.choice(AMOUNTS)
    (shown, number), scale = count(dice, 50_000), SCALES.get(unit, 1)
    told, said = [Told(number * scale, metric=metric)], []
    for district in dice.sample(DISTRICTS, 3):
        part, value = count(dice, 100, 9_999)
        said.append(f"huyện {district} {dice.choice(('', 'đạt ', 'là '))}{part} {unit}")
        told.append(Told(value * scale, metric=metric, region=f"Huyện {district}"))
    cue, joint = dice.choice(("trong đó", "trong đó:", "gồm:")), dice.choice((", ", "; "))
    return f"Năm 2023, {name} đạt {shown} {unit}, {cue} {joint.join(said)}.", told


def ranking(dice: random.Random) -> Statement:
    """A rate of several districts."""
    name, metric = dice.choice(RATES)
    places = dice.sample(DISTRICTS, 3)
    (a, x), (b, y), (c, z) = (rate(dice) for _ in places)
    one, two, three = (f"huyện {place}" for place in places)
    text = dice.choice(
        (
            f"Năm 2023, {name} của {one}, {two} và {three} lần lượt là {a}, {b} và {c}.",
            f"Những nơi có {name} cao trong năm 2023 là {one} ({a}), {two} ({b}), {three} ({c}).",
            f"Năm 2023, {name} cao nhất là {one} {a}, tiếp đến là {two} {b}, thấp nhất là {three} {c}.",
            f"Năm 2023, {one} dẫn đầu về {name} với {a}, tiếp theo là {two} với {b}, {three} với {c}.",
        )
    )
    return text, [
        Told(value, "share", metric=metric, region=f"Huyện {place}")
        for place, value in zip(places, (x, y, z), strict=True)
    ]


def moved(dice: random.Random) -> Statement:
    """A rate of two years."""
    name, metric = dice.choice(RATES)
    (a, old), (b, new), year = rate(dice), rate(dice), dice.choice((2020, 2021, 2022))
    text = dice.choice(
        (
            f"{name} từ {a} năm {year} lên {b} năm 2023.",
            f"{name} tăng từ {a} (năm {year}) lên {b} (năm 2023).",
            f"Năm 2023, {name} đạt {b}, tăng so với mức {a} của năm {year}.",
            f"Năm 2023, {name} đạt {b}, cao hơn mức {a} của năm {year}.",
            f"{name} năm 2023 là {b} (năm {year} là {a}).",
            f"Nếu như năm {year}, {name} là {a} thì năm 2023 là {b}.",
        )
    )
    return text, [
        Told(old, "share", metric=metric, year=year),
        Told(new, "share", metric=metric),
    ]


def aimed(dice: random.Random) -> Statement:
    """A result and the goal of the next year, in either order."""
    name, unit, metric = dice.choice(AMOUNTS)
    (a, done), (b, goal), scale = count(dice), count(dice), SCALES.get(unit, 1)
    aims = dice.choice(
        (
            f"Năm 2024, tỉnh phấn đấu {name} đạt {b} {unit}.",
            f"Mục tiêu năm 2024: {name} đạt {b} {unit}.",
            f"Kế hoạch năm 2024, {name} là {b} {unit}.",
            f"Tỉnh đặt chỉ tiêu năm 2024 {name} đạt từ {b} {unit} trở lên.",
        )
    )
    said = [f"Năm 2023, {name} đạt {a} {unit}.", aims]
    dice.shuffle(said)
    return " ".join(said), [
        Told(done * scale, metric=metric),
        Told(goal * scale, "level", "plan", metric, 2024),
    ]


GRAMMAR: tuple[Callable[[random.Random], Statement], ...] = (
    *(level, level, parts, ranking),
    *(moved, aimed),
)


def read(text: str) -> Counter[Told]:
    data = f"Tỉnh Bắc Giang: kết quả năm 2023\n\n28/12/2023\n\n{text}".encode()
    document = SourceDocument("report.txt", data, "text/plain", "report.txt")
    found = normalizers.normalize(extractors.extract(document), document.digest).observations
    return Counter(
        Told(
            float(o.figure.value),
            o.measure,
            o.scenario,
            o.metric or "",
            o.period.year if o.period else 0,
            o.region.name if o.region else "",
        )
        for o in found
    )


@pytest.mark.parametrize("seed", range(120))
def test_a_statement_says_what_its_parts_say(seed):
    dice = random.Random(seed)
    said = [dice.choice(GRAMMAR)(dice) for _ in range(dice.choice((1, 1, 2)))]
    text = " ".join(one[0][0].upper() + one[0][1:] for one in said)
    assert read(text) == Counter(told for one in said for told in one[1]), text
