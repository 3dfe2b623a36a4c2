"""Plans that are handed out: "năm 2024 được giao 7.214 tỷ đồng", "Thủ tướng giao 82,2%"."""

from __future__ import annotations

from normalizers.seeking import Together, sought
from normalizers.sentences.aims.told_plans import DONE

_GIVEN = sought(
    r"(?:^|[.,;(])\s*(?:năm \d{4},?\s+)?"
    r"(?:(?:Quốc hội|(?:Thủ tướng )?Chính phủ|Thủ tướng|Trung ương|BHXH Việt Nam"
    r"|Bộ [^,;()\d]{3,24})\s+giao"
    r"|(?:(?:HĐND|UBND|BHXH) [^,;()\d]{2,24}|tỉnh|thành phố|cấp trên)\s+giao\s+(?=[^\W\d]))"
    r"(?!(?:dịch|lưu|thông|thương|nộp|nhận)\b)"
    r"(?!\s*(?:kinh phí|đất|trách nhiệm|quân))[^,;()]*$"
)
"""Who hands out a target, at the head of a statement: "năm 2017 Thủ tướng giao 82,2%"."""
_GIVEN_TOO = sought(
    r"\bgiao\b[^;()]*\bđồng\b(?: [^\W\d]+){0,5}\s*[,;]\s*"
    r"(?:và )?(?:[^,;()\d]{2,30} )?giao\b[^,;()\d]{0,40}$"
)
"""The next plan: "Bộ Tài chính giao thu 2.829 tỷ đồng, UBND tỉnh giao 3.145 tỷ đồng"."""
_GIVEN_LIST = sought(
    r"^\W*(?:năm \d{4},?\s+)?(?:[^,;()\d]{2,40}\s)?(?:tỉnh|thành phố|huyện|HĐND|UBND|Bộ|Chính phủ)"
    r"(?: [^,;()\d]{2,30})? giao (?=[^\W\d])"
    r"(?!(?:kinh phí|đất|trách nhiệm|quân|dịch|lưu|thông|thương|nộp|nhận)\b)"
    r"(?:[^;().]|\.\d|; (?!(?:đến|hết|tính|sau|trong|qua|năm|quý|tháng|nhưng|còn|song)\b|\d))*$"
)
"""A list of targets: "Năm 2024, tỉnh giao Ban thu hút 400 triệu USD; nộp ngân sách 900 tỷ đồng"."""
_GOT = sought(r"\b(?:đạt|bằng|tăng|giảm|vượt|chiếm|hoàn thành|được|có)\b")


_CALLED_UP = sought(
    r"\bđược giao (?:(?:chỉ tiêu|nhiệm vụ|kế hoạch) )?"
    r"(?:tuyển chọn|tuyển quân|tuyển|gọi|giao quân)\b"
    r"(?:(?!\b(?:đã|kết quả|hoàn thành|đạt)\b)[^;])*$"
)
"""As in "tỉnh được giao tuyển chọn, gọi 1.995 công dân nhập ngũ, trong đó 595 công dân …"."""
_GRANTED = sought(
    r"(?:(?<!kế hoạch )(?<!chỉ tiêu )(?<!dự toán )(?<!nhiệm vụ )"
    r"\bđược (?:(?:(?:Thủ tướng )?Chính phủ|Thủ tướng|Trung ương|TW|cấp trên"
    r"|(?:HĐND |UBND )?(?:tỉnh|thành phố|huyện)|Bộ [^,;()\d]{3,24}) )?giao"
    r"|\b(?:kế hoạch|dự toán|chỉ tiêu|vốn)\b(?:[^,;.()\d]|\b\d{4}\b){0,60}"
    r"\bđược (?:[^\W\d]+ ){1,5}(?:giao|phân bổ))"
    r"(?: (?:hơn|gần|trên|khoảng))?\s*$"
)
"""As in "năm 2024 được giao 7.214 tỷ đồng"."""


GRANTED_LIST = sought(
    r"\bđược giao\b(?:[^.;:()\d]{0,60}:"
    r"|(?<!hoạch được giao)(?<!tiêu được giao)(?<!toán được giao)(?<!vụ được giao)"
    r"(?! (?:kinh phí|đất|rừng|quản lý|biên chế))(?:[^.,;:()\d]|\b\d{4}\b){1,80}\blà\b)"
    r"(?:[^.]|\.\d)*$"
)
"""Targets listed: "được giao: năm 2016: 89,0%; …", "được giao số hộ là 45, trong đó xã A là 12"."""


_GRANTED_PARTS = sought(
    r"\bđược (?:[^\W\d]+ ){0,5}giao(?: (?:hơn|gần|trên|khoảng))?"
    r" \d[\d.,]* (?:(?:nghìn|triệu|tỷ) )?đồng\b[^.;:()]*?\b(?:trong đó|gồm)\b(?:[^.;:()]|\.\d)*$"
)
"""Parts of what was handed out: "được tỉnh giao 1.700 tỷ đồng, trong đó vốn đầu tư 873 tỷ"."""
_RESOLVED_AT = sought(
    r"\b(?:nghị quyết|quyết định)\b[^;.,]{0,60}\bvề (?:chỉ tiêu|mục tiêu|kế hoạch)\b"
    r"[^;.,\d]{0,60}(?:năm \d{4} )?là(?: trên)?\s*$"
)
"""As in "hoàn thành Nghị quyết HĐND tỉnh về chỉ tiêu BHYT toàn dân năm 2017 là 77%"."""


def handed_out(before: str) -> bool:
    """Does what stands before a figure say that it is what somebody was given to reach?"""
    if not _ANY_HANDED_OUT.may_match(before):
        return False
    if _GRANTED.search(before) or _CALLED_UP.search(before) or _RESOLVED_AT.search(before):
        return True
    hit = _GIVEN.search(before) or _GIVEN_TOO.search(before) or GRANTED_LIST.search(before)
    hit = hit or _GRANTED_PARTS.search(before)
    if hit is None and _GOT.search(before) is None:
        hit = _GIVEN_LIST.search(before)
    return hit is not None and DONE.search(before, hit.start()) is None


_ANY_HANDED_OUT = Together(
    *(_GRANTED, _CALLED_UP, _RESOLVED_AT, _GIVEN, _GIVEN_TOO, GRANTED_LIST, _GRANTED_PARTS),
    _GIVEN_LIST,
)
