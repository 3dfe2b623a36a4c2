"""Units as headers, captions, rows and sentences print them: a code and what to multiply by.

"Triệu đồng" is VND times 1,000,000 and "1000 người" is person times 1,000; "tỷ lệ" is no billion.
The words are rows of `data/units.csv`; the longest one that fits wins, so a row of kind `other`
("tỷ lệ", "đồng thời") keeps its first word from being a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from normalizers.branching import any_of
from normalizers.facts import rows
from solieu.quick import quick
from solieu.text import one_line

ONE = Decimal(1)
MONEY = frozenset({"VND", "USD", "EUR"})
PERCENTAGES = frozenset({"percent", "per_mille", "percentage_point"})


def is_rate(unit: Unit | None) -> bool:
    """A percentage, a rate in thousandths or points of one."""
    return unit is not None and unit.code in PERCENTAGES


@dataclass(frozen=True, slots=True)
class Unit:
    """A standard name (`VND`, `tonne`, `quintal/ha`), what to multiply the print by, the words."""

    code: str
    multiplier: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A row of `units.csv`: magnitude, currency, percent, measure, noun, counted, time or other.

    A word of kind counted is a noun behind a number ("23.871 thí sinh") and no unit where it stands
    alone: the row "Tổ chức tín dụng" of a table of dong holds dong.
    """

    code: str
    kind: str
    multiplier: Decimal
    per: str
    """How it is named as a denominator, where not by its code: `VND/ha`."""


@quick
@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit at a place of a text.

    `kind` is that of its noun, "magnitude" where there is none ("2.200 tỷ"). `scale_end` is where
    magnitude, currency or % end: what belongs to the printed figure ("1,94 triệu" of "1,94 triệu
    người"). `magnitude` is the factor of the magnitude words alone.
    """

    unit: Unit
    kind: str
    scale_end: int
    end: int
    magnitude: Decimal


@cache
def lexicon() -> dict[str, Word]:
    """Every unit word, lower case, to its meaning."""
    return {
        word: Word(row["code"], row["kind"], Decimal(row["multiplier"]), row["per"])
        for row in rows("units.csv")
        for word in row["words"].split("|")
    }


@cache
def _word(*, label: bool) -> re.Pattern[str]:
    kinds = lexicon().items()
    known = [w for w, m in kinds if not (w[0].isdigit() or (label and m.kind == "counted"))]
    words = any_of(known)
    return re.compile(rf" *({words})(?:(?<=[\W_])|(?![^\W_]))", re.IGNORECASE)


@cache
def _scale() -> re.Pattern[str]:
    """Match "1000", "1.000", "10^6": only captions write magnitudes so."""
    figures = [w for w, m in lexicon().items() if m.kind == "magnitude" and w[0].isdigit()]
    return re.compile(rf" *({any_of(figures)})(?![0-9]|[.,][0-9])")


_DOTTED = re.compile(r" *(ng|nghìn|ngàn|tr|triệu|tỷ|tỉ)\.(?=[^\W\d_])", re.IGNORECASE)
"""Narrow columns shorten and glue: "Ng.người", "Tr.USD", "Tỷ.đ"; behind a full stop is a blank."""
_SHORTENED = {"ng": "nghìn"}


def _look(text: str, at: int, *, figures: bool, label: bool = False) -> tuple[Word, int] | None:
    match = _DOTTED.match(text, at) if figures and "." in text else None
    match = match or _word(label=label).match(text, at)
    match = match or (_scale().match(text, at) if figures else None)
    if match is None:
        return None
    word = " ".join(match[1].lower().split())
    return lexicon()[_SHORTENED.get(word, word)], match.end()


_PER = re.compile(r" ?/ ?(?:0?1 )?(?!kế hoạch|chỉ tiêu|mục tiêu|dự toán)", re.IGNORECASE)
_PER_PEOPLE = re.compile(
    r"(?: ?/ ?| (?:(?:tính )?(?:bình quân|bq|trung bình) )?(?:trên|cho) | (?:bình quân|bq) )"
    r"(?:(?P<n>100?[.,]?000|1[.,]?000|(?:1 )?vạn) ?)(?:người )?(?:dân|trẻ)"
    r"(?: số)?(?: em)?(?: đẻ(?: ra)? sống| sinh(?: ra)? sống)?(?![^\W_])",
    re.IGNORECASE,
)


_WEIGHTS = frozenset(
    {"quintal", "tonne", "kilogram", "cubic_metre", "square_metre", "hectare", "litre"}
)
_WEIGHED = re.compile(
    r" [^\W\d_]{2,6}(?: [^\W\d_]{2,6}){0,2}(?= ?/ ?(?:ha|hecta|ngày|người|hộ|năm)(?!\w))"
)
"""What of a thing is measured: "68 tấn mía/ha", "200 tấn bột/ngày", "27,5 m2 sàn/người"."""


def _per(text: str, at: int, code: str) -> tuple[str, int]:
    """The code and end with what it is counted against: "triệu đồng/người", "giường/10.000 dân"."""
    if code in _WEIGHTS and (weighed := _WEIGHED.match(text, at)):
        at = weighed.end()
    if people := _PER_PEOPLE.match(text, at):
        digits = re.sub(r"\D", "", people["n"]) if "vạn" not in people["n"].lower() else "10000"
        return f"{code} per {int(digits):,}", people.end()
    while slash := _PER.match(text, at):
        found = _look(text, slash.end(), figures=False)
        if found is None or found[0].kind not in ("noun", "measure", "time", "currency"):
            break
        if code != "percent":
            code = f"{code}/{found[0].per or found[0].code}"
        at = found[1]
    return code, at


def per_people(label: str) -> str | None:
    """What a label divides by, as a unit names it: "per 10,000" of "Số bác sĩ/vạn dân"."""
    people = _PER_PEOPLE.search(label) if "dân" in label or "trẻ" in label else None
    return _per(label, people.start(), "")[0].strip() if people else None


_HAMLETS = re.compile(
    r"(?<!\w)(?:thôn|làng|buôn|ấp|xóm|bản(?! (?:sách|sao|án|đồ|tin|in|quyền|ghi|chính)))(?!\w)",
    re.IGNORECASE,
)


def copies(unit: Unit | None, label: str) -> Unit | None:
    """A "bản" is a hamlet where the label speaks of hamlets, else a copy: "Chứng thực (bản)"."""
    if unit is None or unit.code != "village" or not unit.text.casefold().endswith("bản"):
        return unit
    hamlets = unit.multiplier == 1 and _HAMLETS.search(re.sub(r"\([^()]*\)", " ", label))
    return unit if hamlets else Unit("count", unit.multiplier, unit.text)


def _magnitudes(text: str, at: int, *, figures: bool) -> tuple[Decimal, int]:
    magnitude = ONE
    for _ in range(3):
        found = _look(text, at, figures=figures and magnitude == 1)
        if found is None or found[0].kind != "magnitude":
            break
        magnitude, at = magnitude * found[0].multiplier, found[1]
    return magnitude, at


def unit_at(text: str, at: int = 0, *, figures: bool = False) -> UnitMatch | None:
    """The unit that begins at a place: magnitudes, then a noun, then what it is counted per.

    `figures` is for captions and labels: there a number may be the magnitude ("1000 tấn").

    >>> unit_at("nghìn tỷ đồng").unit.multiplier
    Decimal('1000000000000')
    """
    magnitude, scale_end = _magnitudes(text, at, figures=figures)
    found = _look(text, scale_end, figures=False, label=figures)
    if found is None or found[0].kind in ("other", "magnitude"):
        if magnitude == 1:
            return None
        unit = Unit("count", magnitude, text[at:scale_end].strip())
        return UnitMatch(unit, "magnitude", scale_end, scale_end, magnitude)
    word, end = _times_of_people(text, *found)
    kind = "noun" if word.kind == "counted" else word.kind
    if word.kind in ("currency", "percent"):
        scale_end = end
    code, end = _per(text, end, word.code)
    unit = Unit(code, magnitude * word.multiplier, text[at:end].strip())
    return UnitMatch(unit, kind, scale_end, end, magnitude)


def _times_of_people(text: str, word: Word, end: int) -> tuple[Word, int]:
    """Times that people took part, whoever they are: "185 lượt đảng viên"."""
    if word.code != "visit" or not _TIMES.match(text, end - _TIMES_LENGTH):
        return word, end
    found = _look(text, end, figures=False)
    if found is None or found[0].code != "person":
        return word, end
    return lexicon()["lượt người"], found[1]


_TIMES = re.compile(r"(?<!\w)lượt(?= )", re.IGNORECASE)
_TIMES_LENGTH = len("lượt")


_DECLARED = re.compile(
    r"(?:(?P<unit>đvt|đ\.v\.t|đơn vị tính|đơn vị đo|unit)|đơn vị(?= ?:)) ?[:.\-]? ?"
    r"(?P<rest>[^;()\[\]]+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_END = " .,:;)]"


def _whole(text: str) -> Unit | None:
    """A unit and nothing else."""
    text = text.strip()
    match = unit_at(text, figures=True)
    if match is None or text[match.end :].strip(_END):
        return None
    if match.kind == "magnitude" and text[0].isdigit():
        return None
    return match.unit


_UNKNOWN = re.compile(
    r" ?(?!(?:lệ|trọng|suất|số|giá|phần|chứng|tập|hồi|phú)\b)[^\W\d_][\w.]*(?: [^\W\d_][\w.]*){0,2}"
)


_MEASURED = frozenset({"tonne", "kilogram", "hectare", "square_metre", "cubic_metre", "litre"})


def _scaled(text: str) -> Unit | None:
    """Thousands or tonnes of what no list knows: "(nghìn TEU)", "(tấn thịt hơi)"."""
    text = text.strip()
    match = unit_at(text, figures=True)
    if match is None or not _UNKNOWN.fullmatch(text, match.end):
        return None
    if match.magnitude == 1:
        return match.unit if match.unit.code in _MEASURED else None
    return Unit("count", match.magnitude, text) if match.kind == "magnitude" else match.unit


def _declared(line: str) -> Unit | None:
    """What "ĐVT: …" says; an unknown noun is counted under its own words."""
    match = _DECLARED.search(line)
    if match is None:
        return None
    rest = match["rest"].strip(_END + "-/")
    first = re.split(r"\. (?=[^\W\d_a-zđ])|, ", rest)[0]
    if unit := _whole(rest) or _whole(first):
        return unit
    if not match["unit"] or not rest or len(rest) > 40:
        return None
    start = unit_at(rest, figures=True)
    if start is not None:
        return Unit(start.unit.code, start.unit.multiplier, rest)
    return Unit("count", ONE, rest) if any(c.isalpha() for c in rest) else None


_POINTS = re.compile(r"điểm ?(?:%|phần trăm)", re.IGNORECASE)
_PER_CENT = re.compile(r"(?<![0-9])(?<![0-9] )([%‰])")
_NUMBER_OF = re.compile(r"(?:[\divx.]+ )?(?:tổng )?số (?:lượng )?", re.IGNORECASE)
_RATIO_OF = re.compile(r"(?:[\divx.]+ )?(?:tỷ|tỉ) (?:lệ|số) (?=[^/%]+/)", re.IGNORECASE)
"""Things for each other thing and no percentage: "Tỷ lệ học sinh/lớp"."""
_OTHER_RATES = re.compile(r"tự nhiên|sinh|chết|tử vong|suất|giới tính", re.IGNORECASE)


@cache
def _money() -> re.Pattern[str]:
    kinds = lexicon().items()
    magnitudes = any_of([w for w, m in kinds if m.kind == "magnitude" and w.isalpha()])
    currencies = any_of([w for w, m in kinds if m.kind == "currency"])
    return re.compile(
        rf"(?<!\w)(?:{magnitudes})(?: (?:{magnitudes}))? (?:{currencies})(?!\w)", re.IGNORECASE
    )


@cache
def _percent_phrase() -> re.Pattern[str]:
    phrases = any_of([row["phrase"] for row in rows("unit_phrases.csv")])
    return re.compile(rf"(?:[\divx.]+ )?(?:trong đó:? )?({phrases})(?!\w)", re.IGNORECASE)


def _implied(line: str) -> Iterator[Unit]:
    """What a label says of its unit in passing: "% so với cùng kỳ", "Số hộ nghèo", "Tỷ lệ …"."""
    if points := _POINTS.search(line):
        yield Unit("percentage_point", ONE, points[0])
    if sign := _PER_CENT.search(line):
        yield Unit("percent" if sign[1] == "%" else "per_mille", ONE, sign[1])
    if money := _money().search(line):
        match = unit_at(line, money.start())
        if match is not None:
            yield match.unit
    if number_of := _NUMBER_OF.match(line):
        match = unit_at(line, number_of.end())
        if match is not None and match.kind == "noun":
            yield Unit(match.unit.code, ONE, match.unit.text)
    if ratio := _RATIO_OF.match(line):
        match = unit_at(line, ratio.end())
        if match is not None and ("/" in match.unit.code or " per " in match.unit.code):
            yield Unit(match.unit.code, ONE, match.unit.text)
    phrase = _percent_phrase().match(line)
    if phrase and not _OTHER_RATES.search(line):
        yield Unit("percent", ONE, phrase[1])


_PATIENTS = re.compile(r"(?<![\w/])BN(?![\w/])")
"""Capital, it is no billion."""
_NO_UNITS = frozenset(
    {"đơn vị", "đơn vị tính", "đvt", "năm", "tháng", "quý", "năm học", "học kỳ", "nhiệm kỳ"}
)
"""Heads over units, and over times."""


@lru_cache(maxsize=8192)
def find_unit(text: str) -> Unit | None:
    """The unit that a header, a caption or a unit column states; None where it states none.

    A declaration ("ĐVT: …") is believed first, then brackets, then the text as a whole, then what
    the label implies. An implied count ("Số hộ nghèo") has multiplier 1: a magnitude in the table's
    caption ("ĐVT: 1000 hộ") knows better.

    >>> find_unit("(Đơn vị tính: triệu đồng)")
    Unit(code='VND', multiplier=Decimal('1000000'), text='triệu đồng')
    """
    line = _PATIENTS.sub("bệnh nhân", one_line(text))
    if not line or line.lower().rstrip(" :.") in _NO_UNITS:
        return None
    if unit := _declared(line):
        return unit
    for inner in _BRACKETS.findall(line)[::-1]:
        if unit := _whole(inner) or _scaled(inner):
            return unit
    return _whole(line) or next(_implied(line), None)
