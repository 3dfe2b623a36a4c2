"""The summary of a run by webhook and by mail, for those who do not look at logs."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from typing import Any

from fetchers.config import Notify

SECONDS = 30.0


def send(notify: Notify, facts: Mapping[str, Any], text: str, *, failed: bool) -> Iterator[str]:
    """Tell everyone who is to be told; gives the reasons where that did not work.

    The addresses are the owner's own, so they may lie inside the network.
    """
    if notify.webhook and (problem := _post(notify.webhook, facts, text)):
        yield f"{notify.webhook}: {problem}"
    if notify.mail_to and (problem := _mail(notify, text, failed=failed)):
        yield f"{notify.smtp_host}: {problem}"


def _post(address: str, facts: Mapping[str, Any], text: str) -> str | None:
    import httpx  # noqa: PLC0415 (start-up without the network)

    from fetchers import tls  # noqa: PLC0415

    try:
        body = {"text": text, **facts}
        answer = httpx.post(address, json=body, timeout=SECONDS, verify=tls.context())
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return str(error) or type(error).__name__
    return None if answer.is_success else f"HTTP {answer.status_code}"


def _mail(notify: Notify, text: str, *, failed: bool) -> str | None:
    from fetchers import tls  # noqa: PLC0415 (start-up without the network)

    message = EmailMessage()
    message["Subject"] = "solieu: " + ("failures" if failed else "done")
    message["From"] = notify.mail_from or f"solieu@{socket.getfqdn()}"
    message["To"] = ", ".join(notify.mail_to)
    message.set_content(text)
    try:
        with smtplib.SMTP(notify.smtp_host, notify.smtp_port, timeout=SECONDS) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=tls.context())
            server.send_message(message)
    except (OSError, OverflowError, smtplib.SMTPException) as error:  # a port beyond the last
        return str(error) or type(error).__name__
    return None
