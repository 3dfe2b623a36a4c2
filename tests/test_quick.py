"""What `quick` makes is the dataclass that it was, only made sooner."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from solieu.quick import maker, quick
from solieu.quick import replace as quick_replace


@quick
@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)


def test_it_fills_its_fields_as_a_dataclass_does():
    point = Point(1, tags=["a"])
    assert repr(point) == "Point(x=1, y=2, tags=['a'])"
    assert replace(point, y=3) == Point(1, 3, ["a"])
    assert pickle.loads(pickle.dumps(point)) == point


def test_each_has_a_list_of_its_own():
    assert Point(1).tags is not Point(1).tags


def test_it_stays_frozen():
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 3


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, 2, [], 4), {}), ((1,), {"z": 2})])
def test_what_a_dataclass_refuses_is_refused(given, named):
    with pytest.raises(TypeError, match=r"Point\.__init__\(\)"):
        Point(*given, **named)


def test_a_maker_makes_what_calling_the_class_makes():
    make = maker(Point)
    assert make(1, tags=["a"]) == Point(1, tags=["a"])
    assert type(make(1)) is Point
    assert make(1).tags is not make(1).tags
    with pytest.raises(FrozenInstanceError):
        make(1).x = 3
    with pytest.raises(TypeError):
        make()


def test_a_copy_changes_what_is_named_and_stays_frozen():
    point = Point(1, tags=["a"])
    copy = quick_replace(point, y=3)
    assert (copy, type(copy), point.y) == (replace(point, y=3), Point, 2)
    with pytest.raises(FrozenInstanceError):
        copy.y = 4
    with pytest.raises(AttributeError):
        quick_replace(point, z=1)


def test_other_dataclasses_are_copied_as_the_library_does():
    assert quick_replace(Loose(1, 2), b=3) == Loose(1, 3)
    assert maker(Loose) is Loose


@dataclass
class Loose:
    a: int
    b: int = 0
