"""Build the two PDFs of the samples.

The table's figures are those of a published city plan, its totals as wrong as they were published;
title and sentences are our own. Needs reportlab (installed for the tests) and a font with
Vietnamese letters.

    .venv/bin/python tests/build_samples.py [FONT.ttf]
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).resolve().parent.parent / "samples"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

HEAD = ["STT", "Đơn vị", "BHXH bắt buộc", "BHXH tự nguyện", "Bảo hiểm thất nghiệp", "BHYT"]
ROWS = [
    ["1", "Phường 1", "1.888", "165", "1.613", "10.324"],
    ["2", "Phường 2", "483", "55", "374", "3.444"],
    ["3", "Phường 3", "406", "55", "305", "3.426"],
    ["4", "Phường 4", "1.749", "159", "1.403", "9.534"],
    ["5", "Phường 5", "1.159", "184", "882", "10.306"],
    ["6", "Phường 6", "1.259", "190", "974", "10.632"],
    ["7", "Phường 7", "2.236", "263", "1.842", "14.690"],
    ["8", "Phường 8", "1.249", "152", "971", "8.470"],
    ["9", "Phường 9", "1.616", "214", "1.224", "11.958"],
    ["10", "Xã Long Đức", "3.259", "319", "2.780", "19.936"],
    ["", "Tổng cộng", "15.647", "1.757", "12.369", "108.441"],
]
INTRO = (
    "Thành phố Trà Vinh đặt mục tiêu đến hết năm 2023 có 17.404 người tham gia bảo hiểm xã hội, "
    "bằng 29,72% lực lượng lao động trong độ tuổi; 108.441 người tham gia bảo hiểm y tế, bằng "
    "94,44% dân số. Chỉ tiêu giao cho từng phường, xã như sau:"
)


def build(path: Path, font: str) -> None:
    """Write the plan as a PDF; reportlab's invariant mode makes it the same every time."""
    pdfmetrics.registerFont(TTFont("Body", font))
    body = ParagraphStyle("body", fontName="Body", fontSize=11, leading=16)
    title = ParagraphStyle("title", parent=body, fontSize=14, leading=20, alignment=1)
    table = Table([HEAD, *ROWS], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), "Body", 9),
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                ("ALIGN", (2, 1), (-1, -1), "RIGHT"),
            ]
        )
    )
    story = [
        Paragraph("KẾ HOẠCH", title),
        Paragraph("Phát triển người tham gia BHXH, BHYT, BHTN", title),
        Paragraph("trên địa bàn thành phố Trà Vinh năm 2023", title),
        Spacer(1, 12),
        Paragraph(INTRO, body),
        Spacer(1, 12),
        table,
    ]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1, title="Kế hoạch 2023").build(story)


def main() -> None:
    """Write both PDFs into samples/."""
    whole = HERE / "ke-hoach-tra-vinh-2023.pdf"
    build(whole, sys.argv[1] if len(sys.argv) > 1 else FONT)
    # A download that broke off: the directory at the end of the file is missing.
    (HERE / "tai-ve-do-dang.pdf").write_bytes(whole.read_bytes()[:6000])


if __name__ == "__main__":
    main()
