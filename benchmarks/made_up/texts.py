"""Tables printed as text: by tabs, by blanks, between pipes, one cell per line, glued together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from benchmarks.made_up.regional import Sheet

Grid = list[list[str]]


def head_grid(sheet: Sheet) -> Grid:
    """The head as rows of cells; a merged cell stands in its first position."""
    depth = sheet.depth
    grid = [[""] * len(sheet.heads) for _ in range(depth)]
    for column, path in enumerate(sheet.heads):
        for level, text in enumerate(path):
            left = sheet.heads[column - 1] if column else ()
            if level < len(path) - 1 and left[: level + 1] == path[: level + 1]:
                continue
            grid[level][column] = text
    return grid


def tabs(sheet: Sheet, _: random.Random) -> str:
    rows = head_grid(sheet)
    filled = list(rows)
    return "\n".join(
        "\t".join(r).rstrip() if r in sheet.rows else "\t".join(r) for r in [*filled, *sheet.rows]
    )


def aligned(sheet: Sheet, rng: random.Random) -> str:
    rows = [*head_grid(sheet), *sheet.rows]
    widths = [max(len(r[i]) for r in rows) + 2 for i in range(len(sheet.heads))]
    right = rng.random() < 0.6

    def line(cells: Sequence[str], *, body: bool) -> str:
        made = []
        for i, (text, width) in enumerate(zip(cells, widths, strict=True)):
            to_right = body and right and i >= sheet.stubs
            made.append((text.rjust(width - 2) + "  ") if to_right else text.ljust(width))
        return "".join(made).rstrip()

    head = [line(r, body=False) for r in head_grid(sheet)]
    return "\n".join([*head, *(line(r, body=True) for r in sheet.rows)])


def markdown(sheet: Sheet, rng: random.Random) -> str:
    paths = [" - ".join(p) if rng.random() < 0.5 else " / ".join(p) for p in sheet.heads]
    lines = ["| " + " | ".join(paths) + " |", "|" + "|".join([" --- "] * len(paths)) + "|"]
    lines += ["| " + " | ".join(r) + " |" for r in sheet.rows]
    return "\n".join(lines)


def boxed(sheet: Sheet, rng: random.Random) -> str:
    head = head_grid(sheet)
    rows = [*head, *sheet.rows]
    widths = [max(len(r[i]) for r in rows) for i in range(len(sheet.heads))]
    rule = "+" + "+".join("-" * (w + 2) for w in widths) + "+"

    def line(cells: Sequence[str]) -> str:
        return "|" + "|".join(f" {t.ljust(w)} " for t, w in zip(cells, widths, strict=True)) + "|"

    every = rng.random() < 0.5
    lines = [rule, *map(line, head), rule]
    for row in sheet.rows:
        lines += [line(row), rule] if every else [line(row)]
    return "\n".join(lines if every else [*lines, rule])


def per_line(sheet: Sheet, rng: random.Random) -> str:
    """One cell per line, as text copied from a page comes; empty cells leave no line."""
    cells = [p[-1] for p in sheet.heads] + [c for r in sheet.rows for c in r if c]
    gap = "\n\n" if rng.random() < 0.4 else "\n"
    return gap.join(cells)


def glued(sheet: Sheet, rng: random.Random) -> str:
    """A page's text without any mark between cells, one record per line."""
    lines: list[str] = []
    groups: list[str] = []
    leaves: list[str] = []
    for column, path in enumerate(sheet.heads):
        if len(path) > 1 and sheet.heads[column - 1][0] != path[0]:
            groups.append(path[0])
        leaves.append(path[-1] if len(path) > 1 or sheet.depth == 1 else "")
        if sheet.depth > 1 and len(path) == 1:
            groups.append(path[0])
    if sheet.depth == 1:
        stub, rest = leaves[: sheet.stubs], leaves[sheet.stubs :]
        lines.append("".join(stub) + "".join(rest))
    else:
        lines += groups
        lines.append("".join(leaves))
    for row in sheet.rows:
        lines.append("".join(row) + (" " if rng.random() < 0.3 else ""))
    return "\n".join(lines)


Renderer = Callable[[Sheet, random.Random], str]
RENDERERS: dict[str, Renderer] = {
    "tab": tabs,
    "aligned": aligned,
    "markdown": markdown,
    "boxed": boxed,
    "per_line": per_line,
    "glued": glued,
}
