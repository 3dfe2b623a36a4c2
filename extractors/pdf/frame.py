"""Where a page lies in the coordinates of its file, and how it is turned and magnified."""

from __future__ import annotations

from typing import NamedTuple

from solieu.model import Box


class Frame(NamedTuple):
    """From the file's coordinates to the page as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    scale: float = 1.0

    @property
    def width(self) -> float:
        side = self.top - self.bottom if self.turn in (90, 270) else self.right - self.left
        return side * self.scale

    @property
    def height(self) -> float:
        side = self.right - self.left if self.turn in (90, 270) else self.top - self.bottom
        return side * self.scale

    def point(self, x: float, y: float) -> tuple[float, float]:
        k = self.scale
        if self.turn == 0:
            return (x - self.left) * k, (self.top - y) * k
        if self.turn == 90:
            return (y - self.bottom) * k, (x - self.left) * k
        if self.turn == 180:
            return (self.right - x) * k, (y - self.bottom) * k
        return (self.top - y) * k, (self.right - x) * k

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box that has two points as opposite corners."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
