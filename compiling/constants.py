"""What a module assigns once, its patterns and words, is declared final.

The compiler then keeps it in a variable of C. What might be assigned again it looks up by name in
the module's dictionary, each time that it is used.
"""

from __future__ import annotations

import ast

from compiling.edits import Edit, NotLowered, named


def constants(tree: ast.Module, lines: list[str]) -> list[Edit]:
    """What is assigned once is declared final, and what declares it imported."""
    assigned = [_assigned(s) for s in ast.walk(tree)]
    names = [name for told in assigned for name in told]
    edits = []
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_constant(statement):
            (name,) = _assigned(statement)
            if names.count(name) == 1:
                edits.append(_declared(statement, lines))
    if not edits:
        return []
    return [*edits, Edit(_first(tree), _first(tree) - 1, ("from typing import Final as _Final",))]


def _first(tree: ast.Module) -> int:
    """The line of the first statement behind the docstring and `from __future__`."""
    for at, statement in enumerate(tree.body):
        told = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        if not ((told and at == 0) or future):
            return statement.lineno
    return 1


def _assigned(statement: ast.AST) -> list[str]:
    """The names that a statement gives something to, wherever it stands."""
    if isinstance(statement, ast.Global):
        return 2 * statement.names  # assigned by a function: never once
    if isinstance(statement, ast.Name) and isinstance(statement.ctx, ast.Del):
        return 2 * [statement.id]
    if isinstance(statement, ast.Assign):
        return [n.id for t in statement.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
    if isinstance(statement, ast.AnnAssign | ast.AugAssign | ast.For):
        return [statement.target.id] if isinstance(statement.target, ast.Name) else []
    return []


def _is_constant(statement: ast.Assign | ast.AnnAssign) -> bool:
    """A name and its value, which is surely an object of its own and no other name for a type."""
    if isinstance(statement, ast.AnnAssign):
        told = ast.unparse(statement.annotation).startswith(_TYPES)
        return told and isinstance(statement.target, ast.Name) and statement.value is not None
    if len(statement.targets) != 1 or not isinstance(statement.targets[0], ast.Name):
        return False
    value = statement.value
    return named(value.func) in _MAKE if isinstance(value, ast.Call) else isinstance(value, _VALUES)


_MAKE = frozenset(
    ("compile", "sought", "watched", "direct", "frozenset", "maketrans", "Decimal", "date")
)
_TYPES = ("dict[", "list[", "set[", "frozenset[", "str", "int", "float", "Decimal")
_VALUES = (ast.Constant, ast.Dict, ast.Set, ast.JoinedStr, ast.DictComp, ast.SetComp)
"""No tuples: one of known length the compiler takes to pieces, and `is` then finds another."""


def _declared(statement: ast.Assign | ast.AnnAssign, lines: list[str]) -> Edit:
    line = lines[statement.lineno - 1]
    if isinstance(statement, ast.Assign):
        name, _, rest = line.partition(" = ")
        return Edit(statement.lineno, statement.lineno, (f"{name}: _Final = {rest}",))
    told = statement.annotation
    if told.end_lineno != statement.lineno:
        raise NotLowered(f"{line}: a type over several lines")
    begin, end = told.col_offset, told.end_col_offset
    text = line.encode()
    made = text[:begin] + b"_Final[" + text[begin:end] + b"]" + text[end:]
    return Edit(statement.lineno, statement.lineno, (made.decode(),))
