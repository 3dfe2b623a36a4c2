"""The archive as WARC (ISO 28500), for those who keep web archives."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

from fetchers.archive import Archive, Version


def export(archive: Archive, goal: Path, *, since: str = "") -> int:
    """Write a response record for every version from the day `since` on; the number of records.

    Bytes are as unpacked; the same archive gives the same records under the same ids. What came
    inside a zip file was no answer of its own and is in the record of that file.
    """
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 (few need it)
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    count = 0
    with goal.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for version in archive.versions():
            wanted = version.run >= since and version.role != "member"
            content = archive.read(version.digest) if wanted else None
            if content is None:
                continue
            record = writer.create_warc_record(
                version.final_url,
                "response",
                payload=io.BytesIO(content),
                length=len(content),
                http_headers=StatusAndHeaders("200 OK", _headers(version), protocol="HTTP/1.1"),
                warc_headers_dict=_warc_headers(version),
            )
            writer.write_record(record)
            count += 1
    return count


def _headers(version: Version) -> list[tuple[str, str]]:
    pairs = (
        ("Content-Type", version.content_type),
        ("ETag", version.etag),
        ("Last-Modified", version.last_modified),
        ("Content-Length", str(version.size)),
    )
    return [(name, value) for name, value in pairs if value]


def _warc_headers(version: Version) -> dict[str, str]:
    name = f"{version.address} {version.digest} {version.run}"
    at = version.retrieved_at.replace("+00:00", "Z")
    return {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>",
        "WARC-Date": at,
    }
