"""What reports of insurance leave unsaid: who owes and joins, who is paid, which rates go on.

"4 đơn vị chậm đóng trên 0,5 tỉ đồng" counts debtors, "tháng 6 có 612 người tham gia mới" those who
join the scheme told of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalizers.metrics import match_phrase
from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.words import MONEY, Words, says
from normalizers.spelling import canonical
from solieu.quick import replace

_OWES = re.compile(
    r"(?:còn |đang |đã )?(?:(?:với )?(?:tổng )?số tiền )?(?:nợ|chậm đóng|trốn đóng)(?!\w)"
)
_OF_DEBT = re.compile(
    r"(?<!\w)(?:tiền|số|tổng) (?:nợ|chậm đóng|trốn đóng)(?! thuế| ngân hàng| lương)"
)


def debtors(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Those who owe what stands behind them: "4 đơn vị chậm đóng trên 0,5 tỉ đồng"."""
    bound = list(found)
    told = False
    for i in range(len(bound) - 1):
        (clause, this), (owed, after) = bound[i], bound[i + 1]
        money = after.metric == "insurance_arrears" and _OWES.match(canonical(owed.left))
        share = owed.bracketed and after.measure == "share" and _OF_DEBT.search(after.basis or "")
        bodies = clause.quantity.unit == "organisation" and this.measure == "level"
        if this.metric is None and bodies and (money or share):
            this = replace(this, metric="employers_in_arrears")
        if share and this.metric == "employers_in_arrears":
            after = replace(after, metric="insurance_arrears")
        bound[i : i + 2] = (clause, this), (owed, after)
        bound[i + 1] = owed, after = _of_debtors(owed, after, [m for _, m in bound[: i + 1]])
        told = told or (this.metric, after.metric) == _DEBT
        if told and _owe_alike(bound[i : i + 2]):
            bound[i : i + 2] = [
                (c, replace(m, metric=metric))
                for (c, m), metric in zip(bound[i : i + 2], _DEBT, strict=True)
            ]
    return bound


_AMOUNT = re.compile(r"(?:và |với )?(?:tổng )?số tiền(?: (?:là|hơn|gần|trên|khoảng))*")


def _of_debtors(clause: Clause, meant: Meant, told: Sequence[Meant]) -> tuple[Clause, Meant]:
    """What they owe behind whom it harms: "18 đơn vị chậm đóng, 215 lao động …, số tiền 9 tỷ"."""
    money = clause.quantity.unit in MONEY and (meant.measure, meant.metric) == ("level", None)
    owed = money and _AMOUNT.fullmatch(canonical(clause.left))
    since = [m.metric for m in told if m.metric is not None or m.own]
    if owed and "employers_in_arrears" in since[-2:] and "insurance_arrears" not in since:
        return clause, replace(meant, metric="insurance_arrears")
    return clause, meant


_DEBT = ("employers_in_arrears", "insurance_arrears")
_NEXT = re.compile(r"(?:với )?(?:số tiền )?(?:(?:là|hơn|gần|trên|khoảng) ?)*")
_BLOCK = re.compile(r"(?<!\S)(?:khối|nhóm|loại hình|thành phần|công ty|hợp tác xã)(?!\S)")


def _owe_alike(pair: Sequence[tuple[Clause, Meant]]) -> bool:
    """Does a list go on like its first pair: "TP A 332 đơn vị nợ 91 tỷ; tỉnh B 179 đơn vị, 59"?"""
    (clause, this), (owed, after) = pair
    levels = {this.measure, after.measure} == {"level"}
    levels = levels and this.metric is None and after.metric is None
    kinds = clause.quantity.unit == "organisation" and owed.quantity.unit in MONEY
    left = canonical(clause.left)
    bare = _NEXT.fullmatch(canonical(owed.left)) is not None and ";" in clause.left
    return levels and kinds and bare and _BLOCK.search(left) is None


_LIABLE = re.compile(r"(?<!\S)thuộc (?:diện|đối tượng) tham gia(?!\S)")
_TAKES_PART = re.compile(r"(?<!\S)(?:trong đó|đã|mới)(?!\S).*(?<!\S)tham gia(?!\S)")


def liable(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Those who should take part, where it is told how many do: "…, trong đó 151.200 đã tham gia".

    Without that "91.112 người thuộc diện tham gia BHXH bắt buộc" are those who do.
    """
    bound = list(found)
    for i, (clause, this) in enumerate(bound):
        some = this.measure == "level" and _LIABLE.search(clause.phrase)
        if some and any(_of_them(clause, c) for c, m in bound[i + 1 :] if m.measure == "level"):
            bound[i] = (clause, replace(this, metric=None))
    return bound


def _of_them(clause: Clause, after: Clause) -> bool:
    whole, part = clause.quantity, after.quantity
    alike = whole.unit == part.unit and part.value < whole.value
    return alike and _TAKES_PART.search(after.phrase) is not None


_JOINS = re.compile(r"(?<!\S)tham gia(?!\S)")
_WON = re.compile(r"(?<!\S)(?:mới|thêm|phát triển|vận động|số người)(?!\S)")
_ATTENDED = re.compile(
    r"\b(?:hội nghị|hội thảo|buổi|lớp|cuộc|tập huấn|ngày hội|lễ|mít tinh|đối thoại|giải|hội thi)\b",
    re.IGNORECASE,
)
_NO_SCHEME = frozenset(
    (
        *("người", "dân", "tham", "gia", "mới", "thêm", "phát", "triển", "vận", "động", "đăng"),
        *("ký", "phấn", "đấu", "phải", "cần", "tổng", "hơn", "toàn", "ngành"),
    )
)


def joined(
    found: Sequence[Clause],
    said: Sequence[Words],
    bound: list[Meant],
    before: Sequence[tuple[str, Meant]],
    titled: str | None,
) -> list[Meant]:
    """Those who join without a word of what: "…, trong tháng có 612 người tham gia mới".

    It is the one scheme of their sentence, else of the sentence before, else of the title.
    """
    bare = [i for i, meant in enumerate(bound) if _joins(found[i], said[i], meant)]
    if not bare or any(_ATTENDED.search(c.left) for c in found[: bare[-1] + 1]):
        return bound
    own, last = _schemes(m for m in bound if m.own), _schemes(m for _, m in before)
    told = own or last or {titled} - {None}
    scheme = next(iter(told)) if len(told) == 1 else None
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        again = i > bare[0] and not meant.own and clause.quantity.unit == "person"
        again = again and meant.metric is None and meant.measure == bound[bare[0]].measure
        if again or (i in bare and (meant.metric is None or meant.metric in last)):
            bound[i] = replace(meant, metric=scheme)
    return bound


def _schemes(told: Iterable[Meant]) -> set[str | None]:
    return {m.metric for m in told if (m.metric or "").endswith("_participants")}


def _joins(clause: Clause, said: Words, meant: Meant) -> bool:
    phrase = f"{said.bare_left} {said.bare_tail}"
    people = clause.quantity.unit == "person" and meant.measure in {"level", "change"}
    named = meant.own and meant.metric is not None
    won = _JOINS.search(phrase) is not None and _WON.search(phrase) is not None
    return people and won and not named and set(says(phrase)) <= _NO_SCHEME


_REACHES = frozenset({"", "đạt", "là", "có", "với", "còn", "và", "riêng", "gồm", "như"})
_RANKED = sought(
    r"(?<!\S)(?:(?:(?:những|các|một số) )?(?:địa bàn|địa phương|đơn vị|huyện|xã|phường|nơi) )?"
    r"(?:(?:có|đạt) )?(?:tỷ lệ )?(?:tham gia |bao phủ |đạt )?(?:cao|thấp)(?: nhất)?(?!\S)",
    flags=0,
)
"""Who is told to have most or least: "những địa bàn cao nhất gồm …", "đơn vị có tỷ lệ thấp là"."""


def of_rates_before(said: Words, meant: Meant, before: Sequence[tuple[str, Meant]]) -> Meant:
    """A bare rate of a unit behind those of others: "Xã A bao phủ 96%." over "Xã B đạt 92%.".

    How many that are may stand beside them: "96,1% học sinh tham gia BHYT, tương ứng 277.120 em".
    Alone behind a name it is by how much that grew, too: "Hà Nam: 10,39%".
    """
    rates = [m for _, m in before if m.measure == "share"]
    one = len({m.metric for _, m in before}) == 1 and bool(rates)
    one = one and all(m.measure in {"share", "level"} for _, m in before)
    bare = meant.measure == "share" and meant.metric is None and meant.basis is None
    left = _RANKED.sub(" ", said.bare_left)
    grew = [m for _, m in before if m.measure == "growth"]
    if bare and not left and len(grew) == len(before) and len({m.metric for m in grew}) == 1:
        return replace(grew[-1], label=meant.label, topic=meant.topic, own=False)
    if not (one and bare) or said.bare_tail or not set(left.split()) <= _REACHES:
        return meant
    return replace(meant, metric=rates[-1].metric, basis=rates[-1].basis, own=False)


_TELLS_SPENT = frozenset({"chi", "tổng chi", "số chi", "tổng số chi"})
_PAID_TO = re.compile(r"[,\s]*(?:chi trả )?cho(?: (?:hơn|gần|trên|khoảng))?\s*", re.IGNORECASE)
_BENEFIT = re.compile(
    r"(?<!\S)(?:lương hưu|(?:bhxh|trợ cấp) (?:một|1) lần|bhtn|trợ cấp thất nghiệp|tctn)(?!\S)"
)
_GOT_BACK = frozenset({"thu hồi", "thu hồi được", "đã thu hồi"})


def paid_out(
    found: Sequence[Clause], said: Sequence[Words], bound: list[Meant], *, insurance: bool
) -> list[Meant]:
    """What an insurance agency owes, pays and to how many, in words that only it need not explain.

    "tổng thu 42 tỷ đồng, tổng chi 25 tỷ đồng, trong đó chi BHXH một lần 5 tỷ đồng cho 914 người".
    """
    if not insurance:
        return bound
    collected = owed = False
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        owed = owed or " nợ" in f"{clause.left} {clause.tail}"
        level = meant.measure == "level" and meant.metric is None
        near = said[i].near
        if level and collected and near in _TELLS_SPENT and not said[i].bare_tail:
            bound[i] = replace(meant, metric="insurance_benefit_expenditure")
        elif level and owed and clause.quantity.unit in MONEY and near in _GOT_BACK:
            bound[i] = replace(meant, metric="arrears_recovered")
        elif level and i and clause.quantity.unit == "person" and _PAID_TO.fullmatch(clause.left):
            bound[i] = replace(meant, metric=_receives(found[i - 1], said[i - 1]))
        elif meant.metric == _INSURED and _PAID.match(found[0].left) and "tham" not in said[i].tail:
            bound[i] = replace(meant, metric="unemployment_benefit_recipients")
        elif _is_debt_rate(clause, said[i], meant):
            bound[i] = replace(meant, metric="insurance_arrears", basis="receivable")
        collected = collected or meant.metric == "insurance_contribution_revenue"
    return bound


_INSURED = "unemployment_insurance_participants"
_PAID = re.compile(r"\W*(?:\d+[.)]\s*)?(?:đã )?(?:chi trả|giải quyết|xét duyệt)\b", re.IGNORECASE)
"""What begins a list of benefits: "Chi trả: hưu trí 840 người; BHTN 2.015 người"."""


def _receives(money: Clause, said: Words) -> str | None:
    """Who they are for whom a benefit is paid; None where it is not named."""
    benefit = _BENEFIT.search(said.near) if money.quantity.unit in MONEY else None
    if benefit is None:
        return None
    found = match_phrase(f"hưởng {benefit.group()}", "người", "person", insurance=True)
    metric = found.metric if found is not None else None
    return metric if (metric or "").endswith("recipients") else None


def _is_debt_rate(clause: Clause, said: Words, meant: Meant) -> bool:
    """Is it the rate of arrears, told by the bare word: "bao phủ BHYT 93,5%, nợ dưới 3%"?"""
    rate = clause.quantity.unit == "percent" and meant.measure == "share" and meant.basis is None
    return rate and meant.metric is None and _DEBT_ONLY.fullmatch(said.near) is not None


_DEBT_ONLY = re.compile(r"(?:giảm )?nợ(?: (?:là|còn|dưới|ở mức|khoảng|xuống|đọng))*")
