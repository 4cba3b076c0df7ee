"""The situations of a help session by which phrases are found, in the order in which they come."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from madang.i18n.text import Text

SITUATIONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "start": Text(
            "인사와 시작", "Greeting", "はじめのあいさつ", "开场问候", "ทักทายและเริ่มต้น", "Chào hỏi và bắt đầu"
        ),
        "safety": Text("안심 안내", "Safety", "安心のために", "安全提示", "ความปลอดภัย", "An toàn"),
        "screen": Text(
            "화면에서 찾기", "Finding it on the page", "画面で探す", "在页面上查找", "หาในหน้าจอ", "Tìm trên trang"
        ),
        "press": Text(
            "누르고 넘어가기", "Pressing and moving on", "押して進む", "点按与下一步", "กดและไปต่อ", "Nhấn và đi tiếp"
        ),
        "write": Text("써넣기", "Filling in", "入力する", "填写", "กรอกข้อมูล", "Điền thông tin"),
        "choose": Text("고르기", "Choosing", "選ぶ", "选择", "เลือก", "Lựa chọn"),
        "correct": Text("틀린 곳 고치기", "Correcting", "直す", "修改", "แก้ไข", "Sửa chỗ sai"),
        "prepare": Text(
            "준비물", "What to have ready", "用意するもの", "需要准备的东西", "สิ่งที่ต้องเตรียม", "Những thứ cần chuẩn bị"
        ),
        "identity": Text(
            "로그인과 본인 확인",
            "Signing in",
            "ログインと本人確認",
            "登录与身份确认",
            "เข้าสู่ระบบและยืนยันตัวตน",
            "Đăng nhập và xác minh danh tính",
        ),
        "attach": Text(
            "사진과 파일 올리기", "Photos and files", "写真とファイル", "照片和文件", "รูปถ่ายและไฟล์", "Ảnh và tệp"
        ),
        "submit": Text(
            "확인과 신청", "Checking and submitting", "確認と申請", "核对与提交", "ตรวจสอบและยื่น", "Kiểm tra và nộp"
        ),
        "result": Text(
            "결과와 문서", "Results and documents", "結果と文書", "结果与文件", "ผลและเอกสาร", "Kết quả và giấy tờ"
        ),
        "wait": Text("기다림", "Waiting", "お待ちいただくとき", "请稍候", "การรอ", "Chờ đợi"),
        "listen": Text(
            "서로 알아듣기", "Understanding each other", "やり取りの確認", "相互确认", "ทำความเข้าใจกัน", "Hiểu nhau"
        ),
        "access": Text(
            "보기와 듣기 돕기",
            "Seeing and hearing",
            "見ること・聞くことの手助け",
            "看与听的辅助",
            "ช่วยเรื่องการมองเห็นและการได้ยิน",
            "Hỗ trợ nhìn và nghe",
        ),
        "trouble": Text(
            "화면과 연결 문제",
            "When something does not work",
            "うまく動かないとき",
            "出现故障时",
            "เมื่อมีปัญหา",
            "Khi gặp trục trặc",
        ),
        "foreigner": Text(
            "외국인 안내", "For foreigners", "外国人の方へ", "外国人指引", "สำหรับชาวต่างชาติ", "Dành cho người nước ngoài"
        ),
        "elsewhere": Text(
            "다른 창구", "Other places to go", "ほかの窓口", "其他办理渠道", "ช่องทางอื่น", "Nơi khác có thể giúp"
        ),
        "end": Text("마무리", "Ending", "終わりに", "结束", "จบการช่วยเหลือ", "Kết thúc"),
        "house": Text(
            "우리 기관 문구",
            "This agency's own",
            "当機関の文例",
            "本机关用语",
            "ข้อความของหน่วยงานนี้",
            "Câu riêng của cơ quan",
        ),
    }
)
"""``house`` is empty but for what an operator adds."""
