"""What a sentence opens for those that follow it: a list, its subject and scenario, a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.periods.reading import PeriodMention
from normalizers.seeking import sought
from normalizers.sentences.aims.scenarios import opens_plan, scenario
from normalizers.sentences.alike import sum_as_before
from normalizers.sentences.binding.counted import counted_in
from normalizers.sentences.clauses import SHARES_OUT
from normalizers.sentences.going_on import reached
from normalizers.sentences.naming.meant import Subject
from normalizers.sentences.naming.naming import named_in
from normalizers.sentences.naming.words import says
from normalizers.sentences.settings import Carried, Sentence, Setting, mark_of, names_field
from normalizers.sentences.telling import at_time
from normalizers.sentences.when.document_years import in_one_year
from normalizers.sentences.when.times import usable
from normalizers.spelling import canonical
from normalizers.watching import watched
from solieu.model import Period, Scenario
from solieu.quick import replace

_OF_WHOLE = re.compile(
    rf"\W*(?:{SHARES_OUT}|theo đó"
    r"|cơ cấu (?:cây trồng|giống|diện tích|mùa vụ|nguồn vốn)\b[^.;\d]{0,40}(?:gồm|như sau|là))\b",
    re.IGNORECASE,
)


def as_listed(sentence: Sentence, setting: Setting, carried: Carried) -> Setting:
    """The items of a list are what its opening says; the parts of a whole are what the whole is."""
    if carried.reached and setting.scenario == "plan":
        setting = replace(setting, scenario="actual")
    item = setting.passage is not None and setting.passage.kind == "item"
    if carried.listed is not None and (item or carried.expects or mark_of(sentence.text)):
        return replace(setting, scenario=carried.listed)
    if setting.scenario != "actual" or not carried.told:
        return setting
    if carried.told == "estimate" and _DAMAGE.search(carried.heard):
        return setting
    part = carried.told == "estimate" and (
        _PART.match(sentence.text) or sum_as_before(sentence, carried)
    )
    if part or _OF_WHOLE.match(sentence.text):
        return replace(setting, scenario=carried.told)
    return setting


_DAMAGE = sought(r"\b(?:thiệt hại|tổn thất)\b[^\n]*$")
"""Of what did damage only the money is estimated, and not what the next sentence counts."""
_PART = re.compile(
    r"\W*(?:(?i:riêng) (?!(?:trong|tính|cả|năm|quý|tháng|ngày|tuần|đến|vụ)\b|\d)"
    r"|Khu vực (?:nông|công nghiệp|dịch vụ|I{1,3}\b)|Thuế sản phẩm|Thuế trừ trợ cấp)"
)
"""A part of what was estimated: "Riêng nuôi trồng 112.914 tấn", "Khu vực dịch vụ 13.483 tỷ"."""


_PARTED = watched(
    r"\b(?:cơ cấu|tỷ trọng)(?: (?:GRDP|(?:các |nội bộ )?ngành|(?:nền )?kinh tế|tổng sản phẩm))+\b"
)
_SHARES = watched(r"\bchiếm\b")


def shared_out(setting: Setting, text: str, carried: Carried) -> tuple[Setting, Carried]:
    """What shares are of that tell it no more: "Cơ cấu GRDP chuyển dịch. Dịch vụ chiếm 41,2%"."""
    told = _PARTED.search(text)
    if told is not None:
        carried = replace(carried, parted=canonical(told.group()))
    of_whole = carried.parted if _SHARES.search(text) else ""
    if carried.subject.metric in _PRODUCT and _OF_WHOLE.match(text) and _SHARES.search(text):
        of_whole = f"{of_whole} grdp"
    label = _label(setting)
    if label or of_whole:
        setting = replace(setting, topic=" ".join(f"{setting.topic} {label} {of_whole}".split()))
    return setting, carried


_PRODUCT = frozenset(
    {"gross_regional_domestic_product_current_prices", "grdp_constant_2010_prices"}
)
"""What sectors have a share of: "GRDP ước đạt 85.881 tỷ đồng. Trong đó, dịch vụ … chiếm 30%"."""


_LABEL = re.compile(r"\W*(?:\w{1,2}[.)]\s*)?(?:Về )?([^\W\d_][^\d.:;()]{3,40}):\s")
"""How an item begins: "- Thu ngân sách: … đạt 3.412 tỷ đồng. Trong tháng thu 398 tỷ đồng"."""


def _label(setting: Setting) -> str:
    text = setting.passage.text if setting.passage is not None else ""
    label = _LABEL.match(text) if ":" in text else None
    return canonical(label[1]) if label else ""


def listed_in(sentence: Sentence, setting: Setting) -> Scenario | None:
    """What a sentence that opens a list says of the figures below it."""
    text = sentence.text.rstrip()
    if not text.endswith(":"):
        return None
    return "plan" if opens_plan(text) else scenario(text, setting.scenario)


def mentioned(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """A sentence without figures that ends in a colon names the subject of the list below it."""
    text = sentence.text.rstrip()
    carried = replace(carried, reached=reached(text, None, carried))
    if text.endswith("?"):
        return _asked(sentence, carried, setting)
    if not text.endswith(":") or _SPEAKER.match(text):
        told = _set_out(sentence, _summed_up(sentence, carried, setting), setting)
        return _striven_for(sentence, _handed_out(sentence, told, setting), setting)
    times = usable(sentence.text, sentence.times)
    listed = listed_in(sentence, setting)
    if carried.listed is not None and names_field(text):
        listed = carried.listed
    # A plan is for the time named last: "… ngày 8/12 thông qua Nghị quyết … năm 2024 …:".
    period = times[-1 if listed == "plan" else 0].period if times else carried.period
    plain = canonical(text)
    metric = named_in(plain, insurance=setting.insurance)
    subject = Subject(metric, text.rstrip(": ")) if says(plain) else carried.subject
    mark = mark_of(sentence.text)
    return replace(
        carried,
        subject=subject,
        period=period,
        listed=listed,
        mark=mark,
        counted=counted_in(text),
    )


_SUMS_UP = watched(
    r"\b(?:tổng kết|sơ kết|(?:đánh giá|báo cáo) (?:kết quả|tình hình)"
    r"|kết quả (?:điều tra|rà soát))\b"
)
_RELEASES = watched(
    r"\b(?:công bố|báo cáo|họp báo|thông tin|thông báo|phiên họp|họp|phát hành|về)\b"
    r"(?:(?!kế hoạch|nhiệm vụ|giải pháp|mục tiêu|định hướng)[^.;:\d]){0,50}\b"
    r"(?:số liệu|(?:tình hình )?(?:kinh tế|KT)\s*[-–]?\s*(?:xã hội|XH)?|tình hình)"
    r"(?= [^.;:]{0,40}?(?:tháng|quý|năm) )"
    r"(?!.*\b(?:sẽ|phấn đấu)\b)(?!(?: (?!tháng|quý|năm)\w+){0,6} (?:kế hoạch|nhiệm vụ|mục tiêu))",
    re.IGNORECASE | re.DOTALL,
)
"""What an office or a meeting speaks of: "công bố báo cáo kinh tế - xã hội tháng 1-2024"."""
_THEN_AHEAD = re.compile(
    r"(?:,|;|\bvà) "
    r"(?:bàn|triển khai|đề ra|xác định|phương hướng|nhiệm vụ|định hướng|giải pháp)\b",
    re.IGNORECASE,
)
"""What a meeting speaks of behind what it sums up: "sơ kết 3 năm …, bàn nhiệm vụ đến năm 2020"."""
_LOOKS_BACK = watched(
    r"(?:[^.;:]{0,50}\d{1,2}[/.]\d{1,4}(?:[/.]\d{2,4})?\)?\s*[-–—:]\s+)?"
    r"\W*(?:(?:theo|trong) đó,?\s*|theo [^,;.\d]{3,60},\s*"
    r"|[^,;.:\d]{3,60} (?:cho biết|cho hay|thông tin),\s*)?"
    r"(?:(?:thống kê|tính|trong|qua|lũy kế|hết)\s+)*"
    r"(?=(?:\d{1,2}|sáu|chín) tháng\b|quý [\dIV]"
    r"|(?:nhiệm kỳ|giai đoạn) (?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d,|năm (?:19|20)\d\d"
    r"(?:,| (?:(?:mặc )?dù|tuy|bên cạnh|là|đánh dấu|khép lại|qua đi|kết thúc"
    r"|(?:có thể |được )(?:xem|coi) là)\b))"
    r"(?!.*\b(?:sẽ|phấn đấu|cuối năm)\b)"
    r"(?!.*(?<!hoàn thành )(?<!thực hiện )(?<!hoàn thành tốt )(?<!hiện các )(?<!thành các )"
    r"(?<!tốt các )\bnhiệm vụ\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Opens what the next sentences tell: "5 tháng đầu năm 2023, các chỉ tiêu đạt kết quả khá."."""


def tells_time(text: str) -> bool:
    """Does a sentence open a time for the next, though it may have no figure: `mentioned`?"""
    cue = _sum(text) or _IN_MONTH.match(text) or _ASSESSES.match(text) or _STRIVES.search(text)
    cue = cue or _RELEASES.search(text)
    cue = cue or _SETS_OUT.search(text) or _HANDS_OUT.search(text)
    return (cue or _ADOPTS.search(text) or _TASKS_OF.match(text)) is not None


def _sum(text: str) -> re.Match[str] | None:
    return _SUMS_UP.search(text) or _LOOKS_BACK.match(text) or _OF_WEEK.search(text)


_OF_WEEK = watched(r"\btuần (?=\d{1,2}\b)")
"""As in "Trung tâm công bố tình hình dịch bệnh tuần 31. Trong tuần có 2.401 ca mắc"."""
_IN_MONTH = watched(
    r"\W*(?:(?:tính|trong|riêng)\s+)*(?=tháng \d{1,2}(?:\s*[/-]\s*\d{4}| năm \d{4})?,)"
    r"(?!.*\b(?:sẽ|phấn đấu|nhiệm vụ)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""As in "Tháng 8, nhờ giá xăng giảm, vận tải khởi sắc. Doanh thu đạt …"."""
_ASSESSES = watched(
    r"\W*(?:\([^()]*\)\s*[-–—:]\s*)?"
    r"(?:(?:nhìn chung,?|bức tranh|tình hình|hoạt động|lĩnh vực|ngành|các|về|phát triển)\s+)*"
    r"(?:kinh tế|KT ?- ?XH|KTXH|sản xuất|(?:nông|lâm|công) nghiệp|thương mại|(?:xuất|nhập) khẩu"
    r"|du lịch|chăn nuôi|thủy sản|trồng trọt|thị trường|vận tải|thời tiết|đầu tư|doanh nghiệp)\b"
    r"[^.;:\d]{0,80}?"
    r"(?=(?:(?:\d{1,2}|sáu|chín) tháng|quý [\dIV]|tháng \d)[^,;:]*\s)"
    r"(?!.*\b(?:sẽ|phấn đấu|nhiệm vụ|giải pháp|kế hoạch|so với(?! (?:cùng|năm|đầu|cuối)\b))\b)",
    re.IGNORECASE | re.DOTALL,
)
"""How some months went, before their figures: "Kinh tế của tỉnh 6 tháng đầu năm phục hồi."."""


def _summed_up(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """What is summed up says of which time the next sentences tell: "vừa tổng kết năm 2024"."""
    cue = _sum(sentence.text)
    month = cue or _IN_MONTH.match(sentence.text) or _ASSESSES.match(sentence.text)
    month = month or _RELEASES.search(sentence.text)
    times = usable(sentence.text, sentence.times) if month else []
    times = [m for m in times if month and m.end > month.end()]
    since = month.end() if month else 0
    told = _of_agenda([m for m in times if not _is_ahead(sentence.text, since, m)])
    if told is None or (cue is None and not _of_this_year(told, setting)):
        return carried
    return at_time(carried, told, target=False)


_ADOPTS = sought(
    r"\b(?:thông qua|ban hành|biểu quyết|ký)\b[^.;:]{0,60}"
    r"\b(?:nghị quyết|kế hoạch|chương trình hành động|chỉ thị)\b[^.;:]{0,120}"
    r"\b(?:nhiệm vụ|mục tiêu|kế hoạch|chỉ tiêu|dự toán|phát triển|thực hiện nghị quyết)\b"
    r"[^.;:]{0,80}\b(?:năm|giai đoạn|đến năm|nhiệm kỳ) (?:19|20)\d\d\b"
)
"""As in "HĐND tỉnh thông qua Nghị quyết về nhiệm vụ năm 2022. Theo đó, kim ngạch đạt …"."""


_TASKS_OF = watched(
    r"\W*(?:(?:về|để|triển khai|thực hiện|bước vào thực hiện|xác định)(?: thực hiện)? )*"
    r"(?:phương hướng|nhiệm vụ|mục tiêu|kế hoạch)(?:(?:, | và | )[^\W\d]+){0,8} năm (?:19|20)\d\d,",
    re.IGNORECASE,
)
"""As in "Triển khai nhiệm vụ năm 2024, ngành đẩy mạnh tái cơ cấu. Phấn đấu …"."""


def _is_ahead(text: str, since: int, mention: PeriodMention) -> bool:
    """Is a time that of what a meeting speaks of next, up to the semicolon of its agenda?"""
    start = max(since, text.rfind(";", 0, mention.start))
    return _THEN_AHEAD.search(text, start, mention.start) is not None


def _of_agenda(times: Sequence[PeriodMention]) -> Period | None:
    """Of the reports of one session the year's: "báo cáo 5 năm 2021 - 2025; kết quả năm 2025"."""
    told = [m.period for m in times if m.period is not None]
    return next((p for p in told if in_one_year(p)), told[0] if told else None)


def _of_this_year(told: Period, setting: Setting) -> bool:
    """Is a month one of the year that the text is at? One of another is told in passing."""
    document = setting.document_period
    return document is not None and document.year == told.year


_HANDS_OUT = watched(
    r"\b(?:giao|phân bổ|phân khai)(?: (?:bổ sung|cụ thể|các))* (?:chỉ tiêu|kế hoạch|dự toán)\b"
    r"(?! (?:đầu tư|vốn))"
)


_FALL = re.compile(r"\b(?:giảm|tăng) ", re.IGNORECASE)
"""The figures tell again which way they go."""


_SETS_OUT = sought(
    r"\b(?:đề ra|đặt ra|thông qua|quyết nghị) (?:\d+ )?(?:nhóm )?"
    r"(?:mục tiêu, )?(?:chỉ tiêu|mục tiêu)\b[^.;:]*\.?$"
)
"""As in "Nhiệm kỳ 2025 - 2030, Đại hội đề ra 31 chỉ tiêu. Trong đó, GRDP tăng 10%/năm"."""
_STRIVES = watched(
    r"\b(?:phấn đấu|quyết tâm|đặt quyết tâm|tiếp tục nỗ lực|nỗ lực phấn đấu)\b[^.;:\d]{0,60}?"
    r"\b(?:hoàn thành|thực hiện|đạt)\b[^.;:\d]{0,40}?\b(?:chỉ tiêu|mục tiêu|kế hoạch|nhiệm vụ)\b"
)
"""As in "Năm 2024, BHXH tỉnh phấn đấu hoàn thành các chỉ tiêu được giao. Cụ thể, …"."""
_DONE = sought(r"\b(?:đã|kết quả|đến nay|đạt được|mặc dù|dù|tuy|nhờ|song|năm qua|vừa qua)\b")
_MET = re.compile(r"\b(?:hoàn thành|vượt|kết quả|đến nay|đã (?:có|đạt)|đạt được)\b", re.IGNORECASE)


def _set_out(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """Targets set are told behind "Trong đó", at the time that is named for them.

    What a body resolved for a time is a list of goals: "Theo đó, …".
    """
    text = sentence.text
    adopted = _ADOPTS.search(text) is not None
    sets = adopted or _SETS_OUT.search(text) is not None
    if not (sets or _TASKS_OF.match(text)) or _MET.search(text) is not None:
        return carried
    times = usable(text, sentence.times)
    period = times[-1 if sets else 0].period if times else carried.period
    ahead = at_time(carried, period, setting.document_period, target=True)
    return replace(ahead, told="plan" if sets else carried.told, aims=adopted or carried.aims)


def _striven_for(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """Goals that are worked at are told next: "… quyết tâm hoàn thành các chỉ tiêu. Cụ thể, …"."""
    text = sentence.text
    if _STRIVES.search(text) is None or _DONE.search(text) is not None:
        return carried
    told = [m.period for m in usable(text, sentence.times)]
    years = [p for p in told if p is not None and p.start != p.end and in_one_year(p)]
    if years:
        carried = at_time(carried, years[-1], setting.document_period, target=True)
    return replace(carried, told="plan", goals=bool(years) or carried.goals)


def _handed_out(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """Targets handed out are told behind "Cụ thể": "UBND tỉnh vừa giao chỉ tiêu giảm nghèo …"."""
    text = sentence.text
    if _HANDS_OUT.search(text) is None:
        return carried
    told = [m.period for m in usable(text, sentence.times)]
    years = [p for p in told if p is not None and p.start != p.end and in_one_year(p)]
    if years:
        carried = at_time(carried, years[-1], setting.document_period, target=True)
    metric = named_in(canonical(_FALL.sub("", text)), insurance=setting.insurance)
    subject = Subject(metric, text.rstrip(". "))
    return replace(carried, told="plan", subject=subject, aims=bool(years) or carried.aims)


_SPEAKER = re.compile(r"\W*(?:Ông|Bà|Anh|Chị|PV|Phóng viên|Hỏi|Đáp|Trả lời)\b")
"""Who speaks in an interview: "Bà Nguyễn Thị H.:"."""


def _asked(sentence: Sentence, carried: Carried, setting: Setting) -> Carried:
    """A question names what the answer below it speaks of, and when."""
    metric = named_in(canonical(sentence.text), insurance=setting.insurance)
    if metric:
        carried = replace(carried, subject=Subject(metric, sentence.text.rstrip()), asked=True)
    times = [m for m in usable(sentence.text, sentence.times) if not _NOW.fullmatch(m.text)]
    return at_time(carried, times[-1].period, target=False) if times else carried


_NOW = re.compile(r"(?:(?:tính )?(?:đến|tới)|hiện)(?: nay| tại)|(?:trong )?năm qua", re.IGNORECASE)
