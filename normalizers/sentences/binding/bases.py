"""What changes and rates are measured against, where the sentence prints it once for several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from normalizers.measures import PLAN_BASES, basis_of
from normalizers.seeking import sought
from normalizers.sentences.aims.planned import names_plan
from normalizers.sentences.clauses import Clause, fragments
from normalizers.sentences.naming.meant import Meant, is_money
from normalizers.sentences.naming.words import MONEY
from normalizers.spelling import canonical, contains_any
from solieu.quick import replace


def comparison(found: Sequence[Clause]) -> str:
    """What the sentence sets out to compare with: "So với cùng kỳ, …"; "" where it does not."""
    for fragment in fragments(found[0].left):
        plain = canonical(fragment)
        if _COMPARED.search(plain):
            behind = _BASE_BEHIND.search(found[0].tail) if _ENDS_SO.search(plain) else None
            return f"{plain} {canonical(behind.group())}" if behind else plain
    return ""


_ENDS_SO = re.compile(r"(?<!\S)so (?:sánh )?với(?: (?:mức|con số|gần|hơn|trên|khoảng))*$")
_BASE_BEHIND = re.compile(
    r"\b(?:cùng kỳ|năm|quý|tháng|cuối năm|đầu năm)\b[^,;.()]*$", re.IGNORECASE
)
"""The time of an amount that is compared with: "So với 1.200 vụ năm 2019 giảm 5 vụ"."""


_COMPARED = sought(r"(?<!\w)(?<!hơn )(?:so với|so sánh với|so cùng kỳ)(?!\w)", flags=0)
"""But for what a statement before says of itself: "cao hơn so với quý I; dự kiến 9 tháng …"."""


def compared(meant: Meant, clause: Clause, before: Meant | None, against: str) -> Meant:
    """A change without a base of its own: that of the change before it, or of the sentence."""
    if meant.measure not in {"change", "growth"} or meant.basis not in {None, "period_start"}:
        return meant
    if meant.basis is None and clause.bracketed and before is not None and before.basis:
        return replace(meant, basis=before.basis, base_year=before.base_year)
    basis, base_year = basis_of(against) if against else (None, None)
    return replace(meant, basis=basis, base_year=base_year) if basis else meant


def based_ahead(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """A change whose base is printed behind its rate: "tăng 12 người (4,1%) so với cùng kỳ"."""
    bound = list(found)
    for i in range(len(bound) - 2, -1, -1):
        (clause, this), after = bound[i], bound[i + 1][1]
        moved = {this.measure, after.measure} == {"change", "growth"}
        goes_on = moved and not after.own and after.metric == this.metric
        goes_on = goes_on and canonical(found[i + 1][0].left)[:4] != "vượt"
        joined = _told_together(this, after, found[i + 1][0])
        if this.basis is None and (goes_on or joined):
            bound[i] = (clause, replace(this, basis=after.basis, base_year=after.base_year))
    return bound


def _told_together(this: Meant, after: Meant, clause: Clause) -> bool:
    """As in "tăng 412 đơn vị (5,1%) và 4.410 lao động so với cuối năm": one base for them."""
    changes = {this.measure, after.measure} <= {"change", "growth"}
    return changes and (after.basis or "")[:4] != "plan" and canonical(clause.left) in _AND


_AND = frozenset({"và", "tăng", "giảm", "và tăng", "và giảm"})
_PLAN_BEHIND = re.compile(
    r"\s*\)\s*(?:so với )?(?:KH|kế hoạch|chỉ tiêu|dự toán)(?!\w)"
    r"(?! (?:tăng|giảm|đến|là|phấn))",
    re.IGNORECASE,
)


def of_plan_behind(text: str, found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Rates in brackets whose plan is named once, behind the last: "rau 771 ha (46,1%) KH"."""
    named = [c.quantity.end for c, _ in found if _PLAN_BEHIND.match(text, c.quantity.end)]
    if not named:
        return list(found)
    return [
        (c, replace(m, measure="plan_completion", basis="plan"))
        if c.bracketed and c.quantity.end <= named[-1] and _unbased(c, m)
        else (c, m)
        for c, m in found
    ]


def share_ahead(found: Sequence[tuple[Clause, Meant]]) -> list[Meant]:
    """Rates of a list whose base is printed once, at its end: "quý I: 1,92%; quý II: 1,75% …".

    "Đạt tỷ lệ 78,2%, đạt 100,3% kế hoạch" is no list: the second says how far the first came.
    """
    meant = [m for _, m in found]
    for i in range(len(meant) - 2, -1, -1):
        unit, after = found[i][0].quantity.unit, meant[i + 1]
        if unit != "percent" or found[i + 1][0].quantity.unit != unit:
            continue
        again = _REACHED.fullmatch(canonical(found[i + 1][0].left)) is not None
        if meant[i].measure == "share" and meant[i].basis is None and after.basis and not again:
            meant[i] = _with_base(meant[i], after)
    for i in range(1, len(meant)):
        paid = _is_paid(found[i - 1][0]) or _told_plan(found[:i])
        of_plan = _beside_plan(found[i][0], meant[i], found[i - 1])
        beyond = _beyond_plan(found[i], found[i + 1]) if i + 1 < len(found) else False
        bare = _bare_completion(found[i][0], meant[i], meant[:i], paid=paid)
        bare = bare and (is_money(meant[i].metric) or not beyond) and not _of_told(found[: i + 1])
        adds_up = _adds_up_to_plan(found[: i + 1])
        if adds_up and not any(_LIKELY.search(c.left) for c, _ in found[:i]):
            meant[i] = replace(meant[i], scenario="actual")
        finished = _told_plan(found[:i]) and _finished(*found[i])
        if of_plan or bare or adds_up or finished:
            done = next((m for m in meant[:i] if m.measure == "plan_completion"), None)
            basis = done.basis if done else "plan"
            meant[i] = replace(meant[i], measure="plan_completion", basis=basis)
        if _listed_rate(found[i][0], meant[i], meant[i - 1]):
            meant[i] = replace(meant[i], measure=meant[i - 1].measure, basis=meant[i - 1].basis)
    return meant


_PLANNED = re.compile(
    r"(?<!\S)(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết|kh|giao|phân bổ|bố trí)(?!\S)"
)


def _finished(clause: Clause, meant: Meant) -> bool:
    """Does the verb say of what: "Kế hoạch thu mua 12.000 tấn chè đã hoàn thành được 84%"?"""
    return _unbased(clause, meant) and _FINISHED.search(canonical(clause.left)) is not None


_FINISHED = re.compile(r"(?<!\S)hoàn thành(?: được)?(?: (?:hơn|gần|trên|khoảng))*$")
_LIKELY = re.compile(r"\bước\b|\bdự kiến\b|\bphấn đấu\b|\bkhả năng\b", re.IGNORECASE)
_NAMED = re.compile(rf"{_PLANNED.pattern}(?! hóa| hoá| và đầu| đầu)(?: \S+){{0,5}}$")
_SPENT = re.compile(r"(?<!\S)(?:giải ngân|thanh toán|phân bổ|quyết toán)(?!\S)")
_ROUNDED = Decimal("0.6")
"""Percentage points that a printed rate may be from what its two amounts give."""


def _of_told(found: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is the last rate that of two amounts told: "phải thu hồi 8,7 tỷ, đã thu 6,9 tỷ, đạt 79,3%"?

    What it is a part of is no plan, where no word says so; money to be spent is one.
    """
    rate, part = found[-1][0].quantity, found[-2][0].quantity
    if _SPENT.search(canonical(found[-2][0].left)):
        return False
    wholes = (
        clause.quantity
        for clause, meant in found[:-2]
        if meant.measure == "level" and _PLANNED.search(clause.phrase) is None
    )
    alike = (w.value for w in wholes if w.unit == part.unit and w.value > part.value)
    return any(abs(100 * part.value / whole - rate.value) < _ROUNDED for whole in alike)


def _adds_up_to_plan(found: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is a rate what was done of a plan told: "Kế hoạch 50 ha, trồng 60 ha, bằng 120%"?

    Or behind both of them: "thu 2.400 tỷ đồng/KH 2.210 tỷ đồng (108,6%)".
    """
    (clause, meant), told = found[-1], found[:-1][-2:]
    left = canonical(clause.left)
    if not _unbased(clause, meant) or not (_REACHED.fullmatch(left) or clause.left.strip() == "("):
        return False
    planned = [m.scenario == "plan" or bool(_NAMED.search(canonical(c.left))) for c, m in told]
    if sorted(planned) != [False, True] or any(m.measure != "level" for _, m in told):
        return False
    plan, done = (told[planned.index(of)][0].quantity for of in (True, False))
    near = plan.value and abs(100 * done.value / plan.value - clause.quantity.value) < _ROUNDED
    return plan.unit == done.unit and bool(near)


_SETTLED = re.compile(r"(?<!\S)(?:thi hành|giải quyết)(?: án)? xong(?!\S)")
"""Whose rate is of the money in dispute: "đã thi hành xong 445 tỷ đồng, đạt tỷ lệ 48,56%"."""


def _is_paid(clause: Clause) -> bool:
    return clause.quantity.unit in MONEY and _SETTLED.search(canonical(clause.left)) is None


_DONE = re.compile(
    r"(?<!\S)(?:hoàn thành|vượt|đạt|kịp|chậm)(?: \w+){0,3} "
    r"(?:chỉ tiêu|kế hoạch|dự toán|tiến độ)(?!\S)"
    r"|(?<!\S)tiến độ thu(?!\S)"
    r"|(?<!\S)(?<!tỷ lệ )giải ngân(?: (?:vốn|đạt|ở mức))? (?:cao|thấp|chậm|khá|tốt)(?!\S)"
    r"|(?<!\S)(?:khoản thu|sắc thuế|nguồn thu)(?: \S+){0,5} đạt(?: tỷ lệ)? (?:\S+ )?"
    r"(?:khá|cao|tốt|thấp)(?!\S)"
)


def completions(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Rates of a list under its head: "Một số xã hoàn thành vượt chỉ tiêu như: A 112%, B 108%".

    The head may count the list: "Có 3 huyện hoàn thành chỉ tiêu là A (101%), B (103%)".
    """
    counted = len(found) > 1 and found[1][0].bracketed and found[0][0].quantity.kind == "amount"
    head = found[0][0].tail if counted else found[0][0].left if found else ""
    plain = canonical(head)
    if _DONE.search(plain) is None:
        return list(found)
    named = _OF_TARGETS.search(plain) is not None
    money = named and _OF_TAKINGS.search(plain) is not None
    return [
        (c, replace(m, measure="plan_completion", basis="plan"))
        if _unbased(c, m) or (named and _reached(c, m, money=money))
        else (c, m)
        for c, m in found
    ]


_OF_TARGETS = re.compile(
    r"(?<!\S)(?:chỉ tiêu|khoản thu|sắc thuế|nội dung) (?:\S+ ){0,6}?"
    r"(?:chưa|không|khó|hoàn thành|đạt|vượt)(?!\S)"
)
"""Which of the targets are missed, each by its name: "chỉ tiêu chưa đạt kế hoạch như dịch vụ đạt
67,2%, thu ngân sách đạt 77,5%"."""


_OF_TAKINGS = re.compile(r"(?<!\S)(?:khoản thu|sắc thuế) .*(?<!\S)(?:dự toán|kế hoạch)(?!\S)")
"""Money has no share of its own: "các khoản thu đạt thấp so với dự toán: phí 60%, lệ phí 72%"."""


def _reached(clause: Clause, meant: Meant, *, money: bool) -> bool:
    left = clause.left.rpartition(":")[2]
    bare = not canonical(clause.tail) and "tỷ lệ" not in canonical(left)
    told = left.rstrip().endswith(("đạt", "(")) or (money and bool(_NAME.fullmatch(left)))
    return _is_ratio(clause, meant) and bare and told


def completed_in_brackets(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Rates in brackets of a list, one of them above all: "114 người (đạt 67%); 129 (đạt 117%)".

    Who reached more than 100% reached more than was planned, and the others are told likewise.
    """
    beyond = any(_in_bracket(c) and m.measure == "plan_completion" for c, m in found)
    planned = any(m.measure == "plan_completion" for _, m in found)
    return [
        (c, replace(m, measure="plan_completion", basis="plan"))
        if _unbased(c, m) and ((beyond and _in_bracket(c)) or (planned and _alone_beyond(c)))
        else (c, m)
        for c, m in found
    ]


def paid_of_plan(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Rates in brackets behind what was paid out: "giải ngân 2.811 tỷ đồng (35,1%), vốn … (26%)".

    A part of all that was paid is said to be one: "chiếm 35,1%".
    """
    paid, told = False, list(found)
    for i, (clause, meant) in enumerate(found):
        if clause.quantity.unit in MONEY:
            paid = paid or "giải ngân" in canonical(clause.left)
        behind = i > 0 and found[i - 1][0].quantity.unit in MONEY and clause.left.strip() == "("
        if (paid and behind and _unbased(clause, meant)) or _pays(clause, meant):
            told[i] = (clause, replace(meant, measure="plan_completion", basis="plan"))
    return told


def _pays(clause: Clause, meant: Meant) -> bool:
    """Does the verb itself say of what: "huyện A giải ngân 38,2%"?"""
    rate = _is_ratio(clause, meant) and not canonical(clause.tail)
    return rate and _PAYS.search(canonical(clause.left)) is not None


_PAYS = re.compile(
    r"(?<!\S)(?<!tỷ lệ )giải ngân(?: (?:được|đạt|mới|chỉ|ước|hơn|gần|trên))*(?: tỷ lệ)?$"
)


def _alone_beyond(clause: Clause) -> bool:
    """Is a rate alone in its bracket more than all: "145.300 việc làm mới (103,8%)"?"""
    return clause.quantity.value > _ALL and clause.left.strip() == "("


def _in_bracket(clause: Clause) -> bool:
    return _REACHED_IN_BRACKET.fullmatch(clause.left) is not None


_REACHED_IN_BRACKET = re.compile(r"\s*\((?:đạt|bằng)(?: (?:gần|hơn|trên))?\s*", re.IGNORECASE)


def _unbased(clause: Clause, meant: Meant) -> bool:
    return _is_ratio(clause, meant) and not meant.own and not canonical(clause.tail)


def _told_plan(found: Sequence[tuple[Clause, Meant]]) -> bool:
    """Does the sentence state a plan before: "Chỉ tiêu được giao là 21.500 người, …"?"""
    return any(
        contains_any(canonical(clause.left), ("kế hoạch", "chỉ tiêu", "dự toán"))
        for clause, meant in found
        if meant.measure == "level"
    )


_LIKENED = re.compile(r"(?<!\S)(?:so|(?:cao|thấp|tăng|giảm) hơn)(?: với)? cùng kỳ(?!\S)")
_EQUAL = re.compile(r"\bbằng(?: (?:gần|hơn|trên|khoảng|chỉ))*\s*$", re.IGNORECASE)


_DOWN_TO = re.compile(r"(?:xuống |chỉ |nay )?còn(?: lại)?")


def fallen_to(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """By how much a rate fell that only what it fell to names: "Hộ nghèo giảm 3,2%, còn 7,2%"."""
    told = list(found)
    for i, ((_, fell), (clause, rate)) in enumerate(pairwise(found)):
        left = _DOWN_TO.fullmatch(canonical(clause.left))
        named = rate.measure == "share" and rate.metric is not None
        if left and named and fell.measure == "growth" and fell.metric is None:
            told[i] = (found[i][0], replace(fell, metric=rate.metric))
    return told


def likened(found: Sequence[tuple[Clause, Meant]]) -> list[tuple[Clause, Meant]]:
    """Ratios to what the head of a list says: "thấp hơn cùng kỳ: huyện A bằng 57%, huyện B 76%"."""
    against, told = False, list(found)
    for i, (clause, meant) in enumerate(found):
        left = canonical(clause.left)
        against = _LIKENED.search(left) is not None or (against and ";" not in clause.left)
        equal = _EQUAL.search(clause.left) is not None
        again = i > 0 and told[i - 1] != found[i - 1] and _BARE_NAME.fullmatch(clause.left)
        if against and _is_ratio(clause, meant) and (equal or again):
            told[i] = (clause, replace(meant, basis="same_period_last_year"))
    return told


_NAME = re.compile(r"\W*(?:và )?(?:[^\W\d]+ ){1,9}")
_BARE_NAME = re.compile(r"\W*(?:và )?(?:[^\W\d]+ ){1,5}")


def _is_ratio(clause: Clause, meant: Meant) -> bool:
    rate = clause.quantity.unit == "percent" and meant.measure == "share"
    return rate and meant.basis is None


_REACHED = re.compile(
    r"(?:(?:đã|mới|chỉ|cũng) )*(?:đạt|bằng|hoàn thành)(?: tỷ lệ)?"
    r"(?: (?:hơn|gần|trên|khoảng|xấp xỉ|được|tới|mức))*"
)


def _beside_plan(clause: Clause, rate: Meant, before: tuple[Clause, Meant]) -> bool:
    """A rate behind both what was done and its plan: "15.530/22.366 ha kế hoạch, bằng 70%"."""
    last, meant = before
    told = meant.scenario == "plan" or _of_plan(last)
    if not told or meant.measure != "level" or clause.quantity.unit != "percent":
        return False
    bare = rate.measure == "share" and rate.basis is None and not rate.own
    return bare and bool(_REACHED.fullmatch(canonical(clause.left))) and not canonical(clause.tail)


def _of_plan(last: Clause) -> bool:
    """Is a fraction one of a plan: "15.530/22.366 ha kế hoạch", "giải ngân 2.204/3.255 tỷ đồng"?"""
    paid = last.quantity.unit in MONEY and _PAID_OUT.search(canonical(last.left))
    return last.quantity.kind == "fraction" and bool(paid or names_plan(last.tail))


_PAID_OUT = re.compile(r"(?<!\S)(?:giải ngân|thu ngân sách|thu nội địa)(?!\S)(?!.*(?:nợ|thu hồi))")


def _beyond_plan(rate: tuple[Clause, Meant], after: tuple[Clause, Meant]) -> bool:
    """A rate below 100 that is above its goal is none of a plan: "xong 10 tỷ, đạt 62%, vượt 3%".

    That of revenue may be: of the year's plan, and above the goal of the quarter.
    """
    above = after[1].measure == "growth" and after[1].basis in PLAN_BASES
    return above and after[1].sign > 0 and rate[0].quantity.value < _ALL


_ALL = 100


def _bare_completion(clause: Clause, rate: Meant, before: Sequence[Meant], *, paid: bool) -> bool:
    """A bare "đạt 51%" behind an amount: of the plan, if it is money or its list names one."""
    if rate.measure != "share" or rate.basis is not None or rate.own:
        return False
    met = _MET.fullmatch(canonical(clause.left))
    grew = met is None and before[-1].measure == "growth"
    if _REMARK.sub("", canonical(clause.tail)) or not (grew or before[-1].measure == "level"):
        return False
    money = paid or is_money(rate.metric)
    if met is None:
        again = (clause.bracketed or money or grew) and _EQUALS.fullmatch(canonical(clause.left))
        return bool(again) and _of_plans(before)
    return money or (met[1] is None and any(m.measure == "plan_completion" for m in before))


def completed_later(found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """Bare rates of a list whose last one names the plan: "6.512 người, đạt 93%; …, đạt 87% KH".

    Each stands behind its own count, and semicolons part them.
    """
    last = next((i for i, m in enumerate(bound) if m.measure == "plan_completion"), 0)
    rates = [i for i in range(1, last) if found[i].quantity.unit == "percent"]
    if not rates or not any(";" in clause.left for clause in found[rates[-1] + 1 : last]):
        return bound
    met = (_MET.fullmatch(canonical(found[i].left)) for i in rates)
    if not all(m is not None and m[1] is None for m in met):
        return bound
    for i in rates:
        if bound[i - 1].measure == "level" and _unbased(found[i], bound[i]):
            bound[i] = replace(bound[i], measure="plan_completion", basis=bound[last].basis)
    return bound


def as_told_before(
    found: Sequence[Clause], bound: list[Meant], before: Sequence[tuple[str, Meant]]
) -> list[Meant]:
    """The bare rate behind a count, where the sentence before told one of a plan behind its own.

    "- BHXH bắt buộc: 83.415 người, đạt 95,6% kế hoạch." over "- BHXH tự nguyện: 20.118 người, đạt
    82,4%." What else the lines tell, such as a growth, stands in the same order in both.
    """
    units = [unit for unit, _ in before]
    if len(units) < _PAIR or units != [c.quantity.unit for c in found] or units[1] != "percent":
        return bound
    told = before[1][1]
    if units[0] == units[1] or told.measure != "plan_completion":
        return bound
    alike = (before[0][0], before[0][1].measure) == (found[0].quantity.unit, bound[0].measure)
    alike = alike and bound[0].metric != "health_insurance_participants"  # that may be covered
    met = _MET.fullmatch(canonical(found[1].left))
    if alike and met is not None and met[1] is None and _unbased(found[1], bound[1]):
        bound[1] = replace(bound[1], measure="plan_completion", basis=told.basis)
    return bound


_PAIR = 2
_MET = re.compile(
    r"(?:(?:đã|mới|chỉ|cũng) )*đạt( tỷ lệ)?(?: (?:hơn|gần|trên|khoảng|xấp xỉ|được|tới|mức))*"
)
"""As in "thu 711 tỷ đồng, đạt tỷ lệ 23,4%"; behind a count such a rate is of those counted."""
_REMARK = re.compile(r"^(?:là|xếp|đứng|nhờ|do|vì|chủ yếu|(?:cao|thấp) nhất|thuộc nhóm)(?!\S).*")
"""What is said of a rate and is none of its base: "đạt 27,4%, là khoản thu đạt thấp"."""
_EQUALS = re.compile(r"bằng(?: (?:hơn|gần|trên|khoảng))?")
"""Behind a rate of the plan: "thu nội địa 4.987 tỷ đồng (bằng 23,8%; -15,6%)"."""


def _of_plans(before: Sequence[Meant]) -> bool:
    """Were the rates told before of plans, and none of them of the year before?"""
    ratios = {m.basis for m in before if m.measure == "share"}
    completed = any(m.measure == "plan_completion" for m in before)
    return completed and "same_period_last_year" not in ratios


def _listed_rate(clause: Clause, rate: Meant, before: Meant) -> bool:
    """As in "xã A đạt 78% kế hoạch, xã B đạt 80%": the base is printed once, at its head."""
    part = before.measure == "plan_completion" and rate.metric is None
    named = rate.own and not (part and _OF_BUDGET.search(canonical(clause.left)))
    alone = rate.measure == "share" and rate.basis is None and not named
    listed = before.measure in {"plan_completion", "share"} and before.basis is not None
    if not (alone and listed and clause.quantity.unit == "percent"):
        return False
    return _OWN_VERB.search(clause.left) is None and _OF_WHOM.match(clause.tail) is None


_OF_WHOM = re.compile(
    r"\s*(?:ở|thuộc|sống|có trình độ|(?:là|người|nữ|nam)\b"
    r"(?! (?:khoản|đơn vị|xã|huyện|địa|mức|cao|thấp|con|tỷ)))\b",
    re.IGNORECASE,
)
"""What part of those counted they are: "đạt 38% kế hoạch; trong đó 44% ở nông thôn, 50% là nữ"."""
_OWN_VERB = sought(r"chiếm|tỷ lệ|tỉ lệ|bao phủ|bằng|tăng|giảm|\(")
_OF_BUDGET = re.compile(
    r"(?:^|trong đó |riêng |còn )(?:(?:thu|chi|tiền) [^,;]*\bđạt|(?:thuế|lệ phí|phí) [^,;]*)$"
)
"""A part of a budget: "thu ngân sách đạt 53,8% dự toán, trong đó thu nội địa đạt 52,1%"."""


def _with_base(rate: Meant, after: Meant) -> Meant:
    other = rate.metric != after.metric and (rate.own or rate.metric is not None)
    other = other or (rate.own and rate.metric is None)
    if after.measure not in {"share", "plan_completion"} or (other and after.own):
        return rate
    return replace(
        rate, measure=after.measure, basis=after.basis, metric=rate.metric or after.metric
    )
