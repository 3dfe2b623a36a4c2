"""Units that a list names and the map does not know: their figures are for no one else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.regions import Mention
from normalizers.sentences.clauses import Clause
from normalizers.sentences.where.placed import Placed
from normalizers.spelling import CAPITALS, NAME_WORD
from normalizers.watching import watched

_UNIT = watched(
    rf"(?<!\w)(?:[Hh]uyện|[Tt]hị xã|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Qq]uận|[Đđ]ặc khu) "
    rf"{NAME_WORD}(?:[ -][{CAPITALS}\d][\w'’]*){{0,3}}",
    flags=0,
)
_HAMLET = re.compile(
    rf"\W*(?:[^,.;:()]{{0,40}}, )?(?:(?:[Tt]ại|[Ởở]|[Rr]iêng) )?(?P<name>(?:(?i:thôn|bản|ấp|buôn"
    r"|xóm|khóm|làng|tổ dân phố|khu phố|khu dân cư) (?:số )?"
    r"|(?:HTX|(?i:hợp tác xã)) (?:[^\W\d]+ ){0,4}?)"
    rf"[{CAPITALS}\d][\w'’]*(?:[ -][{CAPITALS}\d][\w'’]*){{0,3}})"
)
_ITS_OWN = re.compile(
    r"\b(?:của|toàn|trong) (?:thôn|bản|ấp|xóm|khu phố)\b(?! \d)"
    r"|\b(?:toàn|cả) khu vực"
    r"(?= (?:có|đạt|đã|là|hiện|còn|thu|chi|giải ngân|phát triển|ước)\b|,? \d)",
    re.IGNORECASE,
)
"""A part of a commune, or the provinces of which one office has charge: none is the text's own."""
_LIES_IN = re.compile(r"\s*(?:,|thuộc|của|\()\s*")


def of_hamlet(
    sentence: str, clause: Clause, placed: Placed, known: Sequence[Mention]
) -> Placed | None:
    """The place of what a sentence tells of a part of a commune, or of a cooperative in it.

    "Thôn Hòa 1 có 450 hộ", "Vụ xuân 2022, HTX Đông Xuân gieo cấy 312 ha".
    """
    own = _ITS_OWN.search(clause.left)
    if own is not None and placed.carried:
        return Placed(None, own.group())
    hit = _HAMLET.match(sentence)
    if hit is None:
        return None
    end = hit.end("name")
    for mention in known:  # the commune and the district that it lies in
        if mention.start < end or _LIES_IN.fullmatch(sentence, end, mention.start) is None:
            continue
        end = mention.end
    later = any(end <= m.start < clause.quantity.start for m in known)
    return None if later else Placed(None, hit["name"])


_LEADS = re.compile(r"\s*[:(–-]?\s*(?:(?:có|đạt|là|với|còn|được|gần|hơn|trên|khoảng)\s+)*")


def unmapped(
    sentence: str, clause: Clause, placed: Placed, known: Sequence[Mention]
) -> Placed | None:
    """The place of a figure whose own unit, right before it, no map has: what is printed.

    "Huyện Mường La 420 ha, huyện Mường Xyz 115 ha": the second is not of Mường La.
    """
    named = list(_UNIT.finditer(sentence, clause.start, clause.quantity.start))
    last = named[-1] if named else None
    if last is None or _LEADS.fullmatch(sentence, last.end(), clause.quantity.start) is None:
        return None
    if any(m.start < last.end() and last.start() < m.end for m in known):
        return None
    own = placed.text is not None and placed.text in sentence[clause.start : clause.quantity.start]
    return None if own else Placed(None, last.group())
