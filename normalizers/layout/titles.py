"""Titles and captions: which line is one, what it says of plan and outcome, what is a decree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from normalizers.bilingual import vietnamese_part
from normalizers.facts import rows
from normalizers.layout.scenarios import scenario_rows
from normalizers.layout.sheet import is_unit_text
from normalizers.layout.words import has_role, role_words, starts_with_role
from normalizers.seeking import sought
from normalizers.units import find_unit
from solieu.model import Scenario
from solieu.text import one_line

_DECREE = sought(
    r"(?:\(\s*)?(?:(?:kèm theo|ban hành theo|theo|tại)\s*)?(?:(?:quyết định|nghị quyết|công văn|"
    r"thông tư|kế hoạch|nghị định|chỉ thị|tờ trình|báo cáo|văn bản)\s*)?số:?\s*\d*\s*/[^,;)]*?"
    r"(?:ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}|$)"
    r"(?:\s*của\s[^();]*(?=\)))?"
)
_PAPERS = r"(?:quyết định|nghị quyết|thông tư|nghị định|chỉ thị)"
_NUMBER = r"\d{1,4}(?:[-/][^\W\d][\w/-]*)?"
_BY_YEAR = sought(
    rf"\b(?:(?:theo|thi hành|căn cứ|chiếu theo|quy định (?:tại|của|trong)) (?:{_PAPERS} {_NUMBER}"
    r"|(?:bộ luật|luật|pháp lệnh)(?: (?!năm\b)[^\W\d]+){1,6})"
    rf"|{_PAPERS} số {_NUMBER}),? (?:năm )?(?:19|20)\d\d(?!\d)"
)
"""A law or decision by its number or name and its year: "theo Quyết định 1208 năm 2016"."""
_EFFECT = sought(
    r"(?:có )?(?:hiệu lực|áp dụng)(?: thi hành)? (?:kể )?(?:từ|trước|sau|đến|ngày)"
    r"[^,;()]*?(?:19|20)\d{2}"
)
"""When rules or prices begin to hold is no time of figures."""
_DECREED = re.compile(
    r"\W*(?:các |theo |tại |của )?(?:nghị quyết|quyết định|chỉ thị|công văn|thông tư|nghị định|"
    r"luật|văn bản|chương trình|kế hoạch|chỉ đạo|số)\b(?!.*(?:năm|quý|tháng) \d)",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"\W*số\s*(?:[:.…/]|\d)", re.IGNORECASE)
_LONGEST_OFFICE = 60
_GOES_ON = re.compile(
    r"\W*(?:trên địa bàn|tại|của|tính (?:đến|từ)|kể từ|từ (?:ngày|tháng|năm)|"
    r"đến (?:hết )?(?:ngày|tháng)|(?:năm|quý|tháng|\d+ tháng(?: đầu)?) |"
    r"số liệu (?:tính )?đến)(?!\w)",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:[\W\d_]|(?:phụ lục|phụ biểu|biểu|bảng|mẫu)\s+(?:số\s*)?(?:[IVX]+|[\w/-]*\d[\w/-]*)"
    r"[.:\s]|bảng|biểu|tổng hợp|v/v|về việc|công khai|công bố|số liệu|tình hình|đánh giá|chi tiết|"
    r"thuyết minh)+\s*",
    re.IGNORECASE,
)


_WORD = re.compile(r"[^\W\d_]+")
_TERM = sought(
    r"\b(?:khóa|khoá|lần thứ)\s+(?:(?:[IVXLC]+|\d{1,3})[\s,(–-]+)?"
    r"(?:nhiệm\s+kỳ\s*)?(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d"
)
_OF_COUNCIL = re.compile(
    r"(?P<whose>(?<!\w)(?:bầu|đại biểu|hđnd|hội đồng nhân dân|quốc hội)(?!\w)[^.;()\d]{0,60})"
    r"nhiệm\s+kỳ\s*(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d",
    re.IGNORECASE,
)
"""Whose session it is, and no time of figures: "HĐND xã khóa XII, nhiệm kỳ 2021 - 2026"."""


@lru_cache(maxsize=4096)
def without_decrees(text: str) -> str:
    """The text without "(Kèm theo Quyết định số 12/QĐ-UBND ngày 1/2/2020)": no date of the data."""
    if "/" in text:
        text = _DECREE.sub(" ", text)
    text = _BY_YEAR.sub(" ", _EFFECT.sub(" ", text))
    return _OF_COUNCIL.sub(r"\g<whose>", _TERM.sub(" ", text))


def title_scenario(titles: Iterable[str]) -> Scenario | None:
    """What a title says its figures are by the word it begins with ("KẾ HOẠCH", "Quyết toán")."""
    for title in titles:
        words = opening_words(title) or _behind_decree(title) or _behind_office(title)
        if words and _REACHED.search(title) is None:
            return next(s for w, s in scenario_rows("title") if w == words)
    return None


_REACHED = sought(
    r"^\W*(?:(?:hơn|gần|trên|khoảng) )?\d[\d.,/]*(?: ?%|(?<=\d/\d)|(?<=\d/\d\d)) "
    r"(?:\w+ )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)\b"
    r"|^\W*(?:\d+ |các |nhiều )?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)\b[^:;.]*\b"
    r"(?:đạt và vượt|đều đạt|về đích|(?:cán|tới) đích|(?<!phấn đấu )(?<!quyết tâm )vượt"
    r"|hoàn thành (?:sớm|vượt|trước)|đã (?:đạt|hoàn thành|giải ngân))\b"
)
"""A headline of what came of a plan: "92% kế hoạch thu …", "Chỉ tiêu thu ngân sách về đích sớm"."""
_DECIDES = re.compile(
    r"\s*(?:quyết định|nghị quyết)\s+(?:(?:về(?: việc)?|ban hành|phê duyệt|phê chuẩn|thông qua"
    r"|điều chỉnh|bổ sung|giao|công bố|và)[\s,]+)+(?=[^\W\d])",
    re.IGNORECASE,
)


def _behind_decree(title: str) -> str:
    """The opening words of what is decided: "Quyết định điều chỉnh kế hoạch đầu tư công năm …"."""
    decides = _DECIDES.match(title)
    return opening_words(title[decides.end() :]) if decides else ""


def _behind_office(title: str) -> str:
    """The opening words where a letterhead ran into the title: "UBND HUYỆN X DỰ TOÁN NĂM 2025"."""
    if not title.isupper():
        return ""
    start = title.casefold()
    office = next((o for o in _offices() if start.startswith(o)), None)
    words = start.removeprefix(office).split() if office else []
    for at in range(len(words)):
        found = opening_words(" ".join(words[at:]))
        if found and words[at][:1].isalnum() and not _names_office(words[:at]):
            return found if _is_name(words[:at]) else ""
    return ""


def _names_office(before: Sequence[str]) -> bool:
    """Does an office's name go on: "phòng tài chính - (kế hoạch)", "sở (kế hoạch và đầu tư)"?"""
    offices = [i for i, word in enumerate(before) if word in _OFFICES and before[i - 1] != "hải"]
    joined = bool(before) and before[-1] in _JOINS
    return bool(offices) and (joined or offices[-1] == len(before) - 1)


_JOINS = frozenset(("-", "–", "và", "&"))
_OFFICES = frozenset(("phòng", "sở", "bộ", "ban", "vụ", "cục"))


def _is_name(words: Sequence[str]) -> bool:
    """A unit and its name, and no statement: "tỉnh bắc ninh thu ngân sách vượt (dự toán)"."""
    spelt = "".join(words).replace("-", "").replace("–", "")
    longest = _LONGEST_OFFICE_NAME if set(words) & _OFFICES else _LONGEST_NAME
    return len(words) <= longest and not set(words) & _STATED and spelt.isalpha()


_LONGEST_NAME = 7
"""Words of a unit and its name, as in "thành phố phan rang - tháp chàm"."""
_LONGEST_OFFICE_NAME = 11
"""With one of its offices: "huyện gia bình phòng tài chính - kế hoạch"."""
_STATED = frozenset(("đạt", "vượt", "thu", "hoàn", "nhiều", "với", "cho", "của", "về", "đích"))


_GIVEN = re.compile(
    r"(?:(?!kết quả|tình hình|thực hiện|đạt|vượt|hoàn thành|quyết toán)[^,:;\d]){0,60}?(?<!\w)"
    r"(?:giao|phân bổ) (?:chỉ tiêu|kế hoạch|dự toán)(?!\w)"
)


def tells_plan(title: str) -> bool:
    """Whether a title gives a plan: "Huyện X giao chỉ tiêu", "Danh mục kêu gọi đầu tư".

    So a table below it is read; the text around may tell of last year's outcome.
    """
    text = title.casefold()
    return _GIVEN.match(text) is not None or _INVITED.match(text) is not None


_INVITED = re.compile(
    r"(?:(?!kết quả|tình hình|thực hiện|đã |hoàn thành)[^.;]){0,80}?(?<!\w)"
    r"(?:(?:kêu gọi|mời gọi)(?! (?:được|thành công))(?!\w)"
    r"|danh mục (?:[^\W\d_]+[ ,-]+){0,8}?(?:thu hút|xúc tiến) (?:vốn )?đầu tư(?!\w))"
)
"""Projects for which investors are still sought."""


def without_opening(title: str) -> str:
    """A title without what begins every title: "BÁO CÁO KẾT QUẢ thu nội địa" is about revenue."""
    text, before = title, ""
    while text != before:
        before, text = text, _without_prefix(text)
        start = text.casefold()
        opening = next((w for w, _ in scenario_rows("title") if start.startswith(w)), "")
        text = text[len(opening) :].lstrip(" :-–.")
    return text


def _without_prefix(title: str) -> str:
    prefix = _PREFIX.match(title)
    return title[prefix.end() :] if prefix else title


@lru_cache(maxsize=4096)
def opening_words(title: str) -> str:
    """The word of a kind of document that a title begins with: "kế hoạch", "kết quả"; or none.

    "Thực hiện Nghị quyết số 28", "Kế hoạch số 12/KH-UBND" begin sentences.
    """
    start = _without_prefix(title).casefold()
    found = next((pair for pair in scenario_rows("title") if start.startswith(pair[0])), None)
    if found is None or found[1] is None:
        return ""
    return "" if _DECREED.match(start[len(found[0]) :]) else found[0]


@lru_cache(maxsize=4096)
def is_title(text: str) -> bool:
    """A line that can name a table: no letterhead, no unit, no decree, and not only a time."""
    words = one_line(text).split()
    if len(words) < 2 or (len(words) < 6 and _is_short_unit(text)):
        return False
    if text.rstrip().endswith(":") and "như sau" in text.casefold():
        return False
    if is_letterhead(one_line(text)) or _NUMBER_LINE.match(text):
        return False
    return not starts_with_role(text.lstrip(" ("), "no_title") and has_content(text)


def _is_short_unit(text: str) -> bool:
    """A unit, unless it only stands in brackets behind a name: "1. BHXH tự nguyện (người)"."""
    name = re.sub(r"\([^()]*\)\s*$", "", text)
    return find_unit(text) is not None and not (
        name != text and len(_WORD.findall(name)) > 1 and find_unit(name) is None
    )


def goes_on(line: str) -> bool:
    """A line that completes the title above it: "Trên địa bàn tỉnh X", "(Đến 30/9/2023)"."""
    text = line.strip()
    return (text.startswith("(") and text.endswith(")")) or _GOES_ON.match(text) is not None


@lru_cache(maxsize=4096)
def is_letterhead(line: str) -> bool:
    """An office and its territory and nothing else: "BẢO HIỂM XÃ HỘI TỈNH BẾN TRE"."""
    if len(line) > _LONGEST_OFFICE or not (line.isupper() or len(line.split()) <= 4):
        return False
    start = line.casefold()
    return any(start.startswith(words) for words in _offices())


@cache
def _offices() -> tuple[str, ...]:
    return tuple(
        r["words"].casefold() for r in rows("issuers.csv") if r["reach"] in {"local", "national"}
    )


def has_content(text: str) -> bool:
    """Words that are no time, no total and no part of every head."""
    return any(w not in _fillers() for w in re.findall(r"[^\W\d_]+", text.casefold()))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(role_words("filler", spoken=True))


_GIVER = re.compile(
    r"(?<!\w)(?:tw|trung ương|quốc hội|chính phủ|(?:thủ tướng )?chính phủ|bộ(?: [^\W\d_]+){1,2}|"
    r"bhxh(?: việt nam| vn)?|tổng cục(?: thuế)?|cục(?: thuế)?|sở(?: [^\W\d_]+){1,3}|cấp trên|"
    r"hđnd|ubnd|tỉnh|huyện|quận|thành phố|tp|thị xã|tx|xã)"
    r"(?:[ ,/-]+(?:và )?(?:hđnd|ubnd|tỉnh|huyện|quận|thành phố|tp|thị xã|tx|xã))*"
    r" (?:đã )?(?:giao|quyết định|đề ra|phê duyệt)(?!\w)",
    re.IGNORECASE,
)
"""Who set a plan: "TW giao", "HĐND tỉnh giao", "BHXH Việt Nam giao"."""


def without_giver(element: str) -> str:
    """A head without the words that say who set the plan."""
    return _GIVER.sub(" ", element)


@lru_cache(maxsize=4096)
def names_quantity(element: str) -> bool:
    """A head that says what is measured, and not only when, for whom or in which unit."""
    if starts_with_role(element, "parts") or has_role(element, "total"):
        return False
    return has_content(vietnamese_part(re.sub(r"\([^()]*\)", " ", without_giver(element))))


def joined_titles(lines: Sequence[str]) -> list[str]:
    """A title broken over lines is one: "QUYẾT TOÁN CỦA CÁC TỈNH," + "THÀNH PHỐ NĂM 2008"."""
    made: list[str] = []
    for line in lines:
        text = one_line(line)
        if made and _continues(made[-1], text):
            made[-1] = f"{made[-1]} {text}"
        else:
            made.append(text)
    return made


def _continues(before: str, text: str) -> bool:
    if is_unit_text(text) or text.startswith("(") or starts_with_role(text, "no_title"):
        return False
    if not is_title(before):
        return False
    if before.endswith((",", "-", "–")) or text[:1].islower():
        return True
    return before.isupper() and text.isupper() and not before.endswith((".", ":", ")"))
