"""Addresses on pages: listings, attachments, portal systems, sitemaps and feeds."""

import gzip

import pytest

from fetchers import feeds, listings
from fetchers.listings import Rules
from fetchers.portals import presets
from fetchers.urls import canonical
from solieu.errors import FetchError

BASE = "https://tinh.example/tin/"


@pytest.mark.parametrize(
    ("link", "full"),
    [
        ("bai-1.html", "https://tinh.example/tin/bai-1.html"),
        ("/x#muc-2", "https://tinh.example/x"),
        ("//cdn.example:443/a", "https://cdn.example/a"),
        ("http://TINH.example:80", "http://tinh.example/"),
        ("?page=2", "https://tinh.example/tin/?page=2"),
        ("/web/tin;jsessionid=AB12?p=1", "https://tinh.example/web/tin?p=1"),
        ("/kết quả.pdf", "https://tinh.example/k%E1%BA%BFt%20qu%E1%BA%A3.pdf"),
        ("/k%E1%BA%BFt.pdf", "https://tinh.example/k%E1%BA%BFt.pdf"),
        ("http://tỉnh.vn/", "http://xn--tnh-dlz.vn/"),
        ("javascript:void(0)", None),
        ("mailto:a@b.vn", None),
        ("http://[broken", None),
        ("http://a.vn:99999/", None),
    ],
)
def test_one_spelling_for_one_page(link, full):
    assert canonical(link, BASE) == full


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://a.vn/bieu.PDF", True),
        ("https://a.vn/documents/1/2/bieu.xlsx/6f-21?t=1", True),
        ("https://a.vn/tai?file=bieu%20so%202.docx", True),
        ("https://a.vn/download.aspx?SourceUrl=/x/y.doc&z=1", True),
        ("https://a.vn/du-lieu.zip", True),
        ("https://a.vn/tin/pdf-la-gi", False),
        ("https://a.vn/x.pdfx", False),
        ("https://docs.example/", False),
    ],
)
def test_addresses_of_files(address, is_one):
    assert listings.is_file(address) is is_one


def read(html, listing=True, **rules):
    return listings.read(html.encode(), BASE, Rules(**rules), listing=listing)


def test_a_listing_gives_documents_in_order_the_next_page_and_files():
    found = read(
        '<base href="/goc/"><div class="bai"><a href="b">B</a></div><a class="bai" href="a">A</a>'
        '<a class="bai" href="a#x">again</a><a class="sau" href="?p=2">»</a><a href="q.pdf">Q</a>',
        follow=(".bai",),
        next=(".none", ".sau"),
    )
    assert found.documents == ("https://tinh.example/goc/b", "https://tinh.example/goc/a")
    assert found.following == "https://tinh.example/goc/?p=2"
    assert found.attachments == ("https://tinh.example/goc/q.pdf",)


def test_a_document_gives_its_files_by_link_by_type_and_by_text():
    found = read(
        '<a href="1.docx">x</a> <a href="/tai?id=7">Biểu số 2.xls</a> <a href="/t/8" '
        'type="application/pdf">x</a> <iframe src="/v/9.pdf"></iframe> <a href="/khac">x</a>'
        '<a class="bai" href="/nua">x</a>',
        listing=False,
        follow=(".bai",),
    )
    paths = [a.removeprefix("https://tinh.example") for a in found.attachments]
    assert paths == ["/tin/1.docx", "/tai?id=7", "/t/8", "/v/9.pdf"]
    assert found.documents == ()


def test_attachments_can_be_left_out():
    assert read('<a href="1.pdf">x</a>', follow=("a.x",), attachments=False).attachments == ()


PORTALS = {
    "wordpress": (
        (
            '<article><h2 class="entry-title"><a href="/thang-5/">Tháng 5</a></h2></article>'
            '<a class="next page-numbers" href="/page/2/">Sau</a>'
        ),
        "/thang-5/",
        "/page/2/",
    ),
    "sharepoint": (
        (
            '<table class="ms-listviewtable"><tr><td class="ms-vb"><a href="DispForm.aspx?ID=3">3</a>'
            '</td></tr></table><table><tr><td class="ms-paging"><a href="javascript:" onclick=\''
            'RefreshPageTo(event, "\\u002fLists\\u002fTin\\u002fAll.aspx?Paged=TRUE\\u0026p_ID=30")\'>'
            "<img></a></td></tr></table>"
        ),
        "/tin/DispForm.aspx?ID=3",
        "/Lists/Tin/All.aspx?Paged=TRUE&p_ID=30",
    ),
    "liferay": (
        (
            '<div class="asset-abstract"><h3 class="asset-title"><a href="/web/guest/-/bai">Bài</a>'
            '</h3></div><ul class="pager"><li class="next"><a href="?cur=2">Tiếp</a></li></ul>'
        ),
        "/web/guest/-/bai",
        "/tin/?cur=2",
    ),
    "dotnetnuke": (
        (
            '<div class="DnnModule"><h2><a href="/Tin/id/9">Tin</a></h2></div>'
            '<ul class="pagination"><li class="next"><a href="/Tin/Page/2">Sau</a></li></ul>'
        ),
        "/Tin/id/9",
        "/Tin/Page/2",
    ),
}


@pytest.mark.parametrize("name", list(presets()))
def test_each_portal_system_by_its_row(name):
    html, document, following = PORTALS[name]
    keys = presets()[name]
    found = read(
        html,
        follow=keys["follow"],
        next=keys["next"],
        attachment_links=keys["attachment_links"],
        portal=name,
    )
    assert [a.removeprefix("https://tinh.example") for a in found.documents] == [document]
    assert found.following == f"https://tinh.example{following}"


def test_files_without_a_name_by_the_portal_row():
    keys = presets()["dotnetnuke"]
    found = read(
        '<a href="/LinkClick.aspx?fileticket=ab&tabid=3">Biểu</a>',
        listing=False,
        attachment_links=keys["attachment_links"],
    )
    assert found.attachments == ("https://tinh.example/LinkClick.aspx?fileticket=ab&tabid=3",)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/>
<entry><link href="/a"/><link rel="enclosure" href="/a.pdf"/></entry></feed>"""
RSS1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item><link>https://tinh.example/b</link></item></rdf:RDF>"""
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> /c </loc></url></urlset>'


PICTURES = SITEMAP.replace(
    "</url>",
    '<i:image xmlns:i="http://www.google.com/schemas/sitemap-image/1.1"><i:loc>/c.jpg</i:loc></i:image></url>',
)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (ATOM, "/a"),
        (RSS1, "/b"),
        (SITEMAP, "/c"),
        (PICTURES, "/c"),
        ("\n" + SITEMAP, "/c"),
        (SITEMAP[:-9], "/c"),
    ],
)
def test_feeds_and_sitemaps(text, documents):
    assert feeds.read(text.encode(), BASE).documents == (f"https://tinh.example{documents}",)


def test_enclosures_and_packed_sitemaps():
    assert feeds.read(ATOM.encode(), BASE).attachments == ("https://tinh.example/a.pdf",)
    packed = gzip.compress(SITEMAP.encode())
    assert feeds.read(packed, BASE).documents == ("https://tinh.example/c",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>x</body></html>",
        b"\x1f\x8bbroken",
        gzip.compress(SITEMAP.encode(), mtime=0)[:12] + b"\xff" * 20,
        b"\x00\x01",
        gzip.compress(b"\0" * (feeds.MOST_BYTES + 10)),
    ],
)
def test_what_is_no_feed_is_told(content):
    with pytest.raises(FetchError, match="neither a sitemap nor a feed"):
        feeds.read(content, BASE)


def test_entities_are_not_resolved():
    text = (
        '<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>/&x;</loc></url>'
        "</urlset>"
    )
    assert feeds.read(text.encode(), BASE).documents in ((), ("https://tinh.example/",))
