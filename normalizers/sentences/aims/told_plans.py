"""What a plan was, told beside what came of it: "so với mục tiêu cả năm là thu 5.500 tỷ đồng"."""

from __future__ import annotations

import re

from normalizers.seeking import sought

DONE = re.compile(
    r"\b(?:đã|thực hiện được|(?<!là )giải ngân|thu được|đạt được|kết quả|đến nay|thực tế|thanh toán"
    r"|(?:khối lượng|giá trị|ước) thực hiện"
    r"|mới (?:được|đạt|có|thu|thực hiện|chỉ))\b|\bthực hiện\s*$"
    r"|\bthực hiện \d[\d.,]* (?:(?:nghìn|triệu|tỷ) )*(?:đồng|người|ha|tấn|hộ|lao động)\b"
    r"|\b(?:thu|huy động|vận động)\b[^,;()\d]{0,30} được\s*$",
    re.IGNORECASE,
)
"""What was done with a plan named before: "kế hoạch vốn là x; đến 15/8 đã giải ngân y"."""
_SINGLED = sought(r"\briêng (?:kế hoạch|chỉ tiêu|dự toán)\b[^,;:.()\d]*\blà\b[^,;()\d]*$")
"""One of the targets told before: "Riêng chỉ tiêu đưa lao động ra nước ngoài là 600 người"."""
_STATED = sought(
    r"\b(?:so (?:sánh )?với|(?:đạt|hoàn thành)(?: được)?) (?:mục tiêu|chỉ tiêu|kế hoạch|dự toán)\b"
    r"(?:[^,;.()\d]|\d{4}\b)*\blà\b[^,;()]*$"
)
"""What a plan is that something is compared with: "so với mục tiêu cả năm là thu 5.500 tỷ đồng"."""


_SET_OUT = sought(
    r"\b(?:đề ra|đặt ra) (?:\d+ )?(?:nhóm )?chỉ tiêu\b[^;.\d]*\b(?:trong đó|gồm|như|cụ thể)\b[^.]*$"
)
"""What a year's targets are: "Năm 2026, xã đề ra 15 chỉ tiêu, trong đó thu ngân sách đạt 45 tỷ"."""


def is_stated(before: str) -> bool:
    """Does what stands before a figure say that it is the plan, and not what came of it?"""
    stated = (_STATED, _SINGLED, _PASSED, _ASKED, _BESIDE, _BRACKETED)
    if any(said.search(before) is not None for said in stated):
        return True
    set_out = _SET_OUT.search(before) or _DEMANDED.search(before) or _BY_PAPER.search(before)
    return set_out is not None and DONE.search(before, set_out.start()) is None


_BY_PAPER = sought(
    r"^\W*theo (?:(?:dự thảo )?nghị quyết|kế hoạch|đề án|quy hoạch)\b[^.:;,]{0,60},"
    r" (?:trong )?(?:giai đoạn|nhiệm kỳ|đến (?:hết |cuối )?năm) \d{4}(?:[^.]|\.\d)*$"
)
"""What a paper wants of years to come: "Theo nghị quyết, giai đoạn 2020-2025 thu 41 tỷ đồng"."""
_PASSED = sought(
    r"\bvượt (?:mục tiêu|chỉ tiêu|kế hoạch)\b[^,;.()\d]*\blà (?:giảm|tăng|đạt|có)\b[^,;()]*$"
    r"|\bvượt (?:xa )?(?:mục tiêu|chỉ tiêu) (?:tăng|giảm|đạt)(?: trưởng)?\s*$"
    r"|\bvượt(?: xa)? (?:mục tiêu|chỉ tiêu)\b[^,;.()\d]*\bđến năm \d{4} là\s*$"
)
"""What a goal was that was passed: "vượt mục tiêu nghị quyết là giảm bình quân 3-4%/năm"."""
_BRACKETED = sought(
    r"\(\s*(?:tổng )?(?:kế hoạch|chỉ tiêu|dự toán)(?: (?:cả|năm|\d{4}|giao|được|đầu|vốn))*"
    r" (?:là|khoảng|hơn|gần|trên)\s*$"
)
"""What the plan is, behind an estimate of what was done: "ước 293 tỷ đồng (dự toán cả năm là …"."""
_ASKED = sought(
    r"\b(?:đề nghị|yêu cầu) (?:các |toàn )?(?:BHXH|UBND|ngành|sở|phòng|địa phương|đơn vị|cơ quan"
    r"|huyện|xã|phường|tỉnh)\b[^.;]*\b(?:vận động|phấn đấu|tiếp tục|tập trung|đẩy mạnh|bảo đảm"
    r"|đảm bảo)\b[^.;]*\bđạt\b[^.;,\d]*$"
    r"|\b(?:đề nghị|yêu cầu) (?:các )?(?:địa phương|đơn vị|huyện|xã|phường|ngành|chủ đầu tư)"
    r"(?: (?!đã|được)[^\W\d]+){0,4} (?:hoàn thành|giải ngân|trồng|thu|xây dựng|kết nạp)\b[^.;,\d]*$"
)
"""What somebody is asked to reach: "yêu cầu các xã vận động học sinh tham gia BHYT đạt 100%"."""
_BESIDE = sought(
    r"(?<!so với )(?<!hơn )(?<!vượt )(?<!mức )(?<!thiếu )(?<!đạt )(?<!thành )(?<!thực hiện )"
    r"(?<!số )\b(?:chỉ tiêu|kế hoạch|KH)(?: (?:giao|được giao|là))*:?\s*$"
)
"""What the figure right behind it was to be: "BHXH tự nguyện chỉ tiêu 9.000, thực hiện 7.312"."""
_DEMANDED = sought(
    r"\bquyết nghị\s*:(?:[^.]|\.\d)*$"
    r"|\b(?:yêu cầu|đề nghị|chỉ đạo|giao nhiệm vụ|phải hoàn thành)\b[^.;:\d]{0,60}:(?:[^.]|\.\d)*$"
)
"""A list of what is demanded: "Quận ủy yêu cầu: thu 2.400 tỷ đồng; 95% hồ sơ đúng hạn"."""
