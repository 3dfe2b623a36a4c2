"""Zip files: their documents are read one by one, within limits."""

import os
import zipfile
from pathlib import Path

import pytest

from fetchers import local, zipped
from solieu import archives
from solieu.errors import FetchError, LimitExceeded

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "bao-cao.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("b/xa.txt", "Có 1.234 người.")
        file.writestr("a.txt", "Có 5.678 người.")
        file.writestr("__MACOSX/a.txt", "x")
        file.writestr(".DS_Store", "x")
    return path


def texts(*asked):
    return [a.text for a in local.addresses([str(a) for a in asked])]


def test_members_are_documents_with_addresses_of_their_own(archive):
    assert texts(archive) == [f"{archive}!/a.txt", f"{archive}!/b/xa.txt"]
    got = local.fetch(f"{archive}!/b/xa.txt")
    assert got.content.decode() == "Có 1.234 người."
    assert got.name == "xa.txt"
    assert texts(f"{archive}!/a.txt") == [f"{archive}!/a.txt"]


def test_office_documents_stay_whole(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<x/>")
    assert texts(path) == [str(path)]


def test_a_missing_or_damaged_member_says_what_to_do(archive):
    with pytest.raises(FetchError, match="Unpack"):
        local.fetch(f"{archive}!/none.txt")
    content = bytearray(archive.read_bytes())
    content[45:60] = b"x" * 15
    archive.write_bytes(bytes(content))
    with pytest.raises(FetchError):
        local.fetch(f"{archive}!/b/xa.txt")


def test_a_bomb_is_refused_whole_and_a_lying_size_too(archive, monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 10)
    (problem,) = list(local.addresses([str(archive)]))
    assert isinstance(problem.problem, LimitExceeded)
    monkeypatch.setattr(zipped, "MAX_MEMBER", 5)
    with pytest.raises(LimitExceeded):
        zipped.fetch(f"{archive}!/a.txt")


def test_a_member_without_a_date_is_read_and_dated_as_its_archive(archive):
    content = bytearray(archive.read_bytes())
    for mark, at in ((b"PK\x03\x04", 10), (b"PK\x01\x02", 12)):
        place = content.find(mark)
        while place >= 0:
            content[place + at : place + at + 4] = bytes(4)
            place = content.find(mark, place + 1)
    archive.write_bytes(bytes(content))
    os.utime(archive, (1_700_000_000, 1_700_000_000))
    got = local.fetch(f"{archive}!/a.txt")
    assert got.content.decode() == "Có 5.678 người."
    assert got.retrieved_at.timestamp() == 1_700_000_000


def test_an_empty_archive_is_said_to_be_empty(tmp_path):
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("folder/", "")
    (problem,) = list(local.addresses([str(path)]))
    assert "no documents" in problem.problem.message_en
