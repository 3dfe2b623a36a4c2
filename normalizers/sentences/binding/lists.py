"""Lists told "lần lượt": the subjects stand before the figures, in the same order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from normalizers.measures import basis_of
from normalizers.metrics import INSURANCE, MetricMatch, match_phrase
from normalizers.quantities.reading import Quantity
from normalizers.sentences.clauses import IN_TURN, Clause
from normalizers.sentences.naming.meant import Meant
from normalizers.sentences.naming.wordings import before_figure
from normalizers.sentences.naming.words import says, spoken
from normalizers.sentences.settings import Setting
from normalizers.sentences.where.turns import listed_after
from normalizers.spelling import canonical
from normalizers.watching import watched
from solieu.quick import replace


def respective(
    found: Sequence[Clause], bound: list[Meant], blanked: str, setting: Setting
) -> list[Meant]:
    """The meanings with the metrics that "A và B lần lượt là x và y" names in front."""
    cue = IN_TURN.search(blanked)
    if cue is None:
        return bound
    after = listed_after(found, cue.end())
    if len(after) < 2:
        return bound
    first = found[after[0]]
    nouns = [(spoken(found[i], blanked).noun, found[i].quantity.unit) for i in after]
    left = blanked[first.start : first.quantity.start]
    matches = _metrics(left, len(after), nouns, insurance=setting.insurance)
    matches = matches or _shares(left, blanked, found, after) or _rates(left, found, after)
    lead = bound[after[0]]
    for i in after[1:]:
        said = set(canonical(found[i].left).split())
        listed = said <= {"và", "là"} or (said <= {"và", "âm"} and lead.measure == "growth")
        own = bound[i].own and "âm" not in said
        if listed and found[i].quantity.unit == first.quantity.unit and not own:
            sign = -1 if "âm" in said else lead.sign
            kept = replace(lead, label=bound[i].label, topic=bound[i].topic, own=False)
            bound[i] = replace(kept, sign=sign)
    last = bound[after[-1]]
    for i in after[:-1]:
        if bound[i].metric is None and found[i].quantity.unit == found[after[-1]].quantity.unit:
            bound[i] = replace(bound[i], metric=last.metric)
    matches = matches or _named_before(found, bound, cue.start(), len(after))
    for i, match in zip(after, matches, strict=False):
        if match is not None:
            bound[i] = replace(bound[i], metric=match.metric)
    return bound


_BASE = (
    r"(?:(?:đầu|cuối|cùng kỳ) năm(?: trước| ngoái| \d{4})?|cùng kỳ|(?:tháng|quý|năm) trước"
    r"|(?:tháng \d{1,2}|quý [IV]+)(?: năm |/)\d{4}|năm \d{4}|kế hoạch|dự toán)"
)
_BASES = watched(
    rf"\bso (?:với )?(?P<first>{_BASE}) (?:và|,) ?(?:so (?:với )?)?(?P<second>{_BASE})(?!\w)"
)
"""Two times of which each has its figure: "so với tháng trước và cùng kỳ tăng lần lượt 5%, 17%"."""


def against_each(text: str, found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """The changes of a list, each against its own of the two times that are named."""
    hit = _BASES.search(text) if len(found) > 1 else None
    cue = IN_TURN.search(text) if hit else None
    after = listed_after(found, cue.end()) if cue else []
    if hit is None or len(after) != 2 or not {bound[i].measure for i in after} <= _CHANGES:
        return bound
    for i, name in zip(after, ("first", "second"), strict=True):
        basis, year = basis_of(f"so với {canonical(hit[name])}")
        bound[i] = replace(bound[i], basis=basis, base_year=year)
    return bound


_CHANGES = frozenset({"change", "growth"})


def ranges(found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """The two ends of "5 - 5,5 triệu lượt khách du lịch" mean the same."""
    for i in range(len(found) - 1):
        if (found[i].quantity.kind, found[i + 1].quantity.kind) == ("range_low", "range_high"):
            low, high = bound[i : i + 2]
            meant = low if low.metric or low.scenario == "plan" else high
            if low.measure in {"growth", "change"}:  # "giảm từ 3 - 4% hộ nghèo"
                meant = replace(
                    low, metric=low.metric or high.metric, basis=low.basis or high.basis
                )
            bound[i : i + 2] = meant, meant
    return bound


_MOVED = watched(
    r"\b(?:nhóm|mặt hàng|ngành|lĩnh vực|khoản|sắc thuế|nguồn thu)\b[^:;.]{0,60}"
    r"\b(tăng|giảm)\b[^:;.\d]{0,30}:"
    r"|\b(tăng|giảm)(?: trưởng)? (?:mạnh|cao|nhiều|khá|nhanh|sâu)(?: nhất)?(?: là| ở| gồm)?"
    r" (?:các |một số |những )?(?:ngành|nhóm|sản phẩm|mặt hàng)[^:;.\d]{0,24}:"
    r"|\b(?:\d+|một(?: số)?|hai|ba|bốn|năm|các|những|nhiều)"
    r" (?:nhóm|mặt hàng|ngành|lĩnh vực|khoản|sắc thuế|nguồn thu|sản phẩm)(?: [^\W\d]+){0,4}?"
    r" (tăng|giảm)(?: (?:giá|trưởng|nhẹ|mạnh|cao|khá|sâu|nhiều|nhất))* (?:là|gồm|như)\b"
)
_OTHER = re.compile(
    r"\b(?:tỷ lệ|tỷ trọng)\b|\b(?:chiếm|bằng|đạt|còn)(?: (?:gần|hơn|trên|khoảng|tới))*\s*$",
    re.IGNORECASE,
)
"""What makes it no rate of growth; "bao bì bằng giấy 8%" names what it is made of."""


def moved(text: str, found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """The rates of a list of what rose: "8 nhóm hàng tăng: giáo dục tăng 2,4%; hàng ăn 0,2%"."""
    heads = list(_MOVED.finditer(text))
    for i, (clause, meant) in enumerate(zip(found, bound, strict=True)):
        head = next((h for h in reversed(heads) if h.end() <= clause.quantity.start), None)
        bare = (
            meant.measure == "share" and meant.basis is None and clause.quantity.unit == "percent"
        )
        if head is not None and bare and not _OTHER.search(clause.left):
            sign = -1 if (head[1] or head[2] or head[3]).lower() == "giảm" else 1
            bound[i] = replace(meant, measure="growth", sign=sign)
    return bound


_JOINS = re.compile(r"\s*[;,]\s*(?:và\s+)?")


def bracketed_alike(found: Sequence[Clause], bound: list[Meant]) -> list[Meant]:
    """Pairs of rates in brackets mean what the first says: "(đạt 34%, bằng 124%) … (28%; 116%)".

    Only a pair that says all of its rates is gone back to, and only by pairs that say nothing.
    """
    said: list[Meant] = []
    for i in range(len(found) - 1):
        pair = found[i].bracketed and _in_one_bracket(found[i], found[i + 1])
        if not pair or any(found[k].quantity.unit != "percent" for k in (i, i + 1)):
            continue
        first, second = bound[i : i + 2]
        if _tells(first) and found[i + 1].left.strip(" ;,"):
            said = [first, second] if first.sign > 0 and second.sign > 0 else []
        elif said and not _tells(first) and _JOINS.fullmatch(found[i + 1].left):
            bound[i] = replace(first, measure=said[0].measure, basis=said[0].basis)
            bound[i + 1] = replace(second, measure=said[1].measure, basis=said[1].basis)
    return bound


def _in_one_bracket(one: Clause, two: Clause) -> bool:
    between = f"{one.tail}{two.left}"
    return "(" not in between and ")" not in between


def _tells(rate: Meant) -> bool:
    return rate.measure != "share" or rate.basis is not None


_AGAIN = watched(
    r"\b(?<!chiếm )(?:con số|số liệu|chỉ số|chỉ tiêu|tỷ lệ|kết quả|cơ cấu|tỷ trọng)"
    r"(?: (?:này|đó|trên))*"
    r"(?: (?:ở|tại|của) [^,;.\d]{1,40}?)?"
    r" (?:lần lượt|tương ứng)\b"
    r"|[(;]\s*(?:số liệu |con số )?(?:của )?(?:cùng kỳ|năm)(?: năm)?(?: trước| ngoái| \d{4})?"
    r" (?:là )?(?:lần lượt|tương ứng)\b"
)
"""Also of another year, told beside it: "(năm 2022 tương ứng là 15,15%; 51,6%; 26,59%)"."""


def repeated(
    text: str, found: Sequence[Clause], bound: list[Meant], before: Sequence[tuple[str, Meant]]
) -> list[Meant]:
    """What the sentence before measured, in its order: "Tại B, các con số tương ứng là x, y"."""
    cue = _AGAIN.search(text)
    after = listed_after(found, cue.end()) if cue else []
    ahead = [(c.quantity.unit, m) for c, m in zip(found, bound, strict=True)]
    if after and len(ahead[: after[0]]) >= len(after):
        before = ahead[after[0] - len(after) : after[0]]
    if len(after) != len(before) or not after:
        return bound
    for i, (unit, meant) in zip(after, before, strict=True):
        if found[i].quantity.unit == unit:
            bound[i] = replace(meant, label=bound[i].label, own=False)
    return bound


def _named_before(
    found: Sequence[Clause], bound: Sequence[Meant], cue: int, count: int
) -> list[MetricMatch | None]:
    """The metrics of the amounts that "lần lượt" goes back to.

    "… 92 người tham gia A và 44 người tham gia B, so với năm trước tăng lần lượt 3% và 8%"
    """
    amounts = [
        m
        for c, m in zip(found, bound, strict=True)
        if c.quantity.end <= cue and m.own and m.measure in {"level", "change"}
    ]
    named = [m for m in amounts if m.metric]
    if len(amounts) == count and named:
        named = amounts
    return [MetricMatch(m.metric) for m in named[-count:]] if len(named) >= count else []


_JOINED = re.compile(r"\s*(?:,|;|và|,\s*và)(?:\s+là)?\s*")
_SCALE = re.compile(r"\s*(nghìn tỷ|nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE)


def borrowed(found: list[Clause], text: str) -> list[Clause]:
    """The unit printed once, behind the last of a list: "lần lượt đón 428.000 và 61.250 lượt"."""
    cue = IN_TURN.search(text) if len(found) > 1 else None
    if cue is None:
        return found
    shared, scale = list(found), Decimal(1)
    for i in range(len(found) - 2, -1, -1):
        this, after = shared[i].quantity, shared[i + 1].quantity
        bare = this.unit in {"", "count"} and this.unit_text is None and this.start > cue.end()
        if bare and _JOINED.fullmatch(text[this.end : after.start]):
            scale = _scale(after) if after.unit_text is not None else scale
            quantity = _in_unit(this, after, scale)
            shared[i] = replace(shared[i], quantity=quantity)
    return shared


_WHOLE = 1000
"""From here on a number is printed in full: "1.500.000 và 2 triệu"."""


def _in_unit(this: Quantity, after: Quantity, scale: Decimal) -> Quantity:
    if this.value >= _WHOLE:
        scale = Decimal(1)
    other = this.alternative
    return replace(
        this,
        unit=after.unit,
        noun=after.noun,
        value=this.value * scale,
        alternative=other * scale if other is not None else None,
        rounding=this.rounding * scale,
        flags=(*(f for f in this.flags if f != "unitless"), "unit_assumed"),
    )


def _scale(quantity: Quantity) -> Decimal:
    """What a magnitude word behind the digits multiplies them by."""
    digits = re.match(r"[\d.,\s]*\d", quantity.raw)
    word = _SCALE.match(quantity.raw, digits.end()) if digits else None
    scales = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "nghìn tỷ": 12}
    return Decimal(10) ** scales[word[1].lower()] if word else Decimal(1)


def _parts(left: str, count: int, marks: str) -> list[str]:
    """The subjects before "lần lượt", parted by `marks`, else by commas; [] where not `count`."""
    before = re.split(r"lần lượt|tương ứng", left)[0]
    parts = [p for p in re.split(marks, before) if p.strip()]
    if len(parts) != count:
        parts = [p for p in re.split(r"\s+và\s+|\s*[;,]\s*", before) if p.strip()][-count:]
    return parts if len(parts) == count and all(map(says, map(canonical, parts))) else []


def _shares(
    left: str, blanked: str, found: Sequence[Clause], after: Sequence[int]
) -> list[MetricMatch | None]:
    """The sectors that shares are told of in turn: "A; B; C chiếm tỷ trọng lần lượt là x, y, z"."""
    if any(found[i].quantity.unit != "percent" for i in after):
        return []
    head = f"{canonical(blanked[:_HEAD])} {canonical(left)} unit percent"
    parts = _parts(left, len(after), r"\s*;\s*")
    named = [before_figure(canonical(part), head, "") for part in parts]
    return [MetricMatch(n[0]) if n else None for n in named] if all(named) else []


_HEAD = 80


def _rates(left: str, found: Sequence[Clause], after: Sequence[int]) -> list[MetricMatch | None]:
    """The rates of "tỷ lệ hộ nghèo và hộ cận nghèo lần lượt là x và y": the word stands once."""
    parts = [canonical(p) for p in _parts(left, len(after), r"\s+và\s+|\s*;\s*")]
    rates = all(found[i].quantity.unit == "percent" for i in after)
    if not parts or not rates or "tỷ lệ" not in parts[0]:
        return []
    heads = [p[p.find("tỷ lệ") :] if "tỷ lệ" in p else f"tỷ lệ {p}" for p in parts]
    named = [before_figure(head, "", "") for head in heads]
    return [MetricMatch(n[0]) if n else None for n in named] if all(named) else []


def _metrics(
    left: str, count: int, nouns: Sequence[tuple[str, str]], *, insurance: bool
) -> list[MetricMatch | None]:
    """The metric of each subject in "A và B lần lượt là x và y"; [] where they are not `count`."""
    parts = _parts(left, count, r"\s+và\s+|\s*;\s*")
    if not parts:
        return []
    scheme = next(iter(INSURANCE & set(canonical(parts[0]).split())), "")
    whole = [p if INSURANCE & set(canonical(p).split()) else f"{scheme} {p}" for p in parts]
    found = [
        match_phrase(part, noun, unit, insurance=insurance)
        for part, (noun, unit) in zip(whole, nouns, strict=True)
    ]
    return found if any(found) else []
