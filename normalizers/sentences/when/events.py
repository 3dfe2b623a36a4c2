"""Years of events and laws, told in passing: "Thành lập năm 2016, hợp tác xã có 24 thành viên"."""

from __future__ import annotations

import re

from normalizers.periods.reading import PeriodMention
from normalizers.seeking import sought

_CAME_ABOUT = sought(
    r"(?:(?:^|[,;.–-] )\W*(?:[^\W\d]+ ){0,8})"
    r"(?:(?:thành|tái) lập|chia tách|sáp nhập|ra (?:đời|mắt)|khởi công|khánh thành"
    r"|(?:đi|đưa) vào (?:hoạt động|vận hành|khai thác|sử dụng|sản xuất)|bắt đầu"
    r"|(?:được|chính thức) (?:công nhận|công bố|cấp|phê duyệt|xếp hạng|phong tặng|tôn vinh|trao"
    r"|triển khai|xây dựng|đầu tư|chọn)(?: [^\W\d]+){0,10}?"
    r"|(?:đạt chuẩn|về đích)(?: (?:nông thôn mới|NTM|quốc gia|nâng cao|kiểu mẫu))*)"
    r" (?:(?:từ|vào|ngay|kể|đầu|giữa|cuối|từ những) ){0,3}$"
)
"""What came about then, without a number: what follows its comma is of the text's own time."""
_TELLS_ON = re.compile(
    r"\s*,\s+(?!(?:ước|đạt|là|gồm|bằng|chiếm|tăng|giảm|vượt|cao|thấp|trong (?:đó|số)|so|với)\b)"
    r"(?=[^\W\d])",
    re.IGNORECASE,
)


_LAW = sought(
    r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)"
    r"(?: (?!(?:đã|có|được|trong|từ|đến|của|vào|toàn|cả|là)\b)[^\W\d]+){0,8} $",
    flags=0,
)
"""When a law was made: "Theo Luật Bảo hiểm xã hội năm 2014, toàn tỉnh có 1.204 người …"."""

CONGRESS = sought(
    r"\bđại hội\b[^.;]{0,100}?\bnhiệm kỳ (?P<year>(?:19|20)\d\d) ?[-–/] ?(?P<last>(?:19|20)\d\d)"
)
"""A congress is held as its term begins."""


def of_event(sentence: str, mention: PeriodMention) -> bool:
    """Is it the time of an event that a statement begins with, and of no figure behind it?

    So is the year of a law.
    """
    before = sentence[: mention.start]
    if (
        _harmed(sentence, mention)
        or _is_cause(sentence, mention)
        or _LAW.search(before) is not None
    ):
        return True
    if _TELLS_ON.match(sentence, mention.end) is None:
        return False
    if _CAME_ABOUT.search(before) is not None or _met_on(before, mention):
        return True
    return _is_day(mention) and _RESOLVES.match(sentence, mention.end) is not None


_RESOLVES = re.compile(
    r",? (?:(?:tại |trong )[^,;\d]{0,60}, )?(?:kỳ họp[^,;\d]{0,40} )?"
    r"(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Quốc hội|Chính phủ|Thủ tướng|Đại hội|Bộ|Ban)\b"
    r"[^,;:.\d]{0,60}?\b(?:đã )?(?:thông qua|quyết nghị|giao(?! lưu))\b",
    re.IGNORECASE,
)
"""What a body did on a day is no figure's: "Ngày 06/12/2024, HĐND tỉnh thông qua các chỉ tiêu"."""


_MEETING = sought(
    r"(?:^|[,;.–-] )\W*(?:(?:tại|trong|ở|theo báo cáo tại) )?(?:các )?"
    r"(?:phiên họp|kỳ họp|hội nghị|cuộc họp|buổi họp|họp báo|buổi làm việc|hội thảo|lễ)\b"
    r"[^,;.]{0,90}$"
)


def _met_on(before: str, mention: PeriodMention) -> bool:
    """Is it the day of a meeting: "Tại phiên họp của UBND tỉnh ngày 7/10, báo cáo cho biết …"?"""
    return _is_day(mention) and _MEETING.search(before) is not None


def _is_day(mention: PeriodMention) -> bool:
    period = mention.period
    return period is not None and period.start is not None and period.start == period.end


_CAUSE = sought(
    r"\b(?:vì|do|bởi|hứng chịu|trải qua)\b[^.;:\d]{0,60}"
    r"\b(?:các|những) năm (?:19|20)\d\d(?:(?:, | và )(?:năm )?(?:19|20)\d\d)+"
)
"""Why it was hard: "thiệt hại nặng vì xâm nhập mặn các năm 2016, 2020 nhưng thu vượt 25%"."""


def _is_cause(sentence: str, mention: PeriodMention) -> bool:
    hits = _CAUSE.finditer(sentence)
    return any(hit.start() < mention.start and mention.end <= hit.end() for hit in hits)


_LONG = 80
_AFTER_HARM = re.compile(
    r"\bsau (?:khi |các |những |ảnh hưởng (?:của )?|đợt |cơn |trận |hoàn lưu )*"
    r"(?:bão|lũ|mưa|thiên tai|dịch|hợp nhất|sáp nhập|sắp xếp)\b"
    r"(?:[^,;.()\d]|\d{1,2}|, (?=(?:mưa|lũ|ngập|sạt)\b)){0,40}$",
    re.IGNORECASE,
)


def _harmed(sentence: str, mention: PeriodMention) -> bool:
    """Is it when what was mended had come: "bố trí 480 hộ sau bão, lũ năm 2025"?

    A sentence that begins so may be of that year: "Sau lũ năm 2020, tỉnh chi 12 tỷ đồng".
    """
    hit = _AFTER_HARM.search(sentence, max(0, mention.start - _LONG), mention.start)
    return hit is not None and bool(sentence[: hit.start()].strip())
