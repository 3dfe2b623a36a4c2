"""`solieu nightly`, `asof` and `warc` as a person and a job use them, over pages served for real."""

import email
import email.policy
import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fetchers import notices
from fetchers.config import Notify, load
from tests.portal import Portal, config_text, html, send

ROOT = Path(__file__).resolve().parent.parent
TEXT = "<h1>Huyện Nam Sách</h1><p>Năm 2024, huyện Nam Sách có {} người tham gia bảo hiểm xã hội tự nguyện.</p>"


def solieu(*arguments):
    return subprocess.run(
        [sys.executable, "pipeline.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "NO_PROXY": "127.0.0.1"},
    )


@pytest.fixture
def portal():
    with Portal() as running:
        running.pages["/tin"] = html("Tin", TEXT.format("3.107"))
        yield running


def test_a_first_and_an_eventful_night(portal, tmp_path):
    config, out = tmp_path / "sources.toml", tmp_path / "data"
    keys = 'labels = ["bhxh"]'
    config.write_text(config_text(portal, ("a", "/tin", keys)), encoding="utf-8")
    first = solieu("nightly", config, "--output", out, "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["changes"]["new_document"] == 1
    portal.pages["/tin"] = html("Tin", TEXT.format("3.170"))
    config.write_text(
        config_text(portal, ("a", "/tin", keys), ("b", "/none", "")), encoding="utf-8"
    )
    second = solieu("nightly", config, "--output", out, "--lang", "vi")
    assert second.returncode == 3
    assert "số liệu bị cổng thông tin sửa" in second.stdout
    assert "3.107 thành 3.170 người" in second.stdout
    assert "HTTP 404" in second.stdout
    (document, _) = pq.read_table(out / "documents.parquet").to_pylist()
    assert (document["source_name"], document["labels"]) == ("a", ["bhxh"])
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert {"changes", "vintages"} <= {r["name"] for r in package["resources"]}
    then = solieu("asof", "2099-01-01", "--output", out, "--to", tmp_path / "then.csv")
    assert then.returncode == 0, then.stderr
    assert "3.170" in (tmp_path / "then.csv").read_text(encoding="utf-8")
    assert "3.107" not in (tmp_path / "then.csv").read_text(encoding="utf-8")
    nowhere = solieu("asof", "2099-01-01", "-o", out, "--to", tmp_path / "then.csv" / "then.csv")
    assert (nowhere.returncode, "Traceback" in nowhere.stderr) == (4, False)
    warc = solieu("warc", tmp_path / "all.warc.gz", "--output", out)
    assert "2 records" in warc.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="cron and sh")
def test_the_documented_crontab_line_in_the_little_that_cron_gives_it(portal, tmp_path):
    text = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"```cron\n(.*)\n```", text)
    minute, hour, *days, command = line.split(" ", 5)
    assert (minute.isdigit(), hour.isdigit(), days) == (True, True, ["*", "*", "*"])
    assert "%" not in command  # cron takes it for the end of the line
    clone = tmp_path / "solieu"
    program = clone / ".venv" / "bin" / "solieu"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "pipeline.py"}" "$@"\n')
    program.chmod(0o755)
    config = config_text(portal, ("a", "/tin", ""))
    (clone / "sources.toml").write_text(config, encoding="utf-8")
    given = {"HOME": str(tmp_path), "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["/bin/sh", "-c", command], env=given, capture_output=True, check=False)
    log = (clone / "nightly.log").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr, log) == (0, b"", b"", "")
    assert pq.read_metadata(clone / "data" / "observations.parquet").num_rows == 1


def test_check_and_dry_run_ask_nothing(portal, tmp_path):
    config, out = tmp_path / "sources.toml", tmp_path / "data"
    config.write_text(config_text(portal, ("a", "/tin", "")), encoding="utf-8")
    assert solieu("nightly", config, "--check").returncode == 0
    dry = solieu("nightly", config, "--output", out, "--dry-run")
    assert portal.url("/tin") in dry.stdout
    assert (portal.asked, out.exists()) == ([], False)
    assert solieu("nightly", config, "--output", out, "--only", "nobody").returncode == 2
    config.write_text('[[source]]\nname = "a"\nstart = "x"\nmaxpages = 1\n', encoding="utf-8")
    bad = solieu("nightly", config, "--check")
    assert bad.returncode == 2
    assert f"{config}:4: unknown key maxpages (did you mean max_pages?)" in bad.stderr


def test_an_output_that_is_a_file_is_told(portal, tmp_path):
    config = tmp_path / "sources.toml"
    config.write_text(config_text(portal, ("a", "/tin", "")), encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive").write_text("x", encoding="utf-8")
    done = solieu("nightly", config, "--output", tmp_path / "data")
    assert done.returncode == 4
    assert str(tmp_path / "data") in done.stderr
    assert portal.asked == []


def test_the_example_configuration_is_good():
    done = solieu("nightly", "docs/sources.example.toml", "--check")
    assert done.returncode == 0, done.stderr
    assert load(ROOT / "docs" / "sources.example.toml").sources[1].rules.portal == "sharepoint"


def test_the_webhook_gets_the_summary_and_a_dead_one_is_told():
    got = []

    def hook(handler):
        size = int(handler.headers["Content-Length"])
        got.append(json.loads(handler.rfile.read(size)))
        send(handler, 204, b"")

    with Portal() as portal:
        portal.pages["/hook"] = hook
        notify = Notify(webhook=portal.url("/hook"))
        assert list(notices.send(notify, {"complete": True}, "all well", failed=False)) == []
        assert got == [{"text": "all well", "complete": True}]
        notify = Notify(
            webhook=portal.url("/gone"), mail_to=("a@b.vn",), smtp_host="127.0.0.1", smtp_port=1
        )
        problems = list(notices.send(notify, {}, "x", failed=True))
        assert "HTTP 404" in problems[0]
        assert problems[1].startswith("127.0.0.1: ")
        notify = Notify(mail_to=("a@b.vn",), smtp_host="127.0.0.1", smtp_port=70_000)
        assert len(list(notices.send(notify, {}, "x", failed=True))) == 1


class MailServer(threading.Thread):
    """Takes one letter."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.said = []

    def run(self):
        with self.listening, self.listening.accept()[0] as connection:
            lines, answer = connection.makefile("rb"), connection.sendall
            answer(b"220 here\r\n")
            letter = False
            for line in lines:
                self.said.append(line.decode().rstrip("\r\n"))
                letter = letter and line != b".\r\n"
                if line.upper().startswith(b"QUIT"):
                    answer(b"221 bye\r\n")
                    return
                if line.upper().startswith(b"DATA"):
                    letter = True
                    answer(b"354 go on\r\n")
                elif not letter:
                    answer(b"250 good\r\n")


def test_the_summary_goes_out_by_mail():
    server = MailServer()
    server.start()
    notify = Notify(
        mail_to=("an@b.vn", "ba@b.vn"), mail_from="solieu@b.vn", smtp_host="127.0.0.1",
        smtp_port=server.port,
    )  # fmt: skip
    assert list(notices.send(notify, {}, "Số liệu mới", failed=True)) == []
    server.join(10)
    said = server.said
    assert sum(line.upper().startswith("RCPT TO:") for line in said) == 2
    lines = "\n".join(said[said.index("data") + 1 : said.index(".")])
    letter = email.message_from_bytes(lines.encode(), policy=email.policy.default)
    assert (letter["Subject"], letter["To"]) == ("solieu: failures", "an@b.vn, ba@b.vn")
    assert letter.get_content().strip() == "Số liệu mới"


def test_an_own_vocabulary_holds_for_its_source(portal, tmp_path):
    words = tmp_path / "words.csv"
    words.write_text(
        "code,label_vi,label_en,unit,labels\n"
        "ponds,Số ao nuôi cá,Fish ponds,count,số ao nuôi cá|ao nuôi cá\n",
        encoding="utf-8",
    )
    table = "<table><tr><th>Đơn vị</th><th>Số ao nuôi cá</th></tr><tr><td>Huyện Nam Sách</td><td>512</td></tr><tr><td>Huyện Thanh Hà</td><td>340</td></tr></table>"
    portal.pages["/ao"] = html("Năm 2024", "<h1>Số liệu năm 2024</h1>" + table)
    portal.pages["/ao2"] = html("Năm 2024", "<h1>Số liệu năm 2024 (2)</h1>" + table)
    config = tmp_path / "sources.toml"
    text = config_text(portal, ("a", "/ao", f'vocabulary = "{words.name}"'), ("b", "/ao2", ""))
    config.write_text(text, encoding="utf-8")
    done = solieu("nightly", config, "--output", tmp_path / "data", "--workers", "1")
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "data" / "observations.parquet").to_pylist()
    assert [r["metric"] for r in rows] == ["ponds", "ponds", None, None]


def test_mistakes_in_vocabularies_and_corrections_are_told_before_anything_is_asked(
    portal, tmp_path
):
    config, out, words = tmp_path / "sources.toml", tmp_path / "data", tmp_path / "words.csv"
    words.write_text("code\nfish\n", encoding="utf-8")
    text = config_text(portal, ("a", "/tin", f'vocabulary = "{words.name}"'))
    config.write_text(text, encoding="utf-8")
    bad = solieu("nightly", config, "--check")
    assert (bad.returncode, "needs the columns" in bad.stderr) == (2, True)
    config.write_text(config_text(portal, ("a", "/tin", "")), encoding="utf-8")
    out.mkdir()
    (out / "corrections.csv").write_text("observation_id,field\n", encoding="utf-8")
    bad = solieu("nightly", config, "--output", out)
    assert (bad.returncode, "is missing" in bad.stderr, portal.asked) == (2, True, [])


def test_corrections_hold_at_night(portal, tmp_path):
    config, file = tmp_path / "sources.toml", tmp_path / "mine.csv"
    config.write_text(config_text(portal, ("a", "/tin", "")), encoding="utf-8")
    assert solieu("nightly", config, "--output", tmp_path / "one").returncode == 0
    (row,) = pq.read_table(tmp_path / "one" / "observations.parquet").to_pylist()
    line = f"{row['observation_id']},metric,volunteers,đọc lại,An"
    file.write_text(f"observation_id,field,value,reason,by\n{line}\n", encoding="utf-8")
    done = solieu("nightly", config, "--output", tmp_path / "two", "--corrections", file)
    assert done.returncode == 0, done.stderr
    (row,) = pq.read_table(tmp_path / "two" / "observations.parquet").to_pylist()
    assert (row["metric"], row["corrected_by"]) == ("volunteers", "An")
