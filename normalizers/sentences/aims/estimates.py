"""How far an estimate goes in its sentence: to the end of its statement, or over its parts."""

from __future__ import annotations

import re

from normalizers.seeking import sought
from normalizers.sentences.clauses import SHARES_OUT
from solieu.text import open_bracket

BORDER = "qq"
"""Stands for a semicolon, which the compared spelling has not."""


def estimated_within(before: str) -> str:
    """Without what parts the parts of an estimate: "ước 349 lượt (quốc tế 210; trong nước 139)"."""
    at = open_bracket(before, len(before))
    if at < 0 or _ESTIMATE.search(before, 0, at) is None:
        return before
    return before[:at] + before[at:].replace(";", ",")


_ESTIMATE = sought(r"\bước\b[^;]*$")


_TIMED = re.compile(
    r"ước(?: tính| thực hiện)? (?:hết|đến|cuối|cả|trong|tính|\d+ tháng|tháng|quý|năm|có)(?!\w)"
)


_PARTED = re.compile(rf"(?<!\w){SHARES_OUT}(?!\w)")


def estimate_goes_on(plain: str, cue: re.Match[str]) -> bool:
    """Does an estimate hold behind its statement?

    That of a time ("Ước cả năm …; …") is for all of the sentence, that of a whole for its parts.
    """
    alone = _TOLD.search(plain[: cue.start()].rsplit(BORDER, 1)[-1]) is not None
    if _TIMED.match(plain, cue.start()) is not None:
        return not alone
    own, *later = plain[cue.end() :].split(BORDER)
    of_product = bool(later) and not alone and _PRODUCT.search(plain, 0, cue.end()) is not None
    if of_product and all(map(_of_sector, later)):
        return True
    if later and all(_OF_THE_SAME.match(one.strip()) for one in later):
        return True
    return _PARTED.search(own) is not None or bool(later and _PARTED.match(later[0].strip()))


_TOLD = re.compile(r"\d(?: ?%| (?:nghìn|triệu|tỷ|người|ha|tấn|lượt|hộ|đồng|xã|vụ)(?!\w))")
"""A result that the estimate stands behind, alone: "đạt 81%, ước cả năm đạt 95%; thu được …"."""
_PRODUCT = re.compile(
    r"(?<!\w)(?:grdp|gdp|tổng sản phẩm|tăng trưởng|giá trị (?:sản xuất|tăng thêm|gia tăng)|iip"
    r"|chỉ số sản xuất)(?!\w)"
)
_SECTOR = re.compile(
    r"(?:(?:và|còn|riêng) )?(?:(?:nhóm )?ngành|khu vực|lĩnh vực|nông|lâm|thủy sản|công nghiệp"
    r"|xây dựng|dịch vụ|thương mại|thuế|khai khoáng|chế biến|sản xuất và|cung cấp)(?!\w)"
    r"[^\d]{0,60}?(?:tăng|giảm|đạt|chiếm|đóng góp|là)(?!\w)"
)


def _of_sector(statement: str) -> bool:
    """Is it of a sector of the product that was estimated: "GRDP ước tăng 7%; dịch vụ tăng 9%"?"""
    return _SECTOR.match(statement.strip()) is not None


_OF_THE_SAME = re.compile(
    r"(?:và )?(?:đạt|bằng|tăng|giảm|vượt|chiếm)(?: (?:gần|hơn|trên|khoảng|thêm|tỷ lệ))*(?: \d|$)"
)
"""Told of what was estimated before the semicolon: "ước 235 tỷ đồng; đạt 24% dự toán"."""
