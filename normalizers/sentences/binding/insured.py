"""What reports of insurance leave unsaid: who owes, who must take part, whose part is told.

"4 đơn vị chậm đóng trên 0,5 tỉ đồng" counts debtors; "khối doanh nghiệp nợ 471 tỷ đồng" tells a
part of all arrears, which has no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.words import MONEY
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
        told = told or (this.metric, after.metric) == _DEBT
        if told and _owe_alike(bound[i : i + 2]):
            bound[i : i + 2] = [
                (c, replace(m, metric=metric))
                for (c, m), metric in zip(bound[i : i + 2], _DEBT, strict=True)
            ]
    return bound


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
        some = this.measure == "level" and _LIABLE.search(_around(clause))
        if some and any(_of_them(clause, c) for c, m in bound[i + 1 :] if m.measure == "level"):
            bound[i] = (clause, replace(this, metric=None))
    return bound


def _of_them(clause: Clause, after: Clause) -> bool:
    whole, part = clause.quantity, after.quantity
    alike = whole.unit == part.unit and part.value < whole.value
    return alike and _TAKES_PART.search(_around(after)) is not None


def _around(clause: Clause) -> str:
    return canonical(f"{clause.left} {clause.tail}")
