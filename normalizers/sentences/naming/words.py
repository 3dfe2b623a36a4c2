"""The words of a clause as they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalizers.measures import RATES
from normalizers.metrics import INSURANCE, content_words, without_agencies
from normalizers.quantities.reading import Quantity
from normalizers.sentences.clauses import Clause, fragments
from normalizers.spelling import canonical, words
from solieu.quick import quick

MONEY = frozenset({"VND", "USD"})
_ASIDE = re.compile(
    r"\((?:kể cả|tính cả|bao gồm|gồm|chưa|không|trừ|theo(?! giá so sánh))\s[^()\d]*\)",
    re.IGNORECASE,
)
"""What a bracket adds to a subject: "tỷ lệ che phủ rừng (kể cả cây cao su)"."""
_EXPLAINED = re.compile(r"\([^()\d]{60,}\)")
"""What a bracket says at length explains a notion and names no other: "việc làm phi chính thức
(việc làm bấp bênh, …, không được đóng bảo hiểm xã hội bắt buộc)"."""
_TAIL_ASIDE = re.compile(
    r"\([^()]*\d[^()]*\)|\((?:kể cả|tính cả|bao gồm|gồm|chưa|không|trừ|theo)\s[^()]*\)?"
    r"|, (?:đã |chưa |có |không )?(?:tính|kể|bao gồm)(?: cả| luôn| thêm)? [^();]*",
    re.IGNORECASE,
)
"""A bracket that shares out what was counted: "262 sản phẩm OCOP (3 sao: 172, 4 sao: 90)"."""
_HEAD = 80
_NO_WORD = re.compile(r"[\d/%.,]+|[ivx]+|[a-zđ]")


@quick
@dataclass(frozen=True, slots=True)
class Words:
    """A clause in the compared spelling.

    `bare` parts are without the names of territories and the agencies in front of them.
    """

    left: str
    tail: str
    bare_left: str
    bare_tail: str
    near: str
    """The last statement of `bare_left`: what stands behind its last comma."""
    noun: str
    listed: bool
    """A colon closes what is listed, and only a territory stands behind it: "…: Ba Tri 264"."""
    head: str
    """Whose report it is, and how the sentence begins: "Về cơ cấu kinh tế, …"."""
    stated: str = ""
    """`bare_tail` up to the comma that ends its statement, where something else is told behind."""

    @property
    def phrase(self) -> str:
        return f"{self.bare_left} {self.bare_tail}".strip()


def currency(unit: str) -> str:
    """The unit without what it is per: "VND/person" is VND."""
    return unit.split("/", 1)[0]


def spoken(clause: Clause, blanked: str, topic: str = "") -> Words:
    """The clause's words; `blanked` is the sentence with territories and their agencies blanked."""
    quantity = clause.quantity
    bare = _EXPLAINED.sub(
        " ", _ASIDE.sub(" ", blanked[clause.start : clause.start + len(clause.left)])
    )
    behind = _behind_bracket(clause, blanked) or blanked[quantity.end : clause.end]
    return Words(
        left=canonical(clause.left),
        tail=canonical(clause.tail),
        bare_left=canonical(bare),
        bare_tail=canonical(_TAIL_ASIDE.sub(" ", _named_once(behind))),
        near=_near(bare),
        noun=_noun(quantity, behind),
        listed=":" in bare and not says(canonical(bare.rsplit(":", 1)[1])),
        head=canonical(f"{topic} {blanked[:_HEAD]}"),
        stated=_stated(behind) if ", " in behind else "",
    )


def _stated(behind: str) -> str:
    """As in "92% dân số tham gia BHYT, các ngành đẩy mạnh tuyên truyền", not "BHXH, BHYT, BHTN"."""
    own, _, others = _TAIL_ASIDE.sub(" ", behind).partition(", ")
    next_one = without_agencies(canonical(others.partition(",")[0]))
    goes_on = not INSURANCE.isdisjoint(next_one.split())
    return "" if goes_on or _SAME_LIST.match(others) else canonical(own)


_SAME_LIST = re.compile(
    r"\W*(?:bắt buộc|tự nguyện|hộ gia đình|học sinh|sinh viên|y tế|thất nghiệp|lâm|ngư|diêm|trong"
    r"|chưa|không|nhưng|được|có|và|thuộc|theo|gồm|bao gồm|kể cả|trừ|tính|chế độ|trợ cấp|lương hưu"
    r"|ốm đau|thai sản|dưỡng sức|tai nạn|tử tuất|hưu trí|người|lao động|hộ|trẻ em|cận nghèo)\b"
)
"""What goes on with what a comma parts: "hộ nông, lâm, ngư nghiệp", "…, chưa kể 900 người"."""


_PARTED = re.compile(
    r"\s*(?P<noun>[^\W\d_]+(?: [^\W\d_]+){0,3})\s*\([^()]*\d[^()]*\)\s+"
    r"(?P<rest>(?!(?:tăng|giảm|so|bằng|chiếm|là|và|trong|còn|nhưng|cao|thấp|vượt|với|cùng|hoàn|tương"
    r"|nâng|đưa|lên|xuống|thuộc|của|tại|ở|trên|cho|từ|theo|do|vào|đạt (?:gần|trên|hơn|\d))\b)"
    r"[a-zà-ỹđ][^,;.:()\d]*)"
)
_NEXT_STATEMENT = re.compile(r"\s(?:và|trong đó|với|nhưng)\s")


def _behind_bracket(clause: Clause, blanked: str) -> str:
    """What is counted, where a bracket parts it: "402 xã (chiếm 71%) đạt chuẩn nông thôn mới"."""
    parted = _PARTED.match(blanked, clause.quantity.end) if "(" in blanked else None
    if parted is None or currency(clause.quantity.unit) in MONEY or clause.quantity.unit in RATES:
        return ""
    if clause.end > parted.start("rest"):
        return ""
    return f"{parted['noun']} {_NEXT_STATEMENT.split(parted['rest'])[0]}"


_SHORT = re.compile(r"\s*\(([A-ZĐ]{2,8})\)")


def _named_once(text: str) -> str:
    """Without the abbreviation behind its name: "trường đạt chuẩn quốc gia (CQG)"."""

    def kept(short: re.Match[str]) -> str:
        initials = "".join(word[0] for word in text[: short.start()].split())
        return "" if initials.casefold().endswith(short[1].casefold()) else short.group()

    return _SHORT.sub(kept, text) if "(" in text else text


@lru_cache(maxsize=4096)
def _near(left: str) -> str:
    """The last statement that says anything, in an open bracket before what stands outside.

    "Hạ tầng điện được mở rộng (hộ sử dụng điện: 97,9%)".
    """
    inside = left.rpartition("(")[2] if left.count("(") > left.count(")") else ""
    for fragment in (*reversed(fragments(inside)), *reversed(fragments(left))):
        plain = canonical(fragment)
        if says(plain):
            return plain
    return ""


def _noun(quantity: Quantity, tail: str) -> str:
    if quantity.unit in RATES or currency(quantity.unit) in MONEY:
        return ""
    plain, noun = canonical(tail), canonical(quantity.noun or "")
    return plain if plain.startswith(noun) else noun


EMPTY_ROLES = ("empty", "hedge", "predicate", "pronoun", "estimate", "country")
"""Roles of `cue_words.csv` whose words, one by one, name no subject anywhere."""


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    return frozenset(w for role in EMPTY_ROLES for phrase in words(role) for w in phrase.split())


@lru_cache(maxsize=4096)
def says(text: str) -> tuple[str, ...]:
    """Words of a canonical text that name a subject: "đạt tỷ lệ" names none.

    >>> says("so với cùng kỳ đạt tỷ lệ")
    ()
    """
    empty = _empty()
    return tuple([w for w in content_words(text) if w not in empty and not _NO_WORD.fullmatch(w)])
