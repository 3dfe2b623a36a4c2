"""Goals that go on in the next sentences, which need not say again that they are goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from normalizers.seeking import sought
from normalizers.sentences.aims.scenarios import tells_result
from normalizers.sentences.settings import Carried, Sentence
from normalizers.sentences.when.times import Timed
from normalizers.watching import watched
from solieu.model import Scenario

_RESULTS = re.compile(
    r"\b(?:đã|hiện|đến nay|kết quả|ước|mới (?:chỉ|có)|so với cùng kỳ)\b"
    r"|\b(?:năm nay|thực hiện được|trước đó|có \d)"
    r"|\btoàn (?:tỉnh|huyện|xã(?! hội)|thành phố)\b",
    re.IGNORECASE,
)


def still_aimed(said: Scenario, timed: Timed, carried: Carried, before: str) -> bool:
    """Does a goal go on over a full stop, so that its time is the figure's, too?

    "Phấn đấu đến năm 2025 có 15,7 nghìn ha chè. Trồng mới, trồng lại 1.200 ha; …".
    """
    if carried.past is None or timed.period is None or timed.found != "carried":
        return False
    began = carried.past.start.year if carried.past.start else carried.past.year
    ahead = carried.told == "plan" and timed.period.year > began
    return ahead and said == "actual" and _RESULTS.search(before) is None


_OPENS_GOALS = sought(
    r"\b(?:mục tiêu|chỉ tiêu|nhiệm vụ|phấn đấu)\b(?:[^.;:()\d]|\bnăm \d{4}\b){0,60}:\s"
)
_SETS_GOAL = sought(
    r"(?<!\w )\b(?:mục tiêu|chỉ tiêu) (?:(?:chủ yếu|cụ thể|chung) )?(?:năm|đến năm|là)\b"
    r"|(?<!vượt )(?<!đạt )(?<!với )(?<!thành )\b(?:phấn đấu|quyết tâm|dự kiến"
    r"|(?:đặt|đề|đưa)(?: ra)? (?:các |những )?(?:mục tiêu|chỉ tiêu|kế hoạch)"
    r"|(?<!bảo )(?<!đảm )(?<!đúng )theo kế hoạch)\b"
)
_BEGINS = re.compile(
    r"\W*(?:(?:Về|Riêng|Trong đó|Đồng thời|Cùng với đó|Bên cạnh đó|Ngoài ra),? )?"
    r"(?:(?:giải quyết|tạo)(?: thêm)? việc làm|trồng mới|kết nạp|thu hút|đón)?"
    r"(?P<noun>[^\d:;]*)$",
    re.IGNORECASE,
)
_VERB = sought(
    r"\b(?:đạt|tăng|giảm|có|còn|là|chiếm|bằng|hoàn thành|đón|đưa|nâng|xuống|lên|ghi nhận"
    r"|(?<=\w )chi|phục vụ|xảy ra|xử lý|phát hiện|giải ngân|thực hiện|xây dựng|duy trì|tiếp tục"
    r"|trong đó|công nhận|cấp|tiếp nhận|hỗ trợ|tổ chức|thành lập|bị|do|nhờ|so với)\b"
)
_PASSED = sought(r"\b(?:năm trước|năm ngoái|vừa qua|năm qua|thời điểm)\b")


def lists_goals(text: str, told: Scenario, carried: Carried) -> bool:
    """Does the paragraph list goals behind a colon, and tell nothing else since?"""
    return told == "plan" and (carried.aims or _OPENS_GOALS.search(text) is not None)


def sets_goals(
    sentence: Sentence, said: Sequence[Scenario], told: Scenario, carried: Carried
) -> bool:
    """Does a sentence tell goals, so that the next may go on with them without a verb?

    One that says neither that it is a goal nor what was done, at no time of its own, ends none.
    """
    if tells_result(sentence.text) or (told != "plan" and sentence.times):
        return False
    if any(one != "plan" for one in said) and not carried.goals:
        return False
    return carried.goals or (told == "plan" and _SETS_GOAL.search(sentence.text) is not None)


def next_goal(said: Scenario, timed: Timed, carried: Carried, sentence: Sentence) -> bool:
    """Does a list of goals go on over a full stop: "đề ra mục tiêu: …. Triển khai 33 dự án"?

    Behind a goal that no colon opens, only what tells of nothing done and of no other time does:
    "… đặt mục tiêu GRDP tăng 8%. Kim ngạch xuất khẩu đạt 8,5 tỷ USD", and not "… đã đạt …".
    """
    if said != "actual" or timed.found in {"own", "sentence"} or tells_result(sentence.text):
        return False
    if carried.aims:
        return True
    if not (carried.goals and _at_goal(timed, sentence)):
        return False
    told = carried.told == "plan" and _is_of_years(timed)
    return _has_no_verb(sentence) or (told and _only_reaches(sentence))


def _is_of_years(timed: Timed) -> bool:
    """Is it a goal of years, and of no month or quarter that a result is told of as well?"""
    period = timed.period
    if period is None or (period.start and (period.start.month, period.start.day) != (1, 1)):
        return False
    return period.end is None or (period.end.month, period.end.day) == (12, 31)


def ends_goal(
    said: Scenario, timed: Timed, carried: Carried, sentence: Sentence, page: date | None
) -> bool:
    """Is it told of the last year of a goal's years: "… 2016 - 2020 tăng 4%. Năm 2020, …"?"""
    aimed, told = carried.period, timed.period
    if said != "actual" or carried.told != "plan" or aimed is None or told is None:
        return False
    if aimed.start is None or aimed.start.year == aimed.year or told.year != aimed.year:
        return False
    to_come = page is None or page.year < aimed.year
    return to_come and timed.found in {"own", "sentence"} and not tells_result(sentence.text)


def _at_goal(timed: Timed, sentence: Sentence) -> bool:
    """Is no year before the goal's told, but to compare with: "từ 3,7% năm 2021 lên 43,1%"?"""
    if timed.period is None:
        return False
    told = (m.period for m in sentence.times if not m.comparison and m.period is not None)
    return all(p.year >= timed.period.year for p in told) and timed.found == "carried"


_REACHES = sought(
    r"\b(?:đạt|còn|xuống|lên|tăng|giảm|chiếm|là|bằng|hoàn thành|nâng|đưa|duy trì|giữ vững|tiếp tục"
    r"|trong đó|xây dựng|thành lập|công nhận|trồng|thu hút|đón|kết nạp)\b"
)


def _only_reaches(sentence: Sentence) -> bool:
    """Does it say no more than what is reached: "Năng suất lúa bình quân đạt 63 tạ/ha"?"""
    said = _REACHES.sub(" ", sentence.text)
    return _VERB.search(said) is None and _PASSED.search(said) is None


def _has_no_verb(sentence: Sentence) -> bool:
    begun = _BEGINS.match(sentence.text[: sentence.quantities[0].start])
    if begun is None or not begun.group().strip():
        return False
    return not (_VERB.search(begun["noun"]) or _PASSED.search(sentence.text))


def reached(text: str, told: Scenario | None, carried: Carried) -> bool:
    """Has a paragraph of a plan said that goals were met, and told results since?"""
    if told == "plan":
        return False
    if carried.reached:
        return True
    return _GOALS_MET.search(text) is not None and _TO_COME.search(text) is None


_GOALS_MET = watched(
    r"\b(?:đạt (?:và|hoặc) vượt|(?:đều|đã|cơ bản) (?:đạt|vượt|hoàn thành(?: vượt(?: mức)?)?))"
    r" (?:(?!để|nhằm)[^\W\d]+ ){0,3}(?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết)\b"
    r"|\bđạt (?:được )?(?:nhiều |những )?kết quả\b"
)
_TO_COME = watched(r"\b(?:phấn đấu|quyết tâm|để|nhằm|sẽ|tiếp tục|bảo đảm|đảm bảo|tập trung)\b")
