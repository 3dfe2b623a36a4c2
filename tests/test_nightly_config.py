"""sources.toml: what it may say, and how its mistakes are told."""

from pathlib import Path

import pytest

from fetchers import config
from fetchers.portals import presets

GOOD = """
[agent]
contact = "data@example.org"
[defaults]
delay_seconds = 3.5
[[source]]
name = "hai-duong"
start = "https://example.org/tin-tuc"
kind = "listing"
follow = "a.title"
next = "a.next"
max_pages = 7
attachments = false
allow_hosts = ["example.org", "files.example.org"]
labels = { tinh = "Hải Dương" }
[[source]]
name = "tra-vinh"
start = "https://TraVinh.example/sitemap.xml"
kind = "sitemap"
delay_seconds = 10
"""


def loaded(tmp_path, text):
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def problems(tmp_path, text):
    with pytest.raises(config.BadConfig) as caught:
        loaded(tmp_path, text)
    return [(p.line, p.en) for p in caught.value.problems]


def test_a_good_configuration(tmp_path):
    found = loaded(tmp_path, GOOD)
    first, second = found.sources
    assert first.rules.follow == ("a.title",)
    assert (first.max_pages, first.delay_seconds, first.labels) == (7, 3.5, ("tinh=Hải Dương",))
    assert first.allows("https://files.example.org/a.pdf")
    assert not first.allows("https://example.com/")
    assert second.allow_hosts == {"travinh.example"}
    assert found.delays == {"example.org": 3.5, "files.example.org": 3.5, "travinh.example": 10.0}
    assert "data@example.org" in found.user_agent
    assert found.private_hosts == frozenset()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[[source]]\nname = 1", 2, "name must be a text"),
        ('[[source]]\nname = "a"', 1, "has no start"),
        ('[[source]]\nstart = "https://a.vn"', 1, "has no name"),
        ('[[source]]\nname = "a"\nstart = "ftp://a.vn"', 3, "no http(s) address"),
        (
            '[[source]]\nname = "a"\nstart = "https://a.vn"\nmax_page = 3',
            4,
            "did you mean max_pages",
        ),
        (
            '[[source]]\nname = "a"\nstart = "https://a.vn"\nkind = "rss"',
            4,
            "page, listing, sitemap",
        ),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nkind = "listing"', 4, "follow or portal"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nfollow = "a[["', 4, "no CSS selector"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\npattern = "("', 4, "regular expression"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nportal = "joomla"', 4, "wordpress"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nmax_pages = 0', 4, "at least 1"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\ndelay_seconds = -1', 4, "at least 0"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\ndelay_seconds = nan', 4, "a number"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\n[limits]\nmax_mb = inf', 5, "a number"),
        ('[agent]\ncontact = "a@b.vn\\r\\nX-Evil: 1"', 2, "on one line"),
        ('[notify]\nmail_to = ["a@b.vn\\nBcc: c@d.vn"]', 2, "on one line"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nattachments = "yes"', 4, "true or false"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\nvocabulary = "no.csv"', 4, "is there"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\n[agents]\n', 4, "did you mean agent"),
        ('[[source]]\nname = "a"\nstart = "https://a.vn"\n[defaults]\nname = "x"', 5, "one source"),
        ('[source]\nname = "a"', 1, "[[source]]"),
        ('[[source]]\nname = "a\n', 2, "no valid TOML"),
        ("", None, "there is no [[source]]"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path, text, line, reason):
    found = problems(tmp_path, text)
    assert any(line == at and reason in why for at, why in found), found


def test_the_second_source_of_one_name_is_told_at_its_line(tmp_path):
    text = '[[source]]\nname = "a"\nstart = "https://a.vn"\n' * 2
    assert problems(tmp_path, text) == [(5, "the name a is taken")]


def test_all_mistakes_come_at_once_and_in_vietnamese_too(tmp_path):
    text = '[[source]]\nname = "a"\nstrt = "x"\nmax_pages = "5"\n'
    with pytest.raises(config.BadConfig) as caught:
        loaded(tmp_path, text)
    assert len(caught.value.problems) == 3
    assert "có phải start" in caught.value.message_vi
    assert f"{tmp_path / 'sources.toml'}:3: " in caught.value.message_en


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(config.BadConfig, match="cannot be read"):
        config.load(tmp_path / "none.toml")


def test_every_key_is_documented():
    text = (Path(__file__).parent.parent / "docs" / "nightly.md").read_text(encoding="utf-8")
    for row in config.key_rows():
        if row["key"] != "*":
            assert f"`{row['key']}`" in text, row["key"]
    for portal in presets():
        assert portal in text


def test_presets_are_valid_selectors(tmp_path):
    for name in presets():
        text = (
            f'[[source]]\nname = "a"\nstart = "https://a.vn"\nkind = "listing"\nportal = "{name}"'
        )
        (source,) = loaded(tmp_path, text).sources
        assert source.rules.follow
        import soupsieve

        for selector in (*source.rules.follow, *source.rules.next, *source.rules.attachment_links):
            soupsieve.compile(selector)
