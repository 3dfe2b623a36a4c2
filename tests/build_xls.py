"""Build tests/data/tcvn3.xls: an old binary workbook with text typed in TCVN3 fonts.

Nothing that is still kept up writes .xls, so the file is committed. Making it anew needs the
package xlwt, which is not among our dependencies:

    pip install xlwt && python tests/build_xls.py
"""

from pathlib import Path

import xlwt

HERE = Path(__file__).resolve().parent


def styled(font: str, number_format: str = "General", *, bold: bool = False) -> xlwt.XFStyle:
    """A cell style in a font, which is what tells TCVN3 from foreign letters."""
    style = xlwt.XFStyle()
    style.font.name, style.font.bold = font, bold
    style.num_format_str = number_format
    return style


def main() -> None:
    """Write the workbook: a shown sheet with merged heads, a hidden sheet, an error cell."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bieu 1")
    text, capitals = styled(".VnTime"), styled(".VnTimeH", bold=True)
    sheet.write_merge(0, 0, 0, 3, "d\xa9n s\xe8", capitals)
    sheet.write_merge(1, 2, 0, 0, "\xa7\xdea ph\xad\xacng", text)
    sheet.write_merge(1, 1, 1, 3, "N\xa8m 1999", text)
    for column, word in enumerate(("T\xe6ng s\xe8", "Nam", "T\xfb l\xd6 (%)"), 1):
        sheet.write(2, column, word, text)
    sheet.write(3, 0, "H\xb5 N\xe9i", text)
    sheet.write(3, 1, 2672122, styled("Arial", "#,##0"))
    sheet.write(3, 2, 1336061.25, styled("Arial", "#,##0"))
    sheet.write(3, 3, 0.5, styled("Arial", "0.0%"))
    sheet.write(4, 0, "  Ba \xa7\xd7nh", text)
    sheet.write(4, 1, 205900, styled("Arial", "#,##0"))
    sheet.write(4, 2, xlwt.Formula("1/0"))
    hidden = book.add_sheet("Nhap")
    hidden.visibility = 1
    hidden.write(0, 0, 12345)
    book.save(str(HERE / "data" / "tcvn3.xls"))


if __name__ == "__main__":
    main()
