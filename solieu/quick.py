"""Frozen dataclasses that are made fast, for those that a page gives by the hundred.

A frozen dataclass fills itself by `object.__setattr__`, which looks every field up anew each time.
An object of a class with the same slots that is not frozen is filled as fast as the interpreter
can, and then given its own class. What the objects are stays the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import lru_cache
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

__all__ = ["maker", "quick", "replace"]

T = TypeVar("T")
P = ParamSpec("P")


def quick(made: type[T]) -> type[T]:
    """The same frozen slotted dataclass, to be written above its `@dataclass`."""
    init = _written(made, "__init__(self, ", "open(self, Open)", "")
    init.__qualname__ = f"{made.__qualname__}.__init__"
    init.__annotations__ = dict(made.__init__.__annotations__)
    made.__init__ = init  # type: ignore[method-assign]  # that is what it is for
    return made


def maker(made: Callable[P, T]) -> Callable[P, T]:
    """What makes objects of a frozen slotted dataclass without calling the class.

    Calling a class packs its arguments twice, which takes longer than filling a dozen fields.
    """
    if not isinstance(made, type) or not _is_slotted(made):
        return made
    make = _written(made, "make(", "self = Open()", "return self")
    make.__qualname__ = made.__qualname__
    return make


if TYPE_CHECKING:
    from dataclasses import replace  # so that the names of fields are checked
else:

    def replace(one: T, /, **changes: object) -> T:
        """`dataclasses.replace`, copying slot by slot what is frozen and slotted."""
        return _copier(type(one))(one, changes)


@lru_cache(maxsize=1024)
def _copier(made: type) -> Callable[[Any, dict[str, Any]], Any]:
    if hasattr(made, "__copy__"):
        return _changed  # a class of the compiled program
    if not _is_slotted(made):
        return _replaced
    copied = [f"copy.{field.name} = one.{field.name}" for field in fields(made)]
    changed = "for name, value in changes.items(): setattr(copy, name, value)"
    steps = ["copy = Open()", *copied, changed, "copy.__class__ = Made", "return copy"]
    return _run("make(one, changes)", steps, {"Open": _opened(made), "Made": made})


def _changed(one: Any, changes: dict[str, Any]) -> Any:
    copy = one.__copy__()
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def _replaced(one: Any, changes: dict[str, Any]) -> Any:
    import dataclasses  # noqa: PLC0415 (its `replace` has the name of ours)

    return dataclasses.replace(one, **changes)


def _written(made: type, head: str, begin: str, end: str) -> Callable[..., Any]:
    """A function that fills the fields of one object from parameters of the same names."""
    scope = {"Open": _opened(made), "Made": made, "open": object.__dict__["__class__"].__set__}
    own = fields(made)
    given = ", ".join(_parameter(field, scope) for field in own)
    filled = [f"self.{field.name} = {_value(field, scope)}" for field in own]
    return _run(f"{head}{given})", [begin, *filled, "self.__class__ = Made", end], scope)


def _run(signature: str, steps: list[str], scope: dict[str, Any]) -> Callable[..., Any]:
    body = "\n ".join(filter(None, steps))
    exec(f"def {signature}:\n {body}", scope)  # noqa: S102 (as `dataclass` itself)
    written: Callable[..., Any] = scope[signature.partition("(")[0]]
    return written


@lru_cache(maxsize=1024)
def _opened(made: type) -> type:
    """A class of the same slots that can be written to."""
    names = tuple(field.name for field in fields(made))
    return type(made.__name__, (), {"__slots__": names, "__module__": made.__module__})


def _is_slotted(made: type) -> bool:
    """Has it slots and nothing else? The classes of the compiled program have not."""
    own = getattr(made, "__dataclass_fields__", {})
    return (
        getattr(made, "__slots__", None) == tuple(own)
        and all(isinstance(getattr(made, name), MemberDescriptorType) for name in own)
        and not hasattr(made, "__post_init__")
    )


def _parameter(field: Field[Any], scope: dict[str, Any]) -> str:
    default = field.default if field.default_factory is MISSING else MISSING
    if default is MISSING and field.default_factory is MISSING:
        return field.name
    scope[f"default_{field.name}"] = default
    return f"{field.name}=default_{field.name}"


def _value(field: Field[Any], scope: dict[str, Any]) -> str:
    name = field.name
    if field.default_factory is MISSING:
        return name
    scope[f"make_{name}"] = field.default_factory
    return f"make_{name}() if {name} is default_{name} else {name}"
