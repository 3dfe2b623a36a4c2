"""Which figures tell of a part of what their words name: some visitors, firms, offices, levels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.seeking import sought
from normalizers.sentences.clauses import Clause
from normalizers.sentences.naming.meant import Meant

IN_DOLLARS = "registered_foreign_direct_investment"


def told_in_part(text: str) -> tuple[str, ...]:
    """The metrics of which a sentence tells a part, wherever it names them."""
    excepted = _OF_ALL_MONEY if EXCEPTED.match(text) else ()
    carried = ("visitor_arrivals",) if _CARRIED.search(text) else ()
    return (*_of_some_visitors(text), *_of_some_firms(text), *carried, *excepted)


EXCEPTED = re.compile(
    r"\W*(?:Nếu )?(?:loại trừ|trừ|không (?:kể|tính)|chưa (?:kể|tính))\b"
    r"(?:[^,;\d]{3,80}|[^;()\d]{3,80}\([^()]*\))(?:,| thì)(?!\w)",
    re.IGNORECASE,
)
"""What is left without a part has no code: "Loại trừ tiền sử dụng đất, số thu là 742 tỷ đồng"."""
_LEFT_OUT = re.compile(
    r"\W*(?:trong đó,? |còn |riêng |nếu )*"
    r"(?:loại trừ|trừ|không (?:kể|tính|bao gồm)|chưa (?:kể|tính))"
    r" (?:(?:các |số |khoản |nguồn )*(?:tiền|thu|vay|viện trợ|xổ số|đất|dầu))\b",
    re.IGNORECASE,
)
"""The same within a sentence: "…; trừ tiền sử dụng đất, đơn vị thu được 4.636 tỷ đồng"."""
_SOME_VISITORS = re.compile(
    r"\b(?:khách|lượt)(?: du lịch)? (?:quốc tế|nội địa|lưu trú)\b[^;\d]*$", re.IGNORECASE
)
_OPENING = 120


def _of_some_visitors(text: str) -> tuple[str, ...]:
    """Does a list count some visitors only: "… đông khách quốc tế: Hà Nội đón 103.000 lượt"?"""
    opening = text[max(0, text.find(":") - _OPENING) : max(0, text.find(":"))]
    return ("visitor_arrivals",) if _SOME_VISITORS.search(opening) else ()


_CARRIED = sought(r"\bvận (?:tải|chuyển) (?:hành )?khách\b")
"""Passengers are no visitors: "Vận tải hành khách …; quý II ước 1.112 triệu lượt khách"."""
_SOME_FIRMS = re.compile(
    r"\W*(?:(?:Đến|Tính|Trong|Năm|Quý|Tháng|\d+ tháng)\b[^,;:]{0,40},\s*)?"
    r"(?:(?:tổng )?(?:doanh thu|giá trị sản xuất)(?: của)? )?"
    r"(?:(?:các|khối|khu vực|nhóm) )*(?:doanh nghiệp|khu vực|khối|dự án)\b[^,.;:\d]{0,24}"
    r"\b(?:FDI|nhà nước|tư nhân|đầu tư nước ngoài|trong (?:các )?(?:khu|KCN|KKT|cụm))\b",
    re.IGNORECASE,
)
_OF_ALL_FIRMS = (
    *("export_turnover", "import_turnover", "jobs_created"),
    *("domestic_revenue", "state_budget_revenue_in_the_area"),
)


_OF_ALL_MONEY = ("state_budget_revenue_in_the_area",)


def _of_some_firms(text: str) -> tuple[str, ...]:
    """What some firms trade or pay is a part: "Các doanh nghiệp FDI xuất khẩu 16,8 tỷ USD"."""
    return _OF_ALL_FIRMS if _SOME_FIRMS.match(text) or _SOME_OFFICES.match(text) else ()


_SOME_OFFICES = re.compile(
    r"\W*(?:(?:Riêng|Tại|Trong đó)(?:,| tại)? )?(?:(?:khối|các|\d+) )+"
    r"(?:Văn phòng Cục|(?:Chi cục|Đội|Phòng)(?: Thuế| Hải quan)?)\b"
    r"|\W*(?:Riêng|Tại|Trong đó)(?:,| tại)? Văn phòng Cục\b",
    re.IGNORECASE,
)
"""What some offices collect is a part: "Tại các Chi cục Thuế, tháng 8 thu 493 tỷ đồng"."""


def is_part(clause: Clause, meant: Meant) -> bool:
    """Does the figure tell of some of what its metric counts, or of foreign money spent in đồng?"""
    if meant.metric == IN_DOLLARS and clause.quantity.unit == "VND":
        return True
    if meant.metric == "newly_established_enterprises" and _SECTOR.search(clause.left):
        return True
    if meant.metric in _OF_ALL_MONEY and _LEFT_OUT.match(clause.left):
        return True
    rate = meant.measure in {"share", "growth"} and (meant.metric or "").endswith("_participants")
    if rate and _OF_GROUP.search(clause.left):
        return True
    sex = clause.left.strip() == "(" and _OF_SEX.match(clause.tail) is not None
    better = _OF_THEM.search(clause.left) and _BETTER.match(clause.tail)
    return bool(sex or better) or _OF_LEVEL.fullmatch(clause.left) is not None


_OF_GROUP = sought(
    r"\b(?:khối|cấp học|cấp|bậc(?: học)?|hệ) (?:trường )?"
    r"(?:tiểu học|trung học|THCS|THPT|TH|mầm non|mẫu giáo|đại học|cao đẳng|giáo dục|dạy nghề"
    r"|doanh nghiệp|hành chính|ngoài (?:quốc doanh|công lập|nhà nước)|hợp tác xã|cá thể)\b"
    r"[^;:.\d]*$"
)
"""Some of the insured: "Đối với khối trung học phổ thông, tỷ lệ học sinh tham gia BHYT đạt …"."""


def is_rest(clause: Clause, meant: Meant, told: Sequence[tuple[Clause, Meant]]) -> bool:
    """Is the rate that of all others: "đạt 86,57% …, còn 13,43%" adds up to the whole?"""
    if meant.measure != "share" or _REST.fullmatch(clause.left) is None:
        return False
    shares = [c.quantity.value for c, m in told if m.measure == "share"]
    return bool(shares) and shares[-1] + clause.quantity.value == _WHOLE


_REST = re.compile(
    r"[\s,;(]*(?:và |hiện |chỉ |vẫn )*còn(?: lại)?(?: (?:khoảng|hơn|gần|là|có|tới))*\s*",
    re.IGNORECASE,
)
_WHOLE = 100


_OF_THEM = re.compile(r"\btrong đó(?: có)?(?: (?:ít nhất|khoảng|trên|hơn|gần))*\s*$", re.IGNORECASE)
_BETTER = re.compile(r"\s*(?:(?:xã|số xã) )?(?:đạt )?(?:chuẩn )?(?:nâng cao|kiểu mẫu)\b")
"""Those of a higher standard: "100% xã đạt chuẩn nông thôn mới, trong đó 50% nâng cao"."""


_OF_SEX = re.compile(r"\s*(?:(?:người|lao động|em) )?(?:nữ|nam)\b(?! giới tính)", re.IGNORECASE)
"""Some of those before the bracket: "7.774 lao động (2.905 nữ)"."""
_OF_LEVEL = re.compile(
    r"\W*(?:trong đó|riêng)[,:]? (?:phần |khối |khu vực )*"
    r"(?:địa phương|trung ương|chi ngân sách (?:cấp )?(?:tỉnh|huyện|xã))"
    r"(?: (?:là|đạt|ước|ước đạt|chiếm|gần|hơn|trên|khoảng))*\s*",
    re.IGNORECASE,
)
"""Whose firms or budget they are: "xuất khẩu 2,71 tỷ USD, trong đó địa phương 341 triệu USD"."""
_SECTOR = re.compile(
    r"\b(?:khu vực|ngành|lĩnh vực) (?:kinh tế |có )?"
    r"(?:dịch vụ|công nghiệp|nông|thương mại|xây dựng)",
    re.IGNORECASE,
)
"""New firms of a sector are a part: "khu vực dịch vụ có số DN thành lập mới nhiều nhất"."""
