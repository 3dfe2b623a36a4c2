"""Numbers in running text that are no published figures: dates, references, prices, norms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, reduce
from operator import or_

from normalizers.facts import rows
from normalizers.measures import RATES
from normalizers.quantities.reading import Quantity
from normalizers.seeking import Sought, sought
from normalizers.sentences.naming.words import MONEY, currency
from normalizers.sentences.stories import leaves_story
from normalizers.sentences.thresholds import of_class
from normalizers.units import unit_at
from normalizers.watching import Watched, served, watched


@cache
def _noise(where: str) -> tuple[tuple[Watched, str], ...]:
    """The patterns of a place with their reasons."""
    start = r"(?<!\w)" if where == "before" else ""
    return tuple(
        (watched(start + row["pattern"]), row["reason"])
        for row in rows("prose_noise.csv")
        if row["where"] == where
    )


def _possible(where: str, text: str) -> tuple[tuple[Sought | re.Pattern[str], str], ...]:
    """Those whose words the text holds: most numbers are figures, and most words not there."""
    bits = _bits(where)  # first: making the patterns is what `served` knows them by
    return _served(where, served(text) & bits)


@cache
def _anything_behind() -> Callable[[str], object]:
    """What any pattern for the words behind a figure begins with: they are few, and one look."""
    patterns = [p.text for p, _ in _noise("after")]
    whole = re.compile("|".join(patterns), re.IGNORECASE)
    return whole.match if all(p.startswith("^") for p in patterns) else whole.search


@cache
def _bits(where: str) -> int:
    return reduce(or_, (pattern.bit for pattern, _ in _noise(where)))


@lru_cache(maxsize=1024)
def _served(where: str, bits: int) -> tuple[tuple[Sought | re.Pattern[str], str], ...]:
    return tuple((_sought(p.text), why) for p, why in _noise(where) if p.bit & bits)


@cache
def _sought(pattern: str) -> Sought | re.Pattern[str]:
    """Its words are there: what is left to know is where a match may begin."""
    one = sought(pattern)
    return one if one.reach is not None or one.anchored or one.asks_first else one.pattern


def sentence_noise(sentence: str) -> str | None:
    """Why no number of this sentence is a figure, or None."""
    found = _of_sentence(sentence)
    if found == _OWN_STORY:
        return None if leaves_story(sentence) else found
    return None if found == _RULE and any(map(_result, sentence.split(";"))) else found


def of_rule(sentence: str, quantity: Quantity) -> bool:
    """Does the number stand in that part of a sentence which tells what a law provides?"""
    start, end = sentence.rfind(";", 0, quantity.start) + 1, sentence.find(";", quantity.end)
    return not _result(sentence[start : end if end >= 0 else None])


def has_rule(sentence: str) -> bool:
    """Does a sentence tell of a law, and perhaps of a result in another part?"""
    return ";" in sentence and _of_sentence(sentence) == _RULE


def _of_sentence(sentence: str) -> str | None:
    return next((why for p, why in _possible("sentence", sentence) if p.search(sentence)), None)


def _result(part: str) -> bool:
    """Does a part tell what was done, behind what is forbidden: "…; đã xử phạt 14 đơn vị"?"""
    told = _DONE.search(part) is not None or leaves_story(part)
    return told and _of_sentence(part) != _RULE


_DONE = watched(r"\bđã (?!bị|được|có|từng|đóng|nộp|tham gia|hưởng)")
_OWN_STORY = "somebody's own story"
_RULE = "condition"


def noise(sentence: str, quantity: Quantity, taken: Iterable[tuple[int, int]]) -> str | None:
    """Why this number is no figure, or None; `taken` are the spans of dates and periods."""
    if quantity.kind == "ordinal_or_code":
        return "code"
    counted = quantity.kind == "fraction" and quantity.noun is not None
    if not counted and any(start < quantity.end and quantity.start < end for start, end in taken):
        return "period"
    before, after = around(sentence, quantity)
    if "norm" in quantity.flags and _NORM.search(sentence) and _applies("norm", quantity, before):
        return "norm"
    if "price" in quantity.flags and _priced(quantity, before[-120:]):
        return "price"
    if of_class(quantity, before, after):
        return "threshold"
    around_it = _around(sentence, before, after, quantity) or _bare(before, after, quantity)
    told = around_it or _portion(before, after, quantity) or _harm(before, quantity)
    return told or ("portion" if _one_of_many(before, after, quantity) else None)


_ONE_OF = re.compile(r"\s*trong (?:số |tổng số |các )*\d")
_OF_MANY = sought(
    r"\b(?:là|thuộc|một|1|01)(?: (?:một|1|01))? trong(?: (?:số|tổng số|các))*\s*$"
    r"|\b(?:đứng|xếp) (?:đầu|nhất|nhì|ba|tư|thứ|hạng)(?: (?:nhất|nhì|ba|tư|\d+))?"
    r" trong(?: (?:tổng|số|khối|cụm|nhóm))*\s*$"
)


_RANKED_TOO = sought(
    r"\b(?:đứng|xếp)(?: (?:ở|vị trí|vị|hạng|thứ))+ \d{1,2}/\d{1,2}"
    r"(?:(?!\b(?:đạt|có|hoàn thành|được|tăng|giảm)\b)[^.\d]|(?<=[;,] )\d{1,2}/\d{1,2}){0,160}?"
    r"(?:[,;]| và)\s*(?:(?:đứng|xếp|ở|vị trí|vị|hạng|thứ)\s+)*$"
)
"""One rank more: "xếp thứ 4/14 tỉnh trong vùng và 26/63 tỉnh, thành phố"."""


def _one_of_many(before: str, after: str, quantity: Quantity) -> bool:
    """As in "là 1 trong 5 tỉnh có tỷ lệ tiêm cao nhất": neither is a count."""
    if quantity.kind == "fraction" and _RANKED_TOO.search(before) is not None:
        return True
    if quantity.value == 1 and _ONE_OF.match(after):
        return True
    return quantity.kind == "amount" and _OF_MANY.search(before) is not None


_HARMED = sought(
    r"\b(?:thiệt hại|bị hại|ảnh hưởng)(?: (?:từ|trên|dưới|hơn))+\s*"
    r"(?:\d[\d,]*\s*%?\s*(?:-|–|đến)\s*)?$"
)


def _harm(before: str, quantity: Quantity) -> str | None:
    """The class that what was harmed is counted in: "thiệt hại từ 30 - 70% là 96 ha"."""
    return "threshold" if quantity.unit == "percent" and _HARMED.search(before) else None


_PORTION = sought(r"\bchiếm(?: (?:gần|hơn|trên|khoảng|tới|đến))*\s*$")
_MASS = re.compile(
    r"\s*(?:tổng )?(?:diện tích|dân số|sản lượng|giá trị|chiều dài|quãng đường|lượng)\b",
    re.IGNORECASE,
)

_ROUGHLY = re.compile(r"(?:^|\b)(?:gần|hơn|trên|khoảng|quá)\s*$", re.IGNORECASE)
_OF_THOSE = re.compile(r"[1-9]/(?:[2-9]|10) (?:tổng )?số\b")
"""As in "gần 4/5 số vụ việc"; "37/45 số xã" counts."""


def _portion(before: str, after: str, quantity: Quantity) -> str | None:
    """A part told in words, and no count: "chiếm gần 1/6 diện tích của tỉnh"."""
    if quantity.kind != "fraction" or quantity.unit not in {"", "count"}:
        return None
    in_words = _ROUGHLY.search(before) and _OF_THOSE.match(quantity.raw + after)
    return "portion" if in_words or _PORTION.search(before) or _MASS.match(after) else None


_DEAR = 500_000_000
"""Dong: no price, fee or norm of these texts is as much, a total always is."""


def _priced(quantity: Quantity, near: str) -> bool:
    """Can this be a price or a rate of benefit at all?"""
    share = quantity.unit == "percent" and (
        _RATE_OF.search(near) or _of_whom(quantity) or _grows(near)
    )
    if share or _AVERAGE.search(near.rsplit(";", 1)[-1]) or _gone_on(quantity, near):
        return False
    if quantity.unit.startswith("VND"):
        return abs(quantity.value) < _DEAR
    return quantity.unit.startswith("USD") or quantity.unit == "percent" or "/" in quantity.unit


def _gone_on(quantity: Quantity, near: str) -> bool:
    """Is it an income told of before: "… Năm 2024, đạt 35 triệu đồng/người/năm"?"""
    return quantity.unit == "VND/person/year" and _ONLY_THEN.search(near) is not None


_ONLY_THEN = sought(
    r"(?:^|[,;.])\s*(?:(?:dự kiến|phấn đấu|tính|đến|tới|hết|cuối|đầu|trong|năm|nay|\d{4})\b,?\s*)*"
    r"(?:đã |ước )?(?:đạt|(?:tăng |nâng )?lên)(?: (?:gần|hơn|trên|khoảng))*\s*$"
)


def _grows(near: str) -> bool:
    """Is a rate a year one of growth, and of no price or loan: "thu ngân sách tăng 10%/năm"?"""
    said = re.split(r"[;:]", _YEARS_BEFORE.sub("", near))[-1]
    return _MOVES_BY.search(said) is not None and _OF_MONEY_LENT.search(said) is None


_YEARS_BEFORE = re.compile(
    r"\d[\d,]*\s*%\s*/\s*năm (?:(?:trong|của|ở) )?(?:giai đoạn|thời kỳ|nhiệm kỳ)"
    r" \d{4}\s*[-–]\s*\d{4}\s*(?:[;,](?: và)?|và)\s*(?:(?:đạt|là|tăng)\s+)*"
)
"""What went before: "tăng bình quân 10,75%/năm giai đoạn 2006-2010; 36,83%/năm giai đoạn …"."""
_MOVES_BY = re.compile(
    r"\b(?:tăng|giảm)(?: trưởng| thêm)?(?: (?:bình quân|từ|trên|hơn|gần|khoảng|tối thiểu|ít nhất))*"
    r"\s*(?:\d[\d,]*\s*[-–]\s*)?$",
    re.IGNORECASE,
)
_OF_MONEY_LENT = re.compile(
    r"\b(?:giá(?! trị)|lãi|vay|phí|lương|mức|trợ cấp|thuế suất)\b", re.IGNORECASE
)


def _of_whom(quantity: Quantity) -> bool:
    """Is it told of how many: "64,2% người bệnh thanh toán viện phí qua ngân hàng"?"""
    counted = unit_at(quantity.noun) if quantity.noun else None
    return counted is not None and counted.kind == "noun"


_AVERAGE = re.compile(r"bình quân|(?<!mức )thu nhập|năng suất|GRDP", re.IGNORECASE)
"""Amounts per head that are statistics and no prices."""
_RATE_OF = re.compile(
    r"\bt[ỷỉ] lệ\b|lệ phí trước bạ|phí(?:,| và) lệ phí|\bthu (?:lệ )?phí|khoản thu|\bchỉ số\b",
    re.IGNORECASE,
)
"""Whose percentages are no prices: rates, and fees as revenue."""


_IN_ALL = sought(
    r"[,;.]\s*(?:với |và )?tổng (?:số|kinh phí|trị giá|giá trị|số tiền|mức|cộng)\b[^,;]*$"
)
"""What all received together, behind a norm: "mỗi người 400.000 đồng, tổng kinh phí là …"."""


def _applies(reason: str, quantity: Quantity, near: str) -> bool:
    if reason == "units_of_government":
        spread = quantity.unit in UNITS and _SPREAD.search(near)
        named = quantity.unit in UNITS and _NAMED.search(near)
        more = quantity.unit in UNITS and _MORE_OF_THEM.search(near)
        return quantity.kind not in {"fraction", "percent"} and not (spread or named or more)
    if reason == "grant":
        return currency(quantity.unit) in MONEY and abs(quantity.value) <= GRANT
    if reason in _NOUNS:
        return (quantity.noun or "").startswith(_NOUNS[reason])
    if reason == "repeated":
        return _RATIO.search(near) is None
    if reason == "norm":
        return _IN_ALL.search(near) is None and not _averaged(quantity, near)
    return _of_size(reason, quantity, near)


_NOUNS = {"resolutions": ("nghị quyết", "tờ trình", "báo cáo", "luật"), "prize": ("giải ",)}
_UNITS_OF = {
    "way": frozenset({"kilometre", "metre"}),
    "size": frozenset({"square_metre"}),
    "score": frozenset({"point"}),
}
"""The units that a reason speaks of, and no other."""
_PLACES = sought(r"\b(?:tuyển(?: sinh| dụng)?|biên chế|nhập học)\b(?:[^;.]|\.(?=\d)){0,120}$")
"""What makes "chỉ tiêu" places that are given, and no indicators: "tuyển sinh 495 chỉ tiêu"."""


def _of_size(reason: str, quantity: Quantity, near: str) -> bool:
    if reason == "small":
        return quantity.kind == "amount" and abs(quantity.value) <= _FEW
    if reason == "counter":
        return quantity.unit in _OF_READERS
    if reason in _UNITS_OF:
        return quantity.unit in _UNITS_OF[reason]
    if reason == "indicators":
        return quantity.unit not in RATES and _PLACES.search(near) is None
    return _of_kind(reason, quantity, near)


_SPREAD = re.compile(
    r"\b(?:phát sinh|xảy ra|xuất hiện|bùng phát|lây lan|ổ dịch|dịch bệnh|thiệt hại|ngập)\b"
    r"[^;.]{0,100}\b(?:tại|ở|trên địa bàn|thuộc|của)\s*(?:[\d.]+ [^,;.\d]{2,24}, )*$",
    re.IGNORECASE,
)
"""What makes a number of communes a figure: "phát sinh 209 ổ dịch mới tại 101 phường, xã"."""


_MORE_OF_THEM = re.compile(
    r"\d (?P<kind>thôn|bản|ấp|xã|huyện)\b[^.;\d]{0,40}\b(?:tăng|giảm)(?: thêm)?"
    r"(?: (?:là|gần|hơn))?\s*$"
)
"""By how much a count of them changed: "(66/112 thôn, tăng thêm 20 thôn)"."""
UNITS = frozenset({"commune", "district", "village", "province"})
_NAMED = re.compile(
    r"(?:^\W*|[;.\n]\W*|\bsố (?:lượng )?)"
    r"(?:huyện|quận|thị xã|thành phố|tỉnh|xã|thôn|bản|địa phương)"
    r" (?:[^;.:\d]{0,60}\b(?:đạt|hoàn thành|được công nhận|có|chưa|không|còn)\b[^;.:\d]{0,60})"
    r"(?::|\b(?:là|lên|gồm))\s*(?:khoảng |gần |hơn |trên )?$",
    re.IGNORECASE,
)
"""What is counted stands before as well: "Số huyện đạt chuẩn là 6 huyện"."""


def _of_kind(reason: str, quantity: Quantity, near: str) -> bool:
    """Is the number of a kind that the reason speaks of: no percent is a duration?"""
    if reason in {"price", "unit_price"}:
        money = reason == "price" or currency(quantity.unit) in MONEY
        return money and _priced(quantity, near)
    if reason in {"rate_of_benefit", "class"}:
        return quantity.unit == "percent" and _LIST_OF_TAXES.search(near) is None
    if reason == "not_a_statistic" and (_is_length(quantity, near) or _averaged(quantity, near)):
        return False
    if reason in {"not_a_statistic", "duration"}:
        return quantity.unit != "percent" and currency(quantity.unit) not in MONEY
    if reason in {"reference", "ordinal", "address", "article"}:
        alone = quantity.noun is None or reason == "article"
        return _before_name(quantity, reason) or (alone and quantity.unit in {"", "count"})
    return True


def _before_name(quantity: Quantity, reason: str) -> bool:
    """Does a name follow the number of a class or a ward: "vào lớp 10 Trường THPT …"?"""
    named = (quantity.noun or "")[:1].isupper()
    return named and reason in {"ordinal", "address"} and quantity.kind == "amount"


def _is_length(quantity: Quantity, near: str) -> bool:
    return quantity.unit == "metre" and _LENGTH.search(near) is not None


def _averaged(quantity: Quantity, near: str) -> bool:
    """Are criteria met on average: "bình quân của 200 xã là 16,02 tiêu chí, tăng 4,52 tiêu chí"?"""
    criteria = (quantity.noun or "").startswith("tiêu chí")
    average = quantity.value % 1 != 0 or "bình quân" in near.rsplit(";", 1)[-1].lower()
    return criteria and average


_LENGTH = re.compile(
    r"\b(?:(?:với|tổng)(?: tổng)? (?:chiều )?dài|sạt lở|sụt lún|hư hỏng|cuốn trôi|bồi lấp|bị vỡ)"
    r"(?: (?:là|trên|gần|hơn|khoảng|ước|dài))*\s*$",
    re.IGNORECASE,
)
"""How much there is, and not how big one is: "sạt lở 124 điểm với chiều dài 4.830 m"."""
_OF_READERS = frozenset({"", "count", "visit", "person"})
"""What a page counts of those who look at it: "Hôm nay: 1.204 lượt"."""
_LIST_OF_TAXES = re.compile(
    r"\b(?:khoản|sắc thuế|nguồn)(?: thu)?\b[^:;.\d]{0,40}\b(?:tăng|giảm|đạt|vượt)\b[^:;.\d]{0,30}:",
    re.IGNORECASE,
)
"""What taxes rose by, and not what is paid: "các khoản tăng là: thuế thu nhập cá nhân 14%"."""
GRANT = 100_000_000
"""What one receives who is entitled; behind a count it is what those counted received."""
_FEW = 31
"""Of a norm or a body's members: "đã tiêm đủ 2 mũi", "Tổ công tác gồm 12 thành viên"."""
_RATIO = re.compile(
    r"\b(?:gấp|bằng|tăng|cao)(?: (?:gấp|tới|đến|hơn|gần|khoảng|trên))*\s*$", re.IGNORECASE
)
"""What makes "1,6 lần" a ratio and no number of times."""


def _around(sentence: str, before: str, after: str, quantity: Quantity) -> str | None:
    near, behind = before[-120:], after[:60]
    own = f"{before.rsplit(';', 1)[-1]}{quantity.raw}{after.split(';', 1)[0]}"
    whole = f"{before}{quantity.raw}{after}" if _AT_LEAST.search(own) else ""
    tests = (
        ("norm", whole),
        ("before", near),
        ("after", behind if _anything_behind()(behind) else ""),
        ("left", near.rsplit(";", 1)[-1]),
    )
    applies: dict[str, bool] = {}
    for where, text in tests:
        for pattern, why in _possible(where, sentence) if text else ():
            if why not in applies:
                applies[why] = _applies(why, quantity, near)
            if applies[why] and pattern.search(text):
                return why
    return None


_AT_LEAST = sought(r"\b(?:mỗi|ít nhất|tối thiểu)\b")
"""A norm says so in its own part of the sentence: "…; mỗi xã phát triển ít nhất 50 người"."""
REACH = 400
"""Letters before and after a figure that can say what it is; it keeps long sentences linear."""


def around(sentence: str, quantity: Quantity) -> tuple[str, str]:
    """What stands before and after a figure, within reach."""
    start, end = quantity.start, quantity.end
    return sentence[max(0, start - REACH) : start], sentence[end : end + REACH]


_NORM = sought(
    r"(?<!bình quân )(?<!thu nhập )\b(?:mỗi|từng)\b|(?<!xác )(?<!quy )(?<!ấn )\bđịnh mức"
)
_SAID = re.compile(
    r"(?:[:(]|\b(?:là|đạt|có|thêm|được|còn|lên|xuống|gồm|với|hơn|gần|khoảng|trên|tăng|giảm|ước"
    r"|xây dựng|xây|trao|trao tặng|tặng|hỗ trợ|lắp đặt|sửa chữa|thành lập|cấp|trồng|phát hiện|giữ"
    r"|xử lý|tiêu hủy|bàn giao|duy trì|ra mắt|kết nạp|bố trí|huy động|tổ chức|triệt phá|triệt xóa"
    r"|khởi tố|tiếp nhận|giải quyết|khắc phục|tiêm|nuôi|giới thiệu|bồi dưỡng|đào tạo|chuyển"
    r"|công bố|ban hành|thu giữ))\s*$",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\d{1,3}(?:[.,]\d{3})+/\d{1,3}(?:[.,]\d{3})+")
_TELLS = re.compile(r"(?:[^\W_][^:;.]*:|\b(?:đạt|là|có|được|cho))\s*$")
"""As in "Đã tiêm mũi 1: 927.184/949.213"."""
_LONGEST_SAID = 20
"""Letters of the longest of these words, or more."""
_COUNTING = re.compile(
    r"\b(?:số|tổng|lũy kế|luỹ kế|cộng dồn|lượng|ghi nhận|phát triển|thêm)\b", re.IGNORECASE
)
_PLAN_NEXT = re.compile(r"^\s*(?:so với\s+)?(?:KH|kế hoạch|chỉ tiêu|dự toán)\b", re.IGNORECASE)
_AIM_OR_DONE = sought(r"\b(?:chỉ tiêu|kế hoạch|KH|thực hiện|TH)(?: (?:giao|được giao|là))*:?\s*$")
_AIM_AND_DONE = re.compile(
    r"\b(?:chỉ tiêu|kế hoạch|KH)(?: (?:giao|được giao|là))*:? \d{1,3}(?:[.,]\d{3})+,? "
    r"(?:đã |ước )?(?:thực hiện|TH|đạt)(?: (?:được|là))*:? \d",
    re.IGNORECASE,
)
"""What was to be and what was done, without a unit: "chỉ tiêu 41.200, thực hiện 40.115"."""
_ALONE = sought(r"\((?:\s*(?:KH|[Kk]ế hoạch|[Cc]hỉ tiêu)(?: năm| giao)?\s*:?)?\s*$", flags=0)


_IN_ORDER = re.compile(r"\b(?:lần lượt|tương ứng)\b[^\n]{0,160}$", re.IGNORECASE)
_NEXT_OF_LIST = re.compile(r"\s*(?:,|;|và)\s*(?:là\s+)?[\d.,]*\d")
"""The unit stands behind the last: "tăng lần lượt 120, 95 và 87 người"."""


def in_list(before: str, after: str) -> bool:
    """A bracket that holds one bare number: "Đồng Nai (72)"."""
    return after.lstrip().startswith((",", ")")) and _ALONE.search(before) is not None


def _aimed_or_done(before: str, after: str, quantity: Quantity) -> bool:
    near = f"{before[-60:]}{quantity.raw}{after}"
    return _AIM_OR_DONE.search(before) is not None and _AIM_AND_DONE.search(near) is not None


def _bare(before: str, after: str, quantity: Quantity) -> str | None:
    """A number without unit or noun is a figure only where the words before it announce one."""
    if quantity.unit not in {"", "count"} or (quantity.noun and "unitless" not in quantity.flags):
        return None
    if _PLAN_NEXT.match(after) or in_list(before, after):
        return None
    in_turn = _IN_ORDER.search(before) and _NEXT_OF_LIST.match(after)
    if in_turn or _aimed_or_done(before, after, quantity):
        return None
    if quantity.kind == "fraction" and _OF_ALL.fullmatch(quantity.raw) and _TELLS.search(before):
        return None
    said = _SAID.search(before, max(0, len(before.rstrip()) - _LONGEST_SAID)) is not None
    if said and _COUNTING.search(before):
        return None
    noun = re.match(r"\s*[a-zà-ỹđ]{2,}", after) is not None
    grouped = re.search(r"\d[.,\s]\d{3}", quantity.raw) is not None
    return None if noun and (grouped or said) else "bare number"
