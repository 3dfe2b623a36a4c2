"""The rate of what was just counted: "214 hộ nghèo, chiếm 4,1%" tells that of poor households."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.metrics import MetricMatch
from normalizers.metrics.dictionary import vocabulary
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.wordings import before_figure, behind_figure
from normalizers.sentences.naming.words import Words, says
from solieu.quick import replace


def of_count(meant: Meant, said: Words, told: Sequence[tuple[Meant, Words]]) -> Meant:
    """The rate with the code that its count, the last of those told, has none of."""
    told = [t for t in told if t[0].own or t[0].measure not in {"change", "growth"}]
    told = [t for i, t in enumerate(told) if not i or not _is_all(t[1])]
    if meant.measure != "share" or not told or any(_SOME.search(words.left) for _, words in told):
        return meant
    if meant.metric is not None and (meant.own or not told[-1][0].own):
        return meant
    before, counted = _counted(told, meant.basis)
    counts = before.measure == "level" or (before.own and said.left in _WHAT_IS_LEFT)
    if not counts or not _only_rate(said) or not _of_all(_base(meant, said)):
        return meant
    rate = _rate_of(counted)
    return replace(meant, metric=rate) if rate else meant


_SOME = re.compile(r"(?<!\S)(?:thiếu hụt|không có khả năng|con số (?:này|đó))(?!\S)")
"""Some of the poor, whose rate is not that of the poor: "thiếu hụt việc làm có 7.412 hộ nghèo"."""
_WHAT_IS_LEFT = frozenset({"còn", "xuống còn", "chỉ còn", "hiện còn", "nay còn"})
"""What a count fell to, told as its rate: "hộ nghèo giảm 120 hộ so với đầu năm, còn 3,4%"."""


def _is_all(said: Words) -> bool:
    """Is it what a count is out of, behind its stroke: "793 hộ nghèo/53.904 hộ, tỷ lệ 1,47%"?"""
    return said.left in {"", "/"} and said.bare_tail in {"hộ", "hộ dân"}


def _base(meant: Meant, said: Words) -> str | None:
    """What the rate is a share of, without the name of its territory."""
    return said.bare_tail.removesuffix("so") if meant.basis and said.bare_tail else meant.basis


def _counted(told: Sequence[tuple[Meant, Words]], basis: str | None) -> tuple[Meant, Words]:
    """What the rate is of: "12.408 hộ nghèo với 48.210 khẩu, chiếm 1,42% tổng số hộ"."""
    whole = _WHOLE.match(basis or "")
    if not basis and len(told) > 1 and _comes_from(told[-2], told[-1]):
        return told[-1][0], told[-2][1]
    joined = len(told) > 1 and told[-1][1].left == "với"
    if not basis and joined and told[-1][1].noun.startswith(("nhân khẩu", "khẩu")):
        return told[-2]
    if whole is None or not joined:
        return told[-1]
    return told[-2] if told[-2][1].noun.startswith(whole[1].split()[0]) else told[-1]


def _comes_from(start: tuple[Meant, Words], end: tuple[Meant, Words]) -> bool:
    """Does the count that a change ends with not name again what its start named?

    "Hộ nghèo giảm từ 1.104 hộ xuống 812 hộ, tỷ lệ còn 0,88%".
    """
    same = start[1].noun.split()[:1] == end[1].noun.split()[:1]
    return same and not end[0].own and end[1].left in _ENDS_CHANGE


_ENDS_CHANGE = frozenset({"xuống", "xuống còn", "còn", "lên"})


def _only_rate(said: Words) -> bool:
    """As in "chiếm tỷ lệ 4,1% tổng số hộ": the statement names nothing but its whole."""
    tail = said.bare_tail.removesuffix("so")  # what it is of stands behind "so với" as a figure
    tail = _OF_PLAN.sub("", tail)
    return not says(said.bare_left) and _of_all(tail or None)


_OF_PLAN = re.compile(
    r"^(?:chưa|không|vượt|đạt|hoàn thành|cao hơn|thấp hơn)(?: \S+){0,2}"
    r" (?:kế hoạch|chỉ tiêu|mục tiêu|nghị quyết)(?!\S).*$"
    r"|^(?:dẫn đầu|đứng (?:đầu|thứ)|xếp (?:thứ|hạng)|(?:là )?(?:mức )?(?:cao|thấp) (?:nhất|thứ))"
    r"(?!\S).*$"
)
"""What it did with its plan, or among others: "chiếm 5,38%, chưa đạt kế hoạch"."""
_WHOLE = re.compile(
    r"(?:so (?:với )?)?(?:tổng )?(?:số )?"
    r"(hộ(?: dân| gia đình)?|gia đình|trường(?: học)?|xã|trẻ(?: em)?|dân số)(?!\w)"
)


def _of_all(basis: str | None) -> bool:
    """Is it a share of all that the count is of: "tổng số hộ toàn tỉnh", not "tổng số hộ nghèo"?"""
    if not basis:
        return True
    whole = _WHOLE.match(basis)
    return whole is not None and not says(basis[whole.end() :])


_COUNTED = re.compile(r"^.*?(?<!\S)(?=hộ|xã|trường|trẻ|gia đình|lao động|dân số)")


def _of_households(counted: Words) -> tuple[str, str] | None:
    """By who is counted where only "hộ" stands behind it: "cận nghèo 243 hộ, chiếm 2,46%"."""
    if counted.noun.split()[:1] != ["hộ"] or not counted.near.startswith(("nghèo", "cận nghèo")):
        return None
    return before_figure(f"tỷ lệ hộ {counted.near}", counted.head, "")


_TOGETHER = re.compile(
    r"(?<!\S)hộ nghèo (?:và |cùng )?(?:hộ )?cận nghèo(?!\S)"
    r"(?!.*(?:lần lượt|tương ứng|nghèo))"
)


def of_both(text: str) -> bool:
    """The poor and the near poor together are neither: "37.819 hộ nghèo, hộ cận nghèo (8,6%)"."""
    return _TOGETHER.search(text) is not None


def _rate_of(counted: Words) -> str | None:
    """By the words behind the count ("214 hộ nghèo"), else by those that lead to it."""
    if of_both(counted.left) or of_both(counted.tail):
        return None
    found = behind_figure(f"tỷ lệ {counted.bare_tail}", counted.head)
    found = found or _of_households(counted)
    if found is None:
        thing = _MOVED.sub("", _COUNTED.sub("tỷ lệ ", counted.near, count=1))
        found = before_figure(thing, counted.head, "")
    rate = vocabulary().unit(found[0]) if found else None
    return found[0] if found and (rate or "").startswith("percent") else None


_MOVED = re.compile(r" (?:đã )?(?:tăng|giảm)(?: (?:thêm|được|mạnh|gần|hơn|trên|khoảng))*$")


def rate_behind(said: Words) -> MetricMatch | None:
    """A rate told by its whole: "97,9% dân số nông thôn sử dụng nước sạch"."""
    if of_both(said.bare_tail):
        return None
    named = _NAMED_BEHIND.match(said.bare_tail)
    if named is not None and not says(said.bare_left):
        found = behind_figure(said.bare_tail[named.end() :], said.head)
        return MetricMatch(found[0], matched=found[1]) if found else None
    tails = [said.bare_tail, _IN_THE_UNIT.sub("", said.bare_tail)]
    if _COUNT_OF.match(said.bare_tail):
        tails = [_COUNT_OF.sub("", tail) for tail in tails]
    for text in dict.fromkeys(tails):
        found = behind_figure(f"tỷ lệ {text}", said.head)
        if found and (_is_whole(found[1], text) or _told_of_towns(found[1], said)):
            continue
        if found and found[1][:5] == "tỷ lệ":
            return MetricMatch(found[0], matched=found[1])
    return None


def _is_whole(named: str, text: str) -> bool:
    """Is the rate one of those named: "45% hộ nghèo có nhà tạm", "19% dân số đô thị được …"?"""
    return f"tỷ lệ {text}".partition(named)[2].startswith(_GOES_ON)


_GOES_ON = (" có ", " được ", " đã ", " chưa ", " không ", " bị ", " đang ")


def _told_of_towns(named: str, said: Words) -> bool:
    return named in _PEOPLE_OF_TOWNS and bool(says(said.bare_left))


_PEOPLE_OF_TOWNS = ("tỷ lệ dân số thành thị", "tỷ lệ dân số đô thị")
"""A whole itself where something else is told: "Nước sạch phủ tới 97,1% dân số thành thị"."""
_NAMED_BEHIND = re.compile(r"là (?=(?:tỷ lệ|tỷ trọng|độ|mức)(?!\S))")
"""What a rate is, said after it: "Đạt 90,6% là tỷ lệ xã đạt Bộ tiêu chí quốc gia về y tế"."""
_COUNT_OF = re.compile(r"^số (?=\S+ .*(?<!\S)(?:đạt|có|được|sử dụng|dùng|tham gia)(?!\S))")
"""As in "80,7% số trường đạt chuẩn quốc gia"; "60% số hộ nghèo" is a share of the poor."""
_IN_THE_UNIT = re.compile(
    r" (?:trong|của|ở|toàn|trên địa bàn)(?: toàn)?"
    r" (?:tỉnh|thành phố|huyện|thị xã|thị trấn|quận|xã|phường)(?!\S)(?! hội)| trên địa bàn(?!\S)"
)
"""As in "99,8% hộ dân trong tỉnh có điện"."""
