"""Three nights over the portals of samples/.portal, as the morning's summary tells them.

python benchmarks/nights_shown.py            the summaries of docs/nightly.md, Vietnamese first
"""

import csv
import sys
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from commands import night_summary
from engines import nightly
from extractors.sniff import media_type
from fetchers.clock import FixedClock
from fetchers.config import load
from pipeline import read_stored
from tests.portal import NIGHT, Portal, config_text, html, loopback, send

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / ".portal"
HOSTS = {
    "liferay": "thanhha.example",
    "sharepoint": "kimthanh.example",
    "dotnetnuke": "tuky.example",
    "wordpress": "cangiang.example",
}
OTHER = "/Lists/ThongBao/DispForm.aspx?ID=32"


def routes():
    return list(csv.DictReader((SAMPLES / "routes.csv").read_text(encoding="utf-8").splitlines()))


def serve(portal):
    """Every page at its host; the start of each portal."""
    starts = {}
    for route in routes():
        body = (SAMPLES / route["file"]).read_bytes()
        kind = "application/pdf" if route["file"].endswith("pdf") else "text/html"
        host = HOSTS[route["portal"]]
        portal.pages[host, route["path"]] = partial(give, portal, body, kind)
        starts.setdefault(route["portal"], route["path"])
    return starts


def give(portal, body, kind, handler):
    portal.give(handler, body, kind)


def changed(portal, host, path, before, after):
    page = portal.pages[host, path]
    body = page.args[1]
    assert before in body, (path, before)
    portal.pages[host, path] = partial(give, portal, body.replace(before, after), "text/html")


def happen(portal):
    """A figure revised, a counter moved, a page gone, a portal broken, two pages that disagree."""
    item = "/Lists/ThongBao/DispForm.aspx?ID=30"
    changed(portal, HOSTS["sharepoint"], item, b"1.204", b"1.240")
    changed(portal, HOSTS["wordpress"], "/thu-bhxh-thang-4/", b"</body>", b"<i>7</i></body>")
    del portal.pages[HOSTS["dotnetnuke"], "/Tin-tuc/ArtMID/512/ArticleID/40"]
    portal.pages[HOSTS["liferay"], "/web/guest/so-lieu"] = lambda h: send(h, 500, b"")
    text = (
        "<h1>Bảo hiểm xã hội huyện Nam Sách</h1><p>Đến ngày 30/4/2024, huyện Nam Sách có 12.864 "
        "người tham gia bảo hiểm xã hội bắt buộc.</p>"
    )
    portal.pages[HOSTS["sharepoint"], OTHER] = html("Bảo hiểm xã hội bắt buộc", text)


def main():
    with Portal() as portal, tempfile.TemporaryDirectory() as folder:
        starts = serve(portal)
        sources = [
            (host.partition(".")[0], f"http://{host}:{portal.port}{starts[name]}",
             f'kind = "listing"\nportal = "{name}"')
            for name, host in HOSTS.items()
        ]  # fmt: skip
        other = ("bhxh-nam-sach", f"http://{HOSTS['sharepoint']}:{portal.port}{OTHER}", "")
        config = Path(folder) / "sources.toml"
        for day, name in enumerate(("first", "quiet", "eventful")):
            if name == "eventful":
                happen(portal)
                sources.append(other)
            config.write_text(config_text(portal, *sources, delay=0.01), encoding="utf-8")
            clock = FixedClock(NIGHT + timedelta(days=day))
            around = nightly.Surroundings(read_stored, media_type, clock=clock, resolve=loopback)
            output = Path(folder) / "data"
            made = nightly.run(load(config), output, nightly.Options(workers=0), around)
            for language in ("vi", "en"):
                text = night_summary.text(made, Path("data"), language)
                print(f"--- {name}, {language}\n{text.replace(f':{portal.port}', '')}\n")


if __name__ == "__main__":
    main()
