"""The fetching half of a night: every address of every source once, hosts side by side.

What to ask is in the state, not in memory: a run that is killed goes on where it was. Each address
belongs to one host, each host to one thread at a time, so no page is asked twice.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from fetchers import feeds, listings, local, zipped
from fetchers.archive import Archive, Incoming, Version
from fetchers.config import Config, Source
from fetchers.failures import Forbidden, Gone, failed
from fetchers.http import declared_name, declared_type
from fetchers.robots import Robots
from fetchers.state import State
from fetchers.urls import host_of
from fetchers.web import Answer, Web
from fetchers.work import NOTHING, Brought, Done, Known, Link, Work
from solieu.errors import DocumentError

Sniff = Callable[[bytes, str], str]
"""Bytes and declared name to a media type."""

AT_ONCE = 50
"""Pieces of work that a host's thread takes from the state at a time."""
MOST_SITEMAPS_DEEP = 3
ASKED_AFTER_VANISHING = timedelta(days=30)
HTML = frozenset({"text/html", "application/xhtml+xml"})
INDEXES = frozenset({"listing", "sitemap", "feed"})
"""Kinds of sources whose start is no document itself."""

_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the sources a run is to ask."""

    only: frozenset[str] = frozenset()
    """Names of sources; empty for all."""
    since: datetime | None = None
    """Known documents first seen earlier are left alone."""

    def covers(self, source: Source) -> bool:
        return source.enabled and (not self.only or source.name in self.only)


class Crawl:
    """One night's fetching."""

    def __init__(
        self,
        config: Config,
        state: State,
        archive: Archive,
        web: Web,
        sniff: Sniff,
        run: str,
        tell: Callable[[str, dict[str, object]], None],
    ) -> None:
        self._sources = {s.name: s for s in config.sources}
        self._config = config
        self._state = state
        self._archive = archive
        self._web = web
        self._robots = Robots(web, state)
        self._sniff = sniff
        self._run = run
        self._tell = tell
        self._stop = threading.Event()
        self._ends: float | None = None
        self.cut: dict[str, int] = {}
        """Links that `max_documents` left out, by source."""

    def plan(self, scope: Scope) -> None:
        """Add the start of each source and every document it is known by."""
        for source in self._config.sources:
            if scope.covers(source):
                role = "index" if source.kind in INDEXES else "document"
                starts = [Link(address, role, 0, 1) for address in source.start]
                self._add(source, [*starts, *self._known_documents(source, scope)])

    def _known_documents(self, source: Source, scope: Scope) -> Iterable[Link]:
        gone = (datetime.fromisoformat(self._run) - ASKED_AFTER_VANISHING).isoformat()
        since = scope.since.isoformat() if scope.since else ""
        for address, depth, attached in self._state.rows(
            "SELECT a.address, o.depth, o.attached FROM addresses a"
            " JOIN owners o ON o.address = a.address"
            " WHERE o.source = ? AND a.role = 'document' AND a.digest IS NOT NULL"
            " AND COALESCE(a.vanished_run, '9') > ?"
            " AND (? = '' OR (SELECT MIN(v.run) FROM versions v WHERE v.address = a.address) >= ?)"
            " ORDER BY a.address",
            source.name, gone, since, since,
        ):  # fmt: skip
            if source.allows(address):
                yield Link(address, "document", depth, 1, bool(attached))

    def _add(self, source: Source, links: Iterable[Link]) -> None:
        self._state.plan(self._run, source.name, [(link, host_of(link.address)) for link in links])

    def fetch(self, *, seconds: float | None = None) -> bool:
        """Ask everything that is planned; whether all of it was asked within `seconds`.

        Raises OutOfSpace and Damaged as they come; everything else is told in the state.
        """
        self._ends = None if seconds is None else self._web.clock.steady() + seconds
        running: dict[str, Future[None]] = {}
        with ThreadPoolExecutor(self._config.hosts, thread_name_prefix="host") as pool:
            try:
                while not self._stopped():
                    self._start(pool, running)
                    if not running:
                        break
                    ended, _ = wait(running.values(), 0.2, FIRST_COMPLETED)
                    for host in [h for h, f in running.items() if f in ended]:
                        running.pop(host).result()
            finally:
                self._stop.set()
            for future in running.values():
                future.result()
        return not self._state.busy_hosts(self._run)

    def _start(self, pool: ThreadPoolExecutor, running: dict[str, Future[None]]) -> None:
        for host in self._state.busy_hosts(self._run):
            if host not in running and len(running) < self._config.hosts:
                running[host] = pool.submit(self._ask_host, host)

    def _stopped(self) -> bool:
        late = self._ends is not None and self._web.clock.steady() >= self._ends
        return late or self._stop.is_set()

    def _ask_host(self, host: str) -> None:
        while work := self._state.todo(self._run, host, AT_ONCE):
            for piece in work:
                if self._stopped():
                    return
                self._ask(piece)

    def _ask(self, work: Work) -> None:
        """Settle one piece of work, whatever becomes of it."""
        source = self._sources[work.source]
        known = self._state.known(work.address)
        if known.checked_run == self._run:
            self._again(source, work, known)
            return
        incoming = self._archive.receive()
        try:
            self._settle(source, work, known, incoming)
        except DocumentError as error:
            self._finish(work, _failure(error, work, known))
        finally:
            incoming.drop()

    def _settle(self, source: Source, work: Work, known: Known, incoming: Incoming) -> None:
        whole = known.digest and self._archive.is_whole(known.digest, known.size or 0)
        asked = known.validators if whole else {}
        answer = self._web.get(
            work.address, incoming, headers=asked, allow=lambda a: self._allow(source, a)
        )
        if answer.status == 304:
            if not asked or not known.digest:
                raise failed(work.address, "the server says that nothing changed, unasked")
            links = self._links(source, work, known.digest, None)
            self._finish(work, Done("not_modified"), known.digest, links)
            return
        self._received(source, work, known, incoming, answer)

    def _allow(self, source: Source, address: str) -> None:
        if not source.allows(address):
            host = host_of(address)
            raise failed(
                address,
                f"{host} is not among allow_hosts of {source.name}",
                f"{host} không nằm trong allow_hosts của {source.name}",
            )
        self._robots.check(address)

    def _received(
        self, source: Source, work: Work, known: Known, incoming: Incoming, answer: Answer
    ) -> None:
        headers = answer.headers
        content = incoming.content() if self._looks_inside(source, work, incoming) else None
        if work.attached and content is not None and listings.is_file(work.address):
            raise failed(
                work.address,
                "a web page came in place of the file",
                "nhận được trang web thay vì tệp",
            )
        digest = incoming.digest
        links = self._links(source, work, digest, content)
        validators = headers.get("etag"), headers.get("last-modified")
        incoming.keep()
        if digest == known.digest:
            brought = Brought(validators=validators)
            self._finish(work, Done("same"), digest, links, brought)
            return
        version = Version(
            work.address, digest, self._run, answer.at.isoformat(), answer.url,
            declared_name(headers.get("content-disposition", ""), answer.url), incoming.size,
            work.source, work.role, *validators, declared_type(headers), known.seen_run,
        )  # fmt: skip
        members = unpacked(self._archive, version) if work.role == "document" else None
        if members is not None:
            version = replace(version, role="archive")
        versions = [version, *self._changed(members or [])]
        for each in versions:
            self._archive.record(each)
        inside = None if members is None else [m.address for m in members]
        brought = Brought(versions, inside, validators)
        self._finish(work, Done("changed" if known.digest else "new"), digest, links, brought)

    def _changed(self, members: list[Version]) -> Iterable[Version]:
        """The files of an archive whose bytes are others than before."""
        for member in members:
            known = self._state.known(member.address)
            if known.digest != member.digest:
                yield replace(member, previous_seen=known.seen_run)

    def _looks_inside(self, source: Source, work: Work, incoming: Incoming) -> bool:
        """Whether the body is one that may hold links for this source."""
        if work.role == "index":
            return True
        if not (source.rules.attachments or work.depth < source.depth or work.attached):
            return False
        return self._sniff(incoming.content(_HEAD), work.address.rpartition("/")[2]) in HTML

    def _links(self, source: Source, work: Work, digest: str, content: bytes | None) -> list[Link]:
        """What an address leads on to: as remembered for these bytes, or by reading them."""
        known = self._state.links(source.name, work.address, digest, self._rules(source, work))
        if known is not None:
            return known
        if content is None:
            content = self._archive.read(digest) or b""
            name = work.address.rpartition("/")[2]
            if work.role != "index" and self._sniff(content[:_HEAD], name) not in HTML:
                return []
        found = list(_followed(source, work, content))
        cut = self._too_many(source, found)
        if cut:
            self.cut[source.name] = self.cut.get(source.name, 0) + cut
            self._tell("cut", {"source": source.name, "address": work.address, "left_out": cut})
            found = found[: len(found) - cut]
        return found

    def _rules(self, source: Source, work: Work) -> str:
        return f"{source.digest}:{work.role}:{work.depth}:{work.hop}"

    def _too_many(self, source: Source, found: list[Link]) -> int:
        ((planned,),) = self._state.rows(
            "SELECT COUNT(*) FROM work WHERE run = ? AND source = ? AND role = 'document'",
            self._run,
            source.name,
        )
        return max(0, min(len(found), int(planned) + len(found) - source.max_documents))

    def _again(self, source: Source, work: Work, known: Known) -> None:
        """Another source has asked for the address this night: its answer serves both."""
        done = Done(known.outcome or "failed")
        if done.state == "failed":
            done = Done("failed", "it failed for another source", "đã lỗi ở nguồn khác")
        links = self._links(source, work, known.digest, None) if known.digest else []
        self._finish(work, done, known.digest, links)

    def _finish(
        self,
        work: Work,
        done: Done,
        digest: str | None = None,
        links: list[Link] | None = None,
        brought: Brought = NOTHING,
    ) -> None:
        source = self._sources[work.source]
        if digest is not None and links is not None:
            said = json.dumps([astuple(link) for link in links])
            brought = replace(brought, links=(digest, self._rules(source, work), said))
        onward = [(k, host_of(k.address)) for k in links or () if source.allows(k.address)]
        self._state.finish(self._run, work, done, brought, onward)
        self._tell(
            done.outcome,
            {"source": work.source, "address": work.address, "reason": done.reason_en},
        )


def unpacked(archive: Archive, version: Version) -> list[Version] | None:
    """The documents inside a zip file, each in the archive on its own; None for other files.

    Raises DocumentError where the zip file cannot be opened or would unfold beyond all measure.
    """
    path = archive.path(version.digest)
    if not zipped.is_archive(path):
        return None
    found: list[Version] = []
    for place in zipped.addresses(path):
        if place.problem:
            raise place.problem
        got = local.fetch(place.text)
        incoming = archive.receive()
        incoming.begin()
        incoming.write(got.content)
        inside = place.text.partition(zipped.SEPARATOR)[2]
        address = f"{version.address}{zipped.SEPARATOR}{inside}"
        found.append(
            replace(
                version,
                address=address,
                digest=incoming.keep(),
                size=incoming.size,
                name=got.name,
                role="member",
                etag=None,
                last_modified=None,
                content_type=None,
            )
        )
    return found


def _failure(error: DocumentError, work: Work, known: Known) -> Done:
    """A document may go; a listing that is gone hides news, so that is a failure."""
    if isinstance(error, Gone) and known.digest and work.role == "document":
        return Done("vanished")
    kind = "refused" if isinstance(error, Forbidden) else "failed"
    return Done(kind, error.message_en, error.message_vi)


def _followed(source: Source, work: Work, content: bytes) -> Iterable[Link]:
    """The links that a source follows from one page, as pieces of work."""
    if work.role == "index" and source.kind in ("sitemap", "feed"):
        yield from _listed(source, work, feeds.read(content, work.address))
        return
    listing = work.role == "index" or work.depth < source.depth
    found = listings.read(content, work.address, source.rules, listing=listing)
    depth = work.depth + 1
    for address in found.documents:
        if source.wants(address) and source.allows(address):
            yield Link(address, "document", depth, 1, listings.is_file(address))
    if found.following and work.role == "index" and work.hop < source.max_pages:
        yield Link(found.following, "index", work.depth, work.hop + 1)
    for address in found.attachments:
        if source.allows(address):
            yield Link(address, "document", source.depth, 1, attached=True)


def _listed(source: Source, work: Work, entries: feeds.Entries) -> Iterable[Link]:
    if work.hop < MOST_SITEMAPS_DEEP:
        for address in entries.indexes:
            yield Link(address, "index", 0, work.hop + 1)
    for address in (*entries.documents, *entries.attachments):
        if source.wants(address) and source.allows(address):
            attached = address in entries.attachments or listings.is_file(address)
            yield Link(address, "document", 1, 1, attached)
