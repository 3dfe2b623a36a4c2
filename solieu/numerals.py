"""Printed numerals to the numbers their print allows.

A dot groups thousands and a comma starts the decimals in most Vietnamese print, but the English
way is common enough, often in the same document, that "1.888" and "5,792" have two readings each.
Nothing here chooses between them for good: every reading is returned with a confidence, best
first, and what the grammar alone decides ("1.234,5", "32,9", "0.123") has exactly one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from solieu.quick import maker, quick

Status = Literal["number", "nil", "not_available", "not_applicable", "blank", "text"]
NumberFormat = Literal["dot_thousands", "comma_thousands", "space_thousands", "plain"]

PRIOR = 0.93
"""How often a Vietnamese page groups with dots and starts decimals with a comma."""

LONGEST = 96
"""A cell longer than this is a sentence, whatever digits it holds."""


@quick
@dataclass(frozen=True, slots=True)
class NumberReading:
    """One way to read a print; `places` counts the digits after the decimal mark as read."""

    value: Decimal
    places: int
    number_format: str
    confidence: float


_number = maker(NumberReading)


@quick
@dataclass(frozen=True, slots=True)
class Numeral:
    """What stands in a cell, or at `start`..`end` of running text, with its readings best first.

    `marks` are footnote marks ("1", "*"), taken off before the digits were read. `flags`: percent,
    per_mille, brackets (a negative or a comparator: both are among the readings), remark ("(1%)"),
    broken_spacing, space_grouped, repaired (a letter stood for a digit), leading_zero,
    trailing_dot, loose_sign ("- 15"), glued ("đạt73"), glued_code ("H5"), damaged (set close to a
    letter that was lost: perhaps a digit), ungrammatical (digits that no grouping explains: status
    "text", no reading).
    """

    raw: str
    start: int
    end: int
    readings: tuple[NumberReading, ...] = ()
    status: Status = "number"
    marks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def best(self) -> NumberReading | None:
        return self.readings[0] if self.readings else None


_numeral = maker(Numeral)


_SPACES = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000\r\n"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_KINDS = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys("’‘ʼ′`´＇", "'"),
    **{chr(0xFF10 + n): str(n) for n in range(10)},
    **dict(zip("．，％（）＋＊／：", ".,%()+*/:", strict=True)),
}
_PLAIN = str.maketrans(_KINDS)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_FIXED_SPACE = re.compile("[0-9][\u00a0\u2000-\u200a\u202f\u205f][0-9]")
_OCR = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "S": "5", "B": "8"})
_LETTER = re.compile(r"[lI|OoSB]")

_SIGNS: dict[str, Status] = {
    "": "blank",
    "-": "nil",
    "--": "nil",
    "---": "nil",
    "- -": "nil",
    "..": "not_available",
    "...": "not_available",
    "....": "not_available",
    ". .": "not_available",
    ". . .": "not_available",
    "…": "not_available",
    "….": "not_available",
    "……": "not_available",
    "n/a": "not_available",
    "na": "not_available",
    "x": "not_applicable",
    "×": "not_applicable",
}

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉ"
_UNRAISED = str.maketrans(_SUPERSCRIPT, "0123456789()abcde")
_MARK = (
    r"(?:\(\s?(?:[0-9]{1,2}|\*{1,3}|[a-eđ])\s?\)|\[[0-9]{1,2}\]|\*{1,4}(?!\*)|[†‡§#]"
    rf"|[{_SUPERSCRIPT}]+(?![{_SUPERSCRIPT}]))"
)
"""A run of stars is one mark: a rule of a hundred of them could be cut in more ways than can be
tried."""
_CELL = re.compile(
    rf"(?P<lead>(?:{_MARK} ?)*)"
    r"(?P<open>\( ?)?(?P<sign>[-+](?P<gap> ?))?"
    r"(?P<body>[0-9lI|OoSB.,][0-9lI|OoSB., ']*)"
    r"(?P<percent>[%‰])?(?P<close> ?\))?(?P<after> ?[%‰])?"
    rf"(?P<tail>(?: ?{_MARK})*)[.,;:]? ?"
)
_EACH_MARK = re.compile(_MARK)

_BODY = re.compile(r"[0-9]{1,30}[.,][0-9.,]{0,30}[0-9]")
_SPACED = re.compile(r"[1-9][0-9]{0,2}([ '])[0-9]{3}(?:\1[0-9]{3})*(?:[.,]([0-9]+))?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})+(?:(?!\1)[.,]([0-9]+))?")
_BOTH = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}(?!\1)[.,]([0-9]+)")
_ONE = re.compile(r"([0-9]*)([.,])([0-9]+)")
_LOOSE = re.compile(r" ?([.,]) ?")
_NOT_NUMBER = re.compile(r"[.,]")
_BROKEN_LINE = re.compile(r"[0-9][^\S\r\n]*[\r\n]\s*[0-9]")
"""Two figures set one below the other, or one that was too long for its column."""

_GROUPS_OF: dict[str, NumberFormat] = {".": "dot_thousands", ",": "comma_thousands"}
_DECIMAL_OF: dict[str, NumberFormat] = {",": "dot_thousands", ".": "comma_thousands"}
_SURE = 0.99

Readings = tuple[NumberReading, ...]


def _reading(
    whole: str, decimals: str, number_format: NumberFormat, confidence: float
) -> NumberReading:
    text = f"{whole or '0'}.{decimals}" if decimals else whole
    return _number(Decimal(text), len(decimals), number_format, confidence)


def _two_ways(whole: str, mark: str, digits: str, *, percent: bool) -> Readings:
    """Groups of three or three decimals: "1.888", "5,792"."""
    odds = _two_ways_odds(whole, mark, percent=percent)
    grouped = _number(Decimal(whole + digits), 0, _GROUPS_OF[mark], odds)
    decimal = _number(
        Decimal(f"{whole}.{digits}"), len(digits), _DECIMAL_OF[mark], round(1 - odds, 4)
    )
    return (grouped, decimal) if odds >= 0.5 else (decimal, grouped)


def _two_ways_odds(whole: str, mark: str, *, percent: bool) -> float:
    """How likely the mark groups: print with three decimals is rare, in percentages grouping is."""
    if percent:
        return 0.2 if mark == "." else 0.01
    if whole[0] == "0":
        return 0.55
    return PRIOR if mark == "." else 0.25


def _one_mark(whole: str, mark: str, digits: str, *, percent: bool) -> Readings:
    if len(digits) == 3 and 1 <= len(whole) <= 3 and whole.strip("0"):
        return _two_ways(whole, mark, digits, percent=percent)
    return (_reading(whole, digits, _DECIMAL_OF[mark], _SURE if whole else 0.8),)


def readings_of(body: str, *, percent: bool = False) -> Readings:
    """Readings of digits and separators alone; empty if no grammar fits.

    >>> [(str(r.value), r.number_format) for r in readings_of("1.888")]
    [('1888', 'dot_thousands'), ('1.888', 'comma_thousands')]
    """
    if body.isdecimal():
        return (_number(Decimal(body), 0, "plain", 1.0),)
    if one := _ONE.fullmatch(body):
        return _one_mark(one[1], one[2], one[3], percent=percent)
    if grouped := _GROUPED.fullmatch(body):
        return (_grouped(body, grouped[1], grouped[2] or "", _SURE),)
    if both := _BOTH.fullmatch(body):
        # "1.234,567" may also be a slip for 1.234.567, so three decimals stay in doubt.
        return (_grouped(body, both[1], both[2], 0.93 if len(both[2]) == 3 else _SURE),)
    if spaced := _SPACED.fullmatch(body):
        sure = 0.9 if body.count(" ") == 1 else _SURE
        whole, _, decimals = (
            body.partition(body[-len(spaced[2]) - 1]) if spaced[2] else (body, "", "")
        )
        digits = whole.replace(" ", "").replace("'", "")
        return (_reading(digits, decimals, "space_thousands", sure),)
    return ()


def _grouped(body: str, mark: str, decimals: str, confidence: float) -> NumberReading:
    whole = body[: len(body) - len(decimals) - 1] if decimals else body
    return _reading(whole.replace(mark, ""), decimals, _GROUPS_OF[mark], confidence)


def _scaled(readings: Readings, by: float) -> Readings:
    return tuple(
        _number(r.value, r.places, r.number_format, round(r.confidence * by, 4)) for r in readings
    )


def _signed(readings: Readings) -> Readings:
    return tuple(_number(-r.value, r.places, r.number_format, r.confidence) for r in readings)


def _repaired(body: str) -> str | None:
    """The token with l, I, O, S, B as digits; None where it need not be a number."""
    letters = len(_LETTER.findall(body))
    digits = sum(c.isdigit() for c in body)
    if not digits or letters > digits:
        return None
    if not _NOT_NUMBER.search(body) and not (body[0].isdigit() and body[-1].isdigit()):
        return None  # "B12", "5B" are codes; only a letter between digits is a slip
    fixed = body.translate(_OCR)
    groups = re.split(r"[., ']", fixed)
    fits = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]))
    return fixed if fits else None


@lru_cache(maxsize=4096)
def _body_readings(body: str, *, percent: bool) -> tuple[Readings, tuple[str, ...]]:
    """Readings of a body as printed, with the repairs that it took."""
    flags: list[str] = []
    factor = 1.0
    if _LETTER.search(body):
        fixed = _repaired(_LOOSE.sub(r"\1", body))
        if fixed is None:
            return (), ()
        body, factor = fixed, 0.8
        flags.append("repaired")
    if " " in body and _LOOSE.sub(r"\1", body) != body:
        body, factor = _LOOSE.sub(r"\1", body), factor * 0.9
        flags.append("broken_spacing")
    readings = readings_of(body, percent=percent)
    if not readings:
        return (), (*flags, "ungrammatical")
    if readings[0].number_format == "space_thousands":
        flags.append("space_grouped")
    elif body[0] == "0" and len(body) > 1 and body[1].isdigit():
        flags.append("leading_zero")
    return (readings if factor == 1.0 else _scaled(readings, factor)), tuple(flags)


def _marks(text: str) -> tuple[str, ...]:
    return tuple(m.translate(_UNRAISED).strip("()[] ") for m in _EACH_MARK.findall(text))


def _bracketed(readings: Readings, sign: str, *, percent: bool) -> tuple[Readings, str]:
    """An accountant's minus or a figure beside another: "(1.234)"; a remark: "(1%)"."""
    if sign or percent:
        return (readings if sign else _scaled(readings, 0.93)), "remark"
    return _scaled(_signed(readings), 0.75) + _scaled(readings, 0.25), "brackets"


def _mark_doubt(match: re.Match[str]) -> float:
    """A bracketed number beside a figure may be a second figure: "15 (2)"."""
    beside = match["lead"] + match["tail"]
    if "(" not in beside or not re.search(r"\([0-9]", beside):
        return 1.0
    if not _NOT_NUMBER.search(match["body"].strip(" .,")):
        return 0.8
    apart = match["lead"] or match["tail"].startswith(" ") or match["body"].endswith(" ")
    return 0.93 if apart else 1.0


def _from_match(text: str, plain: str, match: re.Match[str]) -> Numeral | None:
    percent = (match["percent"] or match["after"] or "").strip()
    body = match["body"].rstrip(" .,'")
    if not body or bool(match["open"]) != bool(match["close"]):
        return None
    readings, flags = _body_readings(body, percent=bool(percent))
    if not readings:
        return _numeral(text, 0, len(text), (), "text", (), flags) if flags else None
    if readings[0].number_format == "space_thousands":
        readings, flags = _spaced(text, readings, flags)
    if percent:
        flags += ("percent" if percent == "%" else "per_mille",)
    if match["body"].rstrip(" ").endswith("."):
        flags += ("trailing_dot",)
    readings, flags = _with_sign(readings, flags, match, percent=bool(percent))
    doubt = _mark_doubt(match)
    if doubt < 1:
        readings = _scaled(readings, doubt)
    offset = len(text) - len(text.lstrip()) if len(plain) <= len(text) else 0
    start = offset + match.start("open" if match["open"] else "sign" if match["sign"] else "body")
    end = min(len(text), offset + len(plain[: match.start("tail")].rstrip()))
    marks = _marks(match["lead"]) + _marks(match["tail"])
    return _numeral(text.strip(), start, end, readings, "number", marks, flags)


def _spaced(
    text: str, readings: Readings, flags: tuple[str, ...]
) -> tuple[Readings, tuple[str, ...]]:
    """What the kind of space between groups tells of them."""
    if _BROKEN_LINE.search(text):
        return _scaled(readings, 0.5), (*flags, "broken_spacing")
    if not _FIXED_SPACE.search(text):
        return readings, flags
    return (_number(readings[0].value, readings[0].places, "space_thousands", _SURE),), flags


def _with_sign(
    readings: Readings, flags: tuple[str, ...], match: re.Match[str], *, percent: bool
) -> tuple[Readings, tuple[str, ...]]:
    sign = match["sign"] or ""
    if sign.startswith("-"):
        minus = _signed(readings)
        if match["gap"]:  # "- 15" may be the dash of a list before 15
            minus = _scaled(minus, 0.9) + _scaled(readings, 0.1)
            flags = (*flags, "loose_sign")
        readings = minus
    if match["open"]:
        readings, flag = _bracketed(readings, sign, percent=percent)
        flags = (*flags, flag)
    return readings, flags


@lru_cache(maxsize=1 << 16)
def read_numeral(text: str) -> Numeral:
    """Read a whole cell; `raw` is the cell, `start`..`end` the numeral with its sign and brackets.

    Cells that hold a number with words or a comparator ("379.339 người", "≥ 95%", "7,5-8,0") are
    status "text": `normalizers.quantities.reading` reads those.

    >>> read_numeral("32,9%").readings[0].value
    Decimal('32.9')
    >>> read_numeral("–").status
    'nil'
    """
    if text.isdecimal() and text.isascii() and len(text) <= 30:
        reading = _number(Decimal(text), 0, "plain", 1.0)
        flags = ("leading_zero",) if text[0] == "0" and len(text) > 1 else ()
        return _numeral(text, 0, len(text), (reading,), "number", (), flags)
    if _BODY.fullmatch(text):
        return _clean_cell(text)
    if len(text) > LONGEST:
        return _numeral(text, 0, len(text), (), "blank" if text.isspace() else "text")
    plain = _INVISIBLE.sub("", text.translate(_PLAIN)).strip()
    status = _SIGNS.get(plain.lower())
    if status:
        return _numeral(text, 0, len(text), (), status)
    match = _CELL.fullmatch(plain)
    found = _from_match(text, plain, match) if match else None
    return found or _numeral(text, 0, len(text), (), "text", _only_marks(plain))


def _clean_cell(text: str) -> Numeral:
    """Digits and separators alone, the commonest cell by far, without looking for marks."""
    readings = readings_of(text)
    if not readings:
        return _numeral(text, 0, len(text), (), "text", (), ("ungrammatical",))
    flags = ("leading_zero",) if text[0] == "0" and text[1].isdigit() else ()
    return _numeral(text, 0, len(text), readings, "number", (), flags)


def _only_marks(plain: str) -> tuple[str, ...]:
    return _marks(plain) if len(plain) <= 5 and re.fullmatch(_MARK, plain) else ()


_LOST = "\ufffd"
_GLUED_WORD = re.compile(r"[^\W\d_]+$")
_RUN = re.compile(
    r"(?=[-+0-9lI|OoSB])"  # what it may begin with, asked first: most letters are none of these
    r"(?:(?<![0-9.,/\w)%])(?<![0-9%] )(?P<sign>[-+])(?=[0-9]))?"
    r"(?P<body>"
    r"(?<![0-9a-zA-Z.,])[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?(?![0-9]|[.,][0-9]| [0-9])"
    r"|(?<![0-9.,])[0-9]{1,3}(?:\. ?[0-9]{3})*(?:\. [0-9]{3})(?:\. ?[0-9]{3})*"
    r"(?![0-9]|[.,][0-9]| ?[%‰])"
    r"|(?<!\w)(?=[lI|OoSB0-9.,]*[0-9])(?=[0-9.,]*[lI|OoSB])[lI|OoSB0-9]{1,3}(?:[.,][lI|OoSB0-9]{3})+(?![\w]|[.,][0-9])"
    r"|(?<![0-9])[0-9]{1,30}(?:[.,'][0-9]+)*"
    r")"
    rf"(?P<marks>(?:[{_SUPERSCRIPT}]+|\([0-9]{{1,2}}\)|\*{{1,3}})*)"
)


def _glue(text: str, start: int) -> tuple[str, ...]:
    """The flag of a numeral set right behind a word; "m2" is a code, "đạt73" a lost space."""
    word = _GLUED_WORD.search(text, max(0, start - 12), start)
    if word is None:
        return ()
    return ("glued_code",) if word[0].isascii() or not word[0].islower() else ("glued",)


def _is_damaged(text: str, start: int, end: int) -> bool:
    r"""Whether a letter is lost where the numeral begins or ends: "\ufffd2.345" may be 12.345."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return before.rstrip(".,").endswith(_LOST) or after.lstrip(".,").startswith(_LOST)


def _run_numeral(plain: str, text: str, match: re.Match[str]) -> Numeral:
    start = match.start("sign") if match["sign"] else match.start("body")
    readings, flags = _body_readings(match["body"], percent=False)
    if match["sign"] == "-":
        readings = _signed(readings)
    end = match.end("body")
    flags += _glue(plain, start)
    if _LOST in plain and _is_damaged(plain, start, end):
        flags += ("damaged",)
    status: Status = "number" if readings else "text"
    return _numeral(text[start:end], start, end, readings, status, _marks(match["marks"]), flags)


_NOT_PLAIN = re.compile(f"[{''.join(map(re.escape, map(chr, _PLAIN)))}]")


def plain_marks(text: str) -> str:
    """The text with one kind of dash, digit, quote and space; every character keeps its place."""
    return text.translate(_PLAIN) if _NOT_PLAIN.search(text) else text


def find_numerals(text: str) -> list[Numeral]:
    """Bare numerals of running text, in order, without their % signs and units.

    Dates and codes are taken apart into their numbers here; what they are is a question of words.

    >>> [n.raw for n in find_numerals("có 8.148 người, đạt 56,43% kế hoạch")]
    ['8.148', '56,43']
    """
    plain = plain_marks(text)
    return [_run_numeral(plain, text, match) for match in _RUN.finditer(plain)]
