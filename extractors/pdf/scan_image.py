"""Pictures of pages made ready for recognition: upright, grey, their rules found and wiped out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from extractors.pdf.objects import Rule, merge_rules

Grey = npt.NDArray[np.uint8]

_DPI = 300
_MOST_SKEW = 3.0
_SKEW_STEP = 0.1
_LEAST_RULE = 0.35
"""Inches: a straight dark run at least this long is a rule and no letter."""
_THICKEST_RULE = 0.06


@dataclass(slots=True)
class Picture:
    """A page's picture, deskewed; rules in points."""

    number: int
    dpi: int
    grey: Grey
    clean: Grey
    """The same without rules."""
    across: list[Rule]
    down: list[Rule]

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])

    def cut(self, x0: int, top: int, x1: int, bottom: int) -> Grey:
        """A region without rules, with white round it, which recognition needs."""
        pad = max(4, (bottom - top) // 6)
        part = self.clean[max(0, top - pad) : bottom + pad, max(0, x0 - pad) : x1 + pad]
        padded: Grey = np.pad(part, 3 * pad, constant_values=255)
        return padded


def picture_of(document: Any, number: int, dpi: int = _DPI) -> Picture:
    """Render a page of an open pypdfium2 document and make it ready."""
    page = document[number - 1]
    try:
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
        bitmap.close()
    finally:
        page.close()
    if grey.ndim == 3:
        grey = grey[:, :, 0]
    return prepare(grey, number, dpi)


def prepare(grey: Grey, number: int, dpi: int) -> Picture:
    """Deskew, find rules, wipe them out."""
    dark = grey < threshold(grey)
    angle = skew(dark)
    if abs(angle) >= _SKEW_STEP / 2:
        grey = turned(grey, angle)
        dark = grey < threshold(grey)
    across, mask_across = _rules(dark, dpi)
    down, mask_down = _rules(dark.T, dpi)
    clean = grey.copy()
    clean[mask_across | mask_down.T] = 255
    return Picture(number, dpi, grey, clean, across, down)


def threshold(grey: Grey) -> int:
    """Otsu's threshold between paper and ink."""
    counts = np.array(Image.fromarray(grey).histogram(), np.float64)
    weight = np.cumsum(counts)
    mass = np.cumsum(counts * np.arange(256))
    rest = weight[-1] - weight
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * weight / weight[-1] - mass) ** 2 / (weight * rest)
    return int(np.nanargmax(between)) + 1 if np.isfinite(between).any() else 128


def skew(dark: npt.NDArray[np.bool_]) -> float:
    """Degrees by which lines of print rise to the right, from how sharply rows of ink stand out."""
    ys, xs = np.nonzero(dark[::2, ::2])
    if len(ys) < 500:
        return 0.0
    if len(ys) > 200_000:
        step = len(ys) // 200_000 + 1
        ys, xs = ys[::step], xs[::step]
    height = int(ys.max()) + 1

    def sharpness(angle: float) -> float:
        rows = ys + xs * np.tan(np.radians(angle))
        counts = np.bincount((rows - rows.min()).astype(np.int64), minlength=height)
        return float(np.sum(np.diff(counts.astype(np.float64)) ** 2))

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=sharpness)
    fine = np.arange(coarse - 0.5, coarse + 0.51, _SKEW_STEP)
    return float(max(fine, key=sharpness))


def turned(grey: Grey, angle: float) -> Grey:
    """The picture turned clockwise by a small angle, bilinear, white where nothing was."""
    height, width = grey.shape
    radians = np.radians(angle)
    cosine, sine = np.cos(radians), np.sin(radians)
    ys = np.arange(height).astype(np.float32)[:, np.newaxis] - np.float32(height / 2)
    xs = np.arange(width).astype(np.float32) - np.float32(width / 2)
    source = np.ascontiguousarray(grey).ravel()
    found = np.empty((height, width), np.uint8)
    # A few rows at a time: what is worked out for them fits into the processor's own memory.
    for top in range(0, height, _ROWS_AT_ONCE):
        rows = slice(top, top + _ROWS_AT_ONCE)
        from_x = cosine * xs + sine * ys[rows] + width / 2
        from_y = -sine * xs + cosine * ys[rows] + height / 2
        found[rows] = _mixed(source, from_x, from_y, (height, width))
    return found


_ROWS_AT_ONCE = 32


def _mixed(source: Any, from_x: Any, from_y: Any, shape: tuple[int, int]) -> Grey:
    """Each pixel from the four about a point of the picture, whose rows stand one after another."""
    height, width = shape
    x, y = np.floor(from_x).astype(np.int32), np.floor(from_y).astype(np.int32)
    outside = (x < 0) | (y < 0) | (x >= width - 1) | (y >= height - 1)
    x, y = np.clip(x, 0, width - 2), np.clip(y, 0, height - 2)
    fx, fy = from_x - x, from_y - y
    at = y * width + x
    mixed = (
        source.take(at) * (1 - fx) * (1 - fy)
        + source.take(at + 1) * fx * (1 - fy)
        + source.take(at + width) * (1 - fx) * fy
        + source.take(at + width + 1) * fx * fy
    )
    mixed[outside] = 255
    return _grey(mixed)


def _rules(dark: npt.NDArray[np.bool_], dpi: int) -> tuple[list[Rule], npt.NDArray[np.bool_]]:
    """Straight dark runs along the rows: as rules in points, and as the pixels they take."""
    least = int(_LEAST_RULE * dpi)
    width = dark.shape[1]
    mask = np.zeros_like(dark)
    raw: list[Rule] = []
    if width <= least:
        return raw, mask
    # a row of a slightly wavy rule breaks into runs: look at three rows together
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    sums = np.cumsum(thick, axis=1, dtype=np.int32)
    full = sums[:, least:] - sums[:, :-least] >= 0.96 * least
    scale = 72 / dpi
    for y in np.flatnonzero(full.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], full[y].astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            raw.append(Rule(float(y) * scale, float(start + 1) * scale, float(end + least) * scale))
    kept = merge_rules(raw)
    reach = max(2, int(_THICKEST_RULE * dpi / 2))
    for rule in kept:
        at = int(rule.at / scale)
        x0, x1 = int(rule.start / scale), int(rule.end / scale) + 1
        mask[max(0, at - reach) : at + reach + 1, x0:x1] |= thick[
            max(0, at - reach) : at + reach + 1, x0:x1
        ]
    return kept, mask


def _grey(values: Any) -> Grey:
    found: Grey = np.clip(values, 0, 255).astype(np.uint8)
    return found


def write_image(grey: Grey, path: Path) -> None:
    """As PGM, which Tesseract reads and which needs no library to write."""
    height, width = grey.shape
    path.write_bytes(b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(grey).tobytes())


def resized(grey: Grey, scale: float) -> Grey:
    """Larger or smaller, for another look at the same letters."""
    height, width = grey.shape
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return _grey(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))
