"""Chromium for the tests of the report; without it they are skipped, unless nothing may be."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")


def needed(reason):
    """Skip, or fail where a skipped test would hide something."""
    if os.environ.get("SOLIEU_NOTHING_SKIPPED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def chromium():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("playwright is not installed")
    if not CHROMIUM.exists():
        needed("no Chromium: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """A page with all that it asked for and complained of."""

    def __init__(self, browser, index, *, width=1280, lang="vi-VN", dark=False):
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=lang,
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.index = index
        self.complaints = []
        self.requests = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", self._dialog)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _dialog(self, dialog):
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def go(self, where=""):
        self.page.goto("about:blank")
        self.page.goto(f"file://{self.index}{where}")
        self.page.wait_for_selector("#main:not([aria-busy]) h1", state="attached")
        return self.page

    def outside(self):
        folder = f"file://{self.index.parent}/"
        return [u for u in self.requests if not u.startswith((folder, "data:", "blob:", "about:"))]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
