"""Heads of tables whose cells were set down one after the other: which column each is over.

A head on two levels reads "STT, Đơn vị, BHXH, BHYT" and then "Kế hoạch, Thực hiện" twice: leaves
that repeat say how many groups there are and how wide they are. Where nothing repeats, the groups
could be laid over the leaves in several ways, and then no way is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.cues import Kind, is_cue
from solieu.model import Cell

_NUMBERING = re.compile(r"[(\[]?\s*(?:[A-H]|\d{1,2}(?!\d))[\s=+\-–/*:x×().,%\d]{0,24}\]?")


_BARE_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d", re.IGNORECASE)
_LONGEST_HEAD = 300


def head_cells(texts: Sequence[str], width: int, stubs: int) -> list[Cell] | None:
    """The cells of a head over `width` columns, the first `stubs` of them labels, or None."""
    said = [text for text in texts if text]
    if len(said) < width:
        said = [title for text in said for title in _glued(text)]
    if len(said) == width:
        return _flat(said)
    note = next((i for i, text in enumerate(said) if is_cue("note", text)), None)
    if note is None:
        return _levelled(said, width, stubs)
    rest = [text for i, text in enumerate(said) if i != note]
    if len(rest) == width:
        return _flat([*rest, said[note]]) if note == len(rest) else None
    return _levelled(said, width, stubs, note) or _levelled(said, width + 1, stubs, note)


def _flat(texts: Sequence[str]) -> list[Cell]:
    return [Cell(text, 1, n, header=True) for n, text in enumerate(texts, start=1)]


def _levelled(
    texts: Sequence[str], width: int, stubs: int, note: int | None = None
) -> list[Cell] | None:
    """Two levels: titles that stand over one column, groups, and leaves under them.

    A remark column ("Ghi chú", at `note`) comes last in the upper row and has no leaf.
    """
    groups = len(texts) - width
    noted = note is not None
    if groups < 1:
        return None
    for leaves in range(width - stubs - noted, 1, -1):
        upper, lower = texts[:-leaves], texts[-leaves:]
        tall = len(upper) - groups - noted
        starts = _starts(upper[tall], lower, groups) if tall >= stubs else []
        if starts and _is_settled(upper, tall, stubs, note):
            return list(_laid(upper, lower, tall, starts))
    return None


def _starts(group: str, leaves: Sequence[str], groups: int) -> list[int]:
    """Where each group's leaves begin: at every return of the first; none where that is unsure.

    One group alone has leaves that name nothing by themselves: "Kế hoạch", "Nam", "Năm 2022".
    """
    keys = [text.casefold() for text in leaves]
    if groups == 1:
        return [0] if len(set(keys)) == len(keys) and _are_leaves(group, leaves) else []
    starts = [i for i, key in enumerate(keys) if key == keys[0]]
    shares = [keys[a:b] for a, b in pairwise([*starts, len(keys)])]
    longest = max(shares, key=len)
    alike = all(len(share) > 1 and share == longest[: len(share)] for share in shares)
    return starts if alike and len(set(longest)) == len(longest) and len(starts) == groups else []


_LEAVES: tuple[Kind, ...] = ("plan_leaf", "sex_leaf", "count_leaf")


def _are_leaves(group: str, leaves: Sequence[str]) -> bool:
    """Titles of one kind, none of which the group itself could be, or years alone."""
    if all(map(_BARE_YEAR.fullmatch, leaves)):
        return _BARE_YEAR.fullmatch(group) is None
    if any(is_cue(kind, group) for kind in _LEAVES) or _BARE_YEAR.fullmatch(group):
        return False
    return any(all(is_cue(kind, text) for text in leaves) for kind in _LEAVES)


def _is_settled(upper: Sequence[str], tall: int, stubs: int, note: int | None) -> bool:
    """Whether the titles without leaves are the labels, and totals or units right behind them."""
    if note is not None and note != len(upper) - 1:
        return False
    between = upper[stubs:tall]
    return all(text.casefold().startswith("tổng") or is_cue("unit", text) for text in between)


def _laid(
    upper: Sequence[str], leaves: Sequence[str], tall: int, starts: Sequence[int]
) -> Iterator[Cell]:
    groups = upper[tall : tall + len(starts)]
    for n, text in enumerate(upper[:tall], start=1):
        yield Cell(text, 1, n, row_span=2, header=True)
    for text, (first, stop) in zip(groups, pairwise([*starts, len(leaves)]), strict=True):
        yield Cell(text, 1, tall + 1 + first, column_span=stop - first, header=True)
    for text in upper[tall + len(groups) :]:
        yield Cell(text, 1, tall + 1 + len(leaves), row_span=2, header=True)
    for n, text in enumerate(leaves, start=tall + 1):
        yield Cell(text, 2, n, header=True)


_TIMES = frozenset({"năm", "năm học", "thời gian", "giai đoạn"})


def names_time(text: str) -> bool:
    """Whether a title stands over years: "Năm"."""
    return text.casefold().strip() in _TIMES


def numbering_from(texts: Sequence[str], width: int) -> int:
    """Where the row that numbers the columns begins at the end of a head; its length if none."""
    for size in (width, width - 1, width - 2):
        row = texts[len(texts) - size :]
        if 2 <= size < len(texts) and _counts_columns(row):
            return len(texts) - size
    return len(texts)


def _counts_columns(row: Sequence[str]) -> bool:
    if not all(_NUMBERING.fullmatch(text) for text in row):
        return False
    numbers = [int(m.group()) for text in row if (m := re.search(r"\d+", text))]
    return len(numbers) > 1 and all(b == a + 1 for a, b in pairwise(numbers))


def titles_in(line: str) -> list[str]:
    """The titles of a head whose blanks no longer tell columns from words: each has a capital.

    >>> titles_in("STT Đơn vị Chỉ tiêu giao (người) Thực hiện 2022Tỷ lệ (%)")
    ['STT', 'Đơn vị', 'Chỉ tiêu giao (người)', 'Thực hiện 2022', 'Tỷ lệ (%)']
    """
    starts = [0]
    depth = 0
    for i, char in enumerate(line):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if i and depth == 0 and char.isupper() and _opens(line, starts[-1], i):
            starts.append(i)
    return [line[a:b].strip() for a, b in pairwise([*starts, len(line)])]


_GLUE = re.compile(r"[^\W\d_A-ZĐ][A-ZĐ]|[\d)%][A-ZĐ]")


def _glued(text: str) -> list[str]:
    """Titles that ran together; one that has nothing but blanks in it stays whole."""
    return titles_in(text) if _GLUE.search(text) else [text]


def opens_head(text: str) -> bool:
    """Whether a line begins with the title of the numbering column: "STT", "STTHuyệnSố hộ"."""
    return is_cue("ordinal", text) or is_cue("ordinal", titles_in(text[:_LONGEST_HEAD])[0])


def _opens(line: str, start: int, at: int) -> bool:
    """Whether a capital begins a title: behind a blank, or glued to what ends one."""
    before = line[at - 1]
    if before.isspace() or before.islower() or before.isdigit() or before in ")%":
        return True
    return is_cue("ordinal", line[start:at]) and line[at + 1 : at + 2].islower()
