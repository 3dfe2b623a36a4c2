"""robots.txt as RFC 9309 has it: asked once a day per origin, obeyed for every address.

No file (4xx) allows everything. A server in trouble (5xx, no answer) forbids everything: it may be
about to say no.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fetchers.failures import Forbidden, HostClosed, Refused, failed
from fetchers.state import State
from fetchers.urls import origin_of
from fetchers.web import Memory, Web
from solieu.errors import FetchError, LimitExceeded

if TYPE_CHECKING:
    from protego import Protego

MOST_BYTES = 500 * 1024
AGE = timedelta(hours=24)
MOST_DELAY = 60.0
"""Seconds of Crawl-delay that are kept; files that ask for more mean to forbid."""


class Robots:
    """The rules of every origin; safe to use from many threads."""

    def __init__(self, web: Web, state: State) -> None:
        self._web = web
        self._state = state
        self._rules: dict[str, Protego | FetchError] = {}
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """Raises Forbidden where robots.txt asks to stay away."""
        rules = self._of(origin_of(address))
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(address, self._web.manners.user_agent):
            raise failed(address, "robots.txt forbids it", "robots.txt không cho phép", Forbidden)

    def _of(self, origin: str) -> Protego | FetchError:
        with self._lock:
            known = self._rules.get(origin)
        if known is None:
            known = self._learn(origin)
            with self._lock:
                self._rules[origin] = known
        return known

    def _learn(self, origin: str) -> Protego | FetchError:
        from protego import Protego  # noqa: PLC0415 (start-up without the parser)

        body = self._remembered(origin)
        if body is None:
            try:
                body = self._ask(origin)
            except (FetchError, LimitExceeded) as error:
                if isinstance(error, HostClosed):
                    return error
                return failed(
                    origin,
                    f"its robots.txt cannot be had, which forbids everything ({error.message_en})",
                    f"không đọc được robots.txt nên coi như cấm ({error.message_vi})",
                )
        rules = Protego.parse(body)
        delay = rules.crawl_delay(self._web.manners.user_agent)
        if delay:
            self._web.slow_down(origin, min(float(delay), MOST_DELAY))
        return rules

    def _remembered(self, origin: str) -> str | None:
        found = self._state.rows("SELECT at, body FROM robots WHERE origin = ?", origin)
        if not found:
            return None
        age = self._web.clock.now() - datetime.fromisoformat(found[0][0])
        return str(found[0][1]) if timedelta(0) <= age < AGE else None

    def _ask(self, origin: str) -> str:
        memory = Memory()
        status = 200
        try:
            self._web.get(f"{origin}/robots.txt", memory, max_bytes=MOST_BYTES)
        except Refused:
            memory, status = Memory(), 404
        body = memory.content.decode("utf-8", errors="replace").removeprefix("\ufeff")
        at = self._web.clock.now().isoformat()
        with self._state.step() as db:
            db.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", (origin, at, status, body)
            )
        return body
