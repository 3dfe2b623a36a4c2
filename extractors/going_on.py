"""A walk over blocks that makes one of those that go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solieu.model import Grid, Passage

Block = Passage | Grid

Whole = Callable[[Sequence[Block], int, Block], Sequence[Block] | None]
"""Of the blocks so far, the place of one among them and the next: what stands from there on where
the next goes on with that one, or None."""


def in_one(blocks: Sequence[Block], counts: Callable[[Block], bool], whole: Whole) -> list[Block]:
    """The blocks, each that goes on with the last one that counts made one with it."""
    found: list[Block] = []
    last: int | None = None
    for block in blocks:
        if counts(block):
            made = whole(found, last, block) if last is not None else None
            if made is not None:
                found[last:] = made
                continue
            last = len(found)
        found.append(block)
    return found


def is_grid(block: Block) -> bool:
    """Tables are what can go on; passages between two parts do not count."""
    return isinstance(block, Grid)
