"""Objects are made by calling their class: what `quick.maker` gives the interpreter goes."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from compiling.edits import named


def makers(source: str) -> dict[str, str]:
    """Names of what makes objects without calling their class, and the class of each.

    >>> makers("make_place = maker(Place)")
    {'make_place': 'Place'}
    """
    return {name: class_ for name, class_, _ in _makers(ast.parse(source))}


def _makers(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    for statement in tree.body:
        if not (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call)):
            continue
        call, target = statement.value, statement.targets[0]
        if named(call.func) == "maker" and isinstance(target, ast.Name):
            yield target.id, ast.unparse(call.args[0]), statement.lineno


def called_by_class(source: str, made: Mapping[str, str]) -> str:
    """The compiler calls a class directly where it is named, and no other name of it."""
    tree = ast.parse(source)
    lines = [line.encode() for line in source.split("\n")]
    own = {}
    for name, class_, number in _makers(tree):
        own[name] = class_
        lines[number - 1] = b""
    called = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in own]
    for node in sorted(called, key=_from_the_end):
        if lines[node.lineno - 1]:
            _put(lines, node.lineno, node.col_offset, node.id, own[node.id])
    imported = [a for s in tree.body if isinstance(s, ast.ImportFrom) for a in s.names]
    for told in reversed(imported):  # what stands left of a change keeps its column
        if told.name in made and told.asname is None:
            said = f"{made[told.name]} as {told.name}"
            _put(lines, told.lineno, told.col_offset, told.name, said)
    return b"\n".join(lines).decode()


def _from_the_end(node: ast.Name) -> tuple[int, int]:
    return node.lineno, -node.col_offset


def _put(lines: list[bytes], number: int, column: int, old: str, new: str) -> None:
    """One name for another in a line; columns count bytes, as `ast` does."""
    line, end = lines[number - 1], column + len(old.encode())
    lines[number - 1] = line[:column] + new.encode() + line[end:]
