"""Plans that are changed: "điều chỉnh dự toán thu …; sau điều chỉnh, thu nội địa 6.500 tỷ đồng"."""

from __future__ import annotations

import re

from normalizers.sentences.settings import Carried, Setting
from normalizers.watching import watched
from solieu.quick import replace

_PLAN = r"(?:dự toán|kế hoạch|chỉ tiêu|mục tiêu)(?! sử dụng)"
_CHANGES = watched(
    rf"\bđiều chỉnh\b(?: (?!kế hoạch|mục tiêu)[^\W\d]\S*){{0,6}}? {_PLAN}\b"
    rf"|\b{_PLAN}\b(?: [^\W\d]\S*){{0,8}}? (?:sau |trước )?(?:khi )?điều chỉnh\b"
)
_AFTER = watched(r"\b(?:sau|trước) (?:khi )?(?:được )?điều chỉnh\b")
_MEASURED = re.compile(
    r"(?:%|\bso(?: sánh)? với|\bvượt|\bđạt|\bbằng|\bhoàn thành|\btheo)\s*(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)
"""What a result is measured by: "đạt 66,9% dự toán điều chỉnh"."""
_RESULT = re.compile(
    r"\b(?:đạt được|đã (?!điều chỉnh|thông qua|quyết|thống nhất|ban hành|phê|trình|họp)\w+"
    r"|giải ngân|thực hiện(?! (?:điều|nghị))|ước|đến nay|tính đến|đến ngày|\d+ tháng"
    r"|(?:ngân sách|nội địa|trên địa bàn|tổng thu|tổng chi) đạt)\b",
    re.IGNORECASE,
)


def changes_plan(text: str) -> bool:
    """Does a sentence say that a plan is changed, and not what was reached of one?"""
    hit = _CHANGES.search(text)
    return hit is not None and _MEASURED.search(text, 0, hit.start()) is None


def as_adjusted(text: str, setting: Setting, carried: Carried) -> Setting:
    """Figures of a plan that is being changed are targets, up to the first that tells a result."""
    changed = carried.adjusting or (carried.adjusted and _AFTER.search(text) is not None)
    if setting.scenario != "actual" or not (changed or changes_plan(text)):
        return setting
    return setting if _RESULT.search(text) else replace(setting, scenario="plan")


def adjusting(text: str, carried: Carried) -> Carried:
    """Whether the next sentence goes on with the changed plan."""
    now = changes_plan(text) or (carried.adjusted and _AFTER.search(text) is not None)
    if now:
        return replace(carried, adjusted=True, adjusting=True)
    over = carried.adjusting and _RESULT.search(text) is not None
    return replace(carried, adjusting=False) if over else carried
