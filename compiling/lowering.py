"""Sources as the compiler likes them: the same meaning, written out.

A data class makes its methods at run time, out of text, so the compiler cannot see them and every
object is made by the interpreter: a sixth of all time. Here they are written into the class. What
is compiled is not frozen: assigning to a field is refused by mypy before, not at run time. `quick`,
which does by `exec` what it can for the interpreter, goes.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from compiling.constants import constants
from compiling.edits import Edit, NotLowered, named
from compiling.makers import called_by_class

_WITHOUT_DEFAULTS = ("NamedTuple", "Protocol", "Generic")
INTERPRETED = ("__init__.py", "errors.py", "quick.py", "loading.py")
"""A package is found by the first; exceptions have attributes that the compiler loses; the
third writes code at run time, and the last gives functions of a library other names to find."""


def lowered(source: str, made: Mapping[str, str] | None = None) -> str:
    """The module with its data classes and cached properties written out.

    Args:
        source: the module's text.
        made: what `makers` says of the modules that this one imports from.

    Raises:
        NotLowered: a data class inherits, or uses an option that is not handled here.
    """
    source = called_by_class(source, made or {})
    tree = ast.parse(source)
    edits = [e for c in ast.walk(tree) if isinstance(c, ast.ClassDef) for e in _edits(c)]
    lines = source.split("\n")
    edits += constants(tree, lines)
    for edit in sorted(edits, key=lambda e: e.first, reverse=True):
        lines[edit.first - 1 : edit.last] = edit.lines
    return "\n".join(lines)


def _edits(owner: ast.ClassDef) -> list[Edit]:
    if any(not named(base).startswith(_WITHOUT_DEFAULTS) for base in owner.bases):
        _refuse_defaults(owner)
    margin = " " * owner.body[0].col_offset
    written: list[str] = []
    edits = []
    decorator = next((d for d in owner.decorator_list if _is_data_class(d)), None)
    if decorator is not None:
        edits.append(_replaced(decorator, _decorator(owner, decorator)))
        edits += [_replaced(d, "") for d in owner.decorator_list if named(d) == "quick"]
        written += _constructor(owner, decorator)
    for method in _methods(owner):
        cached = next((d for d in method.decorator_list if named(d) == "cached_property"), None)
        if cached is not None:
            edits += [_replaced(cached, ""), _renamed(method)]
            written += _memo(method)
    assert owner.end_lineno is not None
    below = owner.end_lineno + 1
    return [*edits, Edit(below, below - 1, tuple(margin + w if w else w for w in written))]


def _refuse_defaults(owner: ast.ClassDef) -> None:
    """Of a class derived from a built-in one the compiler forgets what the class itself assigns."""
    if any(isinstance(s, ast.Assign | ast.AnnAssign) for s in owner.body):
        raise NotLowered(f"{owner.name}: an attribute of the class; assign it in __init__")


def _is_data_class(decorator: ast.expr) -> bool:
    return named(decorator.func if isinstance(decorator, ast.Call) else decorator) == "dataclass"


def _methods(owner: ast.ClassDef) -> list[ast.FunctionDef]:
    return [m for m in owner.body if isinstance(m, ast.FunctionDef)]


def _replaced(decorator: ast.expr, text: str) -> Edit:
    assert decorator.end_lineno is not None
    margin = " " * (decorator.col_offset - 1)
    return Edit(decorator.lineno, decorator.end_lineno, (margin + text if text else "",))


def _decorator(owner: ast.ClassDef, decorator: ast.expr) -> str:
    """The same class without `__init__`; what was frozen keeps its hash by value."""
    options = decorator.keywords if isinstance(decorator, ast.Call) else []
    given = {str(o.arg): ast.unparse(o.value) for o in options}
    if owner.bases or not given.keys() <= {"frozen", "slots", "eq"}:
        raise NotLowered(f"{owner.name}: a data class with bases or rare options")
    return "@dataclass(init=False, eq=False)"


def _by_value(owner: ast.ClassDef, decorator: ast.expr, fields: list[_Field]) -> list[str]:
    """Equality, and the hash of what was frozen; fields that are compared are all of them."""
    options = decorator.keywords if isinstance(decorator, ast.Call) else []
    given = {str(o.arg): ast.unparse(o.value) for o in options}
    own = {m.name for m in _methods(owner)}
    written: list[str] = []
    if given.get("eq") == "False":
        return written
    if "__eq__" not in own:
        alike = " and ".join(f"self.{f.name} == other.{f.name}" for f in fields) or "True"
        written += [
            "",
            "def __eq__(self, other: object) -> bool:",
            f"    return self is other or (isinstance(other, {owner.name}) and {alike})",
        ]
    if given.get("frozen") == "True" and "__hash__" not in own:
        values = "".join(f"self.{f.name}, " for f in fields)
        written += ["", "def __hash__(self) -> int:", f"    return hash(({values}))"]
    return written


def _constructor(owner: ast.ClassDef, decorator: ast.expr) -> list[str]:
    if any(m.name in ("__init__", "__post_init__", "__reduce__") for m in _methods(owner)):
        raise NotLowered(f"{owner.name}: a data class that makes itself")
    fields = [_Field.of(f) for f in owner.body if isinstance(f, ast.AnnAssign)]
    names = ", ".join(f"self.{f.name}" for f in fields)
    return [
        "",
        f"def __init__(self, {', '.join(f.parameter for f in fields)}) -> None:",
        *(f"    self.{f.name} = {f.value}" for f in fields),
        "",
        "def __reduce__(self) -> tuple[object, tuple[object, ...]]:",
        f"    return ({owner.name}, ({names},))",
        "",
        f"def __copy__(self) -> {owner.name}:",
        f"    return {owner.name}({names})",
        *_by_value(owner, decorator, fields),
    ]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    parameter: str
    value: str

    @classmethod
    def of(cls, node: ast.AnnAssign) -> _Field:
        name, annotation = ast.unparse(node.target), ast.unparse(node.annotation)
        if annotation.startswith(("ClassVar", "InitVar")):
            raise NotLowered(f"{name}: {annotation}")
        default, factory = node.value, None
        if isinstance(default, ast.Call) and named(default.func) == "field":
            options = {o.arg: o.value for o in default.keywords}
            if not options.keys() <= {"default", "default_factory"}:
                raise NotLowered(f"{name}: {ast.unparse(default)}")
            default, factory = options.get("default"), options.get("default_factory")
        if factory is not None:
            made = f"({ast.unparse(factory)})() if {name} is None else {name}"
            return cls(name, f"{name}: {annotation} | None = None", made)
        ending = "" if default is None else f" = {ast.unparse(default)}"
        return cls(name, f"{name}: {annotation}{ending}", name)


def _renamed(method: ast.FunctionDef) -> Edit:
    """Signatures of properties fit one line."""
    margin = " " * method.col_offset
    return Edit(
        method.lineno,
        method.lineno,
        (f"{margin}def {_making(method)}(self) -> {_result(method)}:",),
    )


def _making(method: ast.FunctionDef) -> str:
    return f"_make_{method.name.strip('_')}"


def _result(method: ast.FunctionDef) -> str:
    if method.returns is None:
        raise NotLowered(f"{method.name}: a property without a type")
    return ast.unparse(method.returns)


def _memo(method: ast.FunctionDef) -> list[str]:
    """Compiled objects have no `__dict__` for `cached_property` to keep the result in."""
    kept = f"self._kept_{method.name.strip('_')}"
    return [
        "",
        "@property",
        f"def {method.name}(self) -> {_result(method)}:",
        "    try:",
        f"        return {kept}",
        "    except AttributeError:",
        f"        {kept}: {_result(method)} = self.{_making(method)}()",
        f"        return {kept}",
    ]
