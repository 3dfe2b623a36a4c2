"""What a sector is of the product, and what gives growth: "gần 40% GRDP đến từ khu vực dịch vụ"."""

from __future__ import annotations

import re

from normalizers.metrics import MetricMatch
from normalizers.seeking import Sought, Together, sought
from normalizers.sentences.naming.words import Words, says

_PRODUCT = (
    r"(?:tổng sản phẩm(?: (?:trên địa bàn|trong tỉnh|trong thành phố))?(?: grdp)?|grdp"
    r"|nền kinh tế|quy mô kinh tế|cơ cấu(?: nền)? kinh tế|cơ cấu ngành kinh tế|kinh tế)"
)
_GROWTH = (
    r"(?:(?:tốc độ|mức|nhịp độ)? ?(?:tăng trưởng|tăng)(?: (?:kinh tế|grdp|tổng sản phẩm"
    r"(?: trên địa bàn)?|chung))*)"
)
_TAXES = (
    r"thuế(?: nhập khẩu)?(?: thuế)?(?: sản phẩm)?(?: khác)?(?: đã)? trừ(?: đi)?(?: các khoản)?"
    r" trợ cấp(?: sản phẩm)?"
)
_TFP = r"(?:(?:yếu tố )?năng suất (?:các )?(?:nhân tố|yếu tố) tổng hợp(?: tfp)?|tfp)"
_SECTORS = {
    "share_of_agriculture_forestry_and_fishing_in_grdp": (
        r"nông(?: nghiệp)?(?: lâm(?: nghiệp)?)?(?: và)?(?: thủy sản| ngư(?: nghiệp)?)"
        r"|nông nghiệp|khu vực i"
    ),
    "share_of_industry_and_construction_in_grdp": r"công nghiệp(?: và)? xây dựng|khu vực ii",
    "share_of_services_in_grdp": (
        r"(?:thương mại )?(?:và )?dịch vụ(?: thương mại)?(?: du lịch)?|khu vực iii"
    ),
    "share_of_product_taxes_less_subsidies_in_grdp": _TAXES,
    "contribution_of_total_factor_productivity_to_growth": _TFP,
}


def _whole_word(pattern: str) -> Sought:
    return sought(rf"(?<!\S)(?:{pattern})(?!\S)", flags=0)


_PARTS = {metric: _whole_word(pattern) for metric, pattern in _SECTORS.items()}
_ANY_PART = Together(*_PARTS.values())
_WHOLES = {metric: _whole_word(_GROWTH if "growth" in metric else _PRODUCT) for metric in _SECTORS}
_FILLS = frozenset(
    word
    for phrase in (
        *("khu vực", "ngành", "các", "lĩnh vực", "nhóm", "phần", "khối", "yếu tố", "tỷ trọng"),
        *("cơ cấu", "thuộc về", "đến từ", "do", "nhờ", "bởi", "tạo ra", "mang lại", "đem lại"),
        *("đóng góp", "giữ", "duy trì", "vào", "cho", "nâng", "kéo giảm", "tăng", "ở mức", "lên"),
        *("xuống", "quy mô", "toàn", "chung", "hiện", "vẫn", "đang", "nay", "có", "chỉ", "thấp"),
        *("cao", "lớn nhất", "mới", "đạt", "tổng", "xét theo", "trong", "riêng", "phấn đấu"),
        *("dự kiến", "sẽ"),
    )
    for word in phrase.split()
)
"""Words around the part and its whole that name nothing else."""
_GIVES_GROWTH = re.compile(r"(?<!\S)(?:tăng trưởng|mức tăng|tốc độ)(?!\S)")
"""A part of the growth and not of the product: "dịch vụ đóng góp 52% vào tăng trưởng GRDP"."""
_CAUSE = re.compile(
    r"(?:do|nhờ|vì|bởi|trong khi|còn|thấp hơn|cao hơn|so với|tăng|giảm|xếp|đứng|và|tiếp tục)(?!\S)"
)
"""What may follow a share that has been told whole."""


def share_told(said: Words) -> MetricMatch | None:
    """The one part and its whole that a statement names, if it says nothing else.

    >>> from normalizers.sentences.naming.words import Words
    >>> tail = "grdp đến từ khu vực dịch vụ"
    >>> share_told(Words("gần", tail, "gần", tail, "", "", False, "")).metric
    'share_of_services_in_grdp'
    """
    tail = said.bare_tail
    ended = not tail or _CAUSE.match(tail) is not None
    for left in dict.fromkeys((said.near, said.bare_left)):
        for text in (left if ended else "", f"{left} {tail}".strip()):
            if not _ANY_PART.may_match(text):
                continue
            named = [m for m, part in _PARTS.items() if part.search(text) is not None]
            if len(named) == 1 and _says_only(named[0], text):
                return MetricMatch(named[0], matched=text)
    return None


def _says_only(metric: str, text: str) -> bool:
    if metric.startswith("share_of_") and _GIVES_GROWTH.search(text):
        return False
    rest = _PARTS[metric].sub(" ", text)
    without = _WHOLES[metric].sub(" ", rest)
    return without != rest and set(says(" ".join(without.split()))) <= _FILLS
