"""Bare numbers behind names of places: "155 người chết, gồm: Bảo Yên 109, Sa Pa 8, Bát Xát 13"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from normalizers.measures import RATES
from normalizers.quantities.reading import Quantity
from normalizers.regions import Mention
from normalizers.seeking import sought
from normalizers.sentences.clauses import PARTS_FOLLOW
from normalizers.sentences.naming.words import MONEY, currency
from normalizers.spelling import NAME_WORD
from solieu.quick import replace

_NAME = (
    r"(?:(?:TP|TX|TT|thành phố|thị xã|thị trấn|tỉnh|huyện|quận|xã|phường)\.? ?)?"
    rf"{NAME_WORD}(?:[ -](?:{NAME_WORD}|\d{{1,2}}(?=:))){{0,3}}:?\s*"
)
_NEXT = re.compile(rf"\s*(?:,|;|và)\s+{_NAME}")
_NEXT_BEHIND = re.compile(rf"(?: [^\W\d]+){{0,3}}{_NEXT.pattern}")
_FIRST = sought(rf"(?:\(|:|\b(?:gồm|trong đó|cụ thể|tại))[^\S\n]*:?\s*{_NAME}$", flags=0)
_BEHIND = re.compile(r"\s*(?:[,;).]|và\b|…|$)")
_FEWEST = 2


def shared_by_places(
    text: str,
    why: Mapping[Quantity, str | None],
    mentions: Callable[[], Sequence[Mention]],
) -> dict[Quantity, str | None]:
    """The numbers of a list of places count what the amount before the list counts.

    So does one that left out what its neighbours say: "Núi Thành 73 ca, Tam Kỳ 48, Hội An 29 ca".
    """
    told = _as_before(text, dict(why), mentions)
    for whole, parts in _lists(text, list(why), why):
        ends = {m.end for m in mentions()}
        named = [q for q in parts if len(text[: q.start].rstrip(" :")) in ends]
        if len(named) < _FEWEST:
            continue
        for one in named:
            del told[one]
            flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
            known = replace(one, unit=whole.unit, unit_text=whole.unit_text, flags=flags)
            told[known] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


def shared_as_told(
    text: str,
    why: Mapping[Quantity, str | None],
    unit: str,
    mentions: Callable[[], Sequence[Mention]],
) -> dict[Quantity, str | None]:
    """The same in `unit`, where the sentence before told what is shared out.

    "Toàn tỉnh giao 1.100 tân binh. Trong đó Hướng Hóa 165, Vĩnh Linh 152, Đông Hà 110".
    """
    first = next(iter(sorted(why, key=lambda q: q.start)), None)
    if not unit or first is None or PARTS_FOLLOW.match(text) is None:
        return dict(why)
    ends = {m.end for m in mentions()}
    parts: list[Quantity] = []
    for one in sorted(why, key=lambda q: q.start):
        if not _is_bare(text, one, why) or len(text[: one.start].rstrip(" :")) not in ends:
            break
        parts.append(one)
    if len(parts) < _FEWEST:
        return dict(why)
    told = {q: reason for q, reason in why.items() if q not in parts}
    for one in parts:
        flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
        told[replace(one, unit=unit, flags=flags)] = None
    return dict(sorted(told.items(), key=lambda known: known[0].start))


def _as_before(
    text: str, why: dict[Quantity, str | None], mentions: Callable[[], Sequence[Mention]]
) -> dict[Quantity, str | None]:
    every = sorted(why, key=lambda q: q.start)
    for i in range(1, len(every)):
        before, one = every[i - 1], every[i]
        if not (_is_bare(text, one, why) and _counts(before, why)):
            continue
        gap = text[before.end : one.start].lstrip().removeprefix(before.unit_text or "")
        places = {m.end for m in mentions()} if _NEXT_BEHIND.fullmatch(gap) else set()
        since = every[i - 2].end if i > 1 else 0
        led = any(since < end <= before.start for end in places)
        if led and len(text[: one.start].rstrip(" :")) in places:
            reason = why.pop(one)
            flags = (*(f for f in one.flags if f != "unitless"), "unit_assumed")
            every[i] = replace(one, unit=before.unit, unit_text=before.unit_text, flags=flags)
            why[every[i]] = None if reason == "bare number" else reason
    return dict(sorted(why.items(), key=lambda known: known[0].start))


def _lists(
    text: str, every: Sequence[Quantity], why: Mapping[Quantity, str | None]
) -> list[tuple[Quantity, list[Quantity]]]:
    """Each amount with the bare numbers behind names that follow it."""
    found: list[tuple[Quantity, list[Quantity]]] = []
    for before, one in pairwise(every):
        if not _is_bare(text, one, why):
            continue
        last = found[-1][1] if found else []
        if last and last[-1] == before and _NEXT.fullmatch(text, before.end, one.start):
            last.append(one)
        elif _counts(before, why) and _FIRST.search(text, before.end, one.start):
            found.append((before, [one]))
    return found


def _is_bare(text: str, quantity: Quantity, why: Mapping[Quantity, str | None]) -> bool:
    bare = why[quantity] in {None, "bare number"} and quantity.unit in {"", "count"}
    return bare and quantity.noun is None and _BEHIND.match(text, quantity.end) is not None


def _counts(whole: Quantity, why: Mapping[Quantity, str | None]) -> bool:
    """Can the parts be in its unit? Who leaves out "triệu" leaves out a magnitude, too."""
    plain = whole.unit not in {"", *RATES} and currency(whole.unit) not in MONEY
    long = {"nghìn", "ngàn", "vạn", "triệu", "tỷ"}.intersection((whole.unit_text or "").split())
    return why[whole] is None and whole.kind == "amount" and plain and not long
