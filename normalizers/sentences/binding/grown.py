"""Rates of growth that do not say so again: the parts of a growth, and what a scenario of it holds.

"GRDP tăng trưởng đạt 6,9%. Trong đó: nông nghiệp ước đạt 5,39%; dịch vụ 7,22%" tells three growths.
Parts that make up the whole (a sum of 100%), and all behind a word of a share, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.seeking import sought
from normalizers.sentences.aims.planned import of_growth
from normalizers.sentences.binding.meaning import growth_of
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.spelling import CAPITALS, canonical
from solieu.quick import replace

_PARTED = re.compile(r"\W*trong đó\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:tỷ lệ|tỷ trọng|cơ cấu|chiếm|góp|hoàn thành|kế hoạch|dự toán|giải ngân|thu|chi)\b"
    r"|\bbằng\b(?! (?!gần|hơn|trên|khoảng)[^\W\d])",
    re.IGNORECASE,
)
_ALL = 100
_ROUNDED = 1


def grown(
    found: Sequence[Clause], bound: list[Meant], before: Sequence[tuple[str, Meant]]
) -> list[Meant]:
    """The meanings with the growth of parts, and of what stands before its scenario."""
    late = dict.fromkeys(_parts(found, bound, before), 1) | _announced(found, bound)
    late |= {i - 1: 1 for i, clause in enumerate(found) if of_growth(clause)}
    late |= dict.fromkeys(_ranked(found, bound), 1) | _of_sectors(found, bound)
    bound = _of_counts(found, bound)
    for i in sorted(late):
        if i >= 0 and _bare(found[i], bound[i]):
            metric = growth_of(bound[i].metric)
            bound[i] = replace(bound[i], metric=metric, measure="growth", sign=late[i])
            bound[i + 1 : i + 2] = [_planned(m, bound[i]) for m in bound[i + 1 : i + 2]]
    return bound


_COUNT = re.compile(
    r"\s*(?:về )?(?:số (?:vụ|người|ca|lượt|hộ|dự án|doanh nghiệp|lao động|vốn|tiền)"
    r"|diện tích|khối lượng|lâm sản|tài sản|giá trị|thiệt hại|người (?:chết|bị thương))\b"
)
_NEXT = re.compile(r"\s*(?:[,;]|,?\s*và)\s*")


def _of_counts(found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """By how much counts rose that are named behind: "tăng 43,8% số vụ, 75% số người chết"."""
    for i, (clause, one, two) in enumerate(zip(found[1:], found, bound[1:], strict=False), 1):
        before = bound[i - 1]
        rates = clause.quantity.unit == one.quantity.unit == "percent"
        counted = _COUNT.match(clause.tail) and _COUNT.match(one.tail)
        goes_on = counted and _NEXT.fullmatch(clause.left)
        if rates and goes_on and (before.measure, two.measure) == ("growth", "share"):
            bound[i] = replace(two, measure="growth", basis=before.basis, sign=before.sign)
    return bound


def _planned(plan: Meant, reached: Meant) -> Meant:
    """The plan in the bracket behind a growth that was found late."""
    if plan.scenario != "plan" or plan.measure != "share":
        return plan
    return replace(plan, metric=reached.metric, measure="growth", basis=reached.basis)


def _parts(
    found: Sequence[Clause], bound: Sequence[Meant], before: Sequence[tuple[str, Meant]]
) -> list[int]:
    """Places of the bare rates behind the "trong đó" of a growth."""
    parts: list[int] = []
    open_ = False
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        if _PARTED.match(clause.left):
            here = [(c.quantity.unit, m) for c, m in zip(found[:i], bound, strict=False)]
            open_ = open_ or _of_growth(here or before)
        aside = clause.left.lstrip().startswith("(")
        open_ = open_ and (aside or _may_be_part(clause, meant))
        if open_ and not aside and _bare(clause, meant):
            parts.append(i)
    whole = sum(float(found[i].quantity.value) for i in parts)
    return [] if abs(whole - _ALL) <= _ROUNDED else parts


_SECTOR = sought(
    r"(?:^|[;,])\s*(?:và )?(?:(?:ngành|khu vực|lĩnh vực|giá trị(?: sản xuất)?) )?"
    r"(?:nông(?! thôn| dân)|lâm|ngư(?! dân)|thủy sản|công nghiệp|tiểu thủ|TTCN|xây dựng|thương mại"
    r"|dịch vụ|trồng trọt|chăn nuôi|khai khoáng|chế biến|vận tải|du lịch)\b[^;.()\d]*$"
)


def _of_sectors(found: Sequence[Clause], bound: Sequence[Meant]) -> dict[int, int]:
    """Sectors beside one that grew: "nông nghiệp tăng 6%/năm; công nghiệp trên 20%"."""
    late: dict[int, int] = {}
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        beside = i > 0 and (i - 1 in late or bound[i - 1].measure == "growth")
        named = _SECTOR.search(clause.left) is not None and not clause.bracketed
        if beside and named and meant.metric is None and _bare(clause, meant):
            alike = _SECTOR.search(found[i - 1].left) is not None
            sign = late.get(i - 1, bound[i - 1].sign)
            late |= {i: sign} if alike and _VERB.search(clause.left) is None else {}
    return late


_VERB = re.compile(r"\b(?:đạt|còn|là|có|giảm|ước|tương ứng)\b", re.IGNORECASE)
_SPEED = re.compile(
    r"\W*(?:(?:về|theo|xét về|so về) )?(?:tốc độ|mức|tỷ lệ) tăng(?: trưởng)?"
    r"(?: (?:kinh tế|GRDP|tổng sản phẩm))?(?: [^,:;.\d()]{1,40})?[,:]",
    re.IGNORECASE,
)


def _ranked(found: Sequence[Clause], bound: list[Meant]) -> list[int]:
    """The bare rates of a sentence about a speed: "Về tốc độ tăng trưởng: Gia Lai đạt 5,54%, …"."""
    if not _SPEED.match(found[0].left):
        return []
    rates = [i for i, c in enumerate(found) if _bare(c, bound[i])]
    grew = {i for i, m in enumerate(bound) if m.measure == "growth"}
    if len(grew.union(rates)) != len(found) or any(m.metric is not None for m in bound[1:]):
        return []
    return rates


_HOW = "cao|mạnh|nhiều|nhanh|thấp|ít|sâu|chậm|khá"
_OPENING = sought(
    r"\b(tăng|giảm)\b(?! (?:nghèo|cân|thiểu|cường|trưởng))[^:;,.\d]{0,40}:"
    r"|\b(?:tiếp theo|tiếp đến|kế đến|sau đó) là\b[^:;.\d]{3,60}\b(tăng|giảm)(?: \w+)?\s*$"
    rf"|\b(tăng|giảm) (?:{_HOW}) nhất (?:là|thuộc về|gồm|ở) [^:;.,\d()]{{3,60}}$"
)
_MOST = sought(
    rf"\b(tăng|giảm)(?: trưởng)? (?:(?:{_HOW}) nhất (?:là|thuộc về|gồm|ở)|(?:{_HOW}) (?:là|gồm|như)"
    r"|(?:2|hai) (?:chữ|con) số (?:là|gồm|như)):? [^:;.\d()]{3,80}\(\s*$"
)
"""What rose most, with its rate in a bracket: "tăng cao nhất là nhóm giao thông (0,29%)"."""
_NAMED_NEXT = re.compile(
    rf"\W*(?:và )?(?:[a-zđ]\w*\.? ){{0,2}}[{CAPITALS}][^:;.,\d()]{{1,40}}\(\s*$"
)
"""The next unit with its rate: "Lai Châu (45%), Vĩnh Long (32,4%) và Ninh Thuận (28,1%)"."""
_NEXT_MOST = sought(
    r"[;,]\s*(?:kế tiếp|tiếp theo|tiếp đến|kế đến|sau đó) (?:là )?[^:;.\d()]{3,60}\(\s*$"
)
_ITEM = re.compile(r"\s*(?:[,;]|và\b)")


def _announced(found: Sequence[Clause], bound: Sequence[Meant]) -> dict[int, int]:
    """Bare rates, with their signs, of a list whose opening calls them growths.

    "Một số sản phẩm tăng khá là: quặng titan tăng 23,4%, dịch truyền 22,4%". Behind one that moved
    the other way a bare rate can mean either.
    """
    late: dict[int, int] = {}
    sign, aside = 0, False
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        opening = _OPENING.search(clause.left)
        if opening is not None:
            sign = -1 if "giảm" in opening.group().lower() else 1
        elif not (_ITEM.match(clause.left) or clause.bracketed):
            sign = 0
        most = _MOST.search(clause.left) if _bare(clause, meant) and meant.metric is None else None
        if most is not None:
            late[i] = -1 if most[1].lower() == "giảm" else 1
        elif i > 0 and _goes_on(found[i - 1], clause) and _bare(clause, meant):
            late[i] = late.get(i - 1, bound[i - 1].sign if bound[i - 1].measure == "growth" else 0)
        if meant.measure == "growth":
            sign, aside = sign if meant.sign == sign else 0, clause.bracketed
        elif sign and clause.bracketed == aside and meant.metric is None and _bare(clause, meant):
            late[i] = sign
        elif not clause.bracketed:
            sign = 0
    return {i: sign for i, sign in late.items() if sign}


def _goes_on(before: Clause, clause: Clause) -> bool:
    """Is it the next of what rose, told alike: in a bracket behind its name?"""
    if before.bracketed and clause.bracketed and _NAMED_NEXT.match(clause.left):
        return True
    return _NEXT_MOST.search(clause.left) is not None


def _may_be_part(clause: Clause, meant: Meant) -> bool:
    """Not behind a word of a share, no amount, no rate of its own: "…; che phủ rừng đạt 63%"."""
    rate = clause.quantity.unit in {"percent", "percentage_point"}
    known = meant.metric is not None and not meant.metric.startswith("share_of_")
    named = known and meant.measure == "share"
    return rate and not named and _OTHER.search(clause.left) is None


def _of_growth(told: Sequence[tuple[str, Meant]]) -> bool:
    """Is the whole a growth and nothing else? "Tăng 7%, chiếm 30%" leaves open what parts are."""
    rates = [m for unit, m in told if unit == "percent"]
    named = any(_is_speed(m) for m in rates)
    last = bool(told) and told[-1][0] == "percent"
    return named and last and all(m.measure == "growth" for m in rates)


def _is_speed(meant: Meant) -> bool:
    index = meant.metric == "index_of_industrial_production"
    said = canonical(meant.label)
    return index or bool(growth_of(meant.metric)) or "tăng trưởng" in said or "tốc độ tăng" in said


def _bare(clause: Clause, meant: Meant) -> bool:
    """A percent that says neither of what it is a share nor against what it is measured."""
    share = meant.measure == "share" and meant.basis is None
    return share and clause.quantity.unit == "percent" and not _OTHER.search(clause.left)
