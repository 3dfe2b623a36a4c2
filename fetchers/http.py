"""Single documents on the web, through the same safe client as the nightly job."""

from __future__ import annotations

import re
from email.message import Message
from urllib.parse import unquote, urlsplit

from fetchers import web
from fetchers.source import Fetched
from solieu.errors import FetchError

MAX_BYTES = web.MAX_BYTES
USER_AGENT = "solieu/0.1 (published figures of Vietnam; reads single pages on request)"


def fetch(url: str, *, allow_private: bool = False) -> Fetched:
    """The bytes behind `url` after at most five redirects.

    Raises FetchError for refused addresses, failed connections and HTTP errors, LimitExceeded for
    bodies that are too large.
    """
    private = frozenset({"*"}) if allow_private else frozenset()
    client = web.Web(web.Manners(USER_AGENT, max_bytes=MAX_BYTES), private_hosts=private)
    memory = web.Memory()
    try:
        answer = client.get(url, memory)
    except FetchError as error:  # finer kinds matter to the nightly job only
        raise FetchError(error.message_en, error.message_vi) from error
    finally:
        client.close()
    headers = answer.headers
    return Fetched(
        url,
        memory.content,
        declared_name(headers.get("content-disposition", ""), answer.url),
        answer.at,
        answer.url,
        declared_type(headers),
    )


def declared_type(headers: web.Headers) -> str | None:
    """The media type that the server claims, without parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() or None


def declared_name(disposition: str, url: str) -> str:
    """The file name that the server or else the address gives, without folders.

    >>> declared_name("", "https://example.org/k%E1%BA%BFt-qu%E1%BA%A3.pdf")
    'kết-quả.pdf'
    """
    header = Message()
    header["content-disposition"] = disposition or "inline"
    name = header.get_filename() or unquote(urlsplit(url).path.rpartition("/")[2])
    return re.sub(r"[/\\\x00-\x1f]", "_", name)
