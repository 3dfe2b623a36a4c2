"""Whole press releases: headline, date, statements, sentences that say nothing, furniture."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.made_up import around, places
from benchmarks.made_up.gold import Document
from benchmarks.made_up.numbers import COMMA, DOT
from benchmarks.made_up.press import STATEMENTS, Press


def norm(p: Press) -> str:
    return p.pick(
        "Mỗi cán bộ, viên chức vận động ít nhất 02 người tham gia BHXH tự nguyện và 05 người tham gia BHYT hộ gia đình.",
        "Bình quân mỗi xã, phường, thị trấn tổ chức 02 hội nghị tuyên truyền, mỗi nhân viên đại lý vận động được ít nhất 10 người tham gia.",
        "Từng viên chức đăng ký chỉ tiêu vận động từ 03 người trở lên tham gia BHXH tự nguyện.",
    )


def price(p: Press) -> str:
    return p.pick(
        "Theo quy định, mức đóng BHXH tự nguyện bằng 22% mức thu nhập do người tham gia lựa chọn, thấp nhất là 1.500.000 đồng/tháng; Nhà nước hỗ trợ 30% đối với hộ nghèo, 25% đối với hộ cận nghèo.",
        "Người thứ nhất trong hộ đóng bằng 4,5% mức lương cơ sở; người thứ hai, thứ ba, thứ tư đóng lần lượt bằng 70%, 60%, 50% mức đóng của người thứ nhất.",
        "Từ ngày 01/7/2023, mức lương cơ sở tăng từ 1.490.000 đồng/tháng lên 1.800.000 đồng/tháng.",
    )


def filler(p: Press) -> str:
    return p.pick(
        "Thời gian tới, cơ quan BHXH tiếp tục phối hợp với các sở, ban, ngành đẩy mạnh tuyên truyền chính sách, pháp luật BHXH, BHYT đến người dân và người lao động.",
        "Thực hiện Nghị quyết số 28-NQ/TW và Quyết định số 546/QĐ-TTg, các địa phương đã kiện toàn Ban Chỉ đạo thực hiện chính sách BHXH, BHYT.",
        "Công tác cải cách thủ tục hành chính được đẩy mạnh, tạo thuận lợi cho người dân, doanh nghiệp trong giao dịch với cơ quan BHXH.",
        "Hội nghị do đồng chí Phó Chủ tịch UBND chủ trì, có sự tham dự của đại diện các sở, ngành và 12 điểm cầu trực tuyến.",
    )


OTHERS = (norm, price, filler)


def lead(p: Press) -> str:
    """A headline and lead that repeat a figure of the text, rounded or in full."""
    return p.pick(
        f"{p.where[:1].upper()}{p.where[1:]} đẩy mạnh phát triển người tham gia BHXH, BHYT",
        f"BHXH {p.where}: Nhiều kết quả tích cực trong công tác phát triển người tham gia",
        f"BHXH {p.where} triển khai nhiệm vụ những tháng cuối năm {p.day.year}",
    )


def press(
    rng: random.Random,
    family: str,
    name: str,
    styles: tuple[Callable[[Press], str], ...] = STATEMENTS,
) -> Document:
    while True:
        setting = places.setting(rng, level=rng.choices(["province", "district"], [4, 1])[0])
        if setting.day.month > 1:
            break
    style = DOT if rng.random() < 0.85 else COMMA
    p = Press(rng, setting.region, setting.parent, setting.day, style)
    top = [lead(p)]
    stamp = f"{p.day.day:02d}/{p.day.month:02d}/{p.day.year}"
    stamps = [
        f"{stamp} {rng.randint(7, 20)}:{rng.randint(10, 59)}",
        f"Ngày {stamp}",
        f"Thứ Ba, ngày {p.day.day:02d} tháng {p.day.month:02d} năm {p.day.year}",
        f"Cập nhật: {stamp}",
    ]
    (top.append if rng.random() < 0.6 else lambda t: top.insert(0, t))(rng.choice(stamps))
    if setting.region.level == "district" and setting.parent is not None:
        top.insert(
            0,
            f"Cổng thông tin điện tử {places.spoken(setting.region)}, {places.spoken(setting.parent)}",
        )
    body: list[str] = [filler(p)] if rng.random() < 0.5 else []
    for _ in range(rng.randint(2, 5)):
        body.append(rng.choice(styles)(p))
        if rng.random() < 0.3:
            body.append(rng.choice(OTHERS)(p))
    if rng.random() < 0.3:
        body = _joined(rng, body)
    bottom = around.portal_bottom(rng, p.day.year)
    content = "\n\n".join(
        t for t in [*top, *body, rng.choice(["Minh Anh", "PV", "Nguồn: BHXH", ""]), *bottom] if t
    )
    return Document(
        f"{name}.txt", family, content.encode(), tuple(p.ledger.facts), tuple(p.ledger.plants)
    )


def _joined(rng: random.Random, body: list[str]) -> list[str]:
    """Several statements in one paragraph."""
    made: list[str] = []
    for text in body:
        if made and "\n" not in text and "\n" not in made[-1] and rng.random() < 0.6:
            made[-1] = f"{made[-1]} {text}"
        else:
            made.append(text)
    return made
