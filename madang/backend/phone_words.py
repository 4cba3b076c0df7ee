"""The text messages of an errand on the telephone, in the citizen's language."""

from typing import Final

from madang.i18n.locales import Locale
from madang.i18n.text import Text

CODE: Final = Text(
    ko="[마당] 확인 번호 {code}: “{service}” 신청. 지금 통화 중인 상담사가 신청 내용을 끝까지 읽어 드린 다음에만 이 번호를 불러 주세요. 내용을 읽어 주지 않은 사람에게는 누구에게도 알려 주지 마세요. 5분 동안 유효합니다.",  # noqa: E501
    en="[Madang] Code {code}: application for “{service}”. Say this code only after the agent you are talking to has read all your answers back. Tell it to nobody who has not. It is valid for 5 minutes.",  # noqa: E501
    ja="[マダン] 確認番号 {code}：「{service}」の申請。お電話中のサポート担当者が申請内容を最後まで読み上げてから、この番号をお伝えください。読み上げていない人には、誰にも教えないでください。有効期限は5分です。",  # noqa: E501
    zh="[Madang] 确认码 {code}：申请“{service}”。请在与您通话的协助人员把您的申请内容全部读给您听之后，再说出此确认码。没有读给您听的人，请一律不要告诉。5分钟内有效。",  # noqa: E501
    th="[Madang] รหัสยืนยัน {code}: ยื่นคำขอ “{service}” โปรดบอกรหัสนี้หลังจากเจ้าหน้าที่ช่วยเหลือที่คุณกำลังคุยด้วยอ่านคำตอบทั้งหมดให้ฟังแล้วเท่านั้น อย่าบอกผู้ที่ไม่ได้อ่านคำตอบให้ฟัง รหัสใช้ได้ 5 นาที",  # noqa: E501
    vi="[Madang] Mã xác nhận {code}: nộp hồ sơ “{service}”. Chỉ đọc mã này sau khi nhân viên hỗ trợ đang nói chuyện với bạn đã đọc lại toàn bộ câu trả lời. Đừng cho ai chưa đọc lại câu trả lời biết mã. Mã có hiệu lực 5 phút.",  # noqa: E501
)
DONE: Final = Text(
    ko="[마당] “{service}” 신청이 접수되었습니다. 접수번호 {number}. 신청하신 적이 없으면 110으로 바로 전화하세요.",
    en="[Madang] Your application for “{service}” has been submitted. Application number {number}. If you did not ask for it, call 110 at once.",  # noqa: E501
    ja="[マダン] 「{service}」の申請を受け付けました。受付番号 {number}。お心当たりがない場合は、すぐに韓国政府案内コールセンター110（警察ではありません）へお電話ください。",  # noqa: E501
    zh="[Madang] 您的“{service}”申请已接收。申请编号 {number}。如非您本人申请，请立即拨打韩国政府服务热线110（非报警电话）。",  # noqa: E501
    th="[Madang] ยื่นคำขอ “{service}” ของคุณแล้ว เลขที่คำขอ {number} หากคุณไม่ได้ขอ โปรดโทร 110 ทันที",
    vi="[Madang] Hồ sơ “{service}” của bạn đã được nộp. Mã hồ sơ {number}. Nếu bạn không yêu cầu, hãy gọi ngay 110.",
)


def code_text(locale: Locale, service: Text, code: str) -> str:
    """What is being confirmed, and to whom the code may be said."""
    return CODE.resolve(locale).text.format(service=service.resolve(locale).text, code=code)


def done_text(locale: Locale, service: Text, number: str) -> str:
    """What was submitted, so that nobody's name is used unseen."""
    return DONE.resolve(locale).text.format(service=service.resolve(locale).text, number=number)
