"""Whole press releases with the meaning of every figure, and how many a reading gets right.

A figure is right only if territory, metric, scenario, measure, year, unit and value all are; what
is reported beyond the list is spurious. Rows with required 0 may be reported or left out.
"""

from __future__ import annotations

import csv
import html
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import extractors
import normalizers
from solieu.model import Observation, SourceDocument
from solieu.text import tone_key

DATA = Path(__file__).parent / "data"
MEDIA = {"txt": "text/plain", "html": "text/html"}
TAGS = {"title": "h1", "heading": "h2", "item": "li"}


@dataclass(frozen=True)
class Wanted:
    """One figure of a release as it must be read."""

    raw: str
    value: Decimal
    meaning: tuple[str, ...]
    basis: str
    required: bool


@dataclass(frozen=True)
class Release:
    """A release as published, and its figures."""

    name: str
    format: str
    passages: tuple[tuple[str, str], ...]
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Score:
    """How a release was read."""

    right: int
    missed: tuple[Wanted, ...]
    spurious: tuple[Observation, ...]


def releases(name: str) -> Iterator[Release]:
    """The releases of one file of `tests/data`."""
    passages: list[tuple[str, str]] = []
    wanted: list[Wanted] = []
    title = form = ""
    with (DATA / name).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["release"] and row["release"] != title:
                if title:
                    yield Release(title, form, tuple(passages), tuple(wanted))
                title, form, passages, wanted = row["release"], row["format"], [], []
            if row["text"]:
                passages.append((row["kind"], row["text"]))
            if row["raw"]:
                wanted.append(_wanted(row))
    yield Release(title, form, tuple(passages), tuple(wanted))


def _wanted(row: dict[str, str]) -> Wanted:
    meaning = tuple(
        tone_key(row[k]) if k == "region" else row[k]
        for k in ("region", "metric", "scenario", "measure", "year", "unit")
    )
    return Wanted(row["raw"], Decimal(row["value"]), meaning, row["basis"], row["required"] != "0")


def published(release: Release) -> bytes:
    """The bytes of the page: plain text, or HTML as a portal serves it."""
    if release.format == "txt":
        return "\n\n".join(text for _, text in release.passages).encode()
    title = release.passages[0][1]
    parts = (_element(kind, text) for kind, text in release.passages)
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title>"
        f"</head><body><article>{''.join(parts)}</article></body></html>"
    ).encode()


def _element(kind: str, text: str) -> str:
    tag = TAGS.get(kind, "p")
    return f"<{tag}>{html.escape(text.lstrip('-+*• ') if tag == 'li' else text)}</{tag}>"


def read(release: Release) -> list[Observation]:
    """All observations of a release, as a run makes them."""
    name = f"{release.name}.{release.format}"
    document = SourceDocument(name, published(release), MEDIA[release.format], name)
    content = extractors.extract(document)
    return list(normalizers.normalize(content, document.digest).observations)


def meaning(observation: Observation) -> tuple[str, ...]:
    """The fields that must be right, as in `Wanted.meaning`."""
    period = observation.period
    return (
        tone_key(observation.region.name) if observation.region else "",
        observation.metric or "",
        observation.scenario,
        observation.measure,
        str(period.year) if period else "",
        observation.figure.unit or "",
    )


def score(release: Release) -> Score:
    """Each figure stated twice with one meaning counts once, on both sides."""
    seen: dict[tuple[Decimal | None, tuple[str, ...]], Observation] = {}
    for found in read(release):
        seen.setdefault((found.figure.value, meaning(found)), found)
    required = {(w.value, w.meaning): w for w in release.wanted if w.required}
    missed = [w for key, w in required.items() if seen.pop(key, None) is None]
    optional = {w.value for w in release.wanted if not w.required}
    spurious = [o for (value, _), o in seen.items() if value not in optional]
    return Score(len(required) - len(missed), tuple(missed), tuple(spurious))


def judged(release: Release) -> list[tuple[Observation, bool]]:
    """Each observation with whether all of it is right; those left open by the list are left out."""
    required = {(w.value, w.meaning) for w in release.wanted if w.required}
    optional = {w.value for w in release.wanted if not w.required}
    seen: dict[tuple[Decimal | None, tuple[str, ...]], Observation] = {}
    for found in read(release):
        seen.setdefault((found.figure.value, meaning(found)), found)
    return [
        (found, key in required)
        for key, found in seen.items()
        if key in required or key[0] not in optional
    ]
