"""Documents to issue in tests and benchmarks: one of each language, long ones, hostile ones. None is about anybody
real."""

from typing import Final

from madang.contract.messages.documents import DocumentContent, Pair, Row, Section, Table
from madang.i18n.locales import Locale

NUMBER: Final = "7K3M-92QF-4XTA-C8WS"
URL: Final = "https://minwon.example/ko/verify/7K3M92QF4XTAC8WD0123456789"
KOREAN: Final[dict[str, str]] = {
    "title": "외국인등록 사실증명",
    "person": "인적사항",
    "name": "성명",
    "birth": "생년월일",
    "nationality": "국적",
    "number": "외국인등록번호",
    "address": "국내 체류지",
    "status": "체류자격",
    "purpose": "용도",
    "bank": "은행 제출",
    "date": "1994년 3월 7일",
    "where": "경기도 안산시 단원구 원곡로 27, 104동 1502호(원곡동, 한마당아파트)",
    "stay": "비전문취업(E-9)",
    "statement": "위 사람은 「출입국관리법」 제88조에 따라 외국인등록을 한 사실이 있음을 증명합니다.",
    "issued": "2026년 11월 22일",
    "issuer": "안산출입국·외국인사무소장",
    "note": "이 증명서는 2027년 2월 20일까지 진위를 확인할 수 있습니다.",
    "demonstration": "시연용 자료(실제 정보가 아닙니다)",
}
PEOPLE: Final[dict[Locale, tuple[str, str, str]]] = {
    "ko": ("김하늘", "", ""),
    "en": ("메리 앤 오코너", "MARY ANN O’CONNOR-ŁUKASZEWICZ", "미국"),
    "ja": ("사이토 나오코", "齋藤 直子", "일본"),
    "zh": ("어우양 즈위안", "欧阳 志远", "중국"),
    "th": ("솜차이 롯치라데차", "สมชาย รจิระเดชา", "타이"),
    "vi": ("응우옌 티 프엉 투이", "Nguyễn Thị Phượng Thúy", "베트남"),
}
TRANSLATED: Final[dict[Locale, dict[str, str]]] = {
    "ko": {},
    "en": {
        "title": "Certificate of Alien Registration",
        "person": "Personal details",
        "name": "Full name",
        "birth": "Date of birth",
        "nationality": "Nationality",
        "country": "United States of America",
        "number": "Alien registration number",
        "address": "Address in Korea",
        "status": "Status of stay",
        "purpose": "Purpose",
        "bank": "To submit to a bank",
        "date": "7 March 1994",
        "where": "27 Wongok-ro, Danwon-gu, Ansan-si, Gyeonggi-do, building 104, unit 1502 (Hanmadang Apartments)",
        "stay": "Non-professional employment (E-9)",
        "statement": "This certifies that the person above is registered under Article 88 of the Immigration Act.",
        "issued": "22 November 2026",
        "issuer": "Head of the Ansan Immigration Office",
        "note": "This certificate can be verified until 20 February 2027.",
        "demonstration": "Demonstration data (not real)",
    },
    "ja": {
        "title": "外国人登録事実証明書",
        "person": "本人情報",
        "name": "氏名",
        "birth": "生年月日",
        "nationality": "国籍",
        "country": "日本",
        "number": "外国人登録番号",
        "address": "韓国内の滞在先",
        "status": "在留資格",
        "purpose": "使用目的",
        "bank": "銀行への提出",
        "date": "1994年（平成6年）3月7日",
        "where": "京畿道安山市檀園区元谷路27、104棟1502号（元谷洞、ハンマダンアパート）",
        "stay": "非専門就業（E-9）",
        "statement": "上記の者が「出入国管理法」第88条に基づき外国人登録をした事実があることを証明します。",
        "issued": "2026年11月22日",
        "issuer": "安山出入国・外国人事務所長",
        "note": "この証明書は2027年2月20日まで真偽を確認できます。",
        "demonstration": "デモ用データ（実在の情報ではありません）",
    },
    "zh": {
        "title": "外国人登记事实证明",
        "person": "个人信息",
        "name": "姓名",
        "birth": "出生日期",
        "nationality": "国籍",
        "country": "中国",
        "number": "外国人登记号码",
        "address": "在韩居住地址",
        "status": "居留资格",
        "purpose": "用途",
        "bank": "提交银行",
        "date": "1994年3月7日",
        "where": "京畿道安山市檀园区元谷路27号104栋1502室（元谷洞，“一庭院”公寓）",
        "stay": "非专业就业（E-9）",
        "statement": "兹证明上述人员已依据《出入境管理法》第88条办理外国人登记。",
        "issued": "2026年11月22日",
        "issuer": "安山出入境·外国人事务所所长",
        "note": "本证明可在2027年2月20日前验证真伪。",
        "demonstration": "演示数据（非真实信息）",
    },
    "th": {
        "title": "หนังสือรับรองการลงทะเบียนคนต่างด้าว",
        "person": "ข้อมูลส่วนบุคคล",
        "name": "ชื่อและนามสกุล",
        "birth": "วันเดือนปีเกิด",
        "nationality": "สัญชาติ",
        "country": "ไทย",
        "number": "เลขประจำตัวคนต่างด้าว",
        "address": "ที่อยู่ในเกาหลี",
        "status": "สถานภาพการพำนัก",
        "purpose": "วัตถุประสงค์ในการใช้",
        "bank": "ยื่นต่อธนาคาร",
        "date": "7 มีนาคม พ.ศ. 2537",
        "where": "เลขที่ 27 ถนนวอนก็อก เขตทันวอน เมืองอันซัน จังหวัดคย็องกี อาคาร 104 ห้อง 1502 (อพาร์ตเมนต์ฮันมาดัง)",
        "stay": "การจ้างงานแบบไม่ใช้ทักษะวิชาชีพ (E-9)",
        "statement": "ขอรับรองว่าบุคคลข้างต้นได้ลงทะเบียนคนต่างด้าวตามมาตรา 88 แห่งพระราชบัญญัติตรวจคนเข้าเมืองแล้ว สำเนาถูกต้อง",
        "issued": "22 พฤศจิกายน พ.ศ. 2569",
        "issuer": "หัวหน้าสำนักงานตรวจคนเข้าเมืองและชาวต่างชาติอันซัน",
        "note": "ตรวจสอบหนังสือรับรองนี้ได้ถึงวันที่ 20 กุมภาพันธ์ พ.ศ. 2570",
        "demonstration": "ข้อมูลสาธิต (ไม่ใช่ข้อมูลจริง)",
    },
    "vi": {
        "title": "Giấy xác nhận đăng ký người nước ngoài",
        "person": "Thông tin cá nhân",
        "name": "Họ và tên",
        "birth": "Ngày sinh",
        "nationality": "Quốc tịch",
        "country": "Việt Nam",
        "number": "Số đăng ký người nước ngoài",
        "address": "Nơi cư trú tại Hàn Quốc",
        "status": "Tư cách lưu trú",
        "purpose": "Mục đích sử dụng",
        "bank": "Nộp cho ngân hàng",
        "date": "ngày 7 tháng 3 năm 1994",
        "where": "Số 27 đường Wongok, quận Danwon, TP. Ansan, tỉnh Gyeonggi, tòa 104, căn hộ 1502 (chung cư Hanmadang)",
        "stay": "Lao động phổ thông (E-9)",
        "statement": "Xác nhận người có tên trên đã đăng ký người nước ngoài theo Điều 88 Luật Quản lý xuất nhập cảnh.",
        "issued": "ngày 22 tháng 11 năm 2026",
        "issuer": "Trưởng Văn phòng Quản lý xuất nhập cảnh và người nước ngoài Ansan",
        "note": "Có thể xác minh giấy này đến ngày 20 tháng 2 năm 2027.",
        "demonstration": "Dữ liệu minh họa (không phải thông tin thật)",
    },
}


def pair(locale: Locale, key: str, ko: str = "") -> Pair:
    return Pair(ko or KOREAN[key], TRANSLATED[locale].get(key, ""))


def certificate(locale: Locale, *, demonstration: bool = True, person: str = "") -> DocumentContent:
    """A one-page certificate as the backend writes them."""
    name, own, country = PEOPLE[locale]
    rows = (
        Row(pair(locale, "name"), Pair(person or name, own)),
        Row(pair(locale, "birth"), pair(locale, "date")),
        Row(pair(locale, "nationality"), pair(locale, "country", country or "대한민국")),
        Row(pair(locale, "number"), Pair("940307-5●●●●●●")),
        Row(pair(locale, "address"), pair(locale, "where")),
        Row(pair(locale, "status"), pair(locale, "stay")),
    )
    return DocumentContent(
        locale=locale,
        title=pair(locale, "title"),
        sections=(
            Section(pair(locale, "person"), rows),
            Section(pair(locale, "purpose"), (Row(pair(locale, "purpose"), pair(locale, "bank")),)),
        ),
        statement=pair(locale, "statement"),
        issued_on=pair(locale, "issued"),
        issuer=pair(locale, "issuer"),
        notes=(pair(locale, "note"),),
        demonstration=pair(locale, "demonstration") if demonstration else None,
    )


def with_table(locale: Locale, rows: int) -> DocumentContent:
    """The certificate with a table of entries and departures."""
    ports = ("인천국제공항", "김해국제공항", "부산항 국제여객터미널")
    translated = ("Incheon Airport", "Gimhae Airport", "Port of Busan")
    other = locale != "ko"
    table = Table(
        caption=Pair("조회 기간: 2016년 1월 1일 ~ 2026년 11월 22일", "2016.1.1 – 2026.11.22" if other else ""),
        columns=(
            Pair("순번", "No." if other else ""),
            Pair("구분", "Type" if other else ""),
            Pair("일자", "Date" if other else ""),
            Pair("공항·항만", "Port" if other else ""),
        ),
        rows=tuple(
            (
                Pair(str(index)),
                Pair(("출국", "입국")[index % 2], ("Departure", "Arrival")[index % 2] if other else ""),
                Pair(f"{2016 + index // 24}.{index % 12 + 1}.{index % 28 + 1}."),
                Pair(ports[index % 3], translated[index % 3] if other else ""),
            )
            for index in range(1, rows + 1)
        ),
        empty=Pair("해당 기간에 출입국 기록이 없습니다.", TRANSLATED[locale].get("note", "")),
    )
    base = certificate(locale)
    section = Section(Pair("출입국 기록", "Entry and exit" if other else ""), table=table)
    return DocumentContent(
        locale=locale,
        title=base.title,
        sections=(*base.sections[:1], section),
        statement=base.statement,
        issued_on=base.issued_on,
        issuer=base.issuer,
        demonstration=base.demonstration,
    )


def texts(content: DocumentContent) -> list[Pair]:
    """Every pair of a document, in the order it is printed (the demonstration mark first)."""
    found = [content.demonstration] if content.demonstration else []
    found.append(content.title)
    for section in content.sections:
        found.append(section.heading)
        for row in section.rows:
            found += [row.label, row.value]
        if section.table:
            found += [section.table.caption, *section.table.columns]
            found += [cell for row in section.table.rows for cell in row] or [section.table.empty]
    return [*found, content.statement, content.issued_on, content.issuer, *content.notes]
