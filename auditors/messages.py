"""The sentences of the findings in Vietnamese and English, numbers as each language prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from auditors import facts
from solieu.model import Figure
from solieu.text import one_line
from solieu.unit_names import LANGUAGES, unit_word

_NUMERAL = re.compile(r"\d[\d.,]*")
_PLAIN = re.compile(r"-?\d+\.\d+")
_SCALES = {
    3: ("nghìn ", "thousand "),
    6: ("triệu ", "million "),
    9: ("tỷ ", "billion "),
    12: ("nghìn tỷ ", "trillion "),
}


@lru_cache(maxsize=1)
def _templates() -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["vi"], row["en"]) for row in facts.rows("messages")}


def say(key: str, lang: str, **fields: object) -> str:
    """The sentence for a key, its fields filled in."""
    return say_from(key, lang, fields)


def say_from(key: str, lang: str, fields: Mapping[str, object]) -> str:
    """The same with fields looked up one by one, so that only those it names are worked out."""
    return _templates()[key][LANGUAGES.index(lang)].format_map(fields)


def number(value: Decimal, lang: str, *, signed: bool = False) -> str:
    """A number as the language prints it.

    >>> number(Decimal("66688"), "vi"), number(Decimal("-14.5"), "en", signed=True)
    ('66.688', '-14.5')
    """
    text = f"{value:+,f}" if signed else f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_VIETNAMESE) if lang == "vi" else text


_VIETNAMESE = str.maketrans({",": ".", ".": ","})


def scale(figure: Figure) -> Decimal:
    """What one of the printed number is worth in the figure's unit: 1.000.000 for triệu đồng."""
    if figure.exact or figure.rounding < 1:
        return Decimal(1)
    found = _NUMERAL.search(figure.raw)
    if found is None:
        return Decimal(1)
    worth = (_held(figure) or _from_last_place(found.group().rstrip(".,"), figure)).normalize()
    return worth if worth >= 1 and worth.as_tuple().digits == (1,) else Decimal(1)


def _held(figure: Figure) -> Decimal | None:
    """What one is worth of a number that a spreadsheet holds with more places than it shows."""
    if figure.number_format != "plain" or figure.value is None or not _PLAIN.fullmatch(figure.raw):
        return None
    number = abs(Decimal(figure.raw))
    return abs(figure.value) / number if number else None


def _from_last_place(numeral: str, figure: Figure) -> Decimal:
    return figure.rounding.scaleb(_places(numeral, figure.number_format))


def _places(numeral: str, number_format: str) -> int:
    decimal = {"dot_thousands": ",", "comma_thousands": "."}.get(number_format)
    if decimal is None:
        marks = [c for c in numeral if c in ".,"]
        decimal = marks[0] if len(marks) == 1 else None
    return len(numeral.rsplit(decimal, 1)[1]) if decimal and decimal in numeral else 0


def amount(value: Decimal, figure: Figure, lang: str, *, signed: bool = False) -> str:
    """A value in the scale in which `figure` was printed, without its unit."""
    if not figure.exact:
        value = _rounded(value / scale(figure), figure)
    return number(value, lang, signed=signed)


def _rounded(value: Decimal, figure: Figure) -> Decimal:
    """A quotient is shown with two places more than the figure that it is held against."""
    if figure.exact and value == value.to_integral_value():
        return value
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent > -3:
        return value
    if figure.value is not None and abs(figure.value) >= figure.rounding * COMPUTED:
        # A double that a spreadsheet computed: its digits were never printed for anybody.
        return round(value, 2) or round(value, 1 - value.adjusted())
    if exponent > -6:
        return value
    place = figure.rounding.normalize().as_tuple().exponent
    return round(value, max(2, 2 - place if isinstance(place, int) else 2))


# As many digits and more are no printed figure but a computed one.
COMPUTED = Decimal(10) ** 10


def with_unit(text: str, figure: Figure, lang: str) -> str:
    """A printed amount with its unit: "15.647 người", "2.138.323 triệu đồng", "14,11%"."""
    unit = unit_word(figure.unit, lang)
    if figure.unit in {"percent", "per_mille"}:
        return f"{text}{unit}"
    if figure.exact:
        return f"{text} {unit}".rstrip()
    worth = scale(figure)
    power = worth.normalize().as_tuple().exponent
    words = _SCALES.get(power) if isinstance(power, int) else None
    word = words[LANGUAGES.index(lang)] if words is not None else ""
    return f"{text} {word}{unit}".rstrip()


# Words before and after a figure that are quoted, and characters of a label that are shown.
BEFORE, AFTER, LABEL = 70, 40, 90


def around(text: str, start: int, end: int) -> str:
    """The words around a span, cut between words.

    >>> around("Trong tháng 5 thu được 23.162 tỷ đồng", 23, 37)
    'Trong tháng 5 thu được 23.162 tỷ đồng'
    """
    low, high = max(0, start - BEFORE), min(len(text), end + AFTER)
    head = text[low:start]
    for mark in (". ", "\n", "; "):
        head = head.rsplit(mark, 1)[-1] if mark in head else head
    cut = low > 0 and len(head) == start - low
    head = "…" + head.partition(" ")[2] if cut else head
    tail = text[end:high]
    if high < len(text):
        tail = tail.rpartition(" ")[0].rstrip(" ,;") + "…" if " " in tail else ""
    return one_line(head + text[start:end] + tail)


@lru_cache(maxsize=4096)
def label(labels: tuple[str, ...], longest: int = LABEL) -> str:
    """A header path for people: the inner names in full, the outer ones only as far as they fit.

    >>> label(("BỔ SUNG TỪ NGÂN SÁCH TRUNG ƯƠNG CHO NGÂN SÁCH ĐỊA PHƯƠNG", "VỐN SỰ NGHIỆP"), 40)
    'BỔ SUNG TỪ NGÂN SÁCH… / VỐN SỰ NGHIỆP'
    """
    shown = [one_line(x) for x in labels if x.strip()]
    room = longest - sum(len(x) + 3 for x in shown)
    for n, text in enumerate(shown):
        if room >= 0:
            break
        kept = max(16, len(text) + room)
        if kept < len(text):
            short = text[:kept].rpartition(" ")[0] or text[:kept]
            room += len(text) - len(short) - 1
            shown[n] = f"{short}…"
    return " / ".join(shown)
