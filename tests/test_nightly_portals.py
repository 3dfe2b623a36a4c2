"""The portal systems of samples/.portal, served for real and read with their rows alone."""

import csv
from pathlib import Path

import pytest

from fetchers.portals import presets
from pipeline import read_stored
from tests.portal import Nights, Portal, config_text, loopback

SAMPLES = Path(__file__).parent.parent / "samples" / ".portal"
ROUTES = list(csv.DictReader((SAMPLES / "routes.csv").read_text(encoding="utf-8").splitlines()))
FIGURES = {
    "wordpress": {12846, 3107, 21530},
    "sharepoint": {65410, 71382, 136792, 1204, 138650},
    "liferay": {38452, 64, 41870},
    "dotnetnuke": {2915, 612_400_000_000, 57},
}


@pytest.fixture(scope="module")
def served():
    with Portal() as portal:
        for route in ROUTES:
            body = (SAMPLES / route["file"]).read_bytes()
            host = f"{route['portal']}.test"
            kind = "application/pdf" if route["file"].endswith("pdf") else "text/html"
            if "LinkClick" in route["path"]:
                kind = "application/octet-stream"
            portal.pages[host, route["path"]] = lambda h, b=body, k=kind: portal.give(h, b, k)
        yield portal


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_listing_paging_and_attachments_work_by_configuration(served, tmp_path, name):
    routes = [r["path"] for r in ROUTES if r["portal"] == name]
    start = served.url(routes[0], f"{name}.test")
    keys = f'kind = "listing"\nportal = "{name}"'
    nights = Nights(
        tmp_path, config_text(served, (name, start, keys)), resolve=loopback, reader=read_stored
    )
    made = nights.run()
    assert not made.failed, made.failures
    addresses = {v["address"] for v in nights.table("vintages")}
    documents = {served.url(p, f"{name}.test") for p in routes[2:]}
    assert addresses == documents
    pages = [d for d in nights.table("documents") if d["media_type"] == "text/html"]
    ids = {d["document_id"] for d in pages}
    values = {o["value"] for o in nights.table("observations") if o["document_id"] in ids}
    assert FIGURES[name] <= values
    nights.reader = None
    made = nights.run()
    assert not made.failed
    assert made.facts["requests"]["bodies"] == 0
    assert not any(made.changes.values())


def test_every_portal_system_has_a_sample():
    assert set(FIGURES) == set(presets()) == {r["portal"] for r in ROUTES}
