"""Sentences that tell one person's life: what they borrow, earn or raise is no statistic."""

from __future__ import annotations

import re

from normalizers.spelling import CAPITALS, canonical, contains_any, words
from normalizers.watching import watched

_PEER = r"anh|chị|em|cô|chú|bác|cụ|thầy|thầy giáo|cô giáo|bệnh nhân|nạn nhân"
_PERSON = re.compile(
    r"^\W*(?:[^,;:.]{4,40},\s*)?(?i:(?:(?:gia đình|hộ|nhà)\s+)?"
    rf"(?:(?P<peer>{_PEER})|ông|bà|mẹ)\s+)(?=[{CAPITALS}])",
)
"""Only a name follows: "Bà con nông dân ở xã …" tells of many. Nobody in office is called by the
titles of `peer` alone."""
_PLACE = r"(?:thôn|ấp|xã|phường|tổ|khu|bản|làng|buôn|khóm|huyện|quận|thị trấn)"
_LIFE = watched(
    r"gia đình|\btuổi\b|sinh năm|\b(?:ngụ|trú)\b|thủ khoa|được vay"
    rf"|\bở {_PLACE}\b"
    r"|\b(?:kể|tâm sự|bộc bạch|phấn khởi)\b|(?:học sinh|sinh viên) (?:lớp|năm|trường)"
    r"|, (?:công nhân|nông dân|tiểu thương|giáo viên|chủ hộ|thợ)\b"
)
_ADDRESS = re.compile(rf"(?:[{CAPITALS}][^\W\d]*(?:\. ?| |(?=[,(]))){{1,5}}[,(]\s*{_PLACE}\b")
"""A name with where its bearer lives: "Bà Hoàng Thị Lan, tổ 14 phường …"."""
_OWNER = watched(
    r"\b(?i:gia đình|hộ|vườn|nhà|trang trại|mô hình|rẫy|ruộng|ao|đàn)"
    r"(?: của| (?:[^,;.:]|[,.](?=\d)){1,40} của)?(?: gia đình| hộ)?"
    rf" (?i:anh|chị|em|ông|bà|cô|chú|bác) [{CAPITALS}]",
    flags=0,
)
"""What belongs to one person, wherever the sentence names it."""
_LIVES_ON = watched(
    r"\b(?:trồng|nuôi|thu|lãi|vay|cất nhà|canh tác|thoát nghèo|bao tiêu|công|sào|héc ta|ha)\b"
    r"|\bcho (?:(?:trên|hơn|gần|khoảng|từ|tới|đến) )*\d"
)
_AGED = re.compile(
    rf"\W*(?:[{CAPITALS}][^\W\d]* ){{1,3}}[{CAPITALS}][^\W\d]*\s*[,(]\s*"
    r"(?:\d{1,2} tuổi|sinh năm)\b"
)
"""A name with an age and without a title: "Nguyễn Văn Tâm, 27 tuổi, …"."""
_FULL_NAME = re.compile(rf"[{CAPITALS}][^\W\d]* [{CAPITALS}]")
"""Anh Sơn alone is a district, too."""
_SPEAKS = watched(r"cho (?:biết|hay|rằng)|chia sẻ|thông tin|khẳng định|nhấn mạnh|\bnói\b|chúng tôi")
_OFFICE = watched(
    r"giám đốc|chủ tịch|bí thư|trưởng|phó|đại diện|chánh|chủ nhiệm"
    r"|toàn (?:tỉnh|huyện|xã(?! hội)|thành phố)"
)
_REPORT = watched(
    r"toàn (?:tỉnh|huyện|xã(?! hội)|thành phố|ngành|quốc|thị xã|phường)|trên địa bàn|cả nước"
    r"|tổng số|ngân sách (?:trung ương|nhà nước|địa phương)|các địa phương|triệu lượt"
    r"|\b\d{1,3}\.\d{3}(?:,\d+)? tỷ đồng"
)
_FIRM = watched(
    r"\b(?:giám đốc|chủ tịch hđqt|chủ tịch hội đồng quản trị|chủ nhiệm|quản đốc|chủ)"
    r"(?: điều hành)? (?:công ty (?:cổ phần|cp|tnhh)|htx|hợp tác xã|doanh nghiệp|trang trại|cơ sở"
    r"|xưởng|nhà máy|cửa hàng|khách sạn)\b"
    r"(?![^,;]*\b(?:điện lực|xổ số|cấp nước|th(?:ủy|uỷ) lợi|môi trường đô thị)\b)"
)
"""Who speaks for one firm, which is none of the territory's figures."""
_OPENING = 80


def opens_story(sentence: str) -> bool:
    """Does somebody's own story begin: "Anh Trần Văn L. (32 tuổi, ngụ xã Mỹ Quí) kể …"?"""
    person = _PERSON.match(sentence[:_OPENING])
    if person and _FIRM.search(sentence) and _SPEAKS.search(sentence):
        return not leaves_story(sentence)
    if _OFFICE.search(sentence) or leaves_story(sentence):
        return False
    if _AGED.match(sentence):
        return True
    if person is None or _is_place(sentence):
        owned = _OWNER.search(sentence) is not None
        return owned and _LIVES_ON.search(sentence) is not None
    named = _FULL_NAME.match(sentence, person.end()) is not None
    peer = person["peer"] is not None and named and _SPEAKS.search(sentence) is None
    lives = _ADDRESS.match(sentence, person.end()) or _LIFE.search(sentence)
    return peer or lives is not None


def _is_place(sentence: str) -> bool:
    """A territory whose name begins like a title: "Bác Ái hiện còn 4.120 hộ nghèo"."""
    plain = canonical(sentence[:_OPENING])
    return contains_any(plain, words("not_a_person"))


def leaves_story(sentence: str) -> bool:
    """Does a sentence speak of more than one person's life again?"""
    return _REPORT.search(sentence) is not None
