"""What stands around a table or a report: letterheads, titles, menus, teasers, counters, addresses."""

from __future__ import annotations

import random
from datetime import date

from benchmarks.made_up import places
from benchmarks.made_up.columns import Plan
from solieu.model import Region


def upper_name(region: Region) -> str:
    return places.spoken(region).upper()


def issuer(rng: random.Random, setting: places.Setting, *, insurance: bool) -> list[str]:
    """Letterhead lines of who publishes."""
    region, parent = setting.region, setting.parent
    if region.level == "country":
        return (
            [rng.choice(["BẢO HIỂM XÃ HỘI VIỆT NAM", "BỘ TÀI CHÍNH"])]
            if insurance
            else ["CHÍNH PHỦ"]
        )
    office = rng.choice(["ỦY BAN NHÂN DÂN", "UBND"])
    if insurance and rng.random() < 0.5:
        office = rng.choice(["BẢO HIỂM XÃ HỘI", "BHXH"])
    own = f"{office} {upper_name(region)}"
    if region.level == "district" and parent is not None:
        return [
            f"{office} {upper_name(parent)}" if office != "UBND" else upper_name(parent),
            own,
        ]
    return [own]


def number_line(rng: random.Random) -> list[str]:
    kind = rng.choice(["KH-UBND", "QĐ-UBND", "BC-BHXH", "BC-UBND", "KH-BCĐ", "TB-BHXH"])
    return [f"Số: {rng.randint(12, 4999)}/{kind}"] if rng.random() < 0.8 else [f"Số:      /{kind}"]


def place_and_day(region: Region, day: date) -> str:
    where = "Hà Nội" if region.level == "country" else places.split(region.name)[1]
    return f"{where}, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"


def title(rng: random.Random, setting: places.Setting, plan: Plan, *, years: bool) -> list[str]:
    """The heading of a table; it says plan or outcome, the year, and mostly the territory."""
    year = plan.year
    plan_heads = [
        "KẾ HOẠCH",
        "CHỈ TIÊU",
        "GIAO CHỈ TIÊU",
        "GIAO KẾ HOẠCH",
        "BIỂU GIAO CHỈ TIÊU",
        "PHÂN BỔ CHỈ TIÊU",
    ]
    done_heads = [
        "KẾT QUẢ",
        "KẾT QUẢ THỰC HIỆN",
        "TÌNH HÌNH THỰC HIỆN",
        "BÁO CÁO KẾT QUẢ",
        "TỔNG HỢP KẾT QUẢ",
    ]
    what = plan.subject
    if plan.scenario == "plan":
        first, time = rng.choice(plan_heads), f"năm {year}"
    elif plan.scenario == "estimate":
        first, time = "ƯỚC THỰC HIỆN", f"năm {year}"
    else:
        first = rng.choice(done_heads)
        time = rng.choice(
            [f"năm {year}", f"năm {year}", f"tính đến ngày 31/12/{year}", f"đến hết năm {year}"]
        )
        if not years and rng.random() < 0.3:
            time = rng.choice(
                [
                    f"6 tháng đầu năm {year}",
                    f"quý I năm {year}",
                    f"9 tháng năm {year}",
                    f"tháng 10/{year}",
                ]
            )
    where = _where(rng, setting)
    line = f"{what} {where} {time}" if where else f"{what} {time}"
    if rng.random() < 0.4:
        return [
            f"{first} {line}".upper()
            if rng.random() < 0.5
            else _capital(f"{first.capitalize()} {line}")
        ]
    if rng.random() < 0.5:
        return [first, f"{what} {where}".strip(), time.capitalize()]
    return [first, _capital(line)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _where(rng: random.Random, setting: places.Setting) -> str:
    region = setting.region
    if region.level == "country":
        return rng.choice(["cả nước", "của các tỉnh, thành phố", "toàn quốc"])
    name = places.spoken(region)
    if region.level == "district" and setting.parent is not None and rng.random() < 0.5:
        name = f"{name}, {places.spoken(setting.parent)}"
    return rng.choice([f"trên địa bàn {name}", f"{name}", f"của {name}"])


def caption(rng: random.Random, unit: str) -> str:
    forms = ["Đơn vị tính: {}", "ĐVT: {}", "(Đơn vị tính: {})", "Đơn vị: {}", "(ĐVT: {})"]
    shown = unit if rng.random() < 0.6 else unit.capitalize()
    return rng.choice(forms).format(shown) if unit else ""


INTROS = (
    "Thực hiện Nghị quyết số {n}-NQ/TW của Ban Chấp hành Trung ương về cải cách chính sách bảo hiểm xã hội, đơn vị tổng hợp số liệu như sau:",
    "Căn cứ Quyết định số {n}/QĐ-TTg ngày 12/8/2016 của Thủ tướng Chính phủ, các đơn vị tổ chức triển khai thực hiện các chỉ tiêu được giao dưới đây.",
    "Xét đề nghị của cơ quan chuyên môn tại Tờ trình số {n}/TTr ngày 05/01/{y}, chi tiết từng đơn vị như sau:",
    "Đề nghị các đơn vị căn cứ số liệu dưới đây chủ động xây dựng kế hoạch, báo cáo về cơ quan thường trực trước ngày 25 hằng tháng.",
)
CLOSINGS = (
    "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
    "Yêu cầu thủ trưởng các cơ quan, đơn vị nghiêm túc tổ chức thực hiện; khó khăn, vướng mắc gửi về cơ quan thường trực (điện thoại 0243.9361.778) để được hướng dẫn.",
    "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN\n(Đã ký)",
    "Trên đây là số liệu tổng hợp, đề nghị các đơn vị rà soát, đối chiếu./.",
)


def intro(rng: random.Random, year: int) -> list[str]:
    return (
        [rng.choice(INTROS).format(n=rng.randint(100, 1900), y=year)] if rng.random() < 0.6 else []
    )


def closing(rng: random.Random) -> list[str]:
    return [rng.choice(CLOSINGS)] if rng.random() < 0.6 else []


def portal_top(rng: random.Random, setting: places.Setting) -> list[str]:
    if rng.random() < 0.3:
        return []
    name = "Chính phủ" if setting.region.level == "country" else places.spoken(setting.region)
    menu = rng.sample(
        [
            "Trang chủ",
            "Giới thiệu",
            "Tin tức - Sự kiện",
            "Văn bản",
            "Dịch vụ công",
            "Liên hệ",
            "Sơ đồ cổng",
            "Đăng nhập",
        ],
        4,
    )
    day = setting.day
    return [
        *menu,
        f"Cổng thông tin điện tử {name}",
        f"{day.day:02d}/{day.month:02d}/{day.year} {rng.randint(7, 18)}:{rng.randint(10, 59)}",
    ]


TEASERS = (
    "Hội nghị triển khai nhiệm vụ công tác năm {y}",
    "Hơn {n}.000 hộ dân được sử dụng nước sạch trong năm {y}",
    "Trao tặng {n} sổ BHXH cho người có hoàn cảnh khó khăn",
    "Khởi công tuyến đường trị giá {n} tỷ đồng",
    "Danh sách {n} đơn vị chậm đóng BHXH",
)


def portal_bottom(rng: random.Random, year: int) -> list[str]:
    if rng.random() < 0.3:
        return []
    lines = [rng.choice(["Tin liên quan", "Các tin khác", "Tin bài liên quan", "Bài viết khác"])]
    lines += [t.format(y=year, n=rng.randint(12, 90)) for t in rng.sample(TEASERS, 3)]
    if rng.random() < 0.7:
        lines += [
            f"Số lượt truy cập: {rng.randint(10**5, 10**7)}",
            f"Hôm nay: {rng.randint(20, 900)}",
        ]
    if rng.random() < 0.5:
        lines += [
            f"Điện thoại: 02{rng.randint(10, 99)}.3{rng.randint(100000, 999999)} - Fax: 02{rng.randint(10, 99)}.3{rng.randint(100000, 999999)}"
        ]
    return lines
