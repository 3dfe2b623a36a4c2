"""The metric that a clause names, and whether it names any subject of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from normalizers.measures import PLAN_BASES, RATES, Measured
from normalizers.metrics import (
    COVER,
    INSURANCE,
    MetricMatch,
    Vocabulary,
    match_phrase,
    vocabulary,
    without_agencies,
    without_base,
)
from normalizers.seeking import Together, sought
from normalizers.sentences.naming.insurance import (
    OWED_TO_ONE,
    applied,
    bare_money,
    collected,
    done_to,
    is_liable,
    is_satisfied,
    of_budget,
    of_liable,
    of_pupils,
    part_of_scheme,
    recipients,
)
from normalizers.sentences.naming.meant import Subject, counts_in, is_money
from normalizers.sentences.naming.partial import (
    at_one_place,
    of_another_part,
    of_things,
    of_town,
    told_of_all,
)
from normalizers.sentences.naming.rates import of_both, rate_behind
from normalizers.sentences.naming.shares import share_told
from normalizers.sentences.naming.slotted import slotted
from normalizers.sentences.naming.visitors import CARRIERS, some_visitors, welcomed
from normalizers.sentences.naming.wordings import around_figure, before_figure, behind_figure
from normalizers.sentences.naming.words import MONEY, Words, says
from normalizers.spelling import canonical, contains, contains_any, words
from solieu.quick import replace

_BASES = PLAN_BASES | {"labour_force", "population", "receivable", "students"}
_MOVED = sought(r" (?:tăng|giảm)(?= (?:từ|còn|xuống|lên)(?!\w))", flags=0)
"""A change of a level that is named itself: "tỷ lệ hộ nghèo giảm từ 7,1% xuống còn 4,8%"."""
_PART = re.compile(r"(?<!\w)(?:trong đó|trong số này|với|cho biết)(?!\w)")


def named_metric(
    said: Words, how: Measured, unit: str, subject: Subject, *, insurance: bool
) -> tuple[MetricMatch | None, bool]:
    """The code that the clause names, and whether the clause names any subject at all."""
    if unit in MONEY and _again(said, subject):
        return None, False
    first = _before_rules(said, how, unit, subject)
    if first is not None:
        return first
    if how.measure == "share" and how.basis is not None and how.basis not in _BASES:
        said = replace(said, bare_tail="", tail="")
    found = collected(said, how) if insurance else None
    found = found or slotted(said, unit, insurance=insurance or _of_insurance(said))
    found = found or part_of_scheme(said, unit, subject)
    found = found or _in_prices(said, unit, subject) or _per_head(said, unit, subject)
    if found is not None and of_budget(found, said):
        found = None
    found = MetricMatch(None) if found is not None and done_to(found, said) else found
    if found is not None and (found.metric or says(said.bare_left)):
        return of_pupils(found, said), True
    bare = bare_money(said, how, unit) if found is None and insurance else None
    if bare is not None:
        return MetricMatch(bare), True
    if unit in RATES and how.basis == "labour_force" and not says(without_base(said.bare_left)):
        return _of_labour_force(said)
    known = _worded(said, how, unit) or _known(said, how, unit, subject)
    known = known or of_town(said, how, subject)
    known = told_of_all(known, said, how, unit) if known else None
    constant = _CONSTANT.match(said.tail) or _CONSTANT.match(said.left)
    if known and known.metric in _GRDP.values() and constant:
        known = MetricMatch(_GRDP["so sánh"])
    amount = unit not in RATES and (how.measure == "level" or _of_bodies(said, how, unit))
    left = _AIMS.sub(" ", without_agencies(said.bare_left))
    named = says(_SOME_PLACES.sub(" ", _NEXT_IN_RANK.sub(" ", left))) or (
        amount and _names_more(said, subject, unit)
    )
    named = named or (unit in RATES and how == _SHARE and _of_some(said))
    named = named or (unit in RATES and how.measure == "growth" and _others_grew(said, subject))
    named = named or _RECRUITS.search(said.bare_left) is not None
    return known, bool(known or named)


def _of_insurance(said: Words) -> bool:
    """Does the statement speak of insurance, where the document else does not?"""
    return not INSURANCE.isdisjoint(f"{said.head} {said.left} {said.tail}".split())


_AIMS = sought(
    r"(?<!\S)(?:muốn|để|nhằm|(?:đặt(?: ra)?|đề ra|hướng tới)(?: (?:mục tiêu|chỉ tiêu|kế hoạch))?"
    r"|(?:(?:trung ương|tw|bộ tài chính|(?:thủ tướng )?chính phủ|thủ tướng|cấp trên"
    r"|(?:(?:hđnd|ubnd) )?(?:tỉnh|thành phố|huyện)|hđnd|ubnd) )?giao(?: phấn đấu)?)(?!\S)",
    flags=0,
)
"""What says that a figure is aimed at, and not what it counts."""


_SOME_PLACES = re.compile(
    r"^(?:\S{1,2} )?(?:tiêu biểu (?:là )?)?(?:một số|nhiều|các|những|\d+) "
    r"(?:địa phương|tỉnh|huyện|xã|phường|đơn vị|nơi|bhxh (?:các )?huyện)"
    r"(?: (?:đã|có|làm|thực hiện|triển khai|hoàn thành|đạt|kết quả|thành tích|tỷ lệ|tốt|khá|cao"
    r"|thấp|còn|tiêu biểu|điển hình|nổi bật|dẫn đầu|tăng|nhanh|mạnh|nhất))* (?:như|là|gồm)"
    r"(?: (?:tăng|giảm|đạt))*$"
)
"""Who did well or badly, at what was told before: "Một số địa phương làm tốt như: A (tăng 9 …"."""
_NEXT_IN_RANK = re.compile(
    r"^(?:(?:tiếp|sau|xếp|kế) )?"
    r"(?:(?:đứng|xếp|giữ|ở)(?: ở)?(?: vị trí)? (?:thứ|hạng) \S+"
    r"|(?:tiếp|kế|sau|theo)(?: (?:theo|đến|tiếp|đó|sau))+"
    r"|là (?:năm|lần|quý) (?:đầu tiên|thứ \S+)(?: liên tiếp)? (?:vượt|đạt|cán|chạm)(?: mốc| mức)?)"
    r"(?:(?: (?:là|thuộc về|có|với|đạt|gồm))+|$)"
)
"""Who is next, at what was told before: "Đứng thứ hai là Khánh Hòa với 3.530 tỷ đồng"."""
_RECRUITS = re.compile(r"(?<!\S)giao quân(?!\S)")
"""Two words that say nothing one by one: "giao" is of plans and "quân" of "bình quân"."""


def _of_bodies(said: Words, how: Measured, unit: str) -> bool:
    """Other firms that rose in number: "giảm 11 DN thành lập mới, tăng 64 DN giải thể"."""
    moved = how.measure == "change" and unit == "organisation"
    return moved and set(said.bare_left.split()) <= {"tăng", "giảm", "thêm", "và"}


def product_grew(said: Words, how: Measured, unit: str) -> bool:
    """A percent of the product itself, with no base, is its growth: "GRDP của tỉnh đạt 9,01%"."""
    if unit != "percent" or how != _SHARE or not _PRODUCT_IS.search(said.near):
        return False
    found = before_figure(said.near, f"{said.head} unit vnd", said.noun)
    return found is not None and found[0] in _GRDP.values() and not _OF_WHAT.match(said.tail)


_PRODUCT_IS = re.compile(r"(?<!\S)(?:grdp|tổng sản phẩm)(?!\S).*(?<!\S)đạt(?!\S)")
_OF_WHAT = re.compile(r"(?:so |của |tổng |trong |cả nước|kế hoạch|mục tiêu|chỉ tiêu|grdp|gdp|dự)")
_VERBS = {"thu": "revenue", "chi": "expenditure"}


def _again(said: Words, subject: Subject) -> bool:
    """The bare verb of what the text speaks of: "xã A thu ngân sách 214 tỷ; xã B thu 46 tỷ"."""
    named = set(says(said.near))
    kind = _VERBS.get(named.pop()) if len(named) == 1 else None
    return kind is not None and kind in (subject.metric or "") and not says(said.bare_tail)


def _before_rules(
    said: Words, how: Measured, unit: str, subject: Subject
) -> tuple[MetricMatch | None, bool] | None:
    """What decides before all rules: other shares, what is not had, the user's own vocabulary."""
    share = how.measure == "share" and unit in RATES
    if share and (rate := rate_behind(said) or share_told(said)) is not None:
        return rate, True
    added = unit == "percentage_point" and _CONTRIBUTED.search(said.left)
    both = share and (of_both(said.bare_left) or of_both(said.bare_tail))
    both = both or (unit == "visit" and at_one_place(said)) or (share and of_things(said))
    if both or added or _share_of_others(said, how):
        return None, True
    if said.bare_tail in words("same_recipients") and (same := recipients(subject)) is not None:
        return same, True
    people = unit not in RATES and unit not in MONEY
    asked = unit not in MONEY and applied(f"{said.near} {said.bare_tail}")
    asked = asked or (people and _GIVEN.search(said.left) is not None)
    asked = asked or said.noun.startswith("tiêu chí")  # of a commune, and no communes
    others = _is_amount(how, unit) and is_liable(said.phrase)
    others = others or is_satisfied(said)
    others = others or (unit in MONEY and OWED_TO_ONE.fullmatch(said.left) is not None)
    if others or asked or _not_had(said, how):
        return None, True
    own = vocabulary().own
    mine = _of_user(own, said, how, unit) if own is not None else None
    if mine is None and _is_amount(how, unit):
        mine = of_liable(said, unit, subject) or (welcomed(said) if unit == "visit" else None)
    return (mine, True) if mine is not None else None


_GIVEN = re.compile(r"(?<!\S)(?:tặng|trao)(?: (?!\d)\S+){0,12} cho$")
"""Those who were given something: "trao sổ BHXH và quà cho 10 người tham gia BHXH tự nguyện"."""


_CONTRIBUTED = re.compile(r"(?<!\S)(?:đóng góp|góp)(?: (?:gần|hơn|trên|khoảng|tới))?$")
"""What a sector adds to the growth of the whole: "đóng góp 3,22 điểm % vào tốc độ tăng trưởng"."""


def _not_had(said: Words, how: Measured) -> bool:
    """Those who have not what the metric counts: "chưa tham gia BHXH"."""
    own_share = how.measure == "share" and how.basis is not None and how.basis not in _BASES
    tail = "" if own_share else said.bare_tail
    if (how.basis or "")[:4] == "plan":
        return False
    without = not own_share and _HAVE_NOT.match(said.bare_tail) is not None
    return without or contains_any(f"{said.near} {tail}", words("negated"))


_HAVE_NOT = re.compile(
    r"(?:(?!so |cùng |do |vì |nhưng |tuy |dự |kế |tăng |giảm |trong |của |là |và |đạt )\S+ ){0,4}"
    r"(?:chưa|không) (?:được|có|qua|dùng|sử dụng|tiếp cận)(?!\S)"
)
"""As in "còn 0,8% số hộ chưa được tiếp cận điện"."""


def _is_amount(how: Measured, unit: str) -> bool:
    return how.measure == "level" and unit not in RATES


def _share_of_others(said: Words, how: Measured) -> bool:
    """A statement that is a share of something else: "…; 94,6% số đơn vị giao dịch điện tử"."""
    other = how.basis is not None and how.basis not in _BASES and how.basis in said.tail
    if other and (how.basis or "").endswith(" thu"):
        return False  # what arrears are a share of
    named = said.left in _OPENS_PART or (
        "số " in (how.basis or "") and _HAS.search(said.left) is not None
    )
    return how.measure == "share" and other and named


_OPENS_PART = frozenset({"", "trong đó", "trong đó có", "trong số đó", "gồm", "bao gồm"})
_HAS = re.compile(
    r"(?<!\S)(?:có|duy trì|bảo đảm|đảm bảo)(?: (?:hơn|gần|trên|khoảng|đến|tới|ít nhất|tối thiểu))*$"
)
"""As in "có 80% số thôn có nhà văn hóa": of villages, whatever was spoken of before."""


def _of_user(own: Vocabulary, said: Words, how: Measured, unit: str) -> MetricMatch | None:
    """A wording of the user's own vocabulary in the statement; it stands before all other rules."""
    for text in (f"{said.near} {said.bare_tail}", said.near, said.bare_tail):
        found = own.find(text)
        if found is not None and _unit_fits(found[0], how, unit):
            return found[0]
    return None


_GRDP = {
    "so sánh": "grdp_constant_2010_prices",
    "hiện hành": "gross_regional_domestic_product_current_prices",
}
_PRICES = re.compile(
    r"(?:nếu )?(?:tính )?(?:theo )?giá (so sánh|hiện hành)(?: (?:năm )?2010)?(?!\w)"
)


_CONSTANT = re.compile(r"(?:tính )?(?:theo )?giá so sánh(?!\w)")


def _in_prices(said: Words, unit: str, subject: Subject) -> MetricMatch | None:
    """The other prices of one product: "GRDP theo giá hiện hành đạt x; theo giá so sánh đạt y"."""
    if unit not in MONEY or subject.metric not in {*_GRDP.values(), "grdp_growth_rate"}:
        return None
    behind = None if says(said.near) else _PRICES.match(said.tail)
    prices = behind or _PRICES.match(said.near)
    if prices is None or (behind is None and says(said.near[prices.end() :])):
        return None
    return MetricMatch(_GRDP[prices[1]])


_PER_HEAD = re.compile(
    r"(?:và |với |còn )?(?:tính )?bình quân (?:đầu )?người(?: (?:đạt|là|ước|khoảng|hơn|gần|trên))*"
)


def _per_head(said: Words, unit: str, subject: Subject) -> MetricMatch | None:
    """The product per head behind all of it: "GRDP đạt x tỷ đồng, bình quân đầu người y triệu"."""
    product = subject.metric in {*_GRDP.values(), "grdp_growth_rate"}
    head = product and unit in MONEY and _PER_HEAD.fullmatch(said.left) is not None
    return MetricMatch("grdp_per_capita") if head else None


_SHARE = Measured("share")


def _of_some(said: Words) -> bool:
    """As in "74% người hưởng tại khu vực đô thị nhận qua tài khoản": a share of its own."""
    told = len(says(said.bare_tail))
    return told >= _NARROWED or (told > 1 and _IS_GIVEN.match(said.bare_tail) is not None)


def _others_grew(said: Words, subject: Subject) -> bool:
    """Who else rose or fell in number: "tham gia BHYT đạt 95%, giảm 13,5% hộ nghèo"."""
    who = _WHO_GREW.match(said.bare_tail)
    return who is not None and who[1] not in canonical(subject.label)


_WHO_GREW = re.compile(
    r"(?:số )?(hộ (?:cận )?nghèo|trẻ em|tai nạn|vụ|trường hợp|bác sĩ|giường bệnh)(?!\S)"
)
_IS_GIVEN = re.compile(r"(?:(?:đã|đều|đang) )?được (?!giao|cấp trên|trung ương|hđnd|ubnd)")
"""What was done for some: "97% dân tham gia BHYT, 80% được sử dụng điện"."""


_NARROWED = 4


def _names_more(said: Words, subject: Subject, unit: str) -> bool:
    """Do the words after an amount say more than what is counted: "45 hộ", "45 hộ cận nghèo"?"""
    only_noun = len(said.bare_tail.split()) == 1 and subject.label != ""
    again = said.bare_tail in words("counted_noun")
    if again and subject.metric and vocabulary().unit(subject.metric) == unit:
        return False
    # "lên 31.208 người vào tháng 6/2024": the time behind the preposition is blanked.
    return bool(says(said.bare_tail.removesuffix(" vào"))) and not only_noun


def _of_labour_force(said: Words) -> tuple[MetricMatch | None, bool]:
    """As in "49% lực lượng lao động" goes on, "55% lực lượng lao động chưa tham gia" does not."""
    if "chưa" in said.bare_tail.split():
        return None, True
    return None, False


def named_in(text: str, *, insurance: bool) -> str | None:
    """The metric of a list from the sentence that opens it: "Số xã đạt chuẩn NTM như sau:"."""
    people = contains(text, "tham gia") and bool(INSURANCE & set(without_agencies(text).split()))
    for noun, unit in (("người", "person"), ("đơn vị", "organisation"), ("", "VND")):
        if noun and not contains(text, noun) and not (people and unit == "person"):
            continue
        found = match_phrase(text, noun, unit, insurance=insurance)
        if found is not None:
            return found.metric
    known = vocabulary().find(text, text)
    return known[0].metric if known else None


@lru_cache(maxsize=512)
def named_by_heading(heading: str) -> str | None:
    """The metric that a heading names and nothing else: "3. Tổng mức bán lẻ", not of its growth."""
    text = canonical(_NUMBERED.sub("", heading))
    found = before_figure(text, text, "")
    return found[0] if found and set(says(text)) <= set(found[1].split()) else None


_NUMBERED = re.compile(r"^\W*(?:(?:[IVX]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/:-]\s*)*(?:[Vv]ề )?")
_TO_LEVEL = sought(r"(?<!\S)(?:xuống|lên|còn|thành|từ)(?: \w+){0,2}$", flags=0)
_MOVES = sought(
    r"(?<!\S)(?:kéo giảm|(?<!mức )giảm|(?<!gia )(?<!tỷ lệ )(?<!tốc độ )tăng|nâng|đưa|hạ)(?!\S)",
    flags=0,
)
"""What moves a level to the figure: "giảm tỷ lệ hộ nghèo xuống còn 3,6%"."""
_PACE = sought(
    r"(?: (?:bình quân|trung bình))?(?: (?:mỗi|hằng|hàng) năm)?"
    r" (?:tăng|giảm)(?: (?:nhanh|mạnh|sâu|dần|đều|chậm|liên tục|(?:nhiều|ít|nhanh|mạnh) nhất))?"
    r"(?: (?:bình quân|trung bình))?(?: (?:mỗi|hằng|hàng) năm)?(?: là)?$",
    flags=0,
)
"""How fast something moved: "tỷ lệ hộ nghèo giảm nhanh, bình quân 4,78%/năm"."""
_BEYOND = sought(r" vượt (?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?: (?:\S+ ){0,4}giao)?$", flags=0)
"""How far a plan was passed: "thu nội địa vượt dự toán Trung ương giao 12%"."""
_HANDED_OUT = sought(
    r" (?:(?:được|do) )?(?:(?:bộ tài chính|bộ|trung ương|tw|(?:thủ tướng )?chính phủ|thủ tướng"
    r"|(?:hđnd|ubnd)(?: (?:tỉnh|thành phố|huyện))?|tỉnh|thành phố|huyện|cấp trên|bhxh việt nam) )?"
    r"giao(?: phấn đấu)?(?: là)?$",
    flags=0,
)
"""Who hands out a plan, behind its name: "dự toán thu nội địa Bộ Tài chính giao 1.870 tỷ đồng"."""


_ENDS = (_PACE, _BEYOND, _HANDED_OUT)
_ANY_END = Together(*_ENDS)


def _without_ends(lefts: Sequence[str]) -> list[str]:
    """What stands before a figure, without what says only how it came about."""
    ended = [left for left in lefts if _ANY_END.may_match(left)]
    return [end.sub("", left) for end in _ENDS for left in ended]


def _worded(said: Words, how: Measured, unit: str) -> MetricMatch | None:
    """A metric named right before the figure, or behind an amount as what is counted."""
    lefts = (said.near, said.bare_left)
    for text in dict.fromkeys((*lefts, *_without_ends(lefts))):
        level = _TO_LEVEL.search(text) and not said.tail.startswith("trở")
        left = _MOVES.sub(" ", text) if level else text
        found = before_figure(" ".join(left.split()), f"{said.head} unit {unit.lower()}", said.noun)
        if found and _unit_fits(MetricMatch(found[0], matched=found[1]), how, unit):
            return MetricMatch(found[0], matched=found[1])
    if unit in RATES and (how.measure in _PARTED or unit == "per_mille"):
        for text in dict.fromkeys(filter(None, lefts)):
            found = around_figure(text, said.bare_tail or how.basis or "", said.head)
            if found and _unit_fits(MetricMatch(found[0], matched=found[1]), how, unit):
                return MetricMatch(found[0], matched=found[1])
    carried = unit == "visit" and (some_visitors(said) or contains_any(said.near, CARRIERS))
    around = f"{said.head} unit {unit.lower()}"
    told_behind = unit not in RATES or _WITH.fullmatch(said.left) is not None
    found = behind_figure(said.bare_tail, around) if told_behind and not carried else None
    if found and _unit_fits(MetricMatch(found[0], matched=found[1]), how, unit):
        return MetricMatch(found[0], matched=found[1])
    return None


_WITH = re.compile(
    r"với (?:(?:mức|tốc độ|nhịp độ) )?(?:tăng trưởng|tăng|giảm)(?: (?:gần|hơn|trên|khoảng))*",
)
"""Growth in front of what grew: "Với mức tăng 6,45%, GRDP của tỉnh xếp thứ 34"."""


_PARTED = ("share", "plan_completion")
_PAPERS = ("hồ sơ", "quyết định", "sổ", "đơn", "giấy")
"""What is filed about people is no number of them: "BHTN: tiếp nhận 12.418 hồ sơ"."""


def _known(said: Words, how: Measured, unit: str, subject: Subject) -> MetricMatch | None:
    """The general vocabulary: words before the figure, after it, and for a part of the subject."""
    left = _PART.split(said.bare_left)[-1].strip()
    texts = [left, said.near, said.bare_tail]
    if said.bare_left.startswith("trong đó"):
        texts.append(f"{_subject_only(subject.label)} {_subject_only(left)}")
    papers = said.noun.startswith(_PAPERS)
    for i, text in enumerate(_MOVED.sub(" ", t) for t in texts):
        found = vocabulary().find(text, f"{said.bare_left} %" if unit in RATES else said.bare_left)
        if found and i == 3 and (found[0].metric == subject.metric or not _covers(found[0], left)):
            continue
        if found is not None and of_another_part(found[0], text):
            continue
        if found is not None and i < _AHEAD and _narrowed(found[0], text):
            continue
        if found is not None and found[0].metric == "visitor_arrivals" and some_visitors(said):
            continue
        if found is not None and papers and (found[0].metric or "").endswith("_participants"):
            continue
        if found is not None and _covers(found[0], text) and _unit_fits(found[0], how, unit):
            return replace(found[0], measure=None) if found[0].metric else found[0]
    return None


_CRAFTS = re.compile(r"^ (?:và )?(?:tiểu thủ công nghiệp|ttcn)(?!\S)")
"""They are counted with industry: "giá trị sản xuất công nghiệp - tiểu thủ công nghiệp"."""
_AHEAD = 2
"""Of the texts that the vocabulary is asked for, those that stand before a figure."""


def _narrowed(match: MetricMatch, text: str) -> bool:
    """Is a sector named by more than its whole: "giá trị sản xuất công nghiệp chế biến"?"""
    behind = _CRAFTS.sub("", text.partition(match.matched)[2]).split()
    sector = (match.metric or "").endswith("gross_output")
    return sector and bool(behind) and bool(says(behind[0]))


_VERB_AT_EDGE = re.compile(r"(?: (?:đạt|là|chiếm|bằng|còn))+$")


def _subject_only(text: str) -> str:
    return _VERB_AT_EDGE.sub("", canonical(text))


def _covers(match: MetricMatch, text: str) -> bool:
    said = [w for w in says(text) if w not in {"tỉnh", "nhà", "nước"}]
    explained = set(match.matched.split())
    return sum(w in explained for w in said) >= COVER * len(said)


_SHARES = ("share_of_", "contribution_of_")


def _unit_fits(match: MetricMatch, how: Measured, unit: str) -> bool:
    if how.measure == "growth" and (match.metric or "").startswith(_SHARES):
        return False
    if how.measure in {"growth", "plan_completion"} or match.metric is None:
        return True
    if how.measure == "share" and match.matched.startswith("tỷ lệ") and unit in RATES:
        return not is_money(match.metric)
    return counts_in(match.metric, unit)
