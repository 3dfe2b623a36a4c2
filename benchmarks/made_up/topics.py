"""What the made-up documents count: how each metric is headed, in which units, of what size."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
MILLION, BILLION, THOUSAND = Decimal(10**6), Decimal(10**9), Decimal(1000)


@dataclass(frozen=True, slots=True)
class Printed:
    """A unit as printed, with what one of it is in the standard unit and how many decimals it has."""

    text: str
    scale: Decimal = ONE
    places: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    metric: str
    heads: tuple[str, ...]
    unit: str
    printed: tuple[Printed, ...]
    low: float
    """In the first printed unit, for a district."""
    high: float
    share: tuple[str, str] | None = None
    """Head and basis of the share that is printed beside it."""

    @property
    def additive(self) -> bool:
        return self.unit != "percent"


PEOPLE = (Printed("người"),)
MONEY = (Printed("triệu đồng"), Printed("tỷ đồng", BILLION / MILLION, 1), Printed("tr.đồng"))
UNITS = (Printed("đơn vị"),)

INSURANCE = (
    Topic(
        "compulsory_social_insurance_participants",
        ("BHXH bắt buộc", "Số người tham gia BHXH bắt buộc", "BHXH BB", "Bảo hiểm xã hội bắt buộc"),
        "person",
        PEOPLE,
        400,
        60000,
    ),
    Topic(
        "voluntary_social_insurance_participants",
        (
            "BHXH tự nguyện",
            "Số người tham gia BHXH tự nguyện",
            "BHXH TN",
            "Bảo hiểm xã hội tự nguyện",
        ),
        "person",
        PEOPLE,
        60,
        9000,
    ),
    Topic(
        "unemployment_insurance_participants",
        ("BHTN", "Bảo hiểm thất nghiệp", "Số người tham gia BHTN", "Tham gia BHTN"),
        "person",
        PEOPLE,
        300,
        50000,
    ),
    Topic(
        "health_insurance_participants",
        ("BHYT", "Bảo hiểm y tế", "Số người tham gia BHYT", "Tham gia BHYT"),
        "person",
        PEOPLE,
        8000,
        300000,
        ("Tỷ lệ bao phủ BHYT (%)", "population"),
    ),
    Topic(
        "household_health_insurance_participants",
        ("BHYT hộ gia đình", "BHYT HGĐ", "Số người tham gia BHYT hộ gia đình"),
        "person",
        PEOPLE,
        900,
        70000,
    ),
    Topic(
        "student_health_insurance_participants",
        ("BHYT học sinh, sinh viên", "BHYT HSSV", "HSSV tham gia BHYT"),
        "person",
        PEOPLE,
        900,
        40000,
    ),
    Topic(
        "insurance_contribution_revenue",
        ("Số thu BHXH, BHYT, BHTN", "Thu BHXH, BHYT, BHTN", "Tổng số thu BHXH, BHYT, BHTN"),
        "VND",
        MONEY,
        12000,
        900000,
    ),
    Topic(
        "insurance_arrears",
        ("Số tiền chậm đóng BHXH, BHYT, BHTN", "Số tiền chậm đóng BHXH", "Nợ BHXH, BHYT, BHTN"),
        "VND",
        MONEY,
        150,
        40000,
    ),
    Topic(
        "participating_employers",
        ("Số đơn vị tham gia BHXH", "Số đơn vị sử dụng lao động tham gia BHXH"),
        "organisation",
        UNITS,
        20,
        3000,
    ),
    Topic(
        "lump_sum_social_insurance_recipients",
        ("Số người hưởng BHXH một lần", "BHXH một lần"),
        "person",
        PEOPLE,
        40,
        5000,
    ),
    Topic(
        "unemployment_benefit_recipients",
        ("Số người hưởng trợ cấp thất nghiệp", "Hưởng trợ cấp thất nghiệp"),
        "person",
        PEOPLE,
        40,
        6000,
    ),
    Topic(
        "health_insurance_visits",
        ("Số lượt KCB BHYT", "Số lượt khám chữa bệnh BHYT"),
        "visit",
        (Printed("lượt"),),
        9000,
        600000,
    ),
)

PLAN = (
    Topic("average_population", ("Dân số trung bình", "Dân số"), "person", PEOPLE, 9000, 400000),
    Topic(
        "production_of_cereals",
        ("Sản lượng lương thực có hạt", "Sản lượng lương thực"),
        "tonne",
        (Printed("tấn"), Printed("nghìn tấn", THOUSAND, 1)),
        900,
        200000,
    ),
    Topic(
        "fishery_production",
        ("Sản lượng thủy sản", "Tổng sản lượng thủy sản"),
        "tonne",
        (Printed("tấn"),),
        90,
        60000,
    ),
    Topic(
        "domestic_revenue",
        ("Thu nội địa",),
        "VND",
        (Printed("triệu đồng"), Printed("tỷ đồng", BILLION / MILLION, 1)),
        20000,
        900000,
    ),
    Topic(
        "state_budget_revenue_in_the_area",
        ("Tổng thu ngân sách nhà nước trên địa bàn", "Thu NSNN trên địa bàn"),
        "VND",
        (Printed("triệu đồng"), Printed("tỷ đồng", BILLION / MILLION, 1)),
        20000,
        900000,
    ),
    Topic(
        "jobs_created",
        ("Số lao động được tạo việc làm", "Giải quyết việc làm"),
        "person",
        (Printed("người"), Printed("lao động")),
        300,
        6000,
    ),
    Topic(
        "contract_workers_sent_abroad",
        ("Số lao động đi làm việc ở nước ngoài theo hợp đồng", "Lao động đi làm việc ở nước ngoài"),
        "person",
        PEOPLE,
        12,
        900,
    ),
    Topic(
        "communes_meeting_new_rural_standards",
        ("Số xã đạt chuẩn nông thôn mới", "Xã đạt chuẩn NTM"),
        "commune",
        (Printed("xã"),),
        2,
        22,
    ),
    Topic(
        "ocop_certified_products", ("Số sản phẩm OCOP",), "product", (Printed("sản phẩm"),), 3, 60
    ),
    Topic(
        "newly_established_enterprises",
        ("Số doanh nghiệp thành lập mới", "Doanh nghiệp thành lập mới"),
        "organisation",
        (Printed("doanh nghiệp"),),
        10,
        700,
    ),
)

RATES = (
    Topic(
        "multidimensional_poverty_rate",
        ("Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo đa chiều"),
        "percent",
        (Printed("%", ONE, 2),),
        0.3,
        18,
    ),
    Topic(
        "near_poor_household_rate",
        ("Tỷ lệ hộ cận nghèo",),
        "percent",
        (Printed("%", ONE, 2),),
        0.5,
        12,
    ),
    Topic(
        "forest_coverage_rate",
        ("Tỷ lệ che phủ rừng", "Độ che phủ rừng"),
        "percent",
        (Printed("%", ONE, 1),),
        5,
        80,
    ),
    Topic(
        "trained_labour_force_rate",
        ("Tỷ lệ lao động qua đào tạo",),
        "percent",
        (Printed("%", ONE, 1),),
        30,
        80,
    ),
    Topic("urbanisation_rate", ("Tỷ lệ đô thị hóa",), "percent", (Printed("%", ONE, 1),), 12, 70),
)

AVERAGES = (
    Topic(
        "income_per_capita",
        ("Thu nhập bình quân đầu người",),
        "VND",
        (Printed("triệu đồng", ONE, 1),),
        28,
        96,
    ),
)


def amount(rng: random.Random, topic: Topic, *, factor: float = 1.0) -> Decimal:
    """A size between low and high, most of them small, in the first printed unit."""
    low, high = topic.low * factor, topic.high * factor
    value = low * (high / low) ** rng.random()
    places = topic.printed[0].places
    return Decimal(round(value * 10**places)) / 10**places


def grown(rng: random.Random, value: Decimal, *, most: float = 0.4) -> Decimal:
    """The same a year later, or as planned."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    change = float(value) * rng.uniform(-0.06, most)
    step = Decimal(1).scaleb(-places)
    return max((value + Decimal(str(change))).quantize(step), step)
