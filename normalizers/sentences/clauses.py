"""Running text cut into sentences, and a sentence into the words that belong to each figure.

Between two figures of a sentence stand the end of the first statement and the beginning of the
second: "354 người, | qua các đại lý khác là 470 người". A bracket, a semicolon, a verb behind a
comma or "và" begins the second; a comma between two names ("BHXH, BHYT") does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from normalizers.facts import rows
from normalizers.quantities.reading import Quantity
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS, canonical, words
from normalizers.watching import watched
from solieu.quick import quick

IN_TURN = watched(r"\b(?:lần lượt|tương ứng)\b")
"""Says that a list goes through its subjects in their order."""
_BY_KIND = (
    r"(?:nếu )?(?:phân|chia|xét|phân loại|phân tổ) theo (?:[^\W\d]+ ){0,4}[^\W\d]+(?=[,:])"
    r"|theo (?:giới tính|độ tuổi|dân tộc|địa bàn|hình thức|cấp học|lĩnh vực|nguồn vốn"
    r"|(?:khu vực|thành phần|loại hình|ngành)(?: (?:kinh tế|sở hữu|hàng))?|nhóm hàng)(?=[,:])"
)
"""By what it is parted: "Theo giới tính, nam …", and no "Theo ngành Y tế, …"."""
SHARES_OUT = (
    r"(?:trong (?:đó|số (?:đó|này)|mức tăng(?: trưởng)?(?: chung)?)|cụ thể|chia ra|(?:bao )?gồm"
    rf"|{_BY_KIND})"
)
"""Says that what follows are parts of what was told: of its time, and as sure as it."""
PARTS_FOLLOW = re.compile(rf"\W*{SHARES_OUT}\b", re.IGNORECASE)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:tp|tx|tt|tr|ths|ts|bs|pgs|gs|st|no|v\.v|đ/c|ks|cn|p|q|h|x|s)$"
    r"|(?:^|[\s(.])(?-i:[A-ZĐ]\.[A-ZĐ])$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 8
_END = re.compile(
    # The letters that an end begins with, first and alone: most letters are none of them.
    r"[.!?…\n/](?:"
    rf"(?<=[.!?…])[.!?…]*[\"”’)]*(?=\s+[\"“‘(\-+•*]*\s*[{CAPITALS}])"
    r"|(?<=[.!?…])(?<!\d[.!?…])[.!?…]*(?=\s+\d)|(?<=\n)\n*|(?<=/)\.(?=\s|$)"
    r"|(?<=[a-zà-ỹđ)%]\.)(?=\s+(?:năm (?:19|20)\d\d|tỷ lệ|tổng số|trong đó|đến nay)\b))"
)
_OPEN_LIST = re.compile(r"\b(?:như|gồm|bao gồm)\b:?\s[^.;:]*,[^.;:]*$")
_NO_TIME = re.compile(r"\s+\d[\d.,]*\s(?!năm\b|tháng\b|giờ\b)")
"""What is counted behind a list left open: "ở các thị trường như: Nhật Bản, Lào... 250 người"."""
_ELLIPSES = frozenset({"...", "…", "…."})
_WRAPPED = re.compile(r"(?:,|[^\W\d_]|%)[ \t]*$")
_WRAPS_ON = re.compile(r"[ \t]*(?:[a-zà-ỹđ]|[\d.,]+ )")
_NUMBERING = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]?\s*$")
_NAMES = r"(?:BHXH|BHYT|BHTN|[Bb]ảo hiểm (?:xã hội|y tế|thất nghiệp))"
_LISTED = re.compile(rf"{_NAMES}(?: (?:bắt buộc|tự nguyện|TN|BB))?(\s*,\s*)(?={_NAMES})")
_POOR = sought(r"hộ nghèo,\s*(?=hộ cận nghèo\s*(?:[,(]|chiếm|tỷ lệ|$))", flags=0)
"""Counted together: "37.819 hộ nghèo, hộ cận nghèo, chiếm 8,6%"."""
_RANKED = sought(
    r"(?:,|\bvới)\s(?!(?:và|vẫn|hiện|tiếp|cùng|xếp|đứng|giữ|dẫn)\b)[^,;()\d]{3,40}"
    r"\b(?:xếp|đứng|giữ)\b[^,;()\d]{0,16} (?:thứ|hạng) \d+[^,;()\d]{0,30},(?=\s(?:đạt|ước)\b)",
    flags=0,
)
"""A rank between a noun and its figure: ", quy mô GRDP đứng thứ 5 cả nước, đạt 81.200 tỷ"."""
_ABOVE_ALL = sought(r",\s(?:nhất là|đặc biệt là|riêng)\s[^,;()\d]{3,60},(?=\s(?:tăng|giảm)\b)")
"""A part that the whole is told by: "IIP tăng 24,9%, nhất là công nghiệp chế biến, tăng 28,2%"."""
_CLOSED = re.compile(r"\)\s*(?=(?:so|cùng kỳ)\b)")
"""A bracket that the statement goes on behind: "tăng 312 người (2,86%) so với cùng kỳ"."""
_BRACKETS = re.compile(r"\([^()]*\)")


@quick
@dataclass(frozen=True, slots=True)
class Clause:
    """A figure with the words that lead to it and the words that follow it, in one sentence."""

    quantity: Quantity
    start: int
    """Where `left` begins in the sentence."""
    left: str
    tail: str
    bracketed: bool = False
    """The figure opens a bracket: "Nghệ An (98.512 người)"."""

    @property
    def end(self) -> int:
        return self.quantity.end + len(self.tail)

    @property
    def signed(self) -> bool:
        """Is the sign of a change printed with it: "(+4.607 tỷ đồng)"?"""
        return self.quantity.raw[:1] in _SIGNS

    @property
    def phrase(self) -> str:
        """All its words, as they are compared."""
        return canonical(f"{self.left} {self.tail}")


_SIGNS = frozenset("+-−–")


@lru_cache(maxsize=4096)  # asked for figures, for the document's years and for a table's time
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence.

    >>> [text[a:b] for text in ["TP. Vinh có 5 xã. Đạt 3 xã."] for a, b in sentences(text)]
    ['TP. Vinh có 5 xã.', 'Đạt 3 xã.']
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.start()]
        if end.group() == "." and _continues(piece, text[end.end() : end.end() + 24]):
            continue
        if end.group() in _ELLIPSES and _lists_on(piece, text, end.end()):
            continue
        if end.group() == "\n" and _wrapped(piece[-8:], text[end.end() : end.end() + 16]):
            continue
        yield from _unstopped(text, start, end.end())
        start = end.end()
    yield from _unstopped(text, start, len(text))


def _lists_on(piece: str, text: str, at: int) -> bool:
    """Does what is told of a list follow, which an ellipsis leaves open?"""
    return _NO_TIME.match(text, at) is not None and _OPEN_LIST.search(piece) is not None


_BEGIN = (
    r"Theo (?:báo cáo|số liệu|thống kê|đó|ông|bà|kế hoạch)\b"
    rf"|(?:Theo|Tại|Riêng|Còn|Ở) (?=[{CAPITALS}]|tỉnh|huyện|xã|thành phố|các)|Tính đến\b"
    r"|Trong (?:đó|năm|tháng|quý|khi|số|\d)|Đến (?:nay|hết|ngày|cuối)\b|So với\b"
    r"|(?:Trước|Bên cạnh|Do) đó\b|Ngoài ra\b|Tuy nhiên\b|Cụ thể\b|Hiện nay\b|Cũng theo\b"
    r"|Ngược lại\b|Năm (?:19|20)\d\d,"
)
_MAY_RUN_ON = watched(rf"\s(?<=[^\s;:!?,…]\s)\s*(?:{_BEGIN})", flags=0)
"""Looked for first: most sentences begin with such words and hold none behind others."""
_RUNS_ON = watched(
    rf"(?<!\S)(?:(?![{CAPITALS}])\w[^\s.;:!?,…]*"
    rf"|Ảnh: [{CAPITALS}][\w.]*(?:[ /–-]+[{CAPITALS}][\w.]*){{0,3}}?)\)?"
    rf"\s+(?=(?:{_BEGIN}))",
    flags=0,
)


def _unstopped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a piece that no full stop parts, as flattened pages print them.

    "… tăng 6,9% so với cùng kỳ Theo báo cáo của Sở, …": words that only begin a sentence begin one.
    """
    piece = text[start:end]
    hits = _RUNS_ON.finditer(piece) if _MAY_RUN_ON.search(piece) else ()
    for begin, stop in pairwise([start, *(start + hit.end() for hit in hits), end]):
        yield from _trimmed(text, begin, stop)


def _wrapped(line: str, rest: str) -> bool:
    """A line that the print broke: it ends in a comma, or the next one goes on in lower case."""
    if _WRAPS_ON.match(rest) is None or _WRAPPED.search(line) is None:
        return False
    return line.rstrip().endswith(",") or rest.lstrip()[:1].islower()


def _continues(piece: str, rest: str) -> bool:
    """A dot that ends an abbreviation ("TP. Vinh") or a list number, not the sentence."""
    if _NUMBERING.match(piece):
        return True
    abbreviated = _ABBREVIATED.search(piece, max(0, len(piece) - _LONGEST_ABBREVIATION))
    return abbreviated is not None and not _openers().match(canonical(rest))


@lru_cache(maxsize=1)
def _openers() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, words("opener"))) + r")(?!\w)")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def clauses(sentence: str, quantities: Sequence[Quantity]) -> list[Clause]:
    """The sentence shared out between its figures, in order."""
    found: list[Clause] = []
    cuts = [0]
    for before, after in pairwise(quantities):
        gap = sentence[before.end : after.start]
        own = _next_scheme(gap) if before.unit == after.unit else None
        cuts.append(before.end + (cut(gap) if own is None else own))
    for i, quantity in enumerate(quantities):
        left = sentence[cuts[i] : quantity.start]
        end = cuts[i + 1] if i + 1 < len(quantities) else _statement_end(sentence, quantity.end)
        bracketed = "(" in left and _OPENS_BRACKET.search(left) is not None
        if quantity.kind == "range_low" or _OR_MORE.match(sentence, quantity.end):
            left = _FROM.sub("", left)
        found.append(Clause(quantity, cuts[i], left, sentence[quantity.end : end], bracketed))
    return found


_OR_MORE = re.compile(r"(?:/năm)?\s*trở (?:lên|xuống)\b")
_FROM = re.compile(r"(?<!\w)từ\s*$", re.IGNORECASE)
"""Begins a range, and no way from one level to another: "giảm tỷ lệ hộ nghèo từ 1 - 1,5%"."""


_OPENS_BRACKET = re.compile(r"\(\s*(?:\w+\s+)?$")
_NEXT_SCHEME = re.compile(
    rf"{_NAMES}(?: (?:bắt buộc|tự nguyện|TN|BB))?(,\s*)(?={_NAMES}(?: (?:bắt buộc|tự nguyện|TN|BB"
    r"|hộ gia đình))? ?(?:(?:là|có|đạt|:)\s*)?(?:(?:gần|hơn|trên|khoảng)\s+)?$)"
)


def _next_scheme(gap: str) -> int | None:
    """What the next number counts: "14,9 triệu người đóng BHXH bắt buộc, | BHXH tự nguyện có"."""
    found = _NEXT_SCHEME.search(gap)
    return found.start(1) if found and ";" not in gap[: found.start()] else None


def _statement_end(sentence: str, start: int) -> int:
    end = _CLOSES.search(_masked(sentence[start:]))
    return start + end.start() if end else len(sentence)


_CLOSES = re.compile(r"[;)]")


@lru_cache(maxsize=4096)
def _masked(text: str) -> str:
    """Closed brackets and the commas of a list of schemes blanked out, every place kept."""
    if ")" in text:
        text = _BRACKETS.sub(lambda m: "_" * len(m.group()), text)
        text = _CLOSED.sub(lambda m: m.group().replace(")", "_"), text)
    if "," in text:
        text = _pairs().sub("_", text)
        text = _LISTED.sub(lambda m: m.group().replace(",", "_"), text)
        text = _POOR.sub(lambda m: m.group().replace(",", "_"), text)
        text = _RANKED.sub(lambda m: m.group()[:-1] + "_", text)
        text = _ABOVE_ALL.sub(lambda m: m.group()[:-1] + "_", text)
    return text


@lru_cache(maxsize=1)
def _pairs() -> re.Pattern[str]:
    """The comma between words that are one idea: "khám, chữa bệnh"."""
    ways = (rf"(?<={re.escape(a)},)(?=\s*{re.escape(b)})" for a, b in _paired())
    return re.compile(rf",(?:{'|'.join(ways)})", re.IGNORECASE)


def _paired() -> list[tuple[str, str]]:
    said = (r["phrase"].partition("|") for r in rows("cue_words.csv") if r["role"] == "pair")
    return [(first, second) for first, _, second in said]


@lru_cache(maxsize=8)
def _parting(marks: str) -> re.Pattern[str]:
    return re.compile(rf"[{marks}](?=\s)")


@lru_cache(maxsize=2048)  # the words before a figure are asked for its noun, its label, its base
def fragments(text: str, marks: str = ",;:") -> tuple[str, ...]:
    """A text cut at its commas, semicolons and colons; a list of schemes stays whole."""
    masked = _masked(text)
    places = [m.start() for m in _parting(marks).finditer(masked)]
    starts = [0, *(p + 1 for p in places)]
    return tuple(text[a:b] for a, b in zip(starts, [*places, len(text)], strict=True))


@lru_cache(maxsize=4096)
def cut(gap: str) -> int:
    """Where the words between two figures pass from the first to the second."""
    masked = _masked(gap)
    for edge in _EDGES:
        at = edge(masked)
        if at is not None:
            return at
    return _after_noun(gap)


_STROKE = re.compile(
    r"[;()]|(?:\.{3}|…)(?=\s+[a-zà-ỹđ])"
    r"|(?:^|(?<=\w))\s*/\s*$|^\s*/\s*(?:kế hoạch|KH|chỉ tiêu|mục tiêu|kịch bản)[^\d;(),]*$",
    re.IGNORECASE,
)


def _hard(masked: str) -> int | None:
    """A semicolon, a bracket, the stroke of "02 ca/0 ca"; a statement before a bracket wins."""
    found = _STROKE.search(masked)
    if found is None:
        return None
    before = _opening(masked[: found.start()]) if found.group() == "(" else None
    if before is not None:
        return before
    return found.end() if found.group() == ")" else found.start()


_RANKS = re.compile(
    r",(?=\s*(?:và |còn |tiếp (?:đến|theo) |kế (?:đến|tiếp) )*"
    r"(?:cao|thấp|nhiều|ít|lớn|nhỏ) nhất (?:là|ở|thuộc về) [^,;()\d]{2,40},"
    r" (?:mới |chỉ |đã )*đạt\s)"
)


def _ranks(masked: str) -> int | None:
    """Who is first or last of all begins a statement: "… 97,1%, | thấp nhất là xã B, mới đạt"."""
    found = _RANKS.search(masked)
    return found.start() if found else None


def _comma(masked: str) -> int | None:
    at = masked.find(",")
    return at if at >= 0 else None


_PLANNED = re.compile(
    r"\s*(?:so với )?(?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)\b"
    r"(?:(?:(?!\s(?:và|nhưng|cùng|còn)\s).)*(?=\slà(?: (?:hơn|gần|khoảng|trên))?\s*$)"
    r"|(?: (?:năm|cả năm|được|tỉnh|Trung ương|giao|đề ra|đặt ra))*\s*$)"
)


def _planned(masked: str) -> int | None:
    """What a plan is that the first is measured by: "đạt 98% kế hoạch giao | là 4.000 tỷ"."""
    found = _PLANNED.match(masked)
    return found.end() if found else None


_MEASURED = re.compile(
    r"^\s*[^\W\d]+(?:\s[^\W\d]+)+\s"
    r"(?=so với (?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)(?: (?:là|hơn|gần|khoảng|trên))*\s*$)"
)


def _by_plan(masked: str) -> int | None:
    """What those counted are measured by: "12 người tham gia BHXH | so với mục tiêu 15 người"."""
    found = _MEASURED.match(masked)
    return found.end() - 1 if found else None


def _last(pattern: str, masked: str) -> int | None:
    found = list(re.finditer(pattern, masked))
    return found[-1].start() if found else None


def _joined(masked: str) -> int | None:
    return _last(r"\s(?:và|nhưng|song|cùng(?! (?:k[ỳì]|thời)\b))\s", masked)


def _out_of(masked: str) -> int | None:
    """What a count is out of: "331.402 em tham gia BHYT | trên tổng số 336.005 em"."""
    return _last(r"\s(?=(?:trên|trong) tổng(?: số)?\s)", masked)


def _has(masked: str) -> int | None:
    """What is counted before "có": "Trong số 74.905 người tham gia BHXH | có 54.789 người …"."""
    found = re.search(
        r"\s(?=(?:(?:đã|thì|mới|chỉ|hiện) )*có(?: (?:hơn|gần|khoảng|trên|tới|đến))?\s*$)", masked
    )
    return found.start() if found else None


def _verb(masked: str) -> int | None:
    return _last(
        r"\s(?=(?:đạt|chiếm|bằng|tăng(?! thêm)|(?<!vốn )tăng|(?<!cắt )giảm|vượt)\s)", masked
    )


def _in_rate(masked: str) -> int | None:
    """What a change is in percent: "tăng 51 người | tương ứng với 8,36%"."""
    return _last(
        r"\s(?=(?:[-–—] )?(?:(?:tương ứng|tương đương)(?: với)?|tức(?: là)?)"
        r"(?: tỷ lệ| khoảng| gần| hơn| trên| tăng| giảm)*\s*$)",
        masked,
    )


_ONE_TIME_TO_ANOTHER = re.compile(
    r"\b(?:năm|quý [IV\d]+[/ -]|tháng \d+/)\s?(?:19|20)\d\d\)?"
    r"(?=\s(?:đến|tới|sang|thì)\s(?:(?:hết|cuối|đầu)\s)?(?:năm|quý|tháng|nay)\b)"
)


def _times_part(gap: str) -> int | None:
    """Where a change goes on at another time: "từ 45 ha năm 2018 | đến năm 2022 đã có 80 ha"."""
    found = _ONE_TIME_TO_ANOTHER.search(gap)
    return found.end() if found else None


def _preposition(masked: str) -> int | None:
    found = re.search(
        r"(?<!so)(?<!trở)\s(?:(?:với|cho|lên|xuống)\s|của(?: (?:hơn|trên|gần|khoảng))?\s*$)", masked
    )
    return found.start() if found else None


_OPENINGS = re.compile(r",\s*|(?<!mới(?=\s+và\s+tăng thêm))\s(?:và|nhưng)\s+|(?<=\s)(?=trong đó)")
"""But for "tổng vốn cấp mới và tăng thêm 17,5 triệu USD", which is one thing."""


def _opening(masked: str) -> int | None:
    """The first comma or "và" (or none) behind which a verb begins a statement of its own."""
    for start in _OPENINGS.finditer(masked):
        if _predicates().match(canonical(masked[start.end() :])):
            return start.start()
    return None


@lru_cache(maxsize=1)
def _predicates() -> re.Pattern[str]:
    verbs = sorted(words("predicate"), key=len, reverse=True)
    return re.compile(r"(?:đã |cũng |chỉ |mới )?(?:" + "|".join(map(re.escape, verbs)) + r")(?!\w)")


def _then(masked: str) -> int | None:
    """What follows from the first: "thêm 5,2 triệu tấn ngô | thì sản lượng lương thực đạt …"."""
    found = re.search(r"\s(?=thì (?!đến|tới|năm|nay|hiện|con số|tháng|quý)\w)", masked)
    return found.start() if found else None


_EDGES = (
    *(_hard, _ranks, _times_part, _opening, _comma, _by_plan, _planned, _in_rate, _out_of),
    *(_then, _joined),
    *(_has, _verb, _preposition),
)
"""Where two statements may part, the surest first."""


def _after_noun(gap: str) -> int:
    """Nothing parts the two statements: the counted noun stays with the first figure."""
    colon = gap.find(":")
    if 0 <= colon < len(gap.rstrip()) - 1:
        return colon
    noun = re.match(r"\s*[^\W\d_]+(?:\s+(?:tượng|bào|hợp|lượng|vị|sở|nghiệp|sinh|động))?", gap)
    if noun and noun.end() < len(gap.rstrip(" :")):
        return noun.end()
    return len(gap) if not gap.rstrip().endswith(":") else (noun.end() if noun else 0)
