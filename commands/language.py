"""Messages for people in Vietnamese or English."""

from __future__ import annotations

import csv
import os
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

import click

Language = Literal["vi", "en"]


def from_locale() -> Language:
    """Vietnamese where the locale says so, English otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "vi" if value.lower().startswith("vi") else "en"
    return "en"


@lru_cache(maxsize=1)
def _messages() -> dict[str, dict[str, str]]:
    text = (files("commands") / "messages.csv").read_text(encoding="utf-8")
    return {row["key"]: row for row in csv.DictReader(text.splitlines())}


def say(language: Language, key: str, **values: object) -> str:
    """The message `key` with its values filled in.

    >>> say("vi", "documents", count=2)
    '2 tài liệu'
    """
    return _messages()[key][language].format(**values)


def number(language: Language, value: float) -> str:
    """A number as the reader of the language writes it: at most four decimals.

    >>> number("vi", 66688.5)
    '66.688,5'
    """
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def _chosen(_: click.Context, __: click.Parameter, value: str | None) -> Language:
    return cast("Language", value) if value else from_locale()


lang_option = click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    callback=_chosen,
    help="Language of the messages (default: the locale's).",
)
