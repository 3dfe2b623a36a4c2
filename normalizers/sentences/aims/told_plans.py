"""What a plan was, told beside what came of it: "so với mục tiêu cả năm là thu 5.500 tỷ đồng"."""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.seeking import Together, sought

DONE = re.compile(
    r"\b(?:đã|thực hiện được|(?<!là )giải ngân|thu được|đạt được|kết quả|đến nay|thực tế|thanh toán"
    r"|vẫn|(?<=[,;] )hiện (?:có|mới|đã)"
    r"|(?:khối lượng|giá trị|ước) thực hiện|(?<!phải )(?<!cần )thực hiện (?:đạt|là)"
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
_ALL_PLANNED = sought(
    r"^\W*(?:[^.;:]{0,60}, )?(?:trong đó, )?tổng (?:(?:số|mức|nguồn) )*"
    r"(?:(?:vốn )?kế hoạch(?: vốn)?|dự toán (?:thu|chi))(?! (?:đã|thực hiện|giải ngân))"
    r"(?:[^.;:,()\d]|\d[\d/]*(?:/[\w-]+)?)*\blà(?: (?:gần|hơn|trên|khoảng))?\s*$"
)
"""All that is planned: "Tổng kế hoạch đầu tư công năm 2022 tỉnh giao là 5.861 tỷ đồng"."""


_MOVED = sought(
    r"\b(?:số|mức|phần|khoản|tổng|thu|chi) (?:tăng|giảm|vượt|hụt|chênh lệch|thiếu)\b[^,;.()\d]*$"
    r"|\bvượt (?:rất )?(?:cao|xa|nhiều)\s*$"
)
"""What lies between it and its plan: "Số tăng thu so với dự toán là 190 tỷ đồng"."""
_WANTED = sought(
    r"\b(?<!theo )(?<!đáp ứng )yêu cầu(?: (?:đặt ra|đề ra|là|phải đạt|của [^,;.()\d]{2,30} là))*"
    r"(?: (?:từ|trên|tối thiểu|ít nhất))*\s*$"
    r"|\b(?:yêu cầu|đề nghị|chỉ đạo|giao)\b[^.;:()\d]{0,80}"
    r"\b(?:tối thiểu|ít nhất|không (?:dưới|thấp hơn|ít hơn))\s*$"
    r"|\b(?:chưa|không) (?:đạt|hoàn thành)(?: được)? (?:chỉ tiêu|mục tiêu|kế hoạch|dự toán)\s*$"
)
"""What is asked for: "mới đạt 72%, trong khi yêu cầu là 90%", "chưa đạt chỉ tiêu 95%"."""
_SET_OUT = sought(
    r"\b(?:đề ra|đặt ra) (?:\d+ )?(?:nhóm )?chỉ tiêu\b[^;.\d]*\b(?:trong đó|gồm|như|cụ thể)\b[^.]*$"
)
"""What a year's targets are: "Năm 2026, xã đề ra 15 chỉ tiêu, trong đó thu ngân sách đạt 45 tỷ"."""


def is_stated(before: str) -> bool:
    """Does what stands before a figure say that it is the plan, and not what came of it?"""
    if _BESIDE.search(before) is not None or _ENABLED.search(before) is not None:
        return True
    if not _ANY_STATED.may_match(before):
        return False
    if (said := _STATED.search(before)) and _MOVED.search(before, 0, said.start()) is None:
        return True
    for plan in _STATED_HERE:
        if plan.search(before) is not None:
            return True
    set_out = next(filter(None, (opened.search(before) for opened in _SETS_OUT)), None)
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
    r"\b(?:đề nghị|yêu cầu) (?:(?:các |toàn )?(?:BHXH|UBND|ngành|sở|phòng|địa phương|đơn vị|cơ quan"
    r"|huyện|xã|phường|tỉnh)\b[^.;]*\b(?:vận động|phấn đấu|tiếp tục|tập trung|đẩy mạnh|bảo đảm"
    r"|đảm bảo)\b[^.;]*\bđạt\b[^.;,\d]*$"
    r"|(?:các )?(?:địa phương|đơn vị|huyện|xã|phường|ngành|chủ đầu tư)"
    r"(?: (?!đã|được)[^\W\d]+){0,4}"
    r" (?:hoàn thành|giải ngân|trồng|thu|xây dựng|kết nạp)\b[^.;,\d]*$)"
)
"""What somebody is asked to reach: "yêu cầu các xã vận động học sinh tham gia BHYT đạt 100%"."""
_BESIDE = sought(
    r"\b(?<!so với )(?<!hơn )(?<!vượt )(?<!mức )(?<!thiếu )(?<!đạt )(?<!thành )(?<!thực hiện )"
    r"(?<!số )\b(?:chỉ tiêu|kế hoạch|KH)(?: (?:giao|được giao|là))*:?\s*$"
)
"""What the figure right behind it was to be: "BHXH tự nguyện chỉ tiêu 9.000, thực hiện 7.312"."""
_DEMANDED = sought(
    r"\bquyết nghị\s*:(?:[^.]|\.\d)*$"
    r"|\b(?:yêu cầu|đề nghị|chỉ đạo|giao nhiệm vụ|phải hoàn thành)\b[^.;:\d]{0,60}:(?:[^.]|\.\d)*$"
)
"""A list of what is demanded: "Quận ủy yêu cầu: thu 2.400 tỷ đồng; 95% hồ sơ đúng hạn"."""


_OF_THE_WHOLE = re.compile(
    r"(?:.*\b(?:trong|trên)(?: tổng)?(?: số)?|.*[,;(]\s*(?:với|trong|từ|tổng)"
    r"|(?:.*[,;])?\W*vượt (?:xa )?(?:con số|mức)|\W*(?:với|từ|tổng))?\W*"
    r"(?:(?:tổng|số|nguồn|kế hoạch|vốn|kinh phí|đầu tư(?: công)?|mức|ngân sách|dự toán|chỉ tiêu"
    r"|năm(?: \d{4})?|là|có|hơn|gần|trên|khoảng|toàn bộ)\s+)*",
    re.IGNORECASE | re.DOTALL,
)
"""The whole out of which something is told: "trong tổng vốn 3.000 tỷ đồng được giao"."""
_WAS_GIVEN = re.compile(
    r"\s*(?:[^\W\d]+ ){0,5}?(?:(?:được|đã|do) (?:(?!hỗ trợ|đầu tư)[^\W\d]+ ){0,5}?"
    r"(?:giao|phân bổ)\b(?! (?:lưu|thông|dịch|đất|rừng))"
    r"|theo (?:kế hoạch|chỉ tiêu|dự toán)\b)"
)


@lru_cache(maxsize=4096)
def is_given(left: str, tail: str) -> bool:
    """Is what stands between them handed out as a target: "Hơn 900 tỷ đồng là số vốn được giao"?"""
    if _BY_ITS_PLAN.search(left) is not None:
        return True
    return _WAS_GIVEN.match(tail) is not None and _OF_THE_WHOLE.fullmatch(left) is not None


_BY_ITS_PLAN = re.compile(
    r"\bso với (?:mức )?(?:chỉ tiêu|mục tiêu|kế hoạch|dự toán)(?: (?:là|hơn|gần|khoảng|trên))*\s*$",
    re.IGNORECASE,
)
"""As in "Con số này còn thấp so với chỉ tiêu 13.000 người"; a level, and no difference."""


_PLAN_IS = sought(
    r"(?:^|[;,.]|\b(?:có|với|của|xây dựng|trình|là|tổng|thì|năm \d{4}))\s*(?:tổng )?"
    r"(?:vốn |mức |số )?(?:kế hoạch|dự toán|chỉ tiêu)(?: vốn)?\b"
    r"(?: (?!(?:đã|thực hiện|giải ngân|là|đạt|được|so|theo|ước (?:đạt|thực))\b)"
    r"(?:[^\W\d]+|\d{4})){0,12}?"
    r" (?:dự kiến|dự tính|ước|ước tính)(?: (?:là|phân bổ|bố trí|khoảng|hơn|gần|trên))*\s*$"
)
"""How much a plan is to be: "kế hoạch đầu tư công năm 2022 dự kiến hơn 6.700 tỷ đồng"."""
_NOT_DONE = r"(?:(?!\b(?:đã|giải ngân|thực hiện|kết quả|đến nay)\b)[^;])*"
_ALLOTTED = sought(
    rf"(?<!% )\b(?:kế hoạch|dự toán|đầu tư công)\b{_NOT_DONE}"
    r"\bđược (?:bố trí|phân bổ|phân khai|giao)"
    r"(?:(?: (?:khoảng|hơn|gần|trên|là|cho [^,;()\d]{2,30}))*\s*"
    rf"|{_NOT_DONE}\b(?:trong đó|gồm)\b{_NOT_DONE})$"
    r"|\bdự kiến (?:được )?(?:phân bổ|bố trí|giao)(?: (?:khoảng|hơn|gần|trên|là))*\s*$"
)
"""What of a plan is handed out: "kế hoạch vốn là x, trong đó cấp huyện được phân bổ y"."""
_WITHIN_GOAL = sought(
    r"(?<!vượt )(?<!đạt )(?<!với )(?<!dự toán )(?<!kế hoạch )(?<!mức )"
    r"\b(?:phấn đấu|đặt(?: ra)? mục tiêu|đề ra mục tiêu|đặt chỉ tiêu|quyết tâm|dự kiến)\b"
    r"(?:[^;.]|\.\d)*\d[^;.\d]{0,40}?(?:,|\bvới|\bvà)\s"
    r"(?:(?!\b(?:đã|hiện|nay|nhưng|còn|song|kết quả|thực (?:tế|hiện)|tháng|quý|năm|ngày|tuần|vụ"
    r"|trong khi|cùng kỳ|so|riêng)\b)[^,;.()\d]){0,40}"
    r"\bước(?: (?:đạt|tính|thu|khoảng|hơn|gần|trên|là))*\s*$"
)
"""What a goal would bring: "phấn đấu đón 175.000 lượt khách với tổng thu ước 218 tỷ đồng"."""
_NEEDED = sought(
    r"(?-i:\b(?<!hộ )cần|(?<!\w )\bCần)(?: (?:có|đến|tới))?"
    r"(?: (?:thêm|ít nhất|tối thiểu|khoảng|hơn|gần|trên|từ))*\s*$"
)
"""What there is to be found yet: "Tỉnh cần 420 tỷ đồng để xóa nhà tạm"."""
_CARRIED_OUT = sought(
    r"(?:^|[.;])\W*(?:(?:để|nhằm) )?(?:thực hiện|triển khai) (?:kế hoạch|chỉ tiêu|mục tiêu)"
    r"(?! (?:số|đầu tư|đạt|được|đã|có))(?: (?!đạt|được|đã|có|ước|năm)[^\W\d]+){1,6}\s*$"
)
"""What plan was worked at: "Thực hiện kế hoạch trồng 1.200 ha rừng, các huyện đã trồng 940 ha"."""
_AHEAD = (
    r"(?:cả năm|(?:đến )?(?:hết|cuối) (?:năm|quý|tháng)|(?:đến )?(?:năm|quý) (?:\d{4}|[IV]+\b)"
    r"|(?:\d{1,2}|những|các) tháng (?:cuối|còn lại)|năm (?:tới|sau)|giai đoạn \d{4}\s*[-–]\s*\d{4}"
    r"|toàn nhiệm kỳ|hoàn thành (?:chỉ tiêu|mục tiêu|kế hoạch))"
)
_ENABLED = sought(
    r"\b(?:đà|tiền đề|cơ sở|động lực|nền tảng|bước đệm|điều kiện|thuận lợi|hướng tới|hướng đến|để)"
    rf"(?: (?:để|cho|giúp|đưa|vững chắc|quan trọng|tỉnh|thành phố|huyện|xã|phấn đấu))* {_AHEAD}"
    r"(?:(?!\b(?:đã|hiện|nay|kết quả|thực hiện được)\b)[^;.()\d])*$"
)
"""What a result makes possible: "ước tăng 9,9%, tạo đà để cả năm 2024 tăng 10%"."""
_COSTS = sought(
    r"\bkinh phí (?:để )?(?:thực hiện|triển khai) (?:kế hoạch|đề án|phương án)\b"
    r"[^.;,:\d]*(?:là|khoảng|gồm|dự kiến)\s*(?:[^.;]|\.\d)*$"
)
"""What is to be spent, and its parts: "Kinh phí thực hiện đề án là 32 tỷ đồng, trong đó …"."""
_STATED_HERE = (
    *(_ALL_PLANNED, _SINGLED, _PASSED, _ASKED, _BRACKETED, _NEEDED, _WANTED),
    *(_CARRIED_OUT, _PLAN_IS, _ALLOTTED, _WITHIN_GOAL),
)
_SETS_OUT = (_SET_OUT, _DEMANDED, _BY_PAPER, _COSTS)
_ANY_STATED = Together(_STATED, *_STATED_HERE, *_SETS_OUT)  # the others need common words
_RAISES = re.compile(
    r"(?:^|[;:.,])\W*"
    r"(?:(?:hằng|hàng|mỗi|bình quân) năm,? |tiếp tục |trong năm,? |đến năm \d{4},? )*"
    r"(?:giải quyết việc làm|tạo việc làm|tạo thêm|trồng|phát triển|thu hút|đón|kết nạp|đào tạo"
    r"|vận động|nâng|giảm|tăng|thành lập|xây dựng|duy trì|giữ vững|giữ|bảo đảm|đảm bảo|phủ|hạ)\b"
    r"[^;:.,()\d]*$",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r"[^;,.()\d]{0,30}?\btrở (?:lên|xuống)\b")


def sets_bound(left: str, tail: str) -> bool:
    """Is it how much there is to be at least: "Duy trì tỷ lệ che phủ rừng ở mức 52% trở lên"?"""
    return _OR_MORE.match(tail) is not None and _RAISES.search(left) is not None
