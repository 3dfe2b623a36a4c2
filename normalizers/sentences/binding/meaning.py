"""What a figure of a sentence measures: metric, label, measure, basis, sign.

A clause with words of its own names its subject; one without ("đạt 93,15% kế hoạch") speaks of the
subject before it. A phrase that names something the vocabulary does not know gives no code.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.facts import rows
from normalizers.measures import PLAN_BASES, RATES, YEAR_BEFORE, Measured, measured
from normalizers.metrics import MetricMatch
from normalizers.seeking import sought
from normalizers.sentences.binding.continued import beside, continued
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.labels import is_marked, label
from normalizers.sentences.naming.meant import (
    Meant,
    Subject,
    counts_in,
    counts_places,
    is_money,
)
from normalizers.sentences.naming.naming import named_metric, product_grew
from normalizers.sentences.naming.words import Words, says
from normalizers.spelling import CAPITALS, canonical
from solieu.quick import replace


def meaning(
    clause: Clause, said: Words, subject: Subject, before: Meant | None, *, insurance: bool
) -> Meant:
    """The meaning of a figure from its clause, its subject so far and the figure before it."""
    how = _measured(clause, said, before)
    mark = _is_mark(clause, before)
    if how.measure == "plan_completion" and subject.metric == "insurance_arrears":
        how = measured(f"nợ {said.left}", said.tail, clause.quantity.unit)
    goes_on = continued(clause, said, how, before) if before and not mark else None
    if goes_on is not None:
        return goes_on
    match, own = named_metric(said, how, clause.quantity.unit, subject, insurance=insurance)
    how = _lowered(clause, how, match)
    if match is None and product_grew(said, how, clause.quantity.unit):
        match, own, how = MetricMatch("grdp_growth_rate"), True, Measured("growth")
    owed = how.basis == "receivable" and insurance and "quá hạn" not in said.left
    if owed and not is_money(match.metric if match else subject.metric):
        match, own = MetricMatch("insurance_arrears"), True
    if not own and before is not None and _goes_on_with_part(clause, before, how):
        subject = Subject(None, before.topic)
    if not own and subject.metric in _new_ones() and _TOTAL.search(said.left):
        subject = Subject(None, subject.label)
    if not own and how.measure == "share":
        subject = _as_share(subject, how, said)
    if not own:
        times = "times" if clause.quantity.unit == "times" else ""
        carried = _meant(MetricMatch(subject.metric), how, label(clause, subject.label), times)
        if not _same_kind(carried, clause.quantity.unit):
            carried = replace(carried, metric=beside(subject.metric, clause.quantity.unit))
        new = how.new and not clause.bracketed
        return replace(carried, topic=subject.label, own=False, new=new)
    partial = (match is None or match.metric is None) and len(says(said.phrase)) <= _few(clause)
    meant = _meant(
        match, how, label(clause, subject.label if partial else ""), clause.quantity.unit
    )
    return replace(meant, topic=label(clause), new=how.new and not clause.bracketed)


def _few(clause: Clause) -> int:
    """Of how many words a name speaks of the subject before: an item with a mark names itself."""
    return _FEW_OF_ITEM if is_marked(clause.left) else _FEW


_FEW, _FEW_OF_ITEM = 4, 2


def _as_share(subject: Subject, how: Measured, said: Words) -> Subject:
    """What a share tells of a subject that is told in another way."""
    metric = subject.metric or ""
    if metric.startswith("reduction_in_"):
        return Subject(_LOWERED.get(metric), subject.label)
    of_product = f"{said.bare_tail or how.basis or ''} ".startswith(("grdp ", "tổng sản phẩm "))
    if metric == "total_social_investment" and of_product:
        return Subject("investment_to_grdp_ratio", subject.label)
    return subject


_LOWERED = {"reduction_in_household_poverty_rate": "multidimensional_poverty_rate"}
"""What a fall leads to: "tỷ suất sinh giảm 0,3‰, còn 14,2‰" goes on with no fall."""


def _measured(clause: Clause, said: Words, before: Meant | None) -> Measured:
    """How a figure measures, by the words of its own statement."""
    left = _BEHIND_BASE.sub("", _NAMED_TANG.sub(_NO_WORD, clause.left))
    if clause.quantity.unit not in RATES and _THAN.search(left) is None:
        left = _COME_TO.sub("", left)
    statement = canonical(_STATEMENTS.split(left)[-1])
    if said.listed and measured(said.left.split(" tại ")[0], "", clause.quantity.unit).new:
        statement = said.left.split(" tại ")[0]
    unit = "place" if counts_places(clause.quantity) else clause.quantity.unit
    how = _signed(clause, measured(statement, _to_plan(said, before), unit))
    if _is_mark(clause, before):
        return Measured("share")
    told = _like_before(clause, statement, said, how, before) if before else None
    told = Measured("level") if unit == "case" and _NEW_CASES.match(said.tail) else told
    if told is not None:
        return told
    if how.measure == "share" and how.basis in _EARLIER and _moved_to(statement, before):
        return measured(_TO.sub("", statement), said.tail, clause.quantity.unit)
    if clause.quantity.value >= _WHOLE and _AND_MORE.search(statement) and how.basis in PLAN_BASES:
        return Measured("plan_completion", how.basis)
    bare = how == Measured("share") and _REACHED.search(statement) is not None
    more = clause.quantity.value > _WHOLE or _OF_BUDGET.search(statement) is not None
    if bare and more and not _OF_CAPACITY.search(statement):
        return Measured("plan_completion", "plan")
    return how


_NAMED_TANG = re.compile(
    rf"\bTăng(?= [{CAPITALS}][^\W\d_]*[^\W\d_{CAPITALS}])|(?<=[^\W\d_] )Phát triển\b"
)
"""In a name it raises nothing: "phường Tăng Nhơn Phú 208.233 người", "Ngân hàng Phát triển"."""
_NO_WORD = "T"
_BEHIND_BASE = re.compile(
    r"^.*\bhơn [^();:]*\(\s*(?=[^\W\d]{2,}(?: [^\W\d]+)+[^();:\d]*$)"
    r"(?!(?:cùng|năm|tháng|quý|kỳ|tương|trong|bằng|từ|là|số|mức|hơn|gần|khoảng|trên|kế|chỉ)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What a bracket lists is no difference: "cao hơn mấy năm trước (đại học và cao đẳng 9,4%; …)"."""
_THAN = sought(r"\bso (?:với|sánh|cùng)\b")
_COME_TO = re.compile(
    r"^.*\b(?:tăng|giảm)\b(?:(?! nhất\b)[^;:\d])*?"
    r"(?:,\s*(?=với(?: (?:hơn|gần|trên|khoảng|tới))*\s*$)"
    r"|[,\s]\s*(?=với (?:con số|tổng (?:số|cộng))[^,;\d]*$)"
    r"|,\s*(?=tổng (?:số|cộng)[^,;\d]*$))",
    re.IGNORECASE | re.DOTALL,
)
"""What moved and came to an amount: "nợ BHXH đang gia tăng, với con số 24 tỷ đồng"."""
_NEW_CASES = re.compile(r"(?:ca|trường hợp)(?: \S+){0,3} mới(?!\S)")
"""Cases are counted as they come: "Trong ngày có thêm 794 ca mắc mới"."""
_STATEMENTS = re.compile(r"[;:](?=.*\w)|;\s*$|\((?=[^()]{0,40}:\s*$)")


def _lowered(clause: Clause, how: Measured, match: MetricMatch | None) -> Measured:
    """By how much a rate is lowered, where it says no level: "giảm tỷ lệ hộ cận nghèo 1,2%"."""
    fall = how.measure == "share" and how.basis not in PLAN_BASES
    fall = fall and clause.quantity.value <= _LARGEST_FALL
    named = match.metric if match else None
    if not fall or (named or "").startswith("reduction_"):
        return how
    return Measured("growth", sign=-1) if _LOWERS.search(canonical(clause.left)) else how


_LOWERS = re.compile(
    r"(?<!\S)(?<!tăng )giảm (?:tỷ lệ|tỷ suất)(?: (?!còn|xuống|dưới|ở|là|đạt|chỉ|về|từ)\S+){1,8}$"
)
_LARGEST_FALL = 10
"""Percent: no rate is lowered by as much in a year, and more is what it should come to."""


_EARLIER = YEAR_BEFORE | {"previous_month", "period_start"}
_TO = re.compile(r"(?<=tăng) lên$|(?<=giảm) (?:xuống|đi)$")


def _moved_to(statement: str, before: Meant | None) -> bool:
    """Did an amount that "rose to" a rate rise by it: "5 tỷ USD, tăng lên 12% so với cùng kỳ"?"""
    return before is not None and before.measure == "level" and _TO.search(statement) is not None


def _is_mark(clause: Clause, before: Meant | None) -> bool:
    rate = clause.bracketed and clause.quantity.unit in RATES
    return rate and (_MARK.search(clause.left) is not None or _of_others(clause, before))


_OTHERS = re.compile(r"\s*(?:so với [^()\d]{2,40})?\(\s*", re.IGNORECASE)
_A_TIME = re.compile(r"(?<!\S)(?:năm|tháng|quý|kỳ|kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?!\S)|\d")


def _of_others(clause: Clause, before: Meant | None) -> bool:
    """Is it the rate of others, by how far from which was told: "thấp hơn 12,2% so với nam (74%)"?

    What stands behind an earlier time or a plan is told elsewhere.
    """
    if before is None or before.measure not in _MOVED or _OTHERS.fullmatch(clause.left) is None:
        return False
    basis = before.basis or ""
    return basis not in {"", "plan"} and "_" not in basis and _A_TIME.search(basis) is None


def _like_before(
    clause: Clause, statement: str, said: Words, how: Measured, before: Meant
) -> Measured | None:
    """How a figure measures that is one of a kind with the one before it.

    A rate that a share was above or below, "còn 4,5%, thấp hơn mức 5,2% của cả nước", or that of
    the years before, "tăng 10,75%/năm giai đoạn 2006-2010; 36,83%/năm giai đoạn 2001-2005".
    """
    if before.measure == "share" and how.measure == "growth":
        return Measured("share", before.basis) if _ABOVE.search(canonical(clause.left)) else None
    years = not statement.strip() and how.measure == "share" and _OF_YEARS.match(said.tail)
    if before.measure == "growth" and years:
        return Measured("growth", before.basis, before.sign)
    return None


_OF_YEARS = re.compile(r"/? ?năm (?:(?:trong|của|ở) )?(?:giai đoạn|thời kỳ|nhiệm kỳ)(?!\S)")
_ABOVE = re.compile(
    r"(?<!\S)(?:cao|thấp) hơn (?:so với |nhiều )?(?:mức|con số)"
    r"(?: (?:gần|hơn|trên|khoảng|dưới|bình quân|trung bình|chung))*$"
    r"|(?<!\S)(?:cao|thấp) hơn (?:so với )?(?:mức |tỷ lệ )?(?:bình quân|trung bình|chung)"
    r"(?: (?!là)\S+){0,6} là(?: (?:gần|hơn|trên|khoảng))*$"
)


_WHOLE = 100
"""Nothing is more than all of it: who reached 103% reached more than was planned."""
_REACHED = re.compile(
    r"(?<!\S)(?:đạt|hoàn thành)(?: (?:tỷ lệ|gần|hơn|trên|khoảng|cao nhất|thấp nhất|với|là))*$"
)
_OF_BUDGET = re.compile(
    r"(?<!\S)(?<!tỷ lệ )(?:thu|chi) (?:ngân sách|nsnn|thường xuyên)(?!\S)"
    r"(?!.*(?<!\S)(?:tỷ lệ|tỷ trọng|cơ cấu|nợ|số hộ|người)(?!\S))"
)
"""What is only reached by its plan: "thu ngân sách 9 tháng đạt 72,4%"."""
_OF_CAPACITY = re.compile(r"(?<!\S)(?:công suất|hiệu suất)(?!\S)")
"""What may be used by more than all of it: "công suất sử dụng giường bệnh đạt 111%"."""
_AND_MORE = re.compile(r"(?<!\S)đạt (?:và |hoặc )?vượt(?: (?:mức|trên|hơn))*$")
"""All of a plan or more: "thu ngân sách đạt và vượt 100% dự toán"."""
_TOTAL = re.compile(r"(?<!\S)(?:nâng|đưa)(?: \S+){0,8} (?:lên|thành|đạt)(?!\S)")
"""All that there are now, behind those that are new: "… thành lập mới, nâng tổng số lên 486"."""


def _to_plan(said: Words, before: Meant | None) -> str:
    """What follows a figure; what lacks behind the plan that was told is what lacks to it."""
    if before is None or not said.left.endswith("thiếu"):
        return said.tail
    short = before.basis in PLAN_BASES or _PLAN.search(canonical(before.label)) is not None
    return f"{said.tail} so với kế hoạch".strip() if short else said.tail


_PLAN = re.compile(r"(?<!\S)(?:chỉ tiêu|kế hoạch|dự toán|mục tiêu)(?: \S+){0,6}$")
"""As in "(chỉ tiêu là 13.000 người, còn thiếu 860 người)"."""
_MARK = re.compile(r"(?:cao|thấp) hơn [^()\d]{3,40}\(\s*$")
"""A mark in a bracket behind its name: "thấp hơn bình quân cả nước (13,67%)"."""


def _meant(match: MetricMatch | None, how: Measured, name: str, unit: str) -> Meant:
    measure, basis = how.measure, how.basis
    if match is not None and measure == "level" and match.measure == "change":
        measure, basis = "change", match.basis
    if basis is None and match is not None and measure == match.measure:
        basis = match.basis
    metric = match.metric if match else None
    if measure == "change" and basis == "period_start" and metric in _new_ones():
        measure, basis = "level", None
    if measure == "share" and metric in _growth_rates() and unit != "times":
        measure = "growth"
    if measure == "growth":
        metric = _growth_of().get(metric or "", metric)
    if measure in {"level", "change"} and unit and not counts_in(metric, unit):
        metric = None
    return Meant(metric, name, measure, basis, how.sign, how.base_year, name)


@lru_cache(maxsize=1)
def _growth_rates() -> frozenset[str]:
    """Metrics that are rates of growth themselves: "tốc độ tăng trưởng GRDP đạt 7,12%"."""
    return frozenset(r["phrase"] for r in rows("cue_words.csv") if r["role"] == "growth_metric")


@lru_cache(maxsize=1)
def _new_ones() -> frozenset[str]:
    """Metrics that count what is new themselves: "có thêm 85 doanh nghiệp thành lập mới"."""
    return frozenset(r["phrase"] for r in rows("cue_words.csv") if r["role"] == "new_metric")


def growth_of(metric: str | None) -> str | None:
    """The rate of growth that goes by a code of its own: of GRDP, or the metric itself."""
    return metric if metric in _growth_rates() else _growth_of().get(metric or "")


@lru_cache(maxsize=1)
def _growth_of() -> dict[str, str]:
    """The metric that the growth of another is: "GRDP tăng 6,76%" tells the growth rate of GRDP."""
    return {r["level"]: r["growth"] for r in rows("growth_metrics.csv")}


def _signed(clause: Clause, how: Measured) -> Measured:
    """A rate with its sign in a bracket is a change: "20,16 tỷ USD (+22,8%)", "(24%; -15%)"."""
    rate = clause.quantity.unit in RATES and how.measure == "share"
    rate = rate and (how.basis is None or how.basis in _EARLIER)
    alone = clause.bracketed or not clause.left.strip(" ,;")
    if rate and alone and clause.signed:
        return replace(how, measure="growth")
    return how


def _goes_on_with_part(clause: Clause, before: Meant, how: Measured) -> bool:
    """Is it what a part without a code moved by: "hộ nghèo dân tộc thiểu số 15%, giảm 2%, vượt 1%"?

    Of a part is also what follows its change, which names nothing, and the count in its bracket.
    """
    if clause.left.strip() == "(" and before.metric is None:
        return before.own and before.measure == "share"
    moved = how.measure in _MOVED or (how.basis or "")[:4] == "plan"
    part = before.own and before.measure == "share"
    again = not before.own and before.measure in _MOVED
    return moved and before.metric is None and (part or again)


_MOVED = frozenset({"growth", "change"})


def _same_kind(meant: Meant, unit: str) -> bool:
    """Money carries on from money, people from people, and a rate from either."""
    if meant.measure not in {"level", "change"} or unit in {*RATES, "percentage_point"}:
        return True
    if meant.metric == "registered_foreign_direct_investment" and unit == "VND":
        return False  # "272 triệu USD và 50 tỷ đồng": the second is not registered by foreigners
    return counts_in(meant.metric, unit)
