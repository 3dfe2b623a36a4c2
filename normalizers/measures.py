"""How a figure in running text measures its subject: level, change, growth, share, part of a plan.

The words before a figure say the direction ("tăng", "giảm", "phát triển mới"), the words after it
say against what ("so với cùng kỳ", "kế hoạch BHXH Việt Nam giao", "lực lượng lao động"). A percent
without either is a share; an amount without either is a level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.facts import rows
from normalizers.seeking import sought
from normalizers.spelling import canonical, contains, contains_any, words
from solieu.model import Measure
from solieu.quick import quick

RATES = frozenset({"percent", "per_mille"})
_HEDGES = frozenset(words("hedge"))
_TO = frozenset(words("reaches"))
_YEAR = re.compile(r"\bnăm (\d{4})\b")
_PLAN = re.compile(
    r"\b(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|nq(?= ?hđnd)|kịch bản"
    r"|mức(?= phấn đấu(?!\S))"
    r"|(?:mức|số(?: vốn| thu| tiền)?)(?= (?:(?!và|của)\S+ ){0,4}giao(?!\S| dịch| thông)))\b"
    r"(?! số)"
)
_OWED = re.compile(r"\b(?:nợ|chậm đóng)\b")
_REVENUE_PLAN = re.compile(r"(?:kế hoạch|dự toán) thu\b")
"""What arrears are a share of: "nợ bằng 1,78% kế hoạch thu" completes no plan."""
_AGAINST = re.compile(
    r"\b(?:so với|so sánh với|so|với(?! (?:quy mô|vị trí|tổng|giá trị|\d+/\d+)\b))\b(.*)$"
)


@quick
@dataclass(frozen=True, slots=True)
class Measured:
    """How a figure measures; `sign` is -1 for a decrease."""

    measure: Measure
    basis: str | None = None
    sign: int = 1
    base_year: int | None = None
    """The year named as base: "so với năm 2014"."""
    new: bool = False
    """The word of change itself says new within the period: "phát triển mới 512 người"."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A word of change that governs a figure."""

    sign: int
    basis: str | None
    rest: str
    """Canonical words between it and the figure."""
    why: str = ""
    """"compared" where the rest is what the figure is higher or lower than."""
    ahead: str = ""
    """What it is compared with, where that stands before: "so với cùng kỳ giảm 4,1%"."""


@lru_cache(maxsize=1)
def _directions() -> tuple[re.Pattern[str], dict[str, tuple[int, str | None]]]:
    known = {
        canonical(r["words"]): (int(r["sign"]), r["basis"] or None) for r in rows("directions.csv")
    }
    words = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    return re.compile(
        # That a word begins is asked first: at most letters none does.
        r"(?<!\S)"
        r"(?<!thâm (?=hụt))(?<!thiếu (?=hụt))(?<!đầu tư )(?<!việc làm (?=tăng thêm))"
        r"(?<!mới và )(?<!điều chỉnh )"
        r"(?<!giá trị (?=gia tăng|tăng thêm))(?<!giá trị gia )(?<!giá trị tăng )"
        r"(?<!vốn (?=tăng thêm))(?<!đăng ký (?=tăng thêm))"
        rf"({words})(?!\S)"
        r"(?! trưởng| cường| nghèo bền vững| nghèo đa chiều| thiểu| tốc| lỗ| khấu| trừ"
        r"| phát thải)"
    ), known


def direction(left: str, *, amount: bool) -> Direction | None:
    """The word of change that governs the figure after `left` (canonical), if one does."""
    pattern, known = _directions()
    found = list(pattern.finditer(left))
    if not found:
        return Direction(1, "period_start", "") if amount and _MORE.fullmatch(left) else None
    last = found[-1]
    if amount and (_MET.search(left[: last.end()]) or _GRADUAL.search(left[: last.end()])):
        return None
    rest = _OVER_YEARS.sub("", left[last.end() :]).strip()
    if amount and _ROSE_MOST.fullmatch(rest):
        return None
    words = rest.split()
    if any(_OWN_FIGURE.search(w) for w in words) and words[0] not in {"so", "với", "cùng"}:
        return None
    if not _reaches(last.group(), words, amount=amount):
        return None
    sign, basis = known[last.group()]
    why = "compared" if last.group().endswith(" hơn") else ""
    ahead = _COMPARED.search(left[: last.start()])
    return Direction(sign, basis, rest, why, ahead.group() if ahead else "")


_COMPARED = re.compile(
    r"(?<!\S)so (?:với )?(?:(?:cùng|kỳ|thời|điểm|gian|năm|tháng|quý|trước|ngoái|đầu|cuối|liền|kề"
    r"|đó|của|ngày|\d+(?:/\d+){0,2}) )+(?:đã |thì |cũng |ước )*$"
)
_MET = re.compile(r"(?<!\S)đạt (?:và |hoặc )?vượt$")
"""A level that is reached or more: "phấn đấu thu đạt và vượt 16.500 tỷ đồng"."""
_GRADUAL = re.compile(r"(?<!\S)(?:mỗi lúc một|mỗi năm một|ngày càng|ngày một) (?:tăng|giảm)$")
"""How a level has come about: "số người tham gia ngày càng tăng: 9.287 người"."""
_OVER_YEARS = re.compile(r" bình quân (?:trong |của )?(?:\d{1,2}|hai|ba|bốn|năm) năm(?= |$)")
"""Over how many years: "giá trị sản xuất tăng bình quân 5 năm 11,6%"."""
_ROSE_MOST = re.compile(r"(?:cao|mạnh|nhanh) nhất")
"""Which of several moved most, and what it came to: "khách Nga tăng mạnh nhất: 41.150 lượt"."""
_MORE = re.compile(r"(?:\S{1,2} )?thêm")
"""A statement that begins so: "- Thêm 5 xã đạt chuẩn"."""


def _reaches(word: str, between: list[str], *, amount: bool) -> bool:
    """Does the word of change still speak of the figure after these words?"""
    comparison = bool(between) and between[0] in {"so", "với", "cùng"}
    if word.endswith(" hơn"):
        between = between[:-1] if between and between[-1] == "là" else between
        return len(between) <= _LONGEST_BASE and not set(between) & _BREAKS
    if (set(between) & _TO and not comparison) or (comparison and _arrives(between)):
        return False
    if word == "vượt" and between and {w for w in between if not _A_DATE.fullmatch(w)} <= _OF_PLAN:
        return True
    if word in {"phát triển", "vượt"}:
        return all(w in _HEDGES or w == "mức" for w in between)
    if comparison or all(w in _HEDGES or w in _MOST or w in _A_YEAR for w in between):
        return True
    return amount and len(between) <= 4 and not set(between) & _BEYOND


def _arrives(between: list[str]) -> bool:
    """What it came to behind what it is compared with: "tăng so với năm trước, đạt 39 vạn tấn"."""
    said = [w for w in between if w not in _HEDGES]
    return len(said) > 2 and said[-1] in _TO and not _BETTER.search(" ".join(said))


_BETTER = re.compile(r"kế hoạch|chỉ tiêu|dự toán|mục tiêu")
"""A plan may itself be what is reached: "vượt so với chỉ tiêu phải đạt 2%"."""
_OWN_FIGURE = re.compile(r"\d%")
"""A rate that the word of change governs itself: "lương hưu tăng 15%; có 78.560 người"."""
_A_DATE = re.compile(r"(?:19|20)\d\d")
_OF_PLAN = _HEDGES | {
    *("chỉ", "tiêu", "kế", "hoạch", "dự", "toán", "mục", "được", "giao", "năm", "đề", "ra"),
    *("so", "với", "của", "tỉnh", "huyện", "thành", "phố", "mức", "từ", "tiến", "độ"),
    *("trung", "ương", "chính", "phủ", "hđnd", "ubnd"),
}
"""Words of a target between "vượt" and by how much: "vượt chỉ tiêu tỉnh giao 0,8%"."""
_MOST = frozenset({"cao", "thấp", "nhiều", "ít", "mạnh", "nhanh", "chậm", "nhất", "là", "với"})
"""Words between a change and how much it is: "giảm ít nhất, là 0,52%"."""
_A_YEAR = frozenset({"mỗi", "hằng", "hàng", "trung", "năm"})
"""With the hedges "bình quân": "tỷ lệ hộ nghèo giảm bình quân mỗi năm 2,1%"."""
_BEYOND = frozenset({"tỷ", "mức", "từ", "cho", "hiện"})
"""Words behind which another thing is counted: "giảm lãi cho 487 doanh nghiệp"."""
_LONGEST_BASE = 8
"""Words in "cao hơn bình quân chung cả nước"."""


_BREAKS = frozenset({"ứng", "cụ", "quý", "là", "đạt", "trong", "gồm", "lượt"})
"""Words at which what a figure is compared with has ended: "cao hơn B (tương ứng là x và y)"."""


def basis_of(text: str) -> tuple[str | None, int | None]:
    """What a comparison is made with, from canonical words such as "so với cùng kỳ năm trước"."""
    if "giá so sánh" in text or "giá cố định" in text:
        text = _PRICES.sub(" ", text)
    named = _YEAR.search(text)
    base_year = int(named.group(1)) if named else None
    if _SAME_PERIOD.search(text):
        return "same_period_last_year", base_year
    if _LAST_MONTH.search(text):
        return "previous_month", base_year
    if _PLAN.search(text):
        return plan_basis(text), None
    if _SINCE_NEW_YEAR.search(text):
        return "period_start", base_year
    if any(
        contains(text, w) for w in ("năm trước", "năm ngoái", "năm liền trước")
    ) and not contains(text, "học"):
        return "previous_year", base_year
    return _named_base(text, base_year), base_year


_PRICES = re.compile(r"(?:(?:tính )?theo )?giá (?:so sánh|cố định)(?: (?:của )?năm)?(?: \d{4})?")
"""At whose prices, and against no time: "tăng 9,1% theo giá so sánh năm 2010"."""
_LAST_MONTH = re.compile(r"(?<!\S)(?<!\d )(?<!các )(?<!nhiều )tháng trước(?!\S)")
"""And no "18 tháng trước đó"."""
_SINCE_NEW_YEAR = re.compile(r"(?<!\S)(?<!tháng )(?<!quý )đầu năm(?!\S)")
"""But for "tăng 16,28% trong 4 tháng đầu năm", which says when."""
_SAME_PERIOD = re.compile(
    r"cùng (?:kỳ|thời điểm|thời gian)(?! (?:của )?tháng (?:trước|\d{1,2})(?![\d/])(?! năm))"
    r"|\bso với (?:\S+ ){0,2}\d+ tháng đầu năm \d{4}\b"
)
"""Said, or by the same months of a year that is named: "so với 6 tháng đầu năm 2023"."""


_GOES_ON = re.compile(
    r" (?:khoảng|gần|hơn|trên)$| (?:là|thì|như)(?: .*)?$"
    r"| (?:xếp|đứng|nguyên nhân|chủ yếu|nhưng|tuy nhiên|và (?:vươn|đứng|xếp|tăng|giảm|đạt)) .*$"
)
"""What follows a base and is none of it: "so với năm 2022, xếp thứ 12"."""


def _named_base(text: str, base_year: int | None) -> str | None:
    """A base given by its year, or by a phrase of its own."""
    against = _AGAINST.search(text)
    if against is None:
        return None
    phrase = _GOES_ON.sub("", against.group(1).strip())
    if (day := _A_DAY.match(phrase)) is not None:
        return day["day"]
    whole = rf"năm {base_year}(?: (?!giá\b(?! trị\b))[^\d]*)?|(?:[^\d]*\b)?năm {base_year}"
    if base_year and re.fullmatch(whole, phrase) and "cuối" not in phrase:
        return f"năm {base_year}"
    return phrase or None


_A_DAY = re.compile(r"(?:thời điểm )?(?:ngày )?(?P<day>\d{1,2}/\d{1,2}/\d{4})(?!\S)")
"""The day compared with: "so với ngày 31/12/2021 số người tham gia BHYT tăng 3,1%"."""
PLAN_BASES = frozenset({"plan", "plan_local", "plan_vss"})
"""What `plan_basis` may say."""
YEAR_BEFORE = frozenset({"same_period_last_year", "previous_year"})
"""Bases that lie a year back."""


def plan_basis(text: str) -> str:
    """Whose plan: the national agency's, the local one's, or one that is not named."""
    plan = _PLAN.search(text)
    said = _GOES_ON.sub("", text[plan.start() :] if plan else text)
    giver = _GIVER.match(said)
    after = giver.group() if giver else said
    if contains_any(after, ("bhxh việt nam", "bhxh vn", "ngành giao")):
        return "plan_vss"
    if any(contains(after, canonical(w)) for w in _LOCAL):
        return "plan_local"
    return "plan"


_GIVER = re.compile(r".*?\b(?:giao|đề ra|đặt ra|phê duyệt|xây dựng)\b|(?:\S+ ?){0,6}")
"""Whose plan it is stands right behind it: "kế hoạch năm, theo yêu cầu của UBND tỉnh"."""
_LOCAL = (
    "tỉnh",
    "thành phố",
    "tp",
    "UBND",
    "HĐND",
    "ủy ban nhân dân",
    "hội đồng nhân dân",
    "huyện",
    "địa phương",
)


@lru_cache(maxsize=4096)  # lists say the same before figure after figure
def measured(left: str, tail: str, unit: str) -> Measured:
    """How the figure between `left` and `tail` (both canonical, of one clause) measures.

    >>> measured("đạt", "so với kế hoạch bhxh việt nam giao", "percent")
    Measured(measure='plan_completion', basis='plan_vss', sign=1, base_year=None)
    """
    if (_short_of(left) or _to_go(left, tail)) and _PLAN.search(tail):
        return Measured("growth" if unit in RATES else "change", plan_basis(tail), -1)
    if unit == "times":
        against = _EXCEEDS.split(tail.removeprefix("lần"))[0].strip()
        basis, base_year = basis_of(f"so với {against}") if against else (None, None)
        return Measured("share", basis, 1, base_year)
    if unit not in RATES and _passed(left, tail):
        return Measured("level")
    left = _BASE.sub("", left)
    change = (_rate_moved(left) if unit in RATES else None) or direction(
        left, amount=unit not in RATES
    )
    if change is not None:
        return _change(change, tail, unit)
    if unit in RATES or (unit in {"", "count"} and _bare_rate(tail)):
        return _rate(left, tail)
    return _amount(left, tail)


_PLAN_PASSED = re.compile(r"(?<!\S)vượt (?:kịch bản|kế hoạch|mục tiêu|chỉ tiêu)(?!\S).*$")
"""What a growth did with its plan, and not what it is measured from: "tăng 10%, vượt kịch bản"."""
_EXCEEDS = re.compile(r"(?<!\S)(?:vượt|hoàn thành|đạt)(?!\S)")
"""Ends what something is compared with: "gấp 3 lần năm 2020 (vượt mục tiêu)"."""


def _rate_moved(left: str) -> Direction | None:
    """A word of change that only a rate has: "GRDP tăng trưởng", "CPI nhích", "tăng ở mức"."""
    if (most := _MOVED_MOST.search(left)) is not None:
        return Direction(-1 if most[1] == "giảm" else 1, None, "")
    if (more := _BY_MORE.search(left)) is not None:
        return Direction(1 if more[1] in {"nâng", "tăng", "đưa"} else -1, None, "")
    if (grew := _GREW.search(left)) is not None:
        return Direction(-1 if grew[1] == "âm" else 1, None, "")
    moved = _AT_PACE.search(left) or _EDGED.search(left)
    if moved is None or _OF_RATE.search(left[: moved.start()]):
        return None
    return Direction(-1 if moved.group().startswith(_DOWN) else 1, None, "")


_DOWN = ("giảm", "sụt", "tụt", "thụt", "lùi", "hụt")
_BASE = sought(
    r".*(?<!\S)(?:so với|(?:hơn|kém)(?: so với)?(?= (?:mức|con số|tỷ lệ)))"
    r"(?: (?:mức|con số|tỷ lệ|khoảng|gần|trên))*$",
    flags=0,
)
"""What something moved from: "tăng so với 81,2% năm 2022", "cao hơn mức 9,5%"."""
_OR_MORE = re.compile(r"trở (?:lên|xuống)")


def _passed(left: str, tail: str) -> bool:
    """A mark that was passed is no difference: "Dư nợ tín dụng chính sách vượt 17.000 tỷ đồng"."""
    said = left.removesuffix(" mốc").removesuffix(" mức").split()
    named = len(said) > 2 and said[-1] == "vượt"
    return named and not _PLAN.search(tail) and not _PLAN.search(left) and "so" not in said


def _amount(left: str, tail: str) -> Measured:
    if left == "thêm" or left.endswith(" và thêm"):
        return Measured("change", "period_start")
    if _MORE_THAN_BEFORE.search(left) and _RAISED.match(tail):
        return Measured("change", "period_start")
    if _GIVEN_MORE.search(left):
        return Measured("change")
    if _NEW.search(tail) or _NEW.search(left):
        return Measured("change", "period_start", new=True)
    return Measured("level")


_MORE_THAN_BEFORE = re.compile(r"(?<!đấu)(?<!tâm)(?<!kiến) thêm$")
_RAISED = re.compile(
    r"(?:xã|phường|huyện|thị xã|thôn|bản|ấp|sản phẩm|trường|cơ sở|đơn vị)(?: \S+){0,2}?"
    r" (?:(?:được công nhận )?đạt(?! \d)|được công nhận|về đích|cán đích)(?!\S)"
)
"""More that came to a standard: "Đồng Nai thêm 3 xã đạt chuẩn nông thôn mới nâng cao"."""
_GIVEN_MORE = re.compile(
    r"(?<!\S)giao (?:tăng thêm|bổ sung thêm|thêm|bổ sung)(?: (?!đã|đạt|là)\S+){0,10}(?: là| thêm)?$"
)
"""What a plan rose by: "thành phố giao tăng thêm thu ngân sách cho xã là 80 triệu đồng"."""
_NEW = re.compile(r"(?<!\S)(?:tham gia mới|mới tham gia|tăng mới|đăng ký mới tham gia)(?!\S)")
"""As in "vận động được 7.216 người tham gia mới"."""


def _short_of(left: str) -> bool:
    """As in "còn thiếu 0,7% so với chỉ tiêu", "chậm 8% so với kế hoạch": it is below the target."""
    said = left.split()
    while said and said[-1] in _HEDGES:
        said.pop()
    return bool(said) and said[-1] in {"thiếu", "chậm"}


def _to_go(left: str, tail: str) -> bool:
    """As in "còn 0,9% nữa là đạt chỉ tiêu"."""
    return tail.startswith("nữa") and left.split()[-1:] == ["còn"]


def _bare_rate(tail: str) -> bool:
    """A rate that lost its sign: "đạt 94,66 KH giao"."""
    return re.match(r"(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán)\b", tail) is not None


def _change(change: Direction, tail: str, unit: str) -> Measured:
    basis, base_year = basis_of(_PLAN_PASSED.sub("", tail))
    if basis is None:
        basis, base_year = basis_of(change.rest)
    if basis is None and change.ahead:
        basis, base_year = basis_of(change.ahead.strip())
    if basis is None and change.rest and change.why == "compared":
        basis = change.rest
    measure: Measure = "growth" if unit == "percent" else "change"
    new = basis is None and change.basis == "period_start"
    return Measured(measure, basis or change.basis, change.sign, base_year, new)


def _rate(left: str, tail: str) -> Measured:
    plan = _PLAN.search(tail)
    owed = _REVENUE_PLAN.search(tail) if _OWED.search(left) else None
    if owed:
        return Measured("share", owed.group())
    missed = plan and _MISSED.search(tail[: plan.start()])
    if missed:
        tail = tail[: missed.start()].strip()
    if (
        plan
        and not missed
        and len(tail[: plan.start()].split()) <= 4
        and not _first_base(tail[: plan.start()])
    ):
        return Measured("plan_completion", plan_basis(tail))
    if _first_base(tail):
        return Measured("share", _first_base(tail))
    if _SPEED.search(left):
        since, base_year = basis_of(tail) if _SINCE.match(tail) else (None, None)
        if since or not tail or _OR_MORE.match(tail) or _YEARLY.match(tail):
            return Measured("growth", since, 1, base_year)
    against = _PLAN.search(left)
    so = against and re.search(r"\bso\b", left[: against.start()][-8:])
    if so or _COMPLETED.search(left):
        return Measured("plan_completion", plan_basis(left))
    return Measured(
        "share",
        _first_base(_OF_ALL_GROWN.sub("", left)) or _implied(f"{tail} {left}") or _own_base(tail),
    )


_COMPLETED = re.compile(
    r"(?<!\S)(?:hoàn thành|thực hiện) (?:kế hoạch|chỉ tiêu|dự toán)(?: \S+){0,4}? (?:với|ở mức)"
    r"(?: (?:tỷ lệ|hơn|gần|trên|khoảng))*$"
)
"""As in "cơ bản hoàn thành kế hoạch năm với 98,7%"."""
_OF_ALL_GROWN = re.compile(r"(?<!\S)(?:tăng|giảm|phát triển) dân số(?!\S)")
"""By how much people become more, and no part of them."""
_MISSED = re.compile(r"(?<!\S)(?:không|chưa|vượt|thấp hơn|cao hơn|như)(?!\S)")
"""What a rate did with its plan, and no part of it: "đạt 71,6%, không đạt kế hoạch"."""
_SPEED = re.compile(
    r"(?<!\S)(?<!vào )(?<!góp )(?:(?:tốc độ|mức|nhịp độ|tỷ lệ) tăng|tăng trưởng)"
    r"(?! dân số| tự nhiên)(?: (?!tỷ lệ)\w+){0,16}"
    r" (?:đạt|là|ước|từ|khoảng|gần|hơn|trên|ở mức|dư nợ|tín dụng|huy động vốn|nguồn vốn)"
    r"(?: xấp xỉ)?$"
    r"|^(?:trong đó )?tăng trưởng(?! dân số| tự nhiên)(?: (?!tỷ lệ|tỷ trọng)\w+){1,8}$"
    r"|(?<!\S)(?:mục tiêu|chỉ tiêu) tăng trưởng(?: (?!tỷ lệ)\w+){0,10}$"
    r"|(?<!\S)(?<!vào )(?<!góp )(?:tốc độ|nhịp độ|tỷ lệ) tăng"
    r"(?: (?!tỷ lệ|dân số|tự nhiên)\w+){0,14}$"
    r"|(?<!\S)tăng (?:\w+ ){0,4}con số (?:ước )?(?:đạt|là)$"
)
"""A rate of growth that is named as one: "tăng trưởng tín dụng đạt 9,5%"."""
_YEARLY = re.compile(r"(?:(?:mỗi|một|hằng|hàng) )?năm(?!\S)")
"""As in "tốc độ tăng giá trị sản xuất bình quân đạt 7,2%/năm"."""
_MOVED_MOST = re.compile(
    r"(?<!\S)(tăng|giảm)(?: trưởng)? (?:cao|mạnh|nhiều|nhanh|thấp|ít) nhất (?:là|thuộc về|ở) "
    r"(?:\S+ ){1,24}(?:với|với mức)$"
)
"""What rose most, and by how much: "tăng cao nhất là cung cấp nước với 15,53%"."""
_BY_MORE = re.compile(
    r"(?<!\S)(nâng|tăng|đưa|giảm|hạ) (?:tỷ lệ|tỷ trọng|độ|mức) (?:\S+ ){1,10}"
    r"thêm(?: (?:được|hơn|gần|khoảng|từ|ít nhất|tối thiểu))*$"
)
"""By how much a rate is moved: "phấn đấu nâng tỷ lệ bao phủ BHYT thêm 1,2%"."""
_GREW = re.compile(
    r"(?<!\S)(?<!vào )(?<!góp )tăng trưởng(?: (âm|dương))?"
    r"(?: bình quân)?(?: (?:mỗi|hằng|hàng) năm)?$"
)
"""The verb itself: "GRDP ước tăng trưởng 7,18%, đạt kế hoạch"."""
_EDGED = re.compile(
    r"(?<!\S)(?:nhích|nhỉnh hơn|sụt|tụt|thụt lùi|lùi|hụt|bật tăng|vọt)"
    r"(?: (?:nhẹ|thêm|lên|giảm|mạnh|sâu|khoảng|gần|hơn|tới|đến))*$"
)
_AT_PACE = re.compile(
    r"(?<!\S)(tăng|giảm)(?: trưởng)?(?: (?:khá|cao|mạnh|nhẹ|tốt|thấp))? (?:ở|với) mức$"
)
"""As in "ngành chế biến, chế tạo tăng khá ở mức 7,4%"."""
_OF_RATE = re.compile(r"(?<!\S)(?:tỷ lệ|tỷ trọng|tỷ suất|mức|độ)(?!\S)")
"""What may edge up to a level: "tỷ lệ bao phủ nhích lên 91,2%"."""
_SINCE = re.compile(r"so (?:với )?(?:cùng|đầu|cuối|năm|tháng|quý)(?!\S)")
"""What it is measured from: "tỷ lệ tăng trưởng là 6,6% so với đầu năm"."""


def _first_base(text: str) -> str | None:
    found = [(text.find(f"{p}"), b) for p, b in _bases() if contains(text, p)]
    return min(found)[1] if found else None


@lru_cache(maxsize=1)
def _bases() -> tuple[tuple[str, str], ...]:
    return tuple(
        (canonical(r["phrase"]), r["basis"]) for r in rows("bases.csv") if r["kind"] == "share"
    )


def _implied(text: str) -> str | None:
    return next(
        (
            r["basis"] or None
            for r in rows("implied_bases.csv")
            if contains(text, canonical(r["phrase"]))
        ),
        None,
    )


def _own_base(tail: str) -> str | None:
    """The published phrase after a percent, where it is a noun: "99% số người tham gia BHXH"."""
    if "cùng kỳ" in tail:
        return "same_period_last_year"
    base, _ = basis_of(tail)
    if base and not (base == "period_start" and "so" not in tail.split()):
        return base
    return _PARTS.sub("", tail) if re.match(r"(?:tổng )?số |tổng ", tail) else None


_PARTS = re.compile(r" (?:trong (?:đó|số đó|số này)|cụ thể|gồm|bao gồm)(?!\S).*$")
"""What follows a whole and is none of it: "1,32% số hộ toàn tỉnh, trong đó: …"."""
