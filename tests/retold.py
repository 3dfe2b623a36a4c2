"""Ways to tell a release otherwise that no pattern of words says: order, layout, print, insertions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from normalizers.sentences.clauses import sentences
from tests.paraphrases import NUMBER, Change, Key, Way, said_in_rows, wanted_by_number, with_text
from tests.releases import Release

OPENINGS = frozenset(
    "Toàn Tổng Số Tỷ Trong Tính Đến Thu Kim Doanh Sản Diện Năng Có Các Hiện Lũy Ước Công Nợ Trên Cả "
    "Đàn Cùng Qua Từ Năm Tháng Tốc Khu Khách Lượng Chỉ Giá Vốn Hết Chi Hộ Nguồn Người Ngành Đã".split()
)
"""Words in capitals only because a sentence begins with them."""
HEADS = (
    "Theo báo cáo của Chi cục Thống kê, ",
    "Theo số liệu tổng hợp, ",
    "Qua rà soát, ",
    "Thống kê cho thấy, ",
    "Nhìn chung, ",
    "Đáng mừng là ",
    "Được biết, ",
    "Đáng chú ý, ",
    "Bên cạnh đó, ",
    "Ngoài ra, ",
    "Đồng thời, ",
    "Mặt khác, ",
    "Tuy nhiên, ",
    "Trong khi đó, ",
)
BETWEEN = {
    "no figures": "Hội nghị đã nghe nhiều ý kiến tham luận của các đại biểu.",
    "a figure of nobody": "Dự hội nghị có 120 đại biểu đến từ các cơ quan, đơn vị.",
    "praise": "Đây là kết quả của sự vào cuộc đồng bộ của cả hệ thống chính trị.",
    "a caption": "(Ảnh minh họa)",
    "a decree": "Việc này được thực hiện theo Quyết định số 1719/QĐ-TTg của Thủ tướng Chính phủ.",
}
_LISTED = re.compile(r"\s*(?:[-–+•*]|[\da-zđ]{1,2}[.)])\s")
_BULLET = re.compile(r"^(\s*)[-–+•*] ")
_PART = re.compile(r"\W*(?:Trong (?:đó|số)|Một số|Cụ thể)")
_LEAST = 60
"""Letters of a paragraph; a shorter line is a heading or a date."""


def ways() -> Iterator[Way]:
    """All ways, those of words first."""
    yield from said_in_rows()
    for words in HEADS:
        yield Way("insert", f"begins: {words.strip()}", by_sentence(_opened_with(words)))
    for name, told in BETWEEN.items():
        yield Way("insert", f"paragraph between: {name}", _between(told))
    yield Way("insert", "heading above", _headed("Kết quả cụ thể"))
    yield Way("insert", "signature", lambda r: _with_last(r, "Nguyễn Văn Hùng"))
    yield Way("order", "time in front", by_sentence(_time_in_front))
    yield Way("order", "time inside", by_sentence(_time_inside))
    yield Way("order", "; becomes a full stop", _where_done(_parted))
    for mark in "+•*":
        yield Way("layout", f"bullets {mark}", lambda r, mark=mark: _bulleted(r, mark))
    yield Way("layout", "page as text", _as_text)
    yield Way("layout", "text as page", _as_page)
    yield Way("quote", "quoted", _quoted("“", "”"))
    said = "Ông Nguyễn Văn Hùng, Phó Chánh Văn phòng, cho biết: “"
    yield Way("quote", "said by an official", _quoted(said, "”"))
    yield from _printed()


def _printed() -> Iterator[Way]:
    yield Way("print", "separators swapped", _separators_swapped)
    yield Way("print", "tones decomposed", _everywhere(lambda t: unicodedata.normalize("NFD", t)))
    yield Way("print", "tone on the last vowel", _everywhere(_late_tones))
    yield Way("print", "title in capitals", lambda r: _first(r, r.passages[0][1].upper()))
    yield Way("print", "footnote mark", lambda r: with_text(r, _footnoted))
    for steps, name in ((-1, "years before"), (1, "years after")):
        yield Way("swap", name, _a_year_off(steps), _year_back(steps))


def by_sentence(change: Callable[[str, str], str]) -> Change:
    """`change` of a sentence, given what its paragraph says before it, in all but lists."""

    def changed(release: Release) -> Release:
        passages = [
            (kind, _paragraph(text, change) if i and _is_paragraph(kind, text) else text)
            for i, (kind, text) in enumerate(release.passages)
        ]
        return replace(release, passages=tuple(passages))

    return changed


def _is_paragraph(kind: str, text: str) -> bool:
    listed = _LISTED.match(text) is not None or not text.rstrip().endswith((".", ";", ":"))
    return kind == "paragraph" and len(text) > _LEAST and not listed


def _paragraph(text: str, change: Callable[[str, str], str]) -> str:
    told, last = "", 0
    for start, end in sentences(text):
        told += text[last:start] + change(text[start:end], text[:start])
        last = end
    return told + text[last:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---------------------------------------------------------------- put in


def _opened_with(words: str) -> Callable[[str, str], str]:
    def opened(sentence: str, _: str) -> str:
        begun = sentence.lstrip()
        fit = begun.split(" ", 1)[0] in OPENINGS and not _PART.match(begun)
        if not fit or not NUMBER.search(begun) or begun.rstrip().endswith(":"):
            return sentence
        return sentence[: len(sentence) - len(begun)] + words + _small(begun)

    return opened


def _between(told: str) -> Change:
    def changed(release: Release) -> Release:
        passages: list[tuple[str, str]] = []
        for i, (kind, text) in enumerate(release.passages):
            before = passages[-1][1] if passages else ""
            plain = _is_paragraph("paragraph", before) and before.rstrip().endswith(".")
            if i > 1 and plain and _is_paragraph(kind, text) and not _PART.match(text):
                passages.append(("paragraph", told))
            passages.append((kind, text))
        return replace(release, passages=tuple(passages))

    return changed


def _headed(words: str) -> Change:
    """A heading above the second paragraph, of a release that tells of results only."""

    def changed(release: Release) -> Release:
        at = [i for i, p in enumerate(release.passages) if i > 1 and _is_paragraph(*p)]
        before = release.passages[at[0] - 1][1].rstrip() if at else ":"
        if before.endswith((":", ";", ",")) or any(w.meaning[2] == "plan" for w in release.wanted):
            return release
        kind = "heading" if release.format == "html" else "paragraph"
        passages = release.passages
        return replace(release, passages=(*passages[: at[0]], (kind, words), *passages[at[0] :]))

    return changed


def _with_last(release: Release, line: str) -> Release:
    return replace(release, passages=(*release.passages, ("paragraph", line)))


# ---------------------------------------------------------------- order

_TIME = (
    r"(?:[Tt]rong )?(?:[Tt]háng \d{1,2}(?:[/-]20\d\d| năm 20\d\d)?|[Nn]ăm 20\d\d"
    r"|\d{1,2} tháng(?: đầu năm)?(?: 20\d\d)?|[Qq]uý (?:IV|I{1,3})(?:[/-]20\d\d| năm 20\d\d)?)"
)
_BEGUN = re.compile(rf"(\s*)({_TIME}), ([^\d,;.:()]{{6,80}}?) ((?:ước )?đạt|là|có|đã) ")
_INSIDE = re.compile(
    r"(\s*)((?:Số|Tổng|Doanh|Kim|Sản|Thu|Diện|Giá|Tỷ|Chỉ)\b[^\d,;.:()]{4,80}?) "
    rf"({_TIME}) ((?:ước )?đạt|là|có|tăng|giảm) "
)
_NEEDS_ITS_TIME = re.compile(
    r"\b(?:đến|cuối|đầu|hết|qua|trong|với|từ|so|của|riêng|kỳ)$|dự toán|kế hoạch|\b(?:nợ|dư)\b"
)
"""Words that the time behind them completes, and what is counted at the end of a time."""


def _time_inside(sentence: str, _: str) -> str:
    hit = _BEGUN.match(sentence)
    if hit is None:
        return sentence
    when = _small(hit[2])
    when = when if when.startswith("trong") else f"trong {when}"
    return f"{hit[1]}{_large(hit[3])} {when} {hit[4]} {sentence[hit.end() :]}"


def _time_in_front(sentence: str, _: str) -> str:
    hit = _INSIDE.match(sentence)
    if hit is None or _NEEDS_ITS_TIME.search(hit[2].lower()):
        return sentence
    return f"{hit[1]}{_large(hit[3])}, {_small(hit[2])} {hit[4]} {sentence[hit.end() :]}"


def _where_done(change: Callable[[str, str], str]) -> Change:
    """In sentences that tell no plan and no estimate, which may go on behind a semicolon only."""

    def changed(release: Release) -> Release:
        known = wanted_by_number(release)
        ahead = {n for n, found in known.items() if any(w.meaning[2] != "actual" for w in found)}
        return by_sentence(
            lambda text, told: text if ahead & set(NUMBER.findall(text)) else change(text, told)
        )(release)

    return changed


def _parted(sentence: str, _: str) -> str:
    parts = re.split(r"; (?=[^\W\d])", sentence)
    if "(" in sentence or ":" in sentence or not all(map(NUMBER.search, parts)):
        return sentence
    return ". ".join([parts[0], *map(_large, parts[1:])])


# ---------------------------------------------------------------- layout


def _bulleted(release: Release, mark: str) -> Release:
    marks = {text.lstrip()[0] for _, text in release.passages if _BULLET.match(text)}
    if release.format != "txt" or len(marks) != 1:
        return release
    return with_text(release, lambda text: _BULLET.sub(rf"\g<1>{mark} ", text))


def _as_text(release: Release) -> Release:
    if any(kind == "heading" for kind, _ in release.passages):
        return release  # plain text has no headings but those in capitals
    passages = tuple(
        (kind, f"- {text.lstrip('-+*• ')}" if kind == "item" else text)
        for kind, text in release.passages
    )
    return replace(release, format="txt", passages=passages)


def _as_page(release: Release) -> Release:
    headed = any(text.isupper() for _, text in release.passages)
    return release if headed else replace(release, format="html")


def _quoted(begin: str, end: str) -> Change:
    def told(kind: str, text: str) -> str:
        own = "“" in text or '"' in text or _PART.match(text) or not text.rstrip().endswith(".")
        return text if own or not _is_paragraph(kind, text) else f"{begin}{text.strip()}{end}"

    return lambda release: replace(
        release,
        passages=tuple(
            (k, told(k, t) if i > 1 else t) for i, (k, t) in enumerate(release.passages)
        ),
    )


# ---------------------------------------------------------------- print

_GROUPED = re.compile(r"(?<![\d/.,\-])\d{1,3}(?:[.,]\d+)+(?![\d/])(?!-\d)")
_DATES = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d[.,]\d+ ?\w*/\d")
_NEW_TONES = dict(
    zip(
        "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy".split(),
        "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ".split(),
        strict=True,
    )
)
_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEW_TONES)})(?!\w)")


def _everywhere(change: Callable[[str], str]) -> Change:
    return lambda release: with_text(release, change, title=True)


def _late_tones(text: str) -> str:
    return _TONE.sub(lambda hit: _NEW_TONES[hit.group()], text)


def _first(release: Release, title: str) -> Release:
    return replace(release, passages=((release.passages[0][0], title), *release.passages[1:]))


def _footnoted(text: str) -> str:
    return re.sub(r"(?<=[\d.,\w%] )(người|đồng|hộ|tấn|ha)(?=[;.](?:\s|$))", r"\1¹", text)


def _separators_swapped(release: Release) -> Release:
    """In releases whose percentages show which mark is which."""
    text = "\n".join(text for _, text in release.passages)
    rates = [len(re.findall(rf"\d{mark}\d{{1,2}} ?%", text)) for mark in (",", r"\.")]
    if min(rates) or max(rates) < 3 or _DATES.search(text):
        return release
    swapped = str.maketrans(".,", ",.")
    return with_text(
        release,
        lambda text: _GROUPED.sub(lambda hit: hit.group().translate(swapped), text),
        title=True,
    )


_YEAR = re.compile(
    r"(?:(?<![\d.,])|(?<=\d\.\d\.)|(?<=\d\.\d\d\.))20[012]\d"
    r"(?!\d|[.,]\d| (?:người|hộ|tỷ|triệu|đơn vị|ha|tấn|em|lao|học sinh|doanh|lượt)\b)"
)
_OLDEST, _NEWEST = 2009, 2024
"""Years between which the map of units is much the same."""


def _a_year_off(steps: int) -> Change:
    """In releases that neither speak of a year elsewhere nor of a day that only leap years have."""

    def changed(release: Release) -> Release:
        text = "\n".join(text for _, text in release.passages)
        years = [int(y) + steps for y in re.findall(r"(?<!\d)20[012]\d(?!\d)", text)]
        spared = re.search(r"(?<!\d)\d{1,2}/\d{1,2}/\d\d(?!\d)|nhiệm kỳ|sáp nhập|29/0?2\b", text)
        if not years or max(years) > _NEWEST or min(years) < _OLDEST or spared:
            return release
        return with_text(
            release,
            lambda t: _YEAR.sub(lambda hit: str(int(hit.group()) + steps), t),
            title=True,
        )

    return changed


def _year_back(steps: int) -> Callable[[Key], Key]:
    """The reading of a text whose years are `steps` off, as that of the original."""

    def back(value: object) -> object:
        if isinstance(value, int):
            return value - steps
        text = re.sub(r"20\d\d", lambda hit: str(int(hit.group()) - steps), str(value))
        return text.replace("-02-29", "-02-28")

    def same(key: Key) -> Key:
        *others, basis, period = key
        return (*others, back(basis), period and tuple(map(back, period)))

    return same
