"""What a figure means, and what the text speaks of at a point."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from normalizers.measures import RATES
from normalizers.metrics import vocabulary
from normalizers.quantities.reading import Quantity
from normalizers.seeking import sought
from normalizers.sentences.naming.words import MONEY, Words, currency
from normalizers.units import lexicon
from solieu.model import Measure, Scenario
from solieu.quick import quick


@dataclass(frozen=True, slots=True)
class Subject:
    """What the text speaks of at a point."""

    metric: str | None = None
    label: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Meant:
    """The meaning of one figure."""

    metric: str | None
    label: str
    measure: Measure
    basis: str | None = None
    sign: int = 1
    base_year: int | None = None
    topic: str = ""
    """What a later figure without a subject of its own may refer to."""
    own: bool = True
    """The clause names its subject itself."""
    earlier: bool = False
    """A bracket behind a change that holds last year's amount."""
    then: str = ""
    """The time of such an amount where it has a name of its own: "tháng 5/2023"."""
    new: bool = False
    """A figure of what is new in the period, outside brackets: a list may go on with it."""
    scenario: Scenario | None = None
    """Where the place of the figure says it, and not a word before it."""


_RECALLED = re.compile(r"(?<!\w)(?<!con )(tỷ lệ|số tiền|mức|con số|số) (?:này|trên|đó)(?!\w)")


_ABOUT = re.compile(
    r"(?:so (?:với )?(?:cùng kỳ|năm|tháng)(?: (?:năm )?(?:trước|\d{4}))? )?(?:về|ở) "
    r"(?:((?:số |lượng )?(?:chi phí|tiền|giá trị|kinh phí|chi|vốn)(?!\w))"
    r"|(?:số )?(lao động)|(?:số )?(?:lượt|người|lượng|hộ|đơn vị|doanh nghiệp|dự án))(?!\w)"
)
"""Which of two things a rate is of: "tăng 6,2% về số lượt và 8,9% về chi phí"."""


def recalled(said: Words, unit: str, told: Sequence[tuple[str, Meant]]) -> Subject | None:
    """What "tỷ lệ này", "số tiền này" go back to: the last figure of that kind told before."""
    word, about = _RECALLED.search(said.left), _ABOUT.match(said.tail)
    if word is None and about is None:
        noun = _counted_again(said) if unit in RATES else None
        same = MONEY if unit in MONEY else frozenset({noun or unit})
        return _last_in(told, same) if tells_again(said) else None
    kind = word[1] if word else "số tiền" if about and about[1] else "lượng"
    if about is not None and "vốn" in (about[1] or ""):
        return _last_in(told, MONEY)
    if about is not None and about[2]:
        return _last_in(told, _PEOPLE)
    for other, meant in reversed(told):
        rate = other in RATES and meant.measure == "share"
        money = other in MONEY
        counted = not money and other not in RATES
        alike = unit in RATES or counts_in(meant.metric, unit)
        known = {"tỷ lệ": rate, "mức": rate, "số tiền": money, "lượng": counted, "con số": alike}
        fits = known.get(kind, True)
        if fits and rate and unit in RATES:
            return Subject(meant.metric, meant.topic)  # the last rate told, though without a code
        if fits and meant.metric is not None:
            return Subject(meant.metric, meant.topic)
    return None


_COUNT_AGAIN = sought(
    r"(?:^|(?:năm \d{4}|năm trước|cùng kỳ|kỳ trước|đầu kỳ) )(?:tổng )?số(?: lượng)? "
    r"([^\W\d]+(?: [^\W\d]+)?)(?: này)? (?:đã )?(?:tăng|giảm)(?: (?:thêm|hơn|gần|trên|khoảng))*$",
    flags=0,
)
_OF_MANY_KINDS = frozenset({"", "count", "person", "organisation", "household", "case"})


def _counted_again(said: Words) -> str | None:
    """The unit counted before that moved: "có 98 sản phẩm OCOP. Số sản phẩm tăng 27%"."""
    hit = _COUNT_AGAIN.search(said.left)
    word = lexicon().get(hit[1]) if hit else None
    return word.code if word and word.code not in _OF_MANY_KINDS else None


_THIS = re.compile(r"(?:\S+ ){0,2}(?:này|nói trên|kể trên)(?!\S)")
_LIFTED = re.compile(
    r"(?<!\S)(?:nâng|đưa) (?:tổng )?(?:kim ngạch|giá trị|doanh thu|sản lượng|số thu)"
    r"(?: (?!xuất|nhập|khẩu)\S+){0,4}? lên(?: (?:hơn|gần|trên|khoảng))?$"
)
_OF = re.compile(r"(?<!\S)trong(?: (?:số|tổng số|tổng))?$")


def tells_again(said: Words) -> bool:
    """Is a figure told again, to tell its parts: "trong 885 triệu USD này, cấp mới 512 triệu"?

    So is one that was added to: "tháng 10 xuất khẩu 198 triệu USD, đưa kim ngạch lên 1,68 tỷ USD".
    """
    if _LIFTED.search(said.left) or _counted_again(said):
        return True
    return _THIS.match(said.tail) is not None and _OF.search(said.left) is not None


def _last_in(told: Sequence[tuple[str, Meant]], units: Container[str]) -> Subject | None:
    """The money or the people told last, though without a code: the firms before are not meant."""
    alike = (m for unit, m in reversed(told) if unit in units)
    return next((Subject(m.metric, m.topic) for m in alike), None)


def counts_places(quantity: Quantity) -> bool:
    """Are they places to be filled: "tuyển sinh 495 chỉ tiêu", and no rate that lost its sign?"""
    whole = quantity.unit in {"", "count"} and quantity.value % 1 == 0
    return whole and (quantity.noun or "").startswith("chỉ tiêu")


def is_money(metric: str | None) -> bool:
    """Is the metric an amount of money?"""
    return (vocabulary().unit(metric) or "") in MONEY


_PEOPLE = frozenset({"person", "visit", "person_visit", "case", "student"})
_VISITS = frozenset({"visit", "person_visit"})
_BODIES = frozenset({"organisation", "unit"})
_WEIGHTS = frozenset({"tonne", "quintal", "kilogram"})
_RATE_UNITS = ("percent", "per_mille", "per mille")
_SCORED_OF_100 = frozenset({"public_administration_reform_index"})
_KINDS = (_PEOPLE, _BODIES, _WEIGHTS, MONEY, frozenset({"account", "person"}))


def counts_in(metric: str | None, unit: str) -> bool:
    """Can an amount in this unit be an amount of the metric: people of people, dong of dong?"""
    wanted = vocabulary().unit(metric)
    if wanted is None:
        return True
    if unit in RATES or unit == "percentage_point":
        return wanted.startswith(_RATE_UNITS) or metric in _SCORED_OF_100
    if {currency(wanted), currency(unit)} & MONEY:
        return {currency(wanted), currency(unit)} <= MONEY
    if (metric or "").endswith("_participants") and unit in _VISITS:
        return False  # "tư vấn cho 3.000 lượt người tham gia BHYT"
    return not wanted.startswith((*_RATE_UNITS, "score")) and _counts_alike(wanted, unit)


def _counts_alike(wanted: str, unit: str) -> bool:
    if ("/" in unit) != ("/" in wanted):
        return False
    if unit in {"", "count", wanted}:
        return True
    if " per " in wanted:
        return " per " in unit or unit in {"bed", "person"}
    return any({wanted, unit} <= kind for kind in _KINDS)
