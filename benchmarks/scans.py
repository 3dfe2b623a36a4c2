"""Scanned tables: figures right, doubted and silently wrong, page by page and damage by damage.

    python benchmarks/scans.py [--seeds 5] [--font OTHER.ttf] [--layouts plan,no_rules]

Each page is drawn, read as drawn, then turned into a picture and read again through recognition:
what the drawn page holds is the truth. A figure is silently wrong where its text differs and its
cell does not say that it is in doubt. Needs reportlab and Tesseract with Vietnamese.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

sys.path.insert(0, str(Path(__file__).parents[1]))

from extractors.pdf import extract
from extractors.pdf.scan_image import turned
from solieu.model import Grid, SourceDocument

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
SAMPLE = Path(__file__).parents[1] / "samples" / "ke-hoach-tra-vinh-2023.pdf"
SURE = 0.55
"""A cell at or below this says that it is in doubt."""

Grey = npt.NDArray[np.uint8]
Style = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Damage:
    """How a page is turned into a picture."""

    name: str
    dpi: int
    skew: float = 0.0
    noise: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How the figures of one table came through."""

    figures: int
    right: int
    silently_wrong: tuple[tuple[str, str], ...]
    """What stood there and what was read."""


CLEAN = Damage("200 dpi", 200)
ROUGH = Damage("150 dpi, skewed, noisy", 150, 0.7, 18.0)
DAMAGES = (CLEAN, Damage("300 dpi", 300), ROUGH, Damage("150 dpi, skewed back", 150, -1.3, 12.0))


def plan(_: Path) -> bytes:
    """The sample as it is: fully ruled, wards by kinds of insurance."""
    return SAMPLE.read_bytes()


def no_rules(font: Path) -> bytes:
    """Districts by years, no rules at all."""
    head = ["Đơn vị", "Năm 2019", "Năm 2020", "Năm 2021", "Năm 2022"]
    return _page(font, [head, *_rows(12, 4)], [("ALIGN", (1, 0), (-1, -1), "RIGHT")])


def two_heads(font: Path) -> bytes:
    """A head in two levels, counts and shares, fully ruled."""
    first = ["TT", "Huyện, thị xã", "Lao động (người)", "", "Tỷ lệ (%)", ""]
    second = ["", "", "Nam", "Nữ", "Nam", "Nữ"]
    body = [[str(n), r[0], r[1], r[2], _share(n), _share(n + 31)] for n, r in _numbered(12)]
    spans: Style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        *[("SPAN", (c, 0), (c, 1)) for c in (0, 1)],
        *[("SPAN", (c, 0), (c + 1, 0)) for c in (2, 4)],
        ("ALIGN", (2, 0), (-1, -1), "CENTER"),
    ]
    return _page(font, [first, second, *body], spans)


def half_ruled(font: Path) -> bytes:
    """A yearbook's page: a rule over and under the head and at the end, blanks between thousands."""
    head = ["", "2018", "2019", "2020", "Sơ bộ 2021"]
    body = [[r[0], *(f.replace(".", " ") for f in r[1:])] for r in _rows(11, 4, larger=9)]
    rules: Style = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ]
    return _page(font, [head, *body], rules)


LAYOUTS: dict[str, Callable[[Path], bytes]] = {
    "plan": plan,
    "no_rules": no_rules,
    "two_heads": two_heads,
    "half_ruled": half_ruled,
}

_PLACES = (
    "An Bình",
    "Bình Hòa",
    "Cẩm Sơn",
    "Đông Phú",
    "Giao Thạnh",
    "Hòa Lợi",
    "Kim Thành",
    "Long Mỹ",
    "Mỹ Đức",
    "Ninh Hải",
    "Phú Tân",
)


def _rows(count: int, columns: int, larger: int = 1) -> list[list[str]]:
    """Districts with figures of three to six digits, the last row their sum."""
    rows = [
        [
            (271 * (7 * n + 3 * c + 5) ** 2 + 17 * n + 389) * larger % 98_600 + 112
            for c in range(columns)
        ]
        for n in range(count - 1)
    ]
    total = [sum(row[c] for row in rows) for c in range(columns)]
    named = [
        [f"Huyện {place}", *map(_dotted, row)] for place, row in zip(_PLACES, rows, strict=False)
    ]
    return [*named, ["Tổng số", *map(_dotted, total)]]


def _numbered(count: int) -> list[tuple[int, list[str]]]:
    return list(enumerate(_rows(count, 2), 1))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _share(number: int) -> str:
    return f"{(number * 7919) % 9_973 / 100:.2f}".replace(".", ",")


def _page(font: Path, table: Sequence[Sequence[str]], style: Style) -> bytes:
    pdfmetrics.registerFont(TTFont(font.stem, str(font)))
    body = ParagraphStyle("body", fontName=font.stem, fontSize=11, leading=16)
    made = Table([list(row) for row in table])
    made.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), font.stem, 10), *style]))
    story: list[Flowable] = [
        Paragraph("Biểu số 2. Số người có việc làm phân theo huyện", body),
        Paragraph("Số liệu do các huyện báo cáo đến ngày 31 tháng 12.", body),
        Spacer(1, 14),
        made,
        Spacer(1, 14),
        Paragraph("Nguồn: báo cáo của các huyện.", body),
    ]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(story)
    return out.getvalue()


def scanned(content: bytes, damage: Damage, seed: int = 1) -> bytes:
    """The first page as a scanner would leave it: a picture in a PDF, nothing else."""
    source = pypdfium2.PdfDocument(content)
    page = source[0]
    width, height = page.get_size()
    bitmap = page.render(scale=damage.dpi / 72, grayscale=True)
    grey = np.array(bitmap.to_numpy(), dtype=np.uint8)
    for opened in (bitmap, page, source):
        opened.close()
    return _picture_pdf(_damaged(grey.reshape(grey.shape[:2]), damage, seed), width, height)


def _damaged(grey: Grey, damage: Damage, seed: int) -> Grey:
    rough = turned(grey, damage.skew) if damage.skew else grey
    if damage.noise:
        noise = np.random.default_rng(seed).normal(0, damage.noise, rough.shape)
        rough = np.clip(rough + noise, 0, 255).astype(np.uint8)
    return rough


def _picture_pdf(grey: Grey, width: float, height: float) -> bytes:
    made = pypdfium2.PdfDocument.new()
    image = pypdfium2.PdfImage.new(made)
    bitmap = pypdfium2.PdfBitmap.new_native(
        grey.shape[1], grey.shape[0], pypdfium2.raw.FPDFBitmap_Gray
    )
    bitmap.to_numpy().reshape(grey.shape)[:] = grey
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = made.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    made.save(out)
    for opened in (bitmap, page, made):
        opened.close()
    return out.getvalue()


def tables(content: bytes) -> tuple[Grid, ...]:
    return extract(SourceDocument("scan.pdf", content, "application/pdf", "scan.pdf")).grids


def score(truth: Grid, read: Sequence[Grid]) -> Score:
    """Figures at the same row and column with the same text, and those that lie unseen."""
    found = {(c.row, c.column): c for grid in read[:1] for c in grid.cells}
    wanted = {(c.row, c.column): c.text for c in truth.cells if _is_figure(c.text)}
    right = sum(at in found and _same(found[at].text, text) for at, text in wanted.items())
    wrong = tuple(
        (wanted.get(at, ""), cell.text)
        for grid in read
        for at, cell in (((c.row, c.column), c) for c in grid.cells)
        if _is_figure(cell.text)
        and cell.confidence > SURE
        and not _same(cell.text, wanted.get(at, ""))
    )
    return Score(len(wanted), right, wrong)


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) == 0


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--font", type=Path, default=FONT)
    parser.add_argument("--layouts", default=",".join(LAYOUTS))
    asked = parser.parse_args()
    for name in asked.layouts.split(","):
        drawn = LAYOUTS[name](asked.font)
        (truth,) = tables(drawn)
        for damage in DAMAGES:
            for seed in range(1, asked.seeds + 1 if damage.noise else 2):
                began = time.monotonic()
                got = score(truth, tables(scanned(drawn, damage, seed)))
                print(
                    f"{name:11} {damage.name:24} seed {seed}: {got.right:3} of {got.figures:3} right, "
                    f"{len(got.silently_wrong)} silently wrong {got.silently_wrong[:4] or ''} "
                    f"({time.monotonic() - began:.1f} s)",
                    flush=True,
                )


if __name__ == "__main__":
    main()
