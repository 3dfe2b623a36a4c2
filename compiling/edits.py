"""What the rules of lowering share: lines that are replaced, names, and what is refused."""

from __future__ import annotations

import ast
from dataclasses import dataclass


class NotLowered(ValueError):
    """A construct that these few rules would change."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `first` to `last` (from 1) become `lines`; `last` before `first` inserts."""

    first: int
    last: int
    lines: tuple[str, ...]


def named(node: ast.expr) -> str:
    """The last part of a dotted name: `dataclass` of `dataclasses.dataclass`."""
    return ast.unparse(node).rpartition(".")[2]
