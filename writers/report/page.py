"""The page itself: template, styles and scripts in one file, and a policy that allows no others."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import Any

from solieu.unit_names import unit_names
from writers.report.columnar import names
from writers.report.safe import hash_source, script_json, visible

SCRIPTS = names(
    "dom words data numbers arithmetic charts pictures corrections inspector table prose document "
    "overview findings coverage rows metric app"
)
"""In the order in which they stand in the page: each uses only those before it, `app` starts."""


def data_script(name: str, value: Any) -> str:
    """A file beside the page: it hands one value to the page and does nothing else."""
    return f"solieuData({script_json(name)},{script_json(value)});\n"


def render(found: dict[str, Any], inside: dict[str, str]) -> str:
    """The HTML over the overview `found`, with the scripts of `inside` built in."""
    script, style = _script(), _text("report.css")
    data = {**found, "words": _words(), "inside": bool(inside)}
    scripts = [script, *inside.values()]
    text: str = _template().render(
        script_sources=" ".join(hash_source(s) for s in scripts),
        style_source=hash_source(style),
        style=style,
        script=script,
        data=script_json(data),
        inside=list(inside.values()),
        counts=found["counts"],
        findings=_first(found["findings"]),
    )
    return text


def _first(findings: dict[str, Any]) -> list[dict[str, str]]:
    """The gravest findings for readers without scripts."""
    at = {name: n for n, name in enumerate(findings["columns"])}
    return [
        {"vi": visible(row[at["vi"]]), "en": visible(row[at["en"]])}
        for row in findings["rows"][:50]
    ]


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 (start-up)

    environment = Environment(
        loader=PackageLoader("writers.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("index.html.j2")


@lru_cache(maxsize=1)
def _script() -> str:
    body = "\n".join(_text(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{body}\n}})();\n'


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    rows = csv.DictReader(_text("words.csv").splitlines())
    units = {f"unit.{unit}": list(names) for unit, names in unit_names().items()}
    return {row["key"]: [row["vi"], row["en"]] for row in rows} | units


def _text(name: str) -> str:
    return (files("writers.report") / "static" / name).read_text(encoding="utf-8")
