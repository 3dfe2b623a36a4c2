"""Target, estimate or result: the last word before a figure that says so, else its section.

"đạt 98% kế hoạch" is a result and "kế hoạch giao là 21.500 người" a plan: a plan behind a percent
or "so với" is what the figure is measured against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.branching import any_of
from normalizers.seeking import Sought, Together, sought
from normalizers.sentences.aims.estimates import BORDER, estimate_goes_on, estimated_within
from normalizers.sentences.aims.handed_out import GRANTED_LIST, handed_out
from normalizers.sentences.aims.told_plans import DONE, is_stated
from normalizers.spelling import canonical, contains_any, words
from normalizers.watching import watched
from solieu.model import Scenario

_ASSIGNED = sought(
    r"(?:^(?:\W*\([^()\d]{2,30}\))?\W*|[,;:.(]\s*|[-+*•]\s*"
    r"|\b(?:(?<!hoàn thành )(?<!việc )giao|(?<!bảo )(?<!đảm )(?<!đúng )(?<!thành )(?<!đạt )theo"
    r"|đặt ra|xây dựng|nhưng|trong khi|còn|song|khi|dù|tuy)\s+"
    r"|,\s*năm (?:19|20)\d\d,?\s+)"
    r"(?:tổng\s+)?(?:kế hoạch|chỉ tiêu|dự toán)\b"
    r"(?!\s*(?:số|hóa|hoá|(?:và |- )?(?:đầu tư|tài chính)))"
    r"|(?<!hoạch )(?<!tiêu )(?<!toán )(?<!được )(?<!bàn )\b(?:giao|phân bổ)\s+(?:cho\s+)?"
    r"(?:tỉnh|thành phố|TP|phường|xã|huyện|quận|thị xã|thị trấn|đặc khu|cục|chi cục|đơn vị"
    r"|địa phương|BHXH)\b",
    re.IGNORECASE,
)
_RATE_ENDS = re.compile(r"%((?: [^\W\d]+){0,2}),")
"""What stands behind is not what the rate is of: "chiếm 29,1% GRDP, mục tiêu là 30%"."""
_NEW_ONES = sought(
    r"\bmới,\s|(?:(?<=thôn)|(?<=lập)|(?<=triển)|(?<=gia)|(?<=ký)|(?<=cấp)|(?<=tăng)|(?<=dựng)) mới "
    r"\s*(?=đạt|có)",
    flags=0,
)
"""New ones, and no "mới thu": "5 sản phẩm mới, thu dịch vụ …", "doanh nghiệp thành lập mới đạt"."""
_ESTIMATED = sought(
    r"(\b(?<!so với )(?<!thỏa )ước(?: tính)?(?!\w)"
    r"(?:[^,;.()\d]|,(?= (?:toàn|cả|các|đã)\b)|\d{1,2}/\d{1,2}(?:/\d{4})?(?=\W)"
    r"|(?<=tháng )\d{1,2}(?!\d)){0,50}\b)đã "
)
"""It is estimated what was done: "Ước đến ngày 15/2, toàn tỉnh đã gieo trồng 6.328 ha"."""
_THOSE_THAT = sought(
    r"((?<=\w )(?:tại|ở|của|cho|đối với|trong số) (?:các|những) (?:[^\W\d]+ ){1,3})đã"
    r"(?=(?: [^\W\d]+){1,6}(?:,| và (?:phấn đấu|tiếp tục|nâng|đưa)\b))"
)
"""Which ones are meant, and no result: "giữ vững tiêu chí tại các xã đã đạt chuẩn, nâng …"."""
_HOPED = sought(r"(?:(?<=dự toán)|(?<=kế hoạch)|(?<=chỉ tiêu)|(?<=mức)) phấn đấu(?!\w)", flags=0)
"""The name of a plan: "đạt 76,9% dự toán pháp lệnh và 74,1% dự toán phấn đấu"."""
_STRIVEN = sought(
    r"\b(?:để|nhằm)(?: (?:bảo đảm|đảm bảo|góp phần|thực hiện|triển khai|sớm|cơ bản|tiếp tục))*"
    r" (?:đạt|hoàn thành|thực hiện)(?: (?:và|vượt|mức|tốt|được|đúng|các|những|thắng lợi))*"
    r" (?=(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)\b)"
)
"""What an action is to lead to is not reached yet: "Nhằm hoàn thành chỉ tiêu 9.000 người, …"."""
_BY_PLAN = sought(
    r"((?<=\d)(?: [^\W\d]+){1,4}) theo kế hoạch(?= (?:và|cùng) |[,;] \d)"
    r"|(\b(?:thanh|kiểm) (?:tra|toán)(?: [^\W\d]+){0,3}) theo kế hoạch\b"
    r"|(\bđã(?: (?!giao|phân|bố|cấp|được|phê|đặt|đề)[^\W\d]+){1,14}) theo kế hoạch\b"
)
"""How some of those counted came about: "57 cuộc theo kế hoạch và 16 cuộc đột xuất".

So did what was done: "kiểm tra theo kế hoạch 214 đơn vị"."""
_COMPARED = sought(
    r"(?:\bso (?:sánh )?(?:với )?|(?<=\d)\s?%\s+)(?:(?:số|mức|con số|tổng số) )?"
    r"(?:ước(?: (?:tính|thực hiện|TH|đạt|kết quả))*|(?:đã )?(?:thực hiện|kết quả)(?: thực hiện)?)"
    r"(?= (?:của )?(?:cả )?(?:năm|quý|tháng|nhiệm kỳ|giai đoạn)\b)"
)
"""Results that something is measured by: "tăng 6% so với ước thực hiện năm 2021; thu 8.726 tỷ"."""
_AGAINST = sought(
    r"^\W*So (?:sánh )?với [^,;]*\d[^,;]*"
    r"\b(?:dự kiến|kế hoạch|chỉ tiêu|mục tiêu|đề ra|đặt ra|được giao)\b[^,;\d]*,(?=\s)"
)
"""What a sentence measures by ends with its comma: "So với 800 đơn vị máu dự kiến, đã nhận …"."""
_ANY_ASIDE = Together(_AGAINST, _NEW_ONES, _ESTIMATED, _THOSE_THAT, _STRIVEN, _BY_PLAN, _COMPARED)
_PROGRAMME = sought(
    r"(?<!\w)(?:(?:chương trình|bổ sung(?: có)?) mục tiêu(?!\w)"
    r"|mục tiêu (?=quốc gia|thiên niên kỷ))",
    flags=0,
)
"""A name and no goal: "vốn Chương trình mục tiêu quốc gia", "thu bổ sung có mục tiêu"."""


_ROLES: tuple[tuple[str, Scenario], ...] = (
    ("target", "plan"),
    ("result", "actual"),
    ("estimate", "estimate"),
    ("outlook", "estimate"),
)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[Sought, Scenario], ...]:
    return tuple((_any(role), said) for role, said in _ROLES)


def _any(role: str) -> Sought:
    # "hiện" says now, but not in "thực hiện", "giá hiện hành"; "sản xuất ước đạt" is an estimate.
    now = [phrase for phrase in words(role) if phrase.startswith("hiện")]
    of_now = any_of(now, [r"\w", "thực ", "thể ", "phát ", "xuất "])
    others = any_of((p for p in words(role) if p not in now), [r"\w", *_NOT_BEHIND.get(role, ())])
    ways = rf"{others}|{of_now}(?<!hiện(?= hành))" if now else others
    return sought(rf"(?:{ways})(?!\w)", flags=0)


_NOT_BEHIND = {
    "estimate": ("thỏa ", "thoả ", " hiệp ", " quy ", "mong "),
    "result": ("ước ", "ước tính "),
}
"""No estimate is what is agreed or wished ("thỏa ước lao động"), and one "ước thực hiện được"."""
_AHEAD = (
    r"(?<!để )(?<!nhằm )(?<!đấu )(?<!tâm )(?<!đảm )(?<!gắng )(?<!lực )(?<!phải )(?<!sẽ )"
    r"(?<!cần )(?<!năng )"
)
_ASIDE = sought(r"\([^()]*\)", flags=0)
"""What a closed bracket says ends with it: "9,8 bác sĩ (kế hoạch 9,5), 41,5 giường"."""
_REACHED = re.compile(
    rf"(?:so với|(?:cao|thấp|nhiều|ít) hơn|{_AHEAD}(?:đạt|hoàn thành|vượt|hướng tới)|%)"
    r"(?:\s+(?!zz)\w+){0,2}\s*$"
)
_NEAR = 36


@lru_cache(maxsize=4096)  # labels, times and trust ask it of one text
def scenario(before: str, default: Scenario) -> Scenario:
    """The scenario of a figure from the sentence before it.

    >>> scenario("Mục tiêu năm 2025 phát triển mới", "actual")
    'plan'
    """
    said = _scenario(before, default)
    however = _HOWEVER.search(before) if said == "plan" and default != "plan" else None
    return _scenario(however["since"], default) if however is not None else said


_HOWEVER = sought(
    r"\d(?:[^.]|\.\d)*?"
    r"(?:\b(?:(?:thế )?nhưng|tuy (?:nhiên|vậy)|(?:thế|vậy|ấy) mà)|[,;] song)\b,?"
    r"(?P<since>(?:(?!\b(?:kế hoạch|mục tiêu|giao|đăng ký|không (?:quá|dưới)|đảm|bảo đảm"
    r"|trong đó)\b)[^;])*?"
    r"\b(?:chỉ(?! tiêu)|mới|thực (?:tế|hiện)|đến (?:nay|hết|ngày|cuối|tháng)|hiện|kết quả|lại|vẫn"
    r"|được|tháng|quý|tuần|sau)\b[^;]*)$"
)
"""What came of a plan: "Kế hoạch là trồng 100 ha, thế nhưng chỉ trồng 34 ha"."""


def _scenario(before: str, default: Scenario) -> Scenario:
    before = _without_asides(before)
    if "%" in before:
        before = _RATE_ENDS.sub(r"%\1 zz ", before)
    bordered = estimated_within(before).replace(";", f" {BORDER} ")
    plain = _HOPED.sub("", _PROGRAMME.sub("", canonical(bordered)))
    here = plain.rfind(BORDER)
    last, found = -1, default
    for pattern, said in _cues():
        for match in pattern.finditer(plain):
            reached = _goal_reached(plain, match) if said == "plan" else False
            passed = (
                said == "estimate" and match.start() < here and not estimate_goes_on(plain, match)
            )
            if match.start() > last and not reached and not passed:
                last, found = match.start(), said
    planned = _assigned(before) if found == default else _next_year(before)
    planned = planned or handed_out(before) or is_stated(before)
    return "plan" if planned or _resolved(before) else found


def _without_asides(before: str) -> str:
    """Without words that sound like a goal or a result and tell none."""
    before = _ASIDE.sub(" ", before)
    if not _ANY_ASIDE.may_match(before):
        return before.replace(", tới ", ", zz tới ")
    before = without_results_compared(_AGAINST.sub("", before))
    before = _ESTIMATED.sub(r"\1", _NEW_ONES.sub(" mới zz ", before)).replace(", tới ", ", zz tới ")
    before = _STRIVEN.sub("để hoàn thành ", _THOSE_THAT.sub(r"\1zz", before))
    return _BY_PLAN.sub(r"\1\2\3 ", before)


def without_results_compared(text: str) -> str:
    """The words of a sentence without those that name a result only to compare with it."""
    return _COMPARED.sub("so với", text)


_RESULT = sought(
    r"\b(?:đã|hiện|đến nay|kết quả|ước|mới (?:chỉ|có|đạt)|cùng kỳ|năm nay|trước đó"
    r"|được(?! (?:giao|phân bổ)\b)|vừa|thực hiện được|hoàn thành|vượt|cao hơn|thấp hơn"
    r"|qua (?!đào tạo)|toàn (?:tỉnh|huyện|xã(?! hội)|thành phố))\b"
    r"|\d[^;:.\d]*, (?:đạt|bằng)(?: (?:gần|hơn|trên|khoảng))? \d[\d,.]* ?% (?:so với )?"
    r"(?:kế hoạch|KH|dự toán|chỉ tiêu|nghị quyết)\b(?![^,;.]{0,24} giao\b)"
)
"""An amount with how much that is of its plan was reached, too: "28.166 ha, đạt 102% kế hoạch"."""


@lru_cache(maxsize=2048)  # asked for each figure of a sentence
def tells_result(text: str) -> bool:
    """Does any word of a sentence tell of what was done, so that it is no list of goals?"""
    return _RESULT.search(without_results_compared(text)) is not None


_FORETOLD = watched(
    r"\b(?:dự kiến|phấn đấu|sẽ|đặt mục tiêu|quyết tâm|có thể (?:đạt|thu|tăng|giảm|vượt))\b"
    r"|^\W*mục tiêu(?: là)? đến\b"
)
_PAST = sought(r"\b(?:đã|ước|kết quả|đạt được|được|mới|thực hiện|cùng kỳ|năm trước|giảm|tăng)\b")


_UNTIL = re.compile(
    r"\W*(?:(?:Cục|Sở|Ban|Chi cục|Ngân hàng|BHXH|UBND|Kho bạc)\b[^,;:.\d]{0,40} )?"
    r"dự kiến,? (?:cả|đến|tới|hết|cho đến)\b",
    re.IGNORECASE,
)
"""Whatever it compares with: "Dự kiến đến hết 30/6 thu 61.000 tỷ đồng, tăng 26% so cùng kỳ"."""


@lru_cache(maxsize=2048)
def foretells(text: str, first: int) -> bool:
    """Does a sentence whose first figure stands at `first` tell of nothing but what is to come?

    "Dự kiến quý IV thu 500 tỷ đồng": the quarter is that of the year of the page.
    """
    if _FORETOLD.search(text, 0, first) is None:
        return False
    return _UNTIL.match(text) is not None or _PAST.search(text) is None


_FORESEEN = re.compile(
    r"\b(?:dự (?:kiến|tính)|có thể(?= (?:đạt|thu|tăng|giảm|vượt)))\b", re.IGNORECASE
)


def of_time_gone(before: str, default: Scenario) -> Scenario:
    """What such words make of a figure of a time gone by: an estimate, or a result behind it."""
    return scenario(_FORESEEN.sub("ước", before), default)


def foreseen(before: str, default: Scenario) -> bool:
    """Does only "dự kiến", "có thể" make a plan of it? Of a time gone by it is an estimate."""
    if _FORESEEN.search(before) is None:
        return False
    return scenario(_FORESEEN.sub("ước", before), default) != "plan"


_LINKS = (
    r"(?:nhưng|tuy nhiên|trong khi(?: đó)?|song|còn|mà|và|thực tế|nay|tính"
    r"|kết quả(?: là)?|thì|qua|sau|trong|tại|vào|ở)"
)
_ANEW = re.compile(rf"[;,.]\s*(?:{_LINKS}[\s,]+)*$|[;.]\s*(?:[^\W\d_]+\s+){{1,5}}$", re.IGNORECASE)
_UP_TO = re.compile(r"\bđến(?: cuối| hết)?\s*$", re.IGNORECASE)
"""Until when a goal holds: "…; GRDP bình quân đầu người đến năm 2025 trên 60 triệu đồng"."""
_OPENS = re.compile(
    r"\W*(?:dự (?:kiến|tính|báo)|phấn đấu|mục tiêu"
    r"|(?:cũng )?theo (?:kế hoạch|dự toán|chỉ tiêu|nghị quyết|mục tiêu)(?: (?!đã)[^\W\d]+){0,6})",
    re.IGNORECASE,
)
"""What a comma only sets off tells no goal of its own: "Dự kiến, đến hết ngày 30/6 …"."""
_PARTS = re.compile(r"trong đó|riêng|cụ thể|gồm", re.IGNORECASE)


def since_goal(before: str, at: int, default: Scenario) -> bool:
    """Does a statement begin with the time at `at`, behind a goal that is not named again?

    "Phấn đấu cả năm đón 9 triệu lượt khách; 9 tháng đón được 8,1 triệu lượt": the time lies behind.
    """
    opens = _ANEW.search(before, max(0, at - _REACH_OF_LINKS), at)
    if GRANTED_LIST.search(before) or _until_then(before, at, opens):
        return False
    if (
        opens is None
        or _PARTS.search(before, opens.start())
        or _UP_TO.search(before, opens.start())
        or _OPENS.fullmatch(before, 0, opens.start())
    ):
        return False
    again = scenario(before[opens.start() :], default)
    return again != "plan" and scenario(before[: opens.start()], default) == "plan"


_TOWARDS = re.compile(r"(?:đến|tới)(?: năm)? (?:19|20)\d\d(?![^,;.]*\bđã\b)", re.IGNORECASE)


def _until_then(before: str, at: int, opens: re.Match[str] | None) -> bool:
    """Does a goal go on behind a comma with its year: "mỗi năm giảm 5%, đến 2025 đạt 35 triệu"?"""
    comma = opens is not None and opens.group().startswith(",")
    return comma and _TOWARDS.match(before, at) is not None


_REACH_OF_LINKS = 40
_TARGETS = re.compile(
    r"(?<!đạt )(?<!hoàn thành )(?<!vượt )(?<!thực hiện )(?<!thực hiện các )(?<!% )(?<!\S)"
    r"(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)(?: \w+){0,6}$"
)


def opens_plan(text: str) -> bool:
    """Does the opening of a list end in targets: "… với các chỉ tiêu chủ yếu sau:"?"""
    plain = canonical(text)
    told = contains_any(plain, ("kết quả", "đạt được", "tình hình", "so với", "đã đạt"))
    return not (told or _ALL_MET.search(plain)) and _TARGETS.search(plain) is not None


_ALL_MET = re.compile(
    r"(?<!\S)(?<!phấn đấu )(?<!quyết tâm )(?<!tiếp tục )(?<!để )(?<!nhằm )(?<!sẽ )(?<!lực )"
    r"(?:đã (?:cơ bản )?|cơ bản |đều )?(?:hoàn thành|đạt|vượt)"
    r"(?: (?:và|cơ bản|xuất sắc|tốt|toàn diện|toàn bộ|vượt mức|hầu hết|nhiều|đạt|vượt|các|những"
    r"|tất cả|cả|\d+))* (?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)(?: \w+){0,6}$"
)
"""Results that are told by the goals they met: "đã hoàn thành cơ bản các chỉ tiêu đề ra: …"."""


_RESOLVED = re.compile(
    r"\b(?:nghị quyết|quyết nghị|thông qua|thống nhất|đề ra|phấn đấu|đặt ra|xác định(?! và))\b",
    re.IGNORECASE,
)


_ONLY_TARGETS = re.compile(
    r"(?:(?:về )?(?:các|những|một số|hệ thống) )?(?:chỉ tiêu|mục tiêu)"
    r"(?: chủ yếu| cụ thể| chính| cơ bản| kinh tế| xã hội| môi trường| và| năm \d{4}"
    r"| đến năm \d{4}| phấn đấu| sau| như sau| gồm| là)*"
)
"""An opening that says no more than that targets follow."""


_AMONG = re.compile(r"(?:,? (?:trong đó|cụ thể|với))?,? (?:bao )?gồm(?: có)?\s*$", re.IGNORECASE)
"""As in "xác định nhiệm vụ năm 2020 với các chỉ tiêu cơ bản, trong đó bao gồm: …"."""
_STATEMENTS = re.compile(r"[;.]")
_COMMAS = re.compile(r",\s")


_SET_LIST = sought(
    r"\b(?:đề ra|đặt ra|đưa ra|thông qua|quyết nghị|thống nhất|xác định|xây dựng|ban hành)"
    r"(?: (?!đạt|hoàn|vượt|đều)[^\W\d]+){0,5} (?:\d{1,3}|các|những|một số|nhiều|hệ thống) "
    r"(?:nhóm )?(?:chỉ|mục) tiêu\b"
    r"[^.;:()\d]{0,60}[,;]\s*(?:trong đó|cụ thể|như|(?:bao )?gồm|với)\b"
)
"""Targets listed without a colon: "Đại hội đề ra 24 chỉ tiêu, trong đó GRDP đạt …; thu …"."""


def _resolved(before: str) -> bool:
    """Is the figure a target that a body set: "nghị quyết với 20 chỉ tiêu chính là: …"?"""
    if (listed := _SET_LIST.search(before)) is not None and not DONE.search(before, listed.end()):
        return True
    colon = before.rfind(":")
    if colon < 0:
        return False
    opened = _STATEMENTS.split(before[:colon])[-1]
    opened = _AMONG.sub("", opened)
    last = canonical(_COMMAS.split(opened)[-1]).removeprefix("với ")
    said = _RESOLVED.search(opened) or _ONLY_TARGETS.fullmatch(last)
    if said is None or not opens_plan(opened):
        return False
    return DONE.search(before, colon) is None


_NEXT = sought(
    r"\bvà\s+(?:kế hoạch|dự toán|chỉ tiêu)\s+(?:năm\s+\d{4}|cả năm)\s+(?:là|đạt)?[^,;]*$"
    r"|[,;]\s+(?:còn\s+)?(?:kế hoạch|dự toán|chỉ tiêu)\s+năm\s+\d{4}\s+(?:dự kiến\s+)?là\b[^,;]*$"
)


def _next_year(before: str) -> bool:
    """As in "năm 2024 ước đạt 5.100 tỷ đồng và kế hoạch năm 2025 là 5.500 tỷ đồng"."""
    return _NEXT.search(before) is not None


def _assigned(before: str) -> bool:
    """Is a plan the last word: "dự toán giao 500 tỷ", not "dự toán giao 500 tỷ, đã thu 300 tỷ"?"""
    given = list(_ASSIGNED.finditer(before))
    if not given or DONE.search(before, given[-1].end()) is not None:
        return False
    return _BEYOND.search(before) is None


_BEYOND = re.compile(
    r"\([^();:]*\d[^();:]*,\s*(?:đã |và |còn )?(?:vượt|hụt|thiếu)\b[^,;:]*$", re.IGNORECASE
)
"""By how much a plan that is told was missed or exceeded: "(kế hoạch giao 44 xã, vượt 1 xã)"."""
_GOALS = ("mục tiêu", "chỉ tiêu", "giao", "được giao", "đề ra", "đặt mục tiêu", "nhiệm vụ")


def _goal_reached(plain: str, cue: re.Match[str]) -> bool:
    """A goal behind "đạt 98%" is what was reached; "…%, phấn đấu cuối năm đạt" says a new one."""
    ahead = plain[: cue.start()][-_NEAR:]
    if cue.group().startswith(_FORESEEN_WORDS):
        return _THAN.search(ahead) is not None
    return _REACHED.search(ahead) is not None and cue.group().startswith(_GOALS)


_FORESEEN_WORDS = ("dự kiến", "dự tính", "kỳ vọng", "dự báo")
_THAN = re.compile(
    r"(?<!\S)(?:so với|hơn|vượt|(?:chưa|không) (?:đạt|được|như)|đúng(?: như)?|như)"
    r"(?: (?:mức|số|con số))?\s*$"
)
"""What was expected is told to compare with: "cao hơn dự kiến 2%"."""


def of_section(section: Sequence[str], default: Scenario) -> Scenario:
    """What the headings above say: "II. MỤC TIÊU" plans, "Kết quả thực hiện" tells results."""
    return next(filter(None, map(_of_heading, reversed(section))), default)


@lru_cache(maxsize=4096)  # every paragraph of a part asks for its headings
def _of_heading(heading: str) -> Scenario | None:
    plain = canonical(heading)
    ahead = contains_any(plain, ("phấn đấu", "quyết tâm", "nỗ lực"))
    done = _TO_DO.sub("", plain)
    if not ahead and contains_any(done, words("result_section")):
        return "actual"
    return "plan" if contains_any(_OFFICE.sub("", plain), words("plan_section")) else None


_OFFICE = re.compile(
    r"(?<!\S)(?:sở|(?<!hải )phòng|bộ|ban|vụ) (?:(?:tài chính|kinh tế|tổng hợp)(?: [-–&]| và)? )?"
    r"kế hoạch(?!\S)"
)
"""An office by its name, and no plan: "PHÒNG TÀI CHÍNH - KẾ HOẠCH", "Sở Kế hoạch và Đầu tư"."""
_TO_DO = re.compile(
    r"(?<!\S)(?:kinh phí|(?:nhu cầu |nguồn )?vốn|nguồn lực|tổ chức|giải pháp|biện pháp|lộ trình"
    r"|thời gian|phân công|trách nhiệm|nội dung|đối tượng|phạm vi|phương án|triển khai)"
    r"(?: (?:và|để|triển khai|tổ chức|hỗ trợ))* thực hiện(?!\S)"
)
"""What a plan says of how it is carried out is no result: "III. KINH PHÍ THỰC HIỆN"."""
