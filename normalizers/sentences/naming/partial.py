"""Names of a whole that are said of a part of it, or of other money."""

from __future__ import annotations

import re

from normalizers.measures import Measured
from normalizers.metrics import INSURANCE, MetricMatch
from normalizers.sentences.naming.meant import Subject
from normalizers.sentences.naming.words import MONEY, Words, says
from normalizers.spelling import canonical, contains, contains_any, words

TRADES = {"export_turnover": "xuất khẩu", "import_turnover": "nhập khẩu"}
_OF_ALL = frozenset({"multidimensional_poverty_rate", "near_poor_household_rate"})
_OF_SOME = re.compile(
    r"(?<!\S)(?:(?:ở|tại|khu vực|vùng) )+(?:các )?"
    r"(?:thị trấn|thành thị|đô thị|nông thôn|miền núi|đồng bào|dân tộc|dtts|huyện nghèo|xã nghèo"
    r"|(?:huyện|xã) (?:miền núi|đặc biệt khó khăn))(?!\S)"
)
"""Households of which a rate is a part: "ở khu vực thị trấn tỷ lệ hộ nghèo giảm 5,2%"."""
_SECTORS = frozenset(
    {
        "share_of_agriculture_forestry_and_fishing_in_grdp",
        "share_of_industry_and_construction_in_grdp",
        "share_of_services_in_grdp",
        "share_of_product_taxes_less_subsidies_in_grdp",
    }
)
_OTHER_WHOLE = re.compile(
    r"(?<!\S)(?:lao động|dư nợ|cho vay|tín dụng|doanh nghiệp|điện(?: năng)?(?: thương phẩm)?"
    r"|vốn (?:đầu tư|vay|thực hiện|đăng ký)|dự án|hợp tác xã|hộ|xuất khẩu|nhập khẩu)"
    r"(?: (?:dùng|phục vụ|cấp|bán))?(?: cho)?(?: (?:các|nhóm|khu vực|ngành|lĩnh vực))* "
    r"(?:nông|công|dịch vụ|thương mại|xây dựng)"
)
"""Of what else a sector is a part: "lao động ngành công nghiệp - xây dựng chiếm 35%"."""
_DEBT = re.compile(r"(?:(?:tiền|số|thuế) )*nợ(?: đọng| thuế| cũ)*(?!\S)")
"""What is collected of arrears: "đã thu được 96,4 tỷ đồng nợ đọng"."""


_PER_HEAD = re.compile(
    r"(?<!\S)(?:bình quân|tính|trên|theo|chia|tính theo|tính trên)(?: (?:mỗi|một|1))?"
    r" (?:đầu người|người dân|nhân khẩu)(?!\S)|(?<!\S)\S*/(?:đầu )?người(?!\S)"
    r"|(?<!\S)bình quân (?:mỗi|một|1) lượt(?!\S)"
)
"""What there is for each: "lương thực có hạt bình quân đầu người đạt 452 kg"."""


def told_of_all(known: MetricMatch, said: Words, how: Measured, unit: str) -> MetricMatch | None:
    """The metric, if the statement does not say that it is about a part or about other money."""
    if unit in MONEY and (_DEBT.match(said.bare_tail) or _lent(known, said, unit)):
        return None
    if "_per_" not in (known.metric or "") and _PER_HEAD.search(said.phrase):
        return MetricMatch(None)
    if known.metric in _OF_ALL and _OF_SOME.search(f"{said.near} {said.bare_tail}"):
        return MetricMatch(None)
    if known.metric == "digital_economy_share_of_grdp" and _OF_A_NUMBER.match(
        said.bare_tail or how.basis or ""
    ):
        return MetricMatch(None)
    if known.metric in _SECTORS and (_of_other_whole(said) or _TWO_SECTORS.search(said.near)):
        return MetricMatch(None)
    return known


_TWO_SECTORS = re.compile(
    r"(?<!\S)công nghiệp(?: (?:và )?xây dựng)?(?: và| cùng)? (?:thương mại )?(?:và )?dịch vụ"
    r"|(?<!\S)dịch vụ(?: và| cộng| cùng)?(?: các loại)? thuế(?!\S)|(?<!\S)phi nông nghiệp(?!\S)"
)
"""The share of two sectors is that of neither: "tỷ trọng công nghiệp - xây dựng và dịch vụ"."""
_OF_A_NUMBER = re.compile(r"(?:tổng )?(?:số|doanh thu|lao động) \S")
"""As in "kinh tế số chiếm 8% số doanh nghiệp"."""


_THINGS = re.compile(
    r"(?:(?:số|tổng số|các|có) )*(?:đơn vị|doanh nghiệp|hồ sơ|cán bộ|công chức|viên chức|cơ sở"
    r"|thủ tục|tthc|giao dịch|dữ liệu|khiếu nại|đơn thư|đại lý|tổ chức|bệnh viện|trạm|chi phí"
    r"|xã|phường|thị trấn|huyện|địa phương|thôn|bản|ấp|tổ dân phố|khu dân cư|trường|lớp|chi bộ)"
    r"(?!\S)"
)


def of_things(said: Words) -> bool:
    """Are they no people of whom a rate is: "98% hồ sơ BHYT được giải quyết đúng hạn"?"""
    insured = not INSURANCE.isdisjoint(said.bare_tail.split())
    return insured and _THINGS.match(said.bare_tail) is not None


def _of_other_whole(said: Words) -> bool:
    economy = contains_any(f"{said.head} {said.near}", ("kinh tế", "grdp", "gdp", "tổng sản phẩm"))
    shared_out = _SHARED_OUT.search(said.head) is not None and not economy
    return shared_out or _OTHER_WHOLE.search(said.near) is not None


_SHARED_OUT = re.compile(
    r"(?<!\S)(?:cơ cấu|tỷ trọng|tỷ lệ)(?: sử dụng| phân bổ| chuyển dịch)?"
    r" (?:lao động|vốn|dư nợ|tín dụng|cho vay|doanh nghiệp|điện|việc làm)(?!\S)"
)
"""What is shared out to sectors: "Cơ cấu lao động: nông nghiệp 30%; dịch vụ 35%"."""


def _lent(known: MetricMatch, said: Words, unit: str) -> bool:
    """Dong behind a bare trade are lent to it: "cho vay doanh nghiệp 5 tỷ; xuất khẩu 3 tỷ đồng"."""
    named = contains_any(said.near, ("kim ngạch", "giá trị", "trị giá", "tổng"))
    return known.metric in TRADES and unit == "VND" and not named


_AT_SPOT = re.compile(
    r"(?:trong đó |riêng |tại |ở )*(?:vịnh|bảo tàng|chùa|đền|thành cổ|công viên|sân bay|cảng"
    r"|khu (?:di tích|du lịch|vui chơi|danh thắng|nghỉ dưỡng)|tổ hợp|quần thể|lăng)(?!\S)"
    r"(?! phố)"
)
"""Who comes to one place is a part of those who come: "Bảo tàng Quảng Ninh đón 12.000 lượt"."""


def at_one_place(said: Words) -> bool:
    """Are visitors counted at one sight?"""
    return _AT_SPOT.match(said.near) is not None


_UNEMPLOYMENT = "urban_unemployment_rate"
_TOWN = re.compile(r"(?<!\S)(?:thành thị|đô thị)(?!\S)")
_ALL_OF_AGE = re.compile(r"(?<!\S)tỷ lệ (?:lao động )?thất nghiệp(?!.*(?:thanh niên|thiếu việc))")


def of_another_part(found: MetricMatch, text: str) -> bool:
    """Does a canonical text tell of some goods of a trade, or of unemployment outside towns?"""
    goods = found.metric in TRADES and _of_some_goods(text)
    return goods or (found.metric == _UNEMPLOYMENT and _TOWN.search(text) is None)


def of_town(said: Words, how: Measured, subject: Subject) -> MetricMatch | None:
    """The part of the towns: "tỷ lệ thất nghiệp là 2,35%, trong đó khu vực thành thị 2,88%"."""
    near = said.near or said.bare_left
    only = set(says(near)) <= {"khu", "vực", "thành", "thị", "đô"} and _TOWN.search(near)
    if how.measure != "share" or not only or not _ALL_OF_AGE.search(canonical(subject.label)):
        return None
    return MetricMatch(_UNEMPLOYMENT)


def _of_some_goods(text: str) -> bool:
    """Does a trade name what is traded: "kim ngạch xuất khẩu rau quả"?"""
    traded = [trade for trade in TRADES.values() if contains(text, trade)]
    return any(contains(text, f"{trade} {goods}") for trade in traded for goods in words("goods"))
