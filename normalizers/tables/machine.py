"""Heads that programs write in open data: "ten_tinh", "nam", "chi_tieu", "gia_tri"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from normalizers.facts import rows

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")

Paths = Mapping[int, tuple[str, ...]]


def written_out(paths: Paths) -> dict[int, tuple[str, ...]]:
    """The heads in words where a program named them, each as `data/machine_heads.csv` has it.

    One name with an underline tells that a program did: without one "nam" may be men.

    >>> written_out({1: ("ten_tinh",), 2: ("nam",)})
    {1: ('Tỉnh',), 2: ('Năm',)}
    """
    heads = [e for path in paths.values() for e in path]
    if not any("_" in e for e in heads) or not all(map(_NAME.fullmatch, heads)):
        return dict(paths)
    return {n: tuple(_words(e) for e in path) for n, path in paths.items()}


def _words(name: str) -> str:
    return _known().get(name) or name.replace("_", " ")


@cache
def _known() -> dict[str, str]:
    return {row["name"]: row["head"] for row in rows("machine_heads.csv")}
