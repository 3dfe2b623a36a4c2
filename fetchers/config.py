"""`sources.toml`: which portals to read, checked key by key before anything is fetched.

What a key may hold is a row of `config_keys.csv`; a key that is not there is a mistake, since a
misspelt limit would otherwise be no limit.
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from fetchers.listings import Rules
from fetchers.portals import presets
from fetchers.urls import canonical, host_of
from solieu.errors import UsageError

_HEAD = re.compile(r"""^\s*(\[\[?)\s*([\w."'-]+)\s*\]""")
_KEY = re.compile(r"""^\s*["']?([\w.-]+)["']?\s*=""")

Value = Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a configuration."""

    line: int | None
    en: str
    vi: str


class BadConfig(UsageError):
    """Carries every mistake, each with its line."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        self.path = path
        self.problems = problems
        super().__init__(
            "\n".join(f"{_place(path, p)}: {p.en}" for p in problems),
            "\n".join(f"{_place(path, p)}: {p.vi}" for p in problems),
        )

    def __reduce__(self) -> tuple[type[BadConfig], tuple[Any, ...]]:
        return type(self), (self.path, self.problems)


@dataclass(frozen=True, slots=True)
class Source:
    """One portal, or one part of one."""

    name: str
    position: int
    start: tuple[str, ...]
    kind: str
    rules: Rules
    max_pages: int
    depth: int
    pattern: re.Pattern[str] | None
    exclude: re.Pattern[str] | None
    max_documents: int
    allow_hosts: frozenset[str]
    allow_private: bool
    delay_seconds: float
    vocabulary: Path | None
    labels: tuple[str, ...]
    enabled: bool

    @property
    def digest(self) -> str:
        """The same for the same rules about links: stored links hold as long as it does."""
        said = (
            self.kind, self.rules, self.max_pages, self.depth, sorted(self.allow_hosts),
            self.pattern and self.pattern.pattern, self.exclude and self.exclude.pattern,
        )  # fmt: skip
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    def wants(self, address: str) -> bool:
        """Whether `pattern` and `exclude` let an address pass."""
        return not (
            (self.pattern and not self.pattern.search(address))
            or (self.exclude and self.exclude.search(address))
        )

    def allows(self, address: str) -> bool:
        """Whether links and redirects may lead to the host of an address."""
        return host_of(address) in self.allow_hosts


@dataclass(frozen=True, slots=True)
class Notify:
    """Whom to tell about a run."""

    on: str = "failure"
    webhook: str | None = None
    mail_to: tuple[str, ...] = ()
    mail_from: str | None = None
    smtp_host: str = "localhost"
    smtp_port: int = 25


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration."""

    path: Path
    sources: tuple[Source, ...]
    user_agent: str
    contact: str | None
    hosts: int = 64
    max_bytes: int = 100 * 1024 * 1024
    deadline: float = 120.0
    attempts: int = 4
    retry_seconds: float = 1.0
    notify: Notify = field(default_factory=Notify)
    digest: str = ""

    @property
    def private_hosts(self) -> frozenset[str]:
        """Hosts that may lie inside the network."""
        return frozenset(h for s in self.sources if s.allow_private for h in s.allow_hosts)

    @property
    def delays(self) -> dict[str, float]:
        """Least seconds between requests by host: the longest that any source asks for."""
        found: dict[str, float] = {}
        for source in self.sources:
            for host in source.allow_hosts:
                found[host] = max(source.delay_seconds, found.get(host, 0.0))
        return found


def load(path: Path) -> Config:
    """Read and check a configuration. Raises BadConfig with every mistake and its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = f"it cannot be read ({error})"
        raise BadConfig(path, (Problem(None, reason, f"không đọc được ({error})"),)) from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(path, (_syntax(text, error),)) from error
    reader = _Reader(path, data, _lines(text))
    config = reader.config(hashlib.sha256(text.encode()).hexdigest()[:16])
    if reader.problems:
        in_order = sorted(reader.problems, key=lambda p: (p.line or 0, p.en))
        raise BadConfig(path, tuple(in_order))
    return config


class _Reader:
    """Turns the parsed file into a Config and gathers what is wrong with it."""

    def __init__(self, path: Path, data: Mapping[str, Value], lines: Mapping[Place, int]) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._data = data
        self._lines = lines

    def config(self, digest: str) -> Config:
        self._check_tables()
        agent = self._table("agent", self._data.get("agent", {}), 0)
        limits = self._table("limits", self._data.get("limits", {}), 0)
        notify = self._table("notify", self._data.get("notify", {}), 0)
        defaults = self._table("defaults", self._data.get("defaults", {}), 0, keys="source")
        for key in ("name", "start"):
            if key in defaults:
                self._wrong(("defaults", 0, key), f"{key} belongs to one source",
                            f"{key} chỉ thuộc về từng nguồn")  # fmt: skip
        sources = tuple(self._sources(defaults))
        for key in ("mail_to",):
            notify[key] = tuple(notify.get(key, ()))
        max_mb = limits.pop("max_mb", 100)
        return Config(
            self._path,
            sources,
            _user_agent(agent),
            agent.get("contact"),
            max_bytes=int(max_mb * 1024 * 1024),
            deadline=float(limits.pop("deadline_seconds", 120.0)),
            notify=Notify(**notify),
            digest=digest,
            **limits,
        )

    def _check_tables(self) -> None:
        known = {"agent", "defaults", "limits", "notify", "source"}
        for name, value in self._data.items():
            wanted = list if name == "source" else dict
            if name not in known:
                self._wrong(
                    (name, 0, ""),
                    f"unknown table or key {name}{_near(name, known)}",
                    f"không có bảng hay khóa {name}{_near(name, known, vi=True)}",
                )
            elif not isinstance(value, wanted):
                head = "[[source]]" if name == "source" else f"[{name}]"
                self._wrong((name, 0, ""), f"{name} is written {head}", f"phải viết là {head}")
        if not self._data.get("source"):
            self._wrong(("", 0, ""), "there is no [[source]]", "chưa có bảng [[source]] nào")

    def _sources(self, defaults: dict[str, Value]) -> Iterator[Source]:
        names: set[str] = set()
        tables = self._data.get("source", [])
        for index, table in enumerate(tables if isinstance(tables, list) else []):
            if not isinstance(table, dict):
                continue
            own = self._table("source", table, index)
            source = self._source(index, {**defaults, **own})
            if source is None:
                continue
            if source.name in names:
                self._wrong(("source", index, "name"), f"the name {source.name} is taken",
                            f"tên {source.name} đã dùng")  # fmt: skip
            names.add(source.name)
            yield source

    def _source(self, index: int, given: dict[str, Value]) -> Source | None:
        missing = [key for key in ("name", "start") if not given.get(key)]
        for key in missing:
            self._wrong(("source", index, ""), f"the source has no {key}", f"nguồn thiếu {key}")
        start = tuple(self._addresses(index, given.get("start", ())))
        kind = given.get("kind", "page")
        preset = presets().get(given.get("portal", ""), {})
        lists = {
            key: tuple(given.get(key) or preset.get(key, ()))
            for key in ("follow", "next", "attachment_links")
        }
        if kind == "listing" and not lists["follow"]:
            self._wrong(("source", index, "kind"), "a listing needs follow or portal",
                        "listing cần follow hoặc portal")  # fmt: skip
        self._check_selectors(index, given)
        if missing or not start:
            return None
        exclude = given.get("exclude") or next(iter(preset.get("exclude", ())), None)
        return Source(
            name=given["name"],
            position=index,
            start=start,
            kind=kind,
            rules=Rules(
                attachments=given.get("attachments", True), portal=given.get("portal"), **lists
            ),
            max_pages=given.get("max_pages", 5),
            depth=given.get("depth", 1),
            pattern=_compiled(given.get("pattern")),
            exclude=_compiled(exclude),
            max_documents=given.get("max_documents", 10_000),
            allow_hosts=frozenset(
                h.lower() for h in (given.get("allow_hosts") or map(host_of, start))
            ) | set(map(host_of, start)),
            allow_private=given.get("allow_private", False),
            delay_seconds=float(given.get("delay_seconds", 2.0)),
            vocabulary=given.get("vocabulary"),
            labels=tuple(given.get("labels", ())),
            enabled=given.get("enabled", True),
        )  # fmt: skip

    def _addresses(self, index: int, given: tuple[str, ...]) -> Iterator[str]:
        for text in given:
            if address := canonical(text):
                yield address
            else:
                self._wrong(("source", index, "start"), f"{text} is no http(s) address",
                            f"{text} không phải địa chỉ http(s)")  # fmt: skip

    def _check_selectors(self, index: int, given: Mapping[str, Value]) -> None:
        import soupsieve  # noqa: PLC0415 (start-up without parsers)

        for key in ("follow", "next", "attachment_links"):
            for selector in given.get(key, ()):
                try:
                    soupsieve.compile(selector)
                except soupsieve.SelectorSyntaxError as error:
                    what = str(error).splitlines()[0]
                    self._wrong(("source", index, key), f"{key} is no CSS selector: {what}",
                                f"{key} không phải bộ chọn CSS: {what}")  # fmt: skip

    def _table(
        self, name: str, given: Value, index: int, keys: str | None = None
    ) -> dict[str, Value]:
        """The values of a table that are of their type; the others become problems."""
        types = key_types(keys or name)
        read: dict[str, Value] = {}
        for key, value in given.items() if isinstance(given, dict) else ():
            place = (name, index, key)
            if key not in types:
                self._wrong(place, f"unknown key {key}{_near(key, types)}",
                            f"không có khóa {key}{_near(key, types, vi=True)}")  # fmt: skip
                continue
            kind, least = types[key]
            good, result = _READERS[kind.partition(":")[0]](value, kind.partition(":")[2])
            if good and kind == "file":
                result = (self._path.parent / result).resolve()
                good = result.is_file()
            too_small = good and least and result < float(least)
            if not good or too_small:
                what = f"at least {least}" if too_small else _WORDS[kind.partition(":")[0]][0]
                what_vi = f"tối thiểu {least}" if too_small else _WORDS[kind.partition(":")[0]][1]
                choices = _choices(kind)
                self._wrong(place, f"{key} must be {what}{choices}",
                            f"{key} phải là {what_vi}{choices}")  # fmt: skip
                continue
            read[key] = result
        return read

    def _wrong(self, place: Place, en: str, vi: str) -> None:
        table, index, _ = place
        line = self._lines.get(place) or self._lines.get((table, index, ""))
        self.problems.append(Problem(line, en, vi))


Place = tuple[str, int, str]
"""Table, which of its name, key ("" for the table itself)."""


@lru_cache(maxsize=8)
def key_types(table: str) -> dict[str, tuple[str, str]]:
    """Key to its type and its least value."""
    return {row["key"]: (row["type"], row["least"]) for row in key_rows() if row["table"] == table}


@lru_cache(maxsize=1)
def key_rows() -> tuple[dict[str, str], ...]:
    """The rows of `config_keys.csv`."""
    text = (files("fetchers") / "config_keys.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


Read = Callable[[Value, str], tuple[bool, Value]]


def _is_line(value: Value) -> bool:
    """A text on one line: it may become a header of a request or of a mail."""
    return isinstance(value, str) and value.splitlines() == [value]


def _strings(value: Value, _: str) -> tuple[bool, Value]:
    texts = (value,) if isinstance(value, str) else value
    good = isinstance(texts, (list, tuple)) and all(map(_is_line, texts))
    return good and bool(texts), tuple(texts) if good else ()


def _labels(value: Value, _: str) -> tuple[bool, Value]:
    if isinstance(value, dict):
        return True, tuple(f"{k}={v}" for k, v in value.items())
    return _strings(value, "")


def _regex(value: Value, _: str) -> tuple[bool, Value]:
    try:
        re.compile(value)
    except (re.error, TypeError):
        return False, None
    return True, value


_READERS: dict[str, Read] = {
    "string": lambda v, _: (_is_line(v), v),
    "strings": _strings,
    "integer": lambda v, _: (isinstance(v, int) and not isinstance(v, bool), v),
    "number": lambda v, _: (
        isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v),
        v,
    ),
    "boolean": lambda v, _: (isinstance(v, bool), v),
    "choice": lambda v, names: (v in names.split("|"), v),
    "portal": lambda v, _: (isinstance(v, str) and v in presets(), v),
    "regex": _regex,
    "file": lambda v, _: (isinstance(v, str) and bool(v), v),
    "labels": _labels,
}

_WORDS: dict[str, tuple[str, str]] = {
    "string": ("a text on one line", "một chuỗi trên một dòng"),
    "strings": (
        "a text or a list of texts, each on one line",
        "một chuỗi hoặc danh sách chuỗi, mỗi chuỗi trên một dòng",
    ),
    "integer": ("a whole number", "một số nguyên"),
    "number": ("a number", "một số"),
    "boolean": ("true or false", "true hoặc false"),
    "choice": ("one of", "một trong"),
    "portal": ("one of", "một trong"),
    "regex": ("a regular expression", "một biểu thức chính quy"),
    "file": ("a file that is there", "một tệp có thật"),
    "labels": ("a table or a list of texts", "một bảng hoặc danh sách chuỗi"),
}


def _choices(kind: str) -> str:
    name, _, choices = kind.partition(":")
    names = sorted(presets()) if name == "portal" else choices.split("|") if choices else []
    return f" {', '.join(names)}" if names else ""


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _near(name: str, known: Mapping[str, Value] | set[str], *, vi: bool = False) -> str:
    """A hint at the key that was probably meant."""
    from difflib import get_close_matches  # noqa: PLC0415 (mistakes only)

    close = get_close_matches(name, [k for k in known if k != "*"], n=1)
    word = "có phải" if vi else "did you mean"
    return f" ({word} {close[0]}?)" if close else ""


def _user_agent(agent: Mapping[str, Value]) -> str:
    try:
        number = version("solieu")
    except PackageNotFoundError:
        number = "0"
    contact = f" (+{agent['contact']})" if agent.get("contact") else ""
    return f"{agent.get('name', 'solieu')}/{number}{contact}"


def _lines(text: str) -> dict[Place, int]:
    """Where each table and key stands; TOML parsers do not say."""
    found: dict[Place, int] = {}
    counts: dict[str, int] = {}
    table, index = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = head[2].strip("\"'")
            index = counts.get(table, 0) if head[1] == "[[" else 0
            counts[table] = index + 1
            found.setdefault((table, index, ""), number)
        elif key := _KEY.match(line):
            place = (table, index, key[1]) if table else (key[1], 0, "")
            found.setdefault(place, number)
    return found


def _syntax(text: str, error: tomllib.TOMLDecodeError) -> Problem:
    said = re.search(r"line (\d+)", str(error))
    line = int(said[1]) if said else len(text.splitlines()) or 1
    what = str(error).partition(" (at ")[0]
    return Problem(line, f"no valid TOML: {what}", f"sai cú pháp TOML: {what}")


def _place(path: Path, problem: Problem) -> str:
    return f"{path}:{problem.line}" if problem.line else str(path)
