"""Figures that go on with the statement before them.

A rate in brackets behind a change, the money of what was just counted, the plan behind its
completion: none of them names its subject again.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.facts import rows
from normalizers.measures import PLAN_BASES, RATES, Measured, basis_of, measured
from normalizers.metrics import match_phrase
from normalizers.sentences.aims.planned import names_plan
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.labels import label
from normalizers.sentences.naming.meant import Meant, counts_in
from normalizers.sentences.naming.words import MONEY, Words, says
from normalizers.spelling import canonical, words
from solieu.model import Measure, Scenario
from solieu.quick import replace

_JOINED = re.compile(r"(?:và|hoặc|hay)?(?: ?(?:hơn|gần|khoảng|trên))?")
_IN_RATE = re.compile(
    r"(?:tương ứng|tương đương|hay|tức(?: là)?)(?: với)?(?: tỷ lệ)?(?: tăng| giảm)?(?: từ)?"
)
_AND_WITH = re.compile(r"(?<!\w)với(?!\w)")
_WHOLES = frozenset({"labour_force", "population", "receivable", "students"})
_OUT_OF = re.compile(r"(?:trên|trong) tổng(?: số)?")


def continued(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant | None:
    """A figure that goes on with the statement before it."""
    if clause.quantity.unit in MONEY and _names_money(_AND_WITH.split(said.left)[-1]):
        return _companion(clause, said, before)
    if _OUT_OF.fullmatch(said.left):
        name = label(clause, before.topic)
        plan: Scenario | None = "plan" if names_plan(clause.tail) else None
        return Meant(None, name, "level", topic=before.topic, own=False, scenario=plan)
    if _the_plan(clause, before):
        name = label(clause, before.topic)
        return replace(before, measure="level", basis=None, label=name, own=False, scenario="plan")
    if before.earlier and clause.left.lstrip().startswith("/"):
        return replace(before, label=label(clause, before.topic), own=False)
    return _behind(clause, said, how, before)


def _behind(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant | None:
    """What stands behind a ratio or a change and is part of it."""
    moved = before.measure in {"change", "growth"}
    if moved and clause.quantity.unit in RATES and _LEFT.fullmatch(clause.left):
        name = label(clause, before.topic)
        return replace(before, measure="share", basis=None, sign=1, label=name, own=False)
    if _earlier_amount(clause, said, before):
        return _in_bracket(clause, said, before)
    if before.measure == "growth" and _grew_too(clause, how, before):
        return replace(_same_change(clause, said, before), metric=None, own=False)
    if before.measure in {"change", "growth"} and how.measure not in {"change", "growth"}:
        return _after_change(clause, said, how, before)
    return None


def _grew_too(clause: Clause, how: Measured, before: Meant) -> bool:
    """Is it a part that repeats no verb: "tăng 8,5%, trong đó công nghiệp 9,1%, nông nghiệp 3,2%"?

    Shares of sectors are not opened so: "Nông nghiệp tăng 5%; nông nghiệp 25%, dịch vụ 45%".
    """
    rate = clause.quantity.unit in RATES and how == Measured("share")
    hit = _SECTOR.fullmatch(clause.left) if rate else None
    return hit is not None and (hit["opens"] is not None or not before.own)


def _earlier_amount(clause: Clause, said: Words, before: Meant) -> bool:
    """The amount in a bracket behind a ratio: "gấp 11 lần so với năm 2021 (384 ca)"."""
    amount = clause.bracketed and clause.quantity.unit not in RATES and not says(said.left)
    return amount and before.measure == "share" and _of_before(before)


def _of_before(before: Meant) -> bool:
    """Is it measured against an earlier time: the year before, or a year that is named?"""
    basis = before.basis or ""
    return basis in {"same_period_last_year", "previous_year"} or basis.startswith("năm ")


def _the_plan(clause: Clause, before: Meant) -> bool:
    """The plan behind the stroke of "thu 300 tỷ đồng/500 tỷ đồng", "trồng 31 ha/40 ha KH"."""
    behind = before.measure != "plan_completion" and clause.left.strip() == "/"
    return behind and (clause.quantity.unit in MONEY or names_plan(clause.tail))


_PAIRED = re.compile(r"và \| so với")
"""Two rates of one change: "thấp hơn 7% và 7,7% so với chỉ tiêu của Thủ tướng và Tỉnh ủy giao"."""


_WITH = re.compile(r"\s*với(?: (?:hơn|gần|khoảng|trên))?\s*").fullmatch
"""Those whom a change is of: "thụ lý tăng 4.845 vụ với 18.256 bị cáo"."""


def _after_change(clause: Clause, said: Words, how: Measured, before: Meant) -> Meant | None:
    """What may go on with a change: its rate in brackets, a second amount, a part of it."""
    if clause.bracketed and not says(said.left) and not _FROM.match(clause.left):
        return _completion(clause, how, before) or _in_bracket(clause, said, before)
    rate = clause.quantity.unit in RATES
    grew = before.measure == "growth"
    paired = rate and grew and _is_paired(said, before)
    listed = before.new and how.measure == "level" and _only_place(said) and not _counts_all(said)
    listed = listed or (rate and grew and how == Measured("share") and _next_place(said))
    amount = not rate and (_IN_RATE.fullmatch(said.left) or (grew and _as_much(said)))
    those = before.measure == "change" and clause.quantity.unit == "person" and _WITH(clause.left)
    if paired or listed or amount or those:
        return _same_change(clause, said, before)
    of_whole = rate and how.measure == "share" and how.basis in _WHOLES
    if ";" in clause.left or of_whole or (grew and not rate):
        return None
    since = _SINCE.match(said.tail) is not None
    other = how.basis is not None and "cùng" not in said.tail
    other = rate and not since and (_of_its_own(said) or other)
    if rate and _IN_RATE.fullmatch(said.left):
        return _same_change(clause, said, before)
    goes_on = (
        _JOINED.fullmatch(said.left) or _part_of_change(said, how) or _in_all(said, how, before)
    )
    if how.measure == "plan_completion" or other or not goes_on:
        return None
    return _same_change(clause, said, before)


_SECTOR = re.compile(
    r"\s*[,;:]?\s*(?:và )?(?P<opens>(?:trong đó|gồm|cụ thể|riêng)\s*:?\s*)?"
    r"(?:(?:nhóm )?ngành |khu vực |lĩnh vực |sản xuất )?"
    r"(?:nông|lâm|thủy sản|công nghiệp|xây dựng|dịch vụ|thương mại|thuế sản phẩm|khai khoáng"
    r"|chế biến|cung cấp)\b"
    r"(?:(?!\b(?:chiếm|đạt|còn|là|có|với|bằng|gấp|vượt|đóng góp|tỷ trọng)\b)[^\d;:()])*",
    re.IGNORECASE,
)
_SINCE = re.compile(r"so (?:với )?(?:(?:cuối|đầu|cùng) )?(?:năm|quý|tháng|kỳ)(?!\S)")
"""Against another time: "tăng 2,5% so với đầu tháng và gần 13% so với đầu năm"."""


def _is_paired(said: Words, before: Meant) -> bool:
    """Two rates of one change: "tội phạm tăng 5,7% số vụ, 21,5% số bị can"."""
    if _PAIRED.match(f"{said.left} | {said.tail}"):
        return True
    bare = said.left in {"", "và"} and said.tail.startswith("số ")
    return bare and _OF_COUNT.search(canonical(before.label)) is not None


_OF_COUNT = re.compile(r"(?:tăng|giảm) (?:về )?số(?: \S+){1,3}$")


def _as_much(said: Words) -> bool:
    """By how much in its own unit: "tăng 2,64%, bằng 7.300 con so với cùng kỳ năm trước"."""
    return said.left in {"bằng", "với"} and "so với" in said.tail


_LEFT = re.compile(r"\s*\(\s*(?:chỉ |nay |hiện )?(?:giảm |xuống )?còn\s*", re.IGNORECASE)
"""What a rate came to: "tỷ lệ hộ nghèo giảm 1,5% so với năm 2011 (còn 8,09%)"."""
_FROM = re.compile(r"\s*\(\s*từ\b")
"""Where it started, and not by how much: "tăng 85,4% (từ 32,8 nghìn TEU lên 60,8 nghìn)"."""


def _of_its_own(said: Words) -> bool:
    """Does a rate name its whole behind it: "giảm 100 hộ nghèo, 100% thủ tục được …"?"""
    return not said.left and len(says(said.bare_tail)) > 1


def _only_place(said: Words) -> bool:
    """A part of a list that names a territory and repeats nothing: "… 74 người, thị xã B 118"."""
    return not set(said.bare_left.split()) - _LISTING


def _next_place(said: Words) -> bool:
    """As in "huyện A giảm 6,5%; huyện B 4,5%": the verb stands once, at its head."""
    return not said.tail and _only_place(said) and bool(says(said.left)) and not _STANDS(said.left)


_STANDS = re.compile(r"(?<!\S)(?:có|là|với|được)(?!\S)").search
_LISTING = frozenset(
    (
        "và",
        "với",
        "có",
        "là",
        "chỉ",
        "được",
        "riêng",
        "vỏn",
        "vẹn",
        "tiếp",
        "đến",
        "đó",
        "trong",
        "gồm",
    )
)


def _names_money(left: str) -> bool:
    said = set(left.split())
    return bool(said & {"tiền", "phí", "giá", "chi"}) and said <= set(words("companion"))


def _companion(clause: Clause, said: Words, before: Meant) -> Meant | None:
    """The money of what was just counted: "113 đối tượng, số tiền: 319.317.000 đồng"."""
    if not said.left:
        return None
    metric = _money_of().get(before.metric or "") or _paid(before.topic)
    if metric is None and before.measure not in {"level", "change"}:
        return None
    name = label(clause, before.topic)
    if metric is None:
        return replace(before, metric=None, label=name, own=False)
    return Meant(metric, name, "level", topic=name)


def _paid(topic: str) -> str | None:
    """What the money is that was paid to those counted: "chi trả các chế độ cho … lượt người"."""
    found = match_phrase(topic, "", "VND", insurance=False)
    return found.metric if found and (found.metric or "").endswith("_expenditure") else None


def beside(metric: str | None, unit: str) -> str | None:
    """What an amount of another kind is beside a metric: the money of those counted, or they.

    "Số tiền chậm đóng của 69.412 đơn vị là 7.205 tỷ đồng"; "chi 1.870 tỷ đồng cho 3,1 triệu lượt".
    """
    if (level := _level_of().get(metric or "")) is not None:
        return level if counts_in(level, unit) else None
    found = (b if a == metric else a for a, b in _money_of().items() if metric in {a, b})
    other = next(found, None)
    return other if other is not None and counts_in(other, unit) else None


@lru_cache(maxsize=1)
def _level_of() -> dict[str, str]:
    """What the amount behind a rate of growth is: "GRDP tăng 8,2%, đạt 81.200 tỷ đồng"."""
    return {r["growth"]: r["level"] for r in reversed(rows("growth_metrics.csv"))}


@lru_cache(maxsize=1)
def _money_of() -> dict[str, str]:
    """What the money behind a count is: "1.206 đơn vị chậm đóng với số tiền 142 tỷ đồng"."""
    return {r["counted"]: r["money"] for r in rows("companions.csv")}


_REACHED = re.compile(r"\(\s*(?:đã |mới |chỉ |cũng )?(?:đạt|bằng|hoàn thành)\b", re.IGNORECASE)


def _completion(clause: Clause, how: Measured, before: Meant) -> Meant | None:
    """How far what grew came: "dư nợ tăng 12,1% so với đầu năm (đạt 99,7% kế hoạch được giao)"."""
    if clause.quantity.unit not in RATES or not _REACHED.match(clause.left.lstrip()):
        return None
    against = how.basis if how.measure == "plan_completion" else before.basis
    if against is None or not against.startswith("plan"):
        return None
    name = label(clause, before.topic)
    return replace(before, measure="plan_completion", basis=against, sign=1, label=name, own=False)


def _in_bracket(clause: Clause, said: Words, before: Meant) -> Meant | None:
    """A rate in "tăng … 264.439 triệu đồng (1%)", the earlier amount in "tăng 16 ca (02 ca)".

    Both amounts, now and then, may stand there: "giảm 3 vụ (180/183 vụ)".
    """
    if clause.quantity.kind == "fraction":
        name = label(clause, before.topic)
        return replace(before, measure="level", basis=None, sign=1, label=name, own=False)
    if clause.quantity.unit in RATES:
        basis, year = basis_of(said.tail)
        basis, year = (basis, year) if basis else (before.basis, before.base_year)
        return replace(before, measure="growth", basis=basis, base_year=year, own=False)
    if clause.signed:
        return replace(_same_change(clause, said, before), sign=1)
    beyond = before.basis in PLAN_BASES and _PLAN.search(canonical(before.label)) is None
    if before.measure == "growth" and (before.basis is None or beyond):
        return _same_change(clause, said, before)
    dated = _DATED.fullmatch(before.basis or "")
    if _of_before(before) or dated:
        name = label(clause, f"cùng kỳ năm trước {before.topic}")
        then = before.basis or "" if dated else ""
        kept = Meant(before.metric, name, "level", base_year=before.base_year, topic=before.topic)
        return replace(kept, own=False, earlier=True, then=then)
    return None


_PLAN = re.compile(r"(?<!\S)(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)(?!\S)")
"""Named behind the bracket, it is no plan that stands there: "vượt 2,1% (31 tỷ đồng) kế hoạch"."""
_DATED = re.compile(
    r"(?:(?:cuối |hết |đầu )?(?:quý|tháng|năm)|ngày) (?:\S+ ){0,2}?(?:\S+/)?(?:19|20)\d\d"
    r"|(?:quý (?:[ivx]+|\d)|tháng \d{1,2})"
)
"""Of when an amount in a bracket is: "tăng 0,44% so với quý IV/2022 (3.869 đơn vị)"."""


def _part_of_change(said: Words, how: Measured) -> bool:
    """As in "phát triển mới 5.000 người, trong đó BHXH tự nguyện 1.000 người"."""
    words_before = set(said.left.split())
    return (
        how.measure == "level"
        and said.left.startswith("trong đó")
        and not words_before & {"nâng", "đưa", "tổng", "đạt", "lũy"}
    )


def _in_all(said: Words, how: Measured, before: Meant) -> bool:
    """As in "tháng 9 phát triển mới 1.342 người, lũy kế 9 tháng là 8.975 người"."""
    new = before.measure == "change" and before.basis == "period_start"
    summed = re.match(r"(?:lũy kế|tính chung|cộng dồn)(?!\w)", said.left) is not None
    summed = summed and not _counts_all(said)
    return new and how.measure == "level" and summed and not says(said.bare_left)


def _counts_all(said: Words) -> bool:
    """Is it how many there are: "phát triển mới 512 người, toàn tỉnh có 4.128 người tham gia"?"""
    return _ALL_THERE_ARE.search(f"{said.left} | {said.tail}") is not None


_ALL_THERE_ARE = re.compile(
    r"(?<!\S)đang (?:tham gia|đóng|hưởng|hoạt động|quản lý|theo dõi)(?!\S)"
    r"|(?<!\S)(?:hiện|toàn (?:tỉnh|huyện|thị xã|thành phố|xã|ngành))"
    r"(?: nay)?(?: đã| hiện)? có(?!\S)"
)


def _in_unit(metric: str | None, measure: Measure, unit: str) -> str | None:
    """The rate in "giảm 6,5% (840 hộ)" has a code, by how many households it fell has none."""
    return metric if measure == "growth" or counts_in(metric, unit) else None


def _same_change(clause: Clause, said: Words, before: Meant) -> Meant:
    unit = clause.quantity.unit
    speaks = says(said.bare_tail) or says(said.bare_left)
    match = match_phrase(said.phrase, said.noun, unit, insurance=True) if speaks else None
    again = measured("tăng", said.tail, unit)
    measure: Measure = "growth" if unit in RATES else "change"
    return replace(
        before,
        measure=measure,
        basis=again.basis if again.basis not in {None, "plan"} else before.basis,
        metric=match.metric if match else _in_unit(before.metric, measure, unit),
        label=label(clause, "" if match else before.topic),
        own=match is not None,
    )
