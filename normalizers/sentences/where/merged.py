"""What a unit was made of, which no figure of a text on it is for.

"Phường A được thành lập trên cơ sở sáp nhập phường B và xã C (huyện D cũ), có diện tích 19 km2".
"""

from __future__ import annotations

import re

from normalizers.regions import Mention
from normalizers.seeking import sought
from normalizers.spelling import CAPITALS

_MERGED = sought(
    r"\b(?:sáp nhập|hợp nhất|nhập (?:nguyên trạng|toàn bộ|từ|các)"
    r"|(?:thành )?lập(?: theo [^.;:()\d]{3,40}(?: số [\w/-]+)?,?(?: ngày [\d/]+,?)?)? từ"
    r"|trên cơ sở (?:sắp xếp|nhập|gộp|(?:(?:một|phần|lớn|toàn|bộ) )*(?:diện tích|địa giới|dân số))"
    r"|(?:thành )?lập (?:(?:theo|bởi)[^.;:]{3,120}, )?trên cơ sở)\b"
    r"(?!\s*,)(?:[^.;:()\d]|\d{1,2}(?=[ ,])|(?:(?<=gồm)|(?<= xã)|(?<=đơn vị)|(?<=phường)"
    r"|(?<=quận)|(?<=huyện)):)*$"
)
"""What a unit was made of: "xã thành lập trên cơ sở sáp nhập thị trấn X và 2 xã"."""
_IN_PART = sought(
    r"\b(?:một phần(?: (?:diện tích|dân số|địa giới|của|và|quy|mô|tự nhiên),?)*"
    r"|phần còn lại(?: của)?)\s+$"
)
"""Of what a piece went to another: "cùng một phần phường Nam Hải và một phần xã B, rộng 39 km2"."""
_SPEAKS = re.compile(
    rf"\s+(?:(?:có|đạt|đã|còn|ghi nhận|thu|chi|giải quyết|hiện)\b|là\b(?! (?-i:[{CAPITALS}])))",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\W*[^.;:]{0,60}?\bđược (?:thành(?: lập)?|hình thành|sáp nhập|hợp nhất|lập|sắp xếp)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\s+(?:hiện )?có (?:tổng )?(?:diện tích|dân số|quy mô|số dân|địa giới)\b", re.IGNORECASE
)
"""How large the new one is, right behind the last of the old: "… và xã B có diện tích 36 km2"."""
_ABOLISHED = re.compile(r"\s+cũ\s*(?:,[^,()\d]{0,40})?\)")
_BRACKET = re.compile(r"\([^()]*\)")
_REACH = 480


def was_merged(sentence: str, mention: Mention) -> bool:
    """Is it what a unit was made of, or in a bracket what it once lay in: "(huyện X cũ)"?"""
    if _ABOLISHED.match(sentence, mention.end):
        return True
    ahead = sentence[max(0, mention.start - _REACH) : mention.start]
    before = _BRACKET.sub(" ", ahead).replace("(", " ") if "(" in ahead else ahead
    if _MERGED.search(before) is None and _IN_PART.search(before) is None:
        return False
    if _SPEAKS.match(sentence, mention.end):
        sized = _SIZE.match(sentence, mention.end) and _MADE.match(sentence[: mention.start])
        return bool(sized)
    lives = _LIVES_ON.match(sentence, mention.end) and _NEW_SUBJECT.search(before)
    return not (lives or (_NAMED_AS.search(before) and _WITH.match(sentence, mention.end)))


_NEW_SUBJECT = re.compile(r",\s*(?:tỉnh |thành phố )?$", re.IGNORECASE)
_LIVES_ON = re.compile(
    r"\s+(?:mới\s+)?(?:vẫn|cũng|lại|sẽ|trở thành|tiếp tục|đang|được|đứng|xếp|dẫn đầu|sở hữu|gồm)\b",
    re.IGNORECASE,
)
"""What it is now, behind a comma: "dù sáp nhập với tỉnh Hải Dương, Hải Phòng vẫn là …"."""
_NAMED_AS = re.compile(r"\blà (?:tỉnh |thành phố )?$", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:với|\([\d.,]+)", re.IGNORECASE)
"""Which is meant: "tỉnh ít dân nhất sau sáp nhập là Lai Châu với 512 nghìn người"."""
