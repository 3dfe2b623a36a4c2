"""Press releases in the styles of provincial portals: sentences with figures, and what they say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.made_up import places
from benchmarks.made_up.gold import Fact, Ledger, Plant
from benchmarks.made_up.numbers import Style, rounded
from solieu.model import Region

SCHEMES = {
    "compulsory_social_insurance_participants": ("BHXH bắt buộc", 40000, 600000),
    "voluntary_social_insurance_participants": ("BHXH tự nguyện", 3000, 60000),
    "unemployment_insurance_participants": ("BHTN", 30000, 500000),
    "health_insurance_participants": ("BHYT", 400000, 3000000),
    "household_health_insurance_participants": ("BHYT hộ gia đình", 90000, 700000),
}
LONG = {
    "BHXH bắt buộc": "bảo hiểm xã hội bắt buộc",
    "BHXH tự nguyện": "bảo hiểm xã hội tự nguyện",
    "BHTN": "bảo hiểm thất nghiệp",
    "BHYT": "bảo hiểm y tế",
    "BHYT hộ gia đình": "bảo hiểm y tế hộ gia đình",
}
PLAN_BASES = (
    "kế hoạch năm", "kế hoạch BHXH Việt Nam giao", "kế hoạch UBND tỉnh giao", "kế hoạch giao", "chỉ tiêu kế hoạch năm",
    "so với kế hoạch", "kế hoạch được giao", "chỉ tiêu BHXH Việt Nam giao", "kế hoạch đề ra",
)  # fmt: skip


@dataclass(slots=True)
class Press:
    """A release while it is written."""

    rng: random.Random
    region: Region
    parent: Region | None
    day: date
    style: Style
    ledger: Ledger = field(default_factory=Ledger)
    estimate: bool = False

    @property
    def year(self) -> int:
        return self.data_day.year

    @property
    def data_day(self) -> date:
        """The last day of the month before."""
        return self.day.replace(day=1) - timedelta(days=1)

    @property
    def where(self) -> str:
        return places.spoken(self.region)

    def pick(self, *choices: str) -> str:
        return self.rng.choice(choices)

    def number(self, low: float, high: float) -> Decimal:
        return Decimal(round(low * (high / low) ** self.rng.random()))

    def percent(self, low: float, high: float, places: int = 2) -> Decimal:
        return Decimal(round(self.rng.uniform(low, high) * 10**places)) / 10**places

    def text(self, value: Decimal, places: int = 0) -> str:
        return self.style.text(value, places)

    def say(  # noqa: PLR0913 (the fields of a figure)
        self, metric: str, measure: str, value: Decimal, unit: str, raw: str, *,
        scenario: str = "actual", year: int | None = None, region: str = "", required: bool = True,
    ) -> None:  # fmt: skip
        self.ledger.facts.append(
            Fact(
                region or self.region.name,
                metric,
                scenario,
                measure,
                year or self.year,
                value,
                unit,
                raw,
                required,
            )
        )

    def scheme(self, *not_these: str) -> tuple[str, str]:
        metric = self.rng.choice([m for m in SCHEMES if m not in not_these])
        name = SCHEMES[metric][0]
        return metric, LONG[name] if self.rng.random() < 0.2 else name

    def size(self, metric: str) -> Decimal:
        _, low, high = SCHEMES[metric]
        factor = 0.1 if self.region.level == "district" else 1.0
        return self.number(low * factor, high * factor)

    def time(self) -> str:
        day, year = self.data_day, self.data_day.year
        forms = [
            f"Tính đến ngày {day.day}/{day.month}/{year}", f"Tính đến hết tháng {day.month}/{year}", f"Đến hết ngày {day.day:02d}/{day.month:02d}/{year}",
            f"Đến cuối tháng {day.month} năm {year}", f"Tính đến thời điểm {day.day}/{day.month}/{year}",
        ]  # fmt: skip
        return self.rng.choice(forms)

    def flow_time(self) -> str:
        day, year = self.data_day, self.data_day.year
        forms = [f"{day.month} tháng đầu năm {year}"] if 1 < day.month < 12 else [f"Năm {year}"]
        if day.month == 3:
            forms.append(f"Quý I/{year}")
        if day.month == 6:
            forms.append(f"6 tháng đầu năm {year}")
        forms.append(f"Lũy kế từ đầu năm {year} đến hết tháng {day.month}")
        return self.rng.choice(forms)


def plan_base(p: Press) -> str:
    base = p.rng.choice(PLAN_BASES)
    if p.region.name.startswith("Thành phố"):
        base = base.replace("UBND tỉnh", "UBND thành phố")
    return base


def level_and_plan(p: Press) -> str:
    metric, name = p.scheme()
    value, rate = p.size(metric), p.percent(60, 108)
    v, r = p.text(value), p.text(rate, 2)
    p.say(metric, "level", value, "person", v)
    p.say(metric, "plan_completion", rate, "percent", f"{r}%")
    base = plan_base(p)
    form = p.pick(
        "{t}, số người tham gia {n} trên địa bàn {w} là {v} người, đạt {r}% {b}.",
        "{t}, toàn {k} có {v} người tham gia {n}, đạt {r}% {b}.",
        "{t}, {w} có {v} người tham gia {n}, bằng {r}% {b}.",
        "{t}, số người tham gia {n} đạt {v} người, hoàn thành {r}% {b}.",
        "{t}, tổng số người tham gia {n} trên địa bàn đạt {v} người (đạt {r}% {b}).",
    )
    return form.format(t=p.time(), n=name, w=p.where, k=kind(p), v=v, r=r, b=base)


def kind(p: Press) -> str:
    return {
        "Tỉnh": "tỉnh",
        "Thành phố": "thành phố",
        "Huyện": "huyện",
        "Quận": "quận",
        "Thị xã": "thị xã",
    }[places.split(p.region.name)[0]]


def changes(p: Press) -> str:
    metric, name = p.scheme()
    value = p.size(metric)
    less, month, year = p.rng.random() < 0.3, p.number(30, 3000), p.number(300, 20000)
    v = p.text(value)
    p.say(metric, "level", value, "person", v)
    sign = -1 if less else 1
    word = "giảm" if less else "tăng"
    p.say(metric, "change", sign * month, "person", p.text(month))
    p.say(metric, "change", year, "person", p.text(year))
    form = p.pick(
        "Số người tham gia {n} là {v} người, {g} {m} người so với tháng trước và tăng {y} người so với cùng kỳ.",
        "Có {v} người tham gia {n}, {g} {m} người so với tháng trước, tăng {y} người so với cùng kỳ năm {l}.",
        "Về {n}, {t}, toàn {k} có {v} người tham gia, {g} {m} người so với tháng liền kề trước đó và tăng {y} người so với cùng kỳ năm trước.",
    )
    return form.format(
        n=name,
        v=v,
        g=word,
        m=p.text(month),
        y=p.text(year),
        l=p.year - 1,
        k=kind(p),
        t=lower(p.time()),
    )


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def growth(p: Press) -> str:
    metric, name = p.scheme()
    value = p.size(metric)
    more = rounded(value * Decimal(str(p.rng.uniform(0.01, 0.15))), 0)
    rate = rounded(100 * more / (value - more), 2)
    if p.rng.random() < 0.15:
        wrong = (
            rate + p.rng.choice([-9, 5, 7, 11]) if rate > 10 else rate + p.rng.choice([4, 6, 10])
        )
        p.ledger.plants.append(Plant("growth_rate", p.region.name, metric, wrong, rate))
        rate = wrong
    v, m, r = p.text(value), p.text(more), p.text(rate, 2)
    p.say(metric, "level", value, "person", v)
    p.say(metric, "change", more, "person", m)
    p.say(metric, "growth", rate, "percent", f"{r}%")
    form = p.pick(
        "{t}, số người tham gia {n} là {v} người, tăng {m} người ({r}%) so với cùng kỳ năm {l}.",
        "{t}, toàn {k} có {v} người tham gia {n}, tăng {m} người, tương ứng tăng {r}% so với cùng kỳ năm trước.",
        "{t}, có {v} người tham gia {n}, tăng {m} người (tương đương {r}%) so với cùng kỳ năm {l}.",
    )
    return form.format(t=p.time(), n=name, v=v, m=m, r=r, l=p.year - 1, k=kind(p))


def share(p: Press) -> str:
    if p.rng.random() < 0.5:
        metric, name, low, high = "health_insurance_participants", "BHYT", 78, 97
        tail = p.pick(
            "đạt tỷ lệ bao phủ {r}% dân số",
            "chiếm {r}% dân số",
            "tỷ lệ bao phủ đạt {r}%",
            "bao phủ {r}% dân số",
        )
    else:
        metric, name, low, high = (
            "compulsory_social_insurance_participants",
            "BHXH bắt buộc",
            14,
            48,
        )
        tail = p.pick(
            "chiếm {r}% lực lượng lao động trong độ tuổi", "đạt {r}% so với lực lượng lao động trong độ tuổi",
            "chiếm {r}% lực lượng lao động", "đạt tỷ lệ {r}% lực lượng lao động trong độ tuổi tham gia BHXH bắt buộc",
        )  # fmt: skip
    value, rate = p.size(metric), p.percent(low, high)
    v, r = p.text(value), p.text(rate, 2)
    aimed = bool(p.ledger.facts) and p.ledger.facts[-1].scenario == "plan"
    p.say(metric, "level", value, "person", v)
    p.say(metric, "share", rate, "percent", f"{r}%")
    part = "Trong đó, số người tham gia {n} là {v} người, {tail}."
    own = "{t}, số người tham gia {n} là {v} người, {tail}."
    # "Trong đó" right after a target would be a part of that target, not a result.
    form = p.pick(own, "{t}, toàn {k} có {v} người tham gia {n}, {tail}.", own if aimed else part)
    return form.format(t=p.time(), n=name, v=v, tail=tail.format(r=r), k=kind(p))


def respectively(p: Press) -> str:
    chosen = p.rng.sample(
        [
            "compulsory_social_insurance_participants",
            "voluntary_social_insurance_participants",
            "unemployment_insurance_participants",
            "health_insurance_participants",
        ],
        3,
    )
    names = [SCHEMES[m][0] for m in chosen]
    values = [p.size(m) for m in chosen]
    texts = [p.text(v) for v in values]
    for metric, value, text in zip(chosen, values, texts, strict=True):
        p.say(metric, "level", value, "person", text)
    form = p.pick(
        "{t}, số người tham gia {a}, {b} và {c} lần lượt là {x} người, {y} người và {z} người.",
        "{t}, số người tham gia {a}, {b}, {c} trên địa bàn {w} lần lượt đạt {x}, {y} và {z} người.",
    )
    return form.format(
        t=p.time(),
        w=p.where,
        a=names[0],
        b=names[1],
        c=names[2],
        x=texts[0],
        y=texts[1],
        z=texts[2],
    )


def listed_regions(p: Press) -> str:
    parts = places.children(p.region, p.data_day)
    if len(parts) < 4:
        return ""
    metric, name = p.scheme(
        "compulsory_social_insurance_participants", "health_insurance_participants"
    )
    chosen = p.rng.sample(list(parts), 3)
    values = [p.number(120, 9000) for _ in chosen]
    items = []
    joiner = p.pick("bracket", "colon", "with")
    for part, value in zip(chosen, values, strict=True):
        text = p.text(value)
        p.say(metric, "level", value, "person", text, region=part.name)
        where = places.spoken(part)
        items.append(
            {
                "bracket": f"{where} ({text} người)",
                "colon": f"{where}: {text} người",
                "with": f"{where} với {text} người",
            }[joiner]
        )
    form = p.pick(
        "Một số địa phương có số người tham gia {n} cao như: {i}.",
        "{t}, các đơn vị có nhiều người tham gia {n} gồm: {i}.",
        "Những địa phương dẫn đầu về số người tham gia {n} là {i}.",
    )
    sep = "; " if joiner == "colon" else ", "
    return form.format(n=name, i=sep.join(items), t=p.time())


def quarters(p: Press) -> str:
    rates = sorted((p.percent(0.8, 4.5) for _ in range(4)), reverse=True)
    for rate in rates:
        p.say("insurance_arrears", "share", rate, "percent", f"{p.text(rate, 2)}%", scenario="plan")
    a, b, c, d = (p.text(r, 2) for r in rates)
    return p.pick(
        f"Phấn đấu giảm tỷ lệ chậm đóng so với số phải thu năm {p.year}: quý I: {a}%; quý II: {b}%; quý III: {c}%; quý IV: {d}%.",
        f"BHXH {p.where} đặt mục tiêu kéo giảm tỷ lệ nợ BHXH, BHYT, BHTN năm {p.year} theo từng quý: quý I {a}%, quý II {b}%, quý III {c}%, quý IV {d}% so với tổng số phải thu.",
    )


def estimate(p: Press) -> str:
    metric, name = p.scheme()
    value, rate = p.size(metric), p.percent(94, 104, 1)
    v, r = p.text(value), p.text(rate, 1)
    p.say(metric, "level", value, "person", v, scenario="estimate")
    p.say(metric, "plan_completion", rate, "percent", f"{r}%", scenario="estimate", required=False)
    form = p.pick(
        "Ước đến hết năm {y}, toàn {k} có {v} người tham gia {n}, đạt {r}% kế hoạch.",
        "Ước thực hiện năm {y}, số người tham gia {n} đạt {v} người, bằng {r}% kế hoạch giao.",
        "Dự ước đến 31/12/{y}, số người tham gia {n} trên địa bàn là {v} người, đạt {r}% kế hoạch năm.",
    )
    return form.format(y=p.year, k=kind(p), v=v, n=name, r=r)


def targets(p: Press) -> str:
    metric, name = p.scheme()
    value = p.size(metric)
    v = p.text(value)
    year = p.year + 1 if p.data_day.month > 9 else p.year
    p.say(metric, "level", value, "person", v, scenario="plan", year=year)
    form = p.pick(
        "Phấn đấu đến hết năm {y}, toàn {k} có {v} người tham gia {n}.",
        "Mục tiêu đến cuối năm {y}, số người tham gia {n} trên địa bàn đạt {v} người.",
        "Theo kế hoạch, năm {y} {w} phấn đấu có {v} người tham gia {n}.",
        "Năm {y}, BHXH {w} được giao chỉ tiêu {v} người tham gia {n}.",
    )
    return form.format(y=year, k=kind(p), v=v, n=name, w=p.where)


def revenue(p: Press) -> str:
    value = p.percent(210, 9800, 1)
    rate, more = p.percent(20, 104), p.percent(1, 24)
    big = p.rng.random() < 0.6
    v, unit = (p.text(value, 1), "tỷ đồng") if big else (p.text(value * 1000), "triệu đồng")
    r, m = p.text(rate, 2), p.text(more, 2)
    metric = "insurance_contribution_revenue"
    p.say(metric, "level", value * 10**9, "VND", f"{v} {unit}")
    p.say(metric, "plan_completion", rate, "percent", f"{r}%")
    p.say(metric, "growth", more, "percent", f"{m}%")
    form = p.pick(
        "{f}, tổng số thu BHXH, BHYT, BHTN đạt {v} {u}, đạt {r}% {b}, tăng {m}% so với cùng kỳ năm {l}.",
        "Số thu BHXH, BHYT, BHTN {g} là {v} {u}, bằng {r}% {b}, tăng {m}% so với cùng kỳ năm trước.",
        "Về công tác thu, {g}, toàn {k} thu BHXH, BHYT, BHTN được {v} {u}, đạt {r}% {b} và tăng {m}% so với cùng kỳ.",
    )
    flow = p.flow_time()
    return form.format(
        f=flow, g=lower(flow), v=v, u=unit, r=r, b=plan_base(p), m=m, l=p.year - 1, k=kind(p)
    )


def arrears(p: Press) -> str:
    value, rate = p.percent(9, 480, 1), p.percent(0.8, 6)
    v, r = p.text(value, 1), p.text(rate, 2)
    p.say("insurance_arrears", "level", value * 10**9, "VND", f"{v} tỷ đồng")
    p.say("insurance_arrears", "share", rate, "percent", f"{r}%")
    form = p.pick(
        "{t}, số tiền chậm đóng BHXH, BHYT, BHTN là {v} tỷ đồng, chiếm {r}% số phải thu.",
        "Tổng số tiền nợ BHXH, BHYT, BHTN đến hết tháng là {v} tỷ đồng, bằng {r}% so với tổng số phải thu.",
        "{t}, toàn {k} còn {v} tỷ đồng nợ BHXH, BHYT, BHTN, tỷ lệ nợ {r}% số phải thu.",
    )
    return form.format(t=p.time(), v=v, r=r, k=kind(p))


def new_people(p: Press) -> str:
    value = p.number(90, 9000)
    v = p.text(value)
    metric, name = p.scheme(
        "compulsory_social_insurance_participants", "unemployment_insurance_participants"
    )
    p.say(metric, "change", value, "person", v)
    form = p.pick(
        "{f}, toàn {k} phát triển mới {v} người tham gia {n}.",
        "{f}, BHXH {w} đã phát triển mới được {v} người tham gia {n}.",
        "{f}, cơ quan BHXH vận động thêm {v} người tham gia {n}.",
    )
    return form.format(f=p.flow_time(), k=kind(p), v=v, n=name, w=p.where)


def benefits(p: Press) -> str:
    pension, once, sick = p.number(900, 9000), p.number(200, 9000), p.number(2000, 90000)
    p.say("lump_sum_social_insurance_recipients", "level", once, "person", p.text(once))
    p.say("sickness_maternity_benefit_cases", "level", sick, "case", p.text(sick), required=False)
    p.say("unemployment_benefit_recipients", "level", pension, "person", p.text(pension))
    return p.pick(
        f"{p.flow_time()}, BHXH {p.where} đã giải quyết cho {p.text(once)} người hưởng BHXH một lần; {p.text(sick)} lượt người hưởng chế độ ốm đau, thai sản; {p.text(pension)} người hưởng trợ cấp thất nghiệp.",
        f"{p.flow_time()}, đơn vị giải quyết chế độ cho {p.text(once)} người hưởng BHXH một lần, {p.text(pension)} người hưởng trợ cấp thất nghiệp và {p.text(sick)} lượt người hưởng các chế độ ốm đau, thai sản.",
    )


def visits(p: Press) -> str:
    value, cost = p.number(90000, 3000000), p.percent(90, 2400, 1)
    v, c = p.text(value), p.text(cost, 1)
    p.say("health_insurance_visits", "level", value, "visit", v)
    p.say("health_insurance_medical_expenditure", "level", cost * 10**9, "VND", f"{c} tỷ đồng")
    return p.pick(
        f"{p.flow_time()}, toàn {kind(p)} có {v} lượt khám chữa bệnh BHYT với chi phí KCB BHYT là {c} tỷ đồng.",
        f"{p.flow_time()}, trên địa bàn có {v} lượt KCB BHYT; chi KCB BHYT {c} tỷ đồng.",
    )


def whole_and_parts(p: Press) -> str:
    one, other = (
        p.size("compulsory_social_insurance_participants"),
        p.size("voluntary_social_insurance_participants"),
    )
    whole = one + other
    if p.rng.random() < 0.2:
        wrong = whole + p.rng.choice([-100, 10, 1000, 27, -9])
        p.ledger.plants.append(
            Plant("part_whole", p.region.name, "social_insurance_participants", wrong, whole)
        )
        whole = wrong
    a, b, w = p.text(one), p.text(other), p.text(whole)
    p.say("social_insurance_participants", "level", whole, "person", w)
    p.say("compulsory_social_insurance_participants", "level", one, "person", a)
    p.say("voluntary_social_insurance_participants", "level", other, "person", b)
    form = p.pick(
        "{t}, số người tham gia BHXH là {w} người, trong đó: BHXH bắt buộc {a} người, BHXH tự nguyện {b} người.",
        "{t}, toàn {k} có {w} người tham gia BHXH, trong đó có {a} người tham gia BHXH bắt buộc và {b} người tham gia BHXH tự nguyện.",
        "{t}, toàn {k} có {w} người tham gia BHXH (gồm {a} người tham gia BHXH bắt buộc, {b} người tham gia BHXH tự nguyện).",
    )
    return form.format(t=p.time(), k=kind(p), w=w, a=a, b=b)


def bullets(p: Press) -> str:
    lines = [f"{p.time()}, kết quả cụ thể như sau:"]
    for metric in p.rng.sample(list(SCHEMES), 3):
        value, rate = p.size(metric), p.percent(60, 104)
        v, r = p.text(value), p.text(rate, 2)
        p.say(metric, "level", value, "person", v)
        p.say(metric, "plan_completion", rate, "percent", f"{r}%")
        form = p.pick(
            "- Số người tham gia {n} là {v} người, đạt {r}% KH giao.",
            "+ {n}: {v} người, đạt {r}% kế hoạch.",
            "- {n}: {v} người, bằng {r}% kế hoạch năm;",
        )
        lines.append(form.format(n=SCHEMES[metric][0], v=v, r=r))
    return "\n".join(lines)


def quote(p: Press) -> str:
    metric, name = p.scheme()
    value, rate = p.size(metric), p.percent(70, 102)
    v, r = p.text(value), p.text(rate, 2)
    p.say(metric, "level", value, "person", v)
    p.say(metric, "plan_completion", rate, "percent", f"{r}%")
    who = p.pick(
        "Ông Nguyễn Văn Hòa, Giám đốc",
        "Bà Trần Thị Mai, Phó Giám đốc",
        "Đồng chí Lê Quang Minh, Giám đốc",
    )
    return f"{who} BHXH {p.where} cho biết: “{p.time()}, toàn {kind(p)} đã có {v} người tham gia {name}, đạt {r}% kế hoạch được giao”."


def last_year(p: Press) -> str:
    metric, name = p.scheme()
    value = p.size(metric)
    before = rounded(value * Decimal(str(p.rng.uniform(0.85, 0.97))), 0)
    v, b = p.text(value), p.text(before)
    p.say(metric, "level", value, "person", v)
    p.say(metric, "level", before, "person", b, year=p.year - 1)
    return p.pick(
        f"{p.time()}, số người tham gia {name} là {v} người (cùng kỳ năm {p.year - 1} là {b} người).",
        f"{p.time()}, toàn {kind(p)} có {v} người tham gia {name}; cùng kỳ năm {p.year - 1} là {b} người.",
    )


STATEMENTS: tuple[Callable[[Press], str], ...] = (
    level_and_plan, changes, growth, share, respectively, listed_regions, quarters, estimate, targets, revenue, arrears,
    new_people, benefits, visits, whole_and_parts, bullets, quote, last_year,
)  # fmt: skip
