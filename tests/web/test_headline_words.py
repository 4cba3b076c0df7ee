"""Words that a browser would divide at the end of a line, each seen on a page at 320 px."""

import pytest

from madang.i18n.locales import Locale
from madang.web.headline import headline_filter


@pytest.mark.parametrize(
    ("locale", "text", "kept"),
    [
        ("ja", "国内居所申告をした在外同胞", "申告をした"),
        ("ja", "外国人登録事実証明書を", "事実証明書を"),
        ("zh", "已办理营业登记的人、代理人", "代理人"),
        ("th", "กระทรวงที่ดิน โครงสร้างพื้นฐาน และคมนาคม", "พื้นฐาน"),
        ("th", "ชาวเกาหลีโพ้นทะเลที่แจ้งถิ่นที่อยู่แล้ว", "ถิ่นที่อยู่"),
        ("en", "Bulky Waste Disposal (Jongno-gu, Seoul)", "(Jongno-gu,"),
        ("vi", "HiKorea (xuất nhập cảnh và lưu trú)", "(xuất nhập cảnh"),
        ("vi", "HiKorea (xuất nhập cảnh và lưu trú)", "lưu trú)"),
        ("vi", "Giấy xác nhận đăng ký kinh doanh", "đăng ký"),
    ],
)
def test_a_word_is_kept_whole(locale: Locale, text: str, kept: str) -> None:
    made = str(headline_filter(locale)(text))
    assert f'<span class="j">{kept}</span>' in made
    assert made.replace('<span class="j">', "").replace("</span>", "") == text
