"""How running text names a metric: the head of a noun phrase right before a figure or behind it.

What follows the phrase up to the figure must say nothing ("của tỉnh ước đạt"): "sản lượng thủy sản
nuôi trồng" is a part of the metric and has no code.
"""

from __future__ import annotations

from functools import lru_cache

from normalizers.metrics import vocabulary
from normalizers.metrics.wordings import Wording, allowed, matches
from normalizers.seeking import Together, sought
from normalizers.sentences.naming.words import says
from normalizers.spelling import words


@lru_cache(maxsize=1)
def _before() -> frozenset[str]:
    """Words that may stand right before the head of a noun phrase: verbs, prepositions."""
    return frozenset(w for phrase in words("before_head") for w in phrase.split())


@lru_cache(maxsize=1)
def _behind() -> frozenset[str]:
    return frozenset(w for phrase in words("behind_head") for w in phrase.split())


def nears_metric(text: str, *, listed: bool) -> bool:
    """Does a canonical text hold a wording, or where `listed` any name of the vocabulary?"""
    return _holds_wording(text) or (listed and vocabulary().find(text) is not None)


@lru_cache(maxsize=4096)
def _holds_wording(text: str) -> bool:
    return next(matches(text), None) is not None


@lru_cache(maxsize=4096)
def before_figure(text: str, context: str, noun: str) -> tuple[str, str] | None:
    """The metric that the words before a figure name, and its wording."""
    found = [
        (len(own), bool(wording.only), wording.metric, own)
        for wording, ahead, own, rest in matches(_plain(text))
        if allowed(wording, text, context)
        and set(says(rest)) <= _DONE
        and _opens(ahead)
        and _counts(wording, noun)
    ]
    return max(found)[2:] if found else None


@lru_cache(maxsize=4096)
def around_figure(left: str, tail: str, context: str) -> tuple[str, str] | None:
    """The metric of a wording that a figure parts: "cứng hóa 80% đường giao thông nông thôn"."""
    begun, ended = len(_plain(left).split()), tail.split()
    found = [
        (len(own), bool(wording.only), wording.metric, own)
        for wording, ahead, own, rest in matches(f"{_plain(left)} {tail}")
        if allowed(wording, f"{left} {tail}", context)
        and len(ahead.split()) < begun < len(ahead.split()) + len(own.split())
        and len(rest.split()) < len(ended)
        and _ends(rest)
        and _opens(ahead)
        and not wording.counted
    ]
    return max(found)[2:] if found else None


_MANAGED = sought(r" do (?:\w+ ){1,8}(?:quản lý|thực hiện|thu|ban hành)(?!\w)", flags=0)
"""Whose business it is: "thu ngân sách nhà nước do Thuế tỉnh Hưng Yên quản lý"."""


_BY_NORM = sought(
    r"(?<!\S)(?:(?:theo|đạt)(?: (?:bộ|quy chuẩn|tiêu chuẩn|chuẩn|kỹ thuật|quốc gia))*"
    r" (?:qcvn|tcvn)|theo (?:quy định (?:của|tại) )?"
    r"(?:nghị định|nghị quyết|quyết định|thông tư|luật)(?: số)?(?= \d))"
    r"\S*(?: \d\S*(?: [a-zđ]{2,5}(?= |$))?)*",
    flags=0,
)
"""The norm that what is counted meets: "nước sạch theo Quy chuẩn QCVN 02:2009/BYT"."""


_TIME = sought(
    r"(?<!\S)(?:quý (?:[ivx]+|\d)|\d+ tháng(?: đầu| cuối)?|tháng \d+"
    r"|(?:(?:cuối|đầu|giữa) )?năm \d{4}|cả năm|(?:tháng|năm|quý|tuần) (?:vừa )?qua"
    r"|(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?)(?!\S)",
    flags=0,
)


_COLLECTOR = sought(
    r"(?<!\S)(?<!từ )(?<!của )(?:(?:tổng cục|chi cục|cục|ngành|cơ quan) )?"
    r"(?:hải quan|thuế(?! (?:phí|thu nhập|tài nguyên|môi trường|bảo vệ|giá trị|nhà|đất))"
    r"|kho bạc nhà nước)(?: \w+){0,2}?(?= (?:đã )?(?:thực hiện )?thu(?!\S))"
    r"|(?<!\S)(?:(?:các )?đơn vị (?:của |thuộc |trong )?)?(?:toàn )?(?:chi cục|cục)"
    r"(?= (?:đã )?(?:thực hiện )?thu(?!\S))",
    flags=0,
)
"""Who collects, and not what: "Cục Hải quan Hà Tĩnh thu ngân sách nhà nước 9.142 tỷ đồng"."""


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Without times, which may stand inside a phrase: "GRDP 9 tháng năm 2024 theo giá so sánh"."""
    if _ANY_ASIDE.may_match(text):
        for aside in _ASIDES:
            text = aside.sub(" ", text)
    return " ".join(text.split())


_RANK = sought(
    r" (?:vẫn |hiện |tiếp tục )*(?:xếp|đứng|giữ|vươn lên|chiếm)(?: ở)?(?: vị trí)?"
    r" (?:thứ|hạng)(?: hạng)? [\w/]+"
    r"(?: (?!đạt|ước|là|với)\w+){0,6}",
    flags=0,
)
"""Where among others it stands: "quy mô GRDP đứng thứ 5 vùng, đạt 81.200 tỷ đồng"."""


_MILESTONE = sought(r"(?<=\S) (?:cán|chạm)(?: (?:mốc|mức|ngưỡng|đích))+(?= |$)", flags=0)
"""As in "xuất khẩu chạm mốc 2 tỷ USD"."""
_YEARLY = sought(r"(?<=\S) (?:bình quân )?(?:hằng|hàng) năm(?: đều vượt)?(?= |$)", flags=0)


_OCCASION = sought(
    r"(?<=\S) (?:(?:trong|vào|của|nhân) )?(?:(?:dịp|kỳ|đợt)(?: nghỉ)?|\w+ ngày(?: nghỉ)?)"
    r"(?: (?:lễ|tết|này|nguyên đán|quốc khánh|quốc tế lao động|dương lịch|âm lịch|giỗ tổ|hùng vương"
    r"|giáng sinh|\d{1,2}/\d{1,2}|\d{4}))+(?= |$)",
    flags=0,
)
"""As in "tổng thu du lịch trong 4 ngày nghỉ lễ đạt 318 tỷ đồng"."""
_SURVEYED = sought(
    r"(?<=\S) (?:sau|qua|theo)(?: (?:kết quả|đợt|kỳ|cuộc))*"
    r" (?:rà soát|điều tra|thống kê|tổng hợp|bình xét|khảo sát)"
    r"(?: (?:cuối năm|đầu năm|lại|sơ bộ|ban đầu|chính thức))*(?= |$)",
    flags=0,
)
"""How it is known: "hộ nghèo sau rà soát còn 177 hộ"."""
_TREND = sought(
    r"(?<=\S)(?: (?:năm nào cũng|liên tục|đều|tiếp tục|không ngừng|ngày càng|từng bước))*"
    r" (?:(?:tăng|giảm)(?: (?:sâu|mạnh|nhanh|dần|đều|khá|cao|rõ rệt|đáng kể|nhẹ|bền vững"
    r"|qua (?:các|từng) năm|theo từng năm))+|nhảy vọt|bứt phá|khởi sắc|phục hồi)(?= |$)",
    flags=0,
)
"""How it moved, before by how much is told: "tỷ lệ hộ nghèo giảm nhanh: từ 19,3% xuống 8%"."""
_ASIDES = (
    *(_RANK, _MANAGED, _COLLECTOR, _BY_NORM, _TIME, _MILESTONE, _YEARLY),
    *(_OCCASION, _SURVEYED, _TREND),
)
_ANY_ASIDE = Together(*_ASIDES)
_DONE = frozenset({"thu", "nộp", "làm"})
"""Verbs behind the subject that say no more: "thuế thu được", "sản lượng lương thực làm ra"."""


def _counts(wording: Wording, noun: str) -> bool:
    return not wording.counted or noun.startswith(wording.counted)


def _opens(ahead: str) -> bool:
    """May a noun phrase begin behind these words?"""
    last = ahead.rsplit(" ", 1)[-1]
    return not ahead or last in _before() or not says(last)


@lru_cache(maxsize=4096)
def behind_figure(text: str, context: str) -> tuple[str, str] | None:
    """The metric that the words behind an amount name, and its wording."""
    found = [
        (len(own), bool(wording.only), wording.metric, own)
        for wording, ahead, own, rest in matches(text)
        if not wording.counted and len(ahead.split()) <= _NEAR and _ends(rest)
        if allowed(wording, f"{ahead} {own} {rest[:_NEXT]}", context)
    ]
    return max(found)[2:] if found else None


_NEXT = 12
"""Letters behind a wording that can still narrow it: "khách du lịch | quốc tế"."""
_NEAR = 3
"""Words between an amount and what it counts: "512 lao động đã được tạo việc làm"."""


def _ends(rest: str) -> bool:
    first = rest.split(" ", 1)[0]
    return not rest or first in _behind() or not says(first)
