"""Made-up documents of mixed formats, as many as wanted, with the figures that stand in them.

    python benchmarks/speed/corpus.py FOLDER 1000
    python benchmarks/speed/corpus.py FOLDER 100 news       one kind only: html, news, txt, pdf, xlsx
    python benchmarks/speed/corpus.py FOLDER 2 yearbook 100     PDFs of 100 chapters, a page or two each
    python benchmarks/speed/corpus.py FOLDER 400 long 20        mixed, and its PDFs of 20 chapters each

Of ten documents six are portal pages (20 to 200 KB, most of it menus, scripts and teasers, as on
real portals), two are plain text, one is a PDF and one a workbook. A page of kind `news` is made
only when asked for: no table, three figures, several hundred links, as most of a portal is. A PDF of
kind `yearbook` has a chapter for a province with all its districts, then one for the next. The same number and seed give
the same files. `truth.csv` beside the folder holds every table figure: file, label, column, value.
"""

from __future__ import annotations

import calendar
import csv
import io
import random
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

TODAY = date(2024, 6, 1)  # the map of that day
COLUMNS = (
    ("BHXH bắt buộc", "Thực hiện tháng 5/2024"),
    ("BHXH bắt buộc", "Kế hoạch tháng 5/2024"),
    ("BHXH tự nguyện", "Thực hiện tháng 5/2024"),
    ("BHXH tự nguyện", "Kế hoạch tháng 5/2024"),
    ("BHYT", "Thực hiện tháng 5/2024"),
    ("BHYT", "Kế hoạch tháng 5/2024"),
)
TALK = """
Phát biểu tại hội nghị, lãnh đạo tỉnh đề nghị các sở, ngành tiếp tục tuyên truyền chính sách, đổi mới cách làm.
Các đại biểu đã thảo luận về khó khăn trong việc phát triển người tham gia, nhất là lao động tự do, và nêu nhiều cách làm hay.
Ban chỉ đạo yêu cầu từng thành viên bám sát địa bàn, kịp thời tháo gỡ vướng mắc và báo cáo kết quả thực hiện theo quy định.
Sau hội nghị, các địa phương ký cam kết thực hiện chỉ tiêu được giao và ra quân tuyên truyền tại các chợ, khu dân cư, bến xe.
""".strip().splitlines()


def at(text: str, when: tuple[int, int]) -> str:
    """The text for another month: two documents never give the same figure twice."""
    month, year = when
    last = calendar.monthrange(year, month)[1]
    text = text.replace("31/5/2024", f"{last}/{month}/{year}").replace("tháng 5", f"tháng {month}")
    text = text.replace("-06-03T", f"-{month:02}-{last}T")
    return text.replace("2024", str(year)).replace("2023", str(year - 1))


def figure(value: int, dot: bool) -> str:
    text = f"{value:,}"
    return text.replace(",", ".") if dot else text


def say(chance: random.Random, province: str, dot: bool) -> str:
    people, growth, money = (
        chance.randrange(9_000, 900_000),
        chance.uniform(1, 20),
        chance.uniform(10, 900),
    )
    return chance.choice(
        (
            f"Đến ngày 31/5/2024, toàn tỉnh {province} có {figure(people, dot)} người tham gia BHYT, "
            f"tăng {growth:.2f}".replace(".", ",", 0)
            + "% so với cùng kỳ năm 2023.",
            f"Số thu toàn tỉnh đạt {money:.1f}".replace(".", ",")
            + " tỷ đồng trong 5 tháng đầu năm.",
            f"Trong tháng 5, cơ quan BHXH đã giải quyết hồ sơ cho {figure(people // 50, dot)} lượt người.",
        )
    )


def make_table(chance: random.Random, names: list[str]) -> list[tuple[str, list[int]]]:
    rows = [(name, [chance.randrange(1_000, 90_000) for _ in COLUMNS]) for name in names]
    return [*rows, ("Tổng cộng", [sum(row[1][c] for row in rows) for c in range(len(COLUMNS))])]


def html(chance: random.Random, province: str, names: list[str], dot: bool, when: tuple[int, int]):
    table = make_table(chance, names)
    head = "".join(f'<th colspan="2">{a}</th>' for a in dict.fromkeys(a for a, _ in COLUMNS))
    second = "".join(f"<th>{b}</th>" for _, b in COLUMNS)
    body = "".join(
        f'<tr style="height:20px"><td class="c"><p>{i if label != "Tổng cộng" else ""}</p></td><td><p>{label}</p></td>'
        + "".join(
            f'<td style="text-align:right"><p><span>{figure(v, dot)}</span></p></td>'
            for v in values
        )
        + "</tr>"
        for i, (label, values) in enumerate(table, 1)
    )
    said = "".join(
        f'<p style="text-align:justify"><span>{chance.choice(TALK)} {say(chance, province, dot)}</span></p>'
        for _ in range(chance.randrange(3, 12))
    )
    menu = "".join(
        f'<li class="menu-item level{i % 3}"><a class="nav-link" href="/chuyen-muc/{i}.html" title="Chuyên mục {i}"><span>Chuyên mục {i}</span></a></li>'
        for i in range(chance.randrange(60, 160))
    )
    teasers = "".join(
        f'<div class="item"><a href="/tin/{i}.html"><img src="/anh/{i}.jpg" alt=""></a><h4><a href="/tin/{i}.html">Tin số {i}: hội nghị sơ kết công tác</a></h4><span class="date">0{i % 9 + 1}/05/2024</span></div>'
        for i in range(chance.randrange(15, 60))
    )
    script = (
        "var menu=["
        + ",".join(
            f'{{"id":{i},"k":"{chance.random():.9f}"}}' for i in range(chance.randrange(100, 2500))
        )
        + "];"
    )
    page = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Kết quả thực hiện BHXH, BHYT tỉnh {province}</title>'
        '<meta property="article:published_time" content="2024-06-03T08:30:00+07:00">'
        f"<style>.c{{text-align:center}}</style><script>{script}</script></head><body>"
        f'<header><nav class="menu"><ul>{menu}</ul></nav></header><div id="main"><div class="article">'
        f"<h1>Kết quả thực hiện BHXH, BHYT tỉnh {province}</h1>{said}<p><em>Đơn vị tính: người</em></p>"
        f'<table border="1"><thead><tr><th rowspan="2">STT</th><th rowspan="2">Đơn vị</th>{head}</tr><tr>{second}</tr></thead>'
        f'<tbody>{body}</tbody></table></div><aside class="related">{teasers}</aside></div>'
        "<footer>Điện thoại: 0220 3 123 456. Lượt truy cập: 5.403.210</footer></body></html>"
    )
    return at(page, when).encode(), table


def news(chance: random.Random, province: str, _names: list[str], dot: bool, when: tuple[int, int]):
    page, _ = html(chance, province, [], dot, when)
    whole = page.decode()
    said = "".join(
        f'<p style="text-align:justify"><span>{" ".join(chance.sample(TALK, 3))}</span></p>'
        for _ in range(chance.randrange(4, 14))
    )
    figures = "".join(f"<p>{at(say(chance, province, dot), when)}</p>" for _ in range(3))
    begin, end = whole.index("<h1>"), whole.index("</table>") + len("</table>")
    title = whole[begin : whole.index("</h1>") + 5]
    links = "".join(
        f'<div class="col-md-4 item"><div class="thumb"><a href="/tin/{i}.html" title="Tin {i}"><img src="/anh/{i}.jpg" alt=""></a></div>'
        f'<h3 class="title"><a href="/tin/{i}.html">{chance.choice(TALK)[:70]}</a></h3></div>'
        for i in range(chance.randrange(40, 260))
    )
    related = f'<aside class="related">{links}</aside>'
    return (whole[:begin] + title + said + figures + related + whole[end:]).encode(), []


def text(chance: random.Random, province: str, _names: list[str], dot: bool, when: tuple[int, int]):
    lines = [f"Kết quả thực hiện BHXH, BHYT tỉnh {province} tháng 5/2024", ""]
    lines += [
        f"{chance.choice(TALK)} {say(chance, province, dot)}"
        for _ in range(chance.randrange(5, 25))
    ]
    return at("\n\n".join(lines), when).encode(), []


def pdf(chance: random.Random, province: str, names: list[str], dot: bool, when: tuple[int, int]):
    story, all_rows = [], []
    for page in range(chance.randrange(1, 4)):
        # Every page is for a month of its own, in years that no other document speaks of.
        table = make_table(chance, names)
        all_rows += table
        said = at(say(chance, province, dot), when)
        story += chapter(province, table, said, dot, (when[0], when[1] - 20 * page))
    return printed(story), all_rows


def yearbook(chapters: int, provinces: list[tuple[str, list[str]]]):
    """A maker of PDFs with a chapter for a province, then the next; after the last one another month."""

    def make_one(
        chance: random.Random, _province: str, _names: list[str], dot: bool, when: tuple[int, int]
    ):
        story, all_rows = [], []
        for number in range(chapters):
            province, names = provinces[number % len(provinces)]
            turn = number // len(provinces)
            table = make_table(chance, names)
            all_rows += table
            month = ((when[0] + turn - 1) % 12 + 1, when[1])
            story += chapter(province, table, at(say(chance, province, dot), month), dot, month)
        return printed(story), all_rows

    return make_one


def chapter(
    province: str,
    table: list[tuple[str, list[int]]],
    said: str,
    dot: bool,
    when: tuple[int, int],
) -> list:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, Table, TableStyle

    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    style = ParagraphStyle("p", fontName="DejaVu", fontSize=9, leading=12)
    grid = [
        ["STT", "Đơn vị", *[a if i % 2 == 0 else "" for i, (a, _) in enumerate(COLUMNS)]],
        ["", "", *[at(b, when) for _, b in COLUMNS]],
    ]
    grid += [
        ["" if label == "Tổng cộng" else str(i), label, *[figure(v, dot) for v in values]]
        for i, (label, values) in enumerate(table, 1)
    ]
    spans = [
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (1, 1)),
        *[("SPAN", (c, 0), (c + 1, 0)) for c in (2, 4, 6)],
    ]
    drawn = Table(grid, repeatRows=2)
    drawn.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "DejaVu", 8),
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                *spans,
            ]
        )
    )
    month = at("tháng 5/2024", when)
    return [
        Paragraph(f"Kết quả thực hiện BHXH, BHYT tỉnh {province} {month}", style),
        Paragraph(said, style),
        Paragraph("Đơn vị tính: người", style),
        drawn,
        PageBreak(),
    ]


def printed(story: list) -> bytes:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    sink = io.BytesIO()
    SimpleDocTemplate(sink, pagesize=landscape(A4), invariant=1).build(story)
    return sink.getvalue()


def workbook(
    chance: random.Random, province: str, names: list[str], _dot: bool, when: tuple[int, int]
):
    from openpyxl import Workbook

    table = make_table(chance, names)
    book = Workbook()
    sheet = book.active
    sheet.append([f"Kết quả thực hiện BHXH, BHYT tỉnh {province} (đơn vị tính: người)"])
    sheet.append(["STT", "Đơn vị", *[a for a, _ in COLUMNS]])
    sheet.append(["", "", *[at(b, when) for _, b in COLUMNS]])
    for c in (3, 5, 7):
        sheet.merge_cells(start_row=2, end_row=2, start_column=c, end_column=c + 1)
    for i, (label, values) in enumerate(table, 1):
        sheet.append(["" if label == "Tổng cộng" else i, label, *values])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue(), table


KINDS = (
    *[("html", html)] * 6,
    *[("txt", text)] * 2,
    ("pdf", pdf),
    ("xlsx", workbook),
)


def make(folder: Path, count: int, only: str | None = None, chapters: int = 20) -> None:
    from normalizers.regions import children, resolve
    from normalizers.regions.gazetteer import gazetteer

    gazetteer()
    country = resolve("Việt Nam", TODAY).region
    provinces = [
        (p.name.removeprefix("Tỉnh "), [d.name for d in children(p, TODAY)])
        for p in children(country, TODAY)
        if p.name.startswith("Tỉnh")
    ]
    book = ("pdf", yearbook(chapters, provinces))
    kinds = {
        "news": [("html", news)],
        "yearbook": [book],
        "long": [book if k[0] == "pdf" else k for k in KINDS],
        None: list(KINDS),
    }.get(only) or [k for k in KINDS if k[0] == only]
    folder.mkdir(parents=True, exist_ok=True)
    truth = []
    for i in range(count):
        chance = random.Random(i)
        suffix, build = kinds[i % len(kinds)]
        turn = i // len(provinces)
        when = (turn % 12 + 1, 2024 - turn // 12)
        content, table = build(chance, *provinces[i % len(provinces)], i % 3 > 0, when)
        name = f"{i // 1000:03}/{i:06}.{suffix}"
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        truth += [(name, label, c, v) for label, values in table for c, v in enumerate(values)]
    with folder.with_name(folder.name + ".truth.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        csv.writer(file).writerows([("file", "label", "column", "value"), *truth])


if __name__ == "__main__":
    folder, count, *rest = sys.argv[1:]
    make(Path(folder), int(count), *rest[:1], *map(int, rest[1:]))
