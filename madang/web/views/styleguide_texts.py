"""What the style guide shows its components with: plain examples in six languages, in the glossary's terms."""

from typing import Final

from madang.i18n.text import Text

STATES: Final[dict[str, Text]] = {
    "normal": Text("기본", "Normal", "通常", "默认", "ปกติ", "Mặc định"),
    "filled": Text("입력됨", "Filled in", "入力済み", "已填写", "กรอกแล้ว", "Đã điền"),
    "error": Text("오류", "Error", "エラー", "错误", "ข้อผิดพลาด", "Có lỗi"),
    "optional": Text("선택 입력", "Optional", "任意", "选填", "ไม่บังคับ", "Không bắt buộc"),
    "disabled": Text("사용할 수 없음", "Not available", "利用不可", "不可用", "ใช้ไม่ได้", "Không dùng được"),
    "empty": Text("비어 있음", "Empty", "空の状態", "空白", "ว่างเปล่า", "Trống"),
    "long": Text("긴 글", "Long text", "長い文", "长文本", "ข้อความยาว", "Văn bản dài"),
}

TITLE: Final = Text("디자인 안내", "Style guide", "デザインガイド", "设计指南", "คู่มือการออกแบบ", "Hướng dẫn thiết kế")
LEAD: Final = Text(
    "이 포털의 모든 화면은 아래 부품으로 만듭니다. 상태마다, 여섯 언어로 살펴볼 수 있습니다.",
    "Every page of this portal is made of these parts. Look at each in all its states, in six languages.",
    "このポータルのすべてのページは、次の部品でできています。あらゆる状態を六つの言語で確かめられます。",
    "本门户的所有页面都由以下部件组成。您可以用六种语言查看每个部件的各种状态。",
    "ทุกหน้าของพอร์ทัลนี้ประกอบขึ้นจากส่วนต่าง ๆ เหล่านี้ ดูได้ทุกสถานะในหกภาษา",
    "Mọi trang của cổng này được tạo nên từ các thành phần sau. Hãy xem từng trạng thái bằng sáu ngôn ngữ.",
)
SERVICE: Final = Text(
    "외국인등록 사실증명",
    "Certificate of Alien Registration",
    "外国人登録事実証明書",
    "外国人登记事实证明",
    "หนังสือรับรองการลงทะเบียนคนต่างด้าว",
    "Giấy xác nhận đăng ký người nước ngoài",
)
SUMMARY: Final = Text(
    "한국에 외국인으로 등록되어 있음을 증명합니다.",
    "Shows that you are registered in Korea as a foreign resident.",
    "韓国で外国人登録をしていることを証明します。",
    "证明您已在韩国办理外国人登记。",
    "รับรองว่าคุณได้ลงทะเบียนคนต่างด้าวในประเทศเกาหลีแล้ว",
    "Xác nhận bạn đã đăng ký người nước ngoài tại Hàn Quốc.",
)
LONG: Final = Text(
    "지방세 납세증명(밀린 지방세가 없음을 증명하며 낸 세금을 증명하지 않습니다)",
    "Local Tax Payment Certificate (it shows that nothing is unpaid, not which taxes were paid)",
    "地方税納税証明書（未納がないことの証明であり、納めた税額の証明ではありません）",
    "地方税纳税证明（证明没有欠税，不证明缴纳了哪些税款）",
    "หนังสือรับรองการไม่มีภาษีท้องถิ่นค้างชำระ (ไม่ได้รับรองว่าได้ชำระภาษีรายการใดบ้าง)",
    "Giấy xác nhận hoàn thành nghĩa vụ thuế địa phương (xác nhận không còn nợ thuế, không liệt kê các khoản đã nộp)",
)
META: Final = Text(
    "바로 발급 · 무료",
    "Immediately · free of charge",
    "即時・無料",
    "即时办结 · 免费",
    "ทันที · ไม่มีค่าธรรมเนียม",
    "Ngay lập tức · miễn phí",
)
FEE: Final = Text("수수료", "Fee", "手数料", "手续费", "ค่าธรรมเนียม", "Lệ phí")
FREE: Final = Text("무료", "Free of charge", "無料", "免费", "ไม่มีค่าธรรมเนียม", "Miễn phí")
TIME: Final = Text("처리기간", "Processing time", "処理期間", "办理时限", "ระยะเวลาดำเนินการ", "Thời hạn giải quyết")
AT_ONCE: Final = Text("즉시", "Immediately", "即時", "即时办结", "ทันที", "Ngay lập tức")
AGENCY: Final = Text("처리기관", "Responsible agency", "担当機関", "办理机关", "หน่วยงานที่รับผิดชอบ", "Cơ quan giải quyết")
MINISTRY: Final = Text("법무부", "Ministry of Justice", "法務部", "法务部", "กระทรวงยุติธรรม", "Bộ Tư pháp")
APPLY: Final = Text("온라인 신청", "Apply online", "オンライン申請", "在线申请", "ยื่นคำขอออนไลน์", "Nộp hồ sơ trực tuyến")
CONTINUE: Final = Text("계속", "Continue", "次へ進む", "继续", "ดำเนินการต่อ", "Tiếp tục")
SAVE: Final = Text(
    "저장하고 나중에 이어서 하기",
    "Save and come back later",
    "保存して後で続ける",
    "保存，稍后继续",
    "บันทึกไว้แล้วกลับมาทำต่อภายหลัง",
    "Lưu và tiếp tục sau",
)
DELETE: Final = Text(
    "임시 저장 지우기", "Delete this draft", "下書きを削除する", "删除草稿", "ลบฉบับร่างนี้", "Xóa bản nháp này"
)
DOWNLOAD: Final = Text(
    "PDF 내려받기", "Download the PDF", "PDFをダウンロード", "下载 PDF", "ดาวน์โหลด PDF", "Tải xuống PDF"
)
PRINT: Final = Text("인쇄", "Print", "印刷", "打印", "พิมพ์", "In")
FIND: Final = Text("찾기", "Search", "検索", "搜索", "ค้นหา", "Tìm")
SEARCH: Final = Text("민원 찾기", "Search for a service", "手続きを探す", "搜索办事项目", "ค้นหาบริการ", "Tìm dịch vụ")
HOME: Final = Text("처음 화면", "Home", "トップ", "首页", "หน้าแรก", "Trang chủ")
MOVING: Final = Text("이사", "Moving house", "引っ越し", "搬家", "ย้ายบ้าน", "Chuyển nhà")
SIGN_IN: Final = Text("로그인", "Sign in", "ログイン", "登录", "เข้าสู่ระบบ", "Đăng nhập")
SIGN_IN_TEXT: Final = Text(
    "한국에서 쓰는 본인확인 수단으로 로그인합니다.",
    "With the way you prove who you are in Korea.",
    "韓国で利用している本人確認の方法でログインします。",
    "使用您在韩国的身份认证方式登录。",
    "ด้วยวิธียืนยันตัวตนที่คุณใช้ในประเทศเกาหลี",
    "Bằng phương thức xác thực danh tính bạn dùng tại Hàn Quốc.",
)
NOTE: Final = Text(
    "낼 서류가 없습니다. 동의하시면 기관이 등록 정보를 직접 확인합니다.",
    "You have nothing to attach. If you consent, the agency looks up your registration itself.",
    "提出する書類はありません。同意いただければ、担当機関が登録情報を直接確認します。",
    "您无需提交任何材料。经您同意，机关将自行查询您的登记信息。",
    "คุณไม่ต้องแนบเอกสารใด หากคุณยินยอม หน่วยงานจะตรวจสอบข้อมูลการลงทะเบียนเอง",
    "Bạn không phải nộp gì. Nếu bạn đồng ý, cơ quan sẽ tự tra cứu thông tin đăng ký của bạn.",
)
DONE: Final = Text(
    "증명서를 발급했습니다",
    "Your certificate is issued",
    "証明書を発行しました",
    "证明已开具",
    "ออกหนังสือรับรองแล้ว",
    "Đã cấp giấy xác nhận",
)
DONE_TEXT: Final = Text(
    "41초 걸렸습니다.",
    "It took 41 seconds.",
    "所要時間は41秒でした。",
    "用时 41 秒。",
    "ใช้เวลา 41 วินาที",
    "Mất 41 giây.",
)
ALTERED: Final = Text(
    "발급된 뒤 내용이 바뀐 문서입니다",
    "Altered: does not match the issued document",
    "改変されています（発行時の内容と一致しません）",
    "已被改动：与开具的文件不一致",
    "เอกสารถูกแก้ไข: ไม่ตรงกับเอกสารที่ออกให้",
    "Đã bị sửa đổi: không khớp với bản đã cấp",
)
VERIFIABLE: Final = Text(
    "2027년 2월 20일까지 진위를 확인할 수 있습니다",
    "Can be verified until 20 February 2027",
    "2027年2月20日まで真偽を確認できます",
    "可验证至2027年2月20日",
    "ตรวจสอบได้ถึงวันที่ 20 กุมภาพันธ์ 2570",
    "Có thể xác minh đến ngày 20 tháng 2 năm 2027",
)
DATE: Final = Text(
    "2026년 11월 22일",
    "22 November 2026",
    "2026年11月22日",
    "2026年11月22日",
    "22 พฤศจิกายน 2569",
    "22 tháng 11 năm 2026",
)
RECEIVED: Final = Text("접수", "Received", "受付済み", "已接收", "รับคำขอแล้ว", "Đã tiếp nhận")
IN_REVIEW: Final = Text("처리 중", "Being processed", "処理中", "办理中", "กำลังดำเนินการ", "Đang xử lý")
COMPLETED: Final = Text("처리 완료", "Completed", "処理完了", "已办结", "เสร็จสิ้น", "Đã hoàn thành")
RETURNED: Final = Text("반려", "Returned", "返戻", "已退回", "คืนคำขอ", "Đã trả lại hồ sơ")
DRAFT: Final = Text("작성 중", "Draft", "下書き", "草稿", "ฉบับร่าง", "Bản nháp")
ENTRIES: Final = Text(
    "출입국 기록", "Entries and exits", "出入国記録", "出入境记录", "บันทึกการเดินทางเข้า-ออก", "Lịch sử xuất nhập cảnh"
)
ENTRY: Final = Text("입국", "Entry", "入国", "入境", "เข้าประเทศ", "Nhập cảnh")
WHAT: Final = Text("구분", "Kind", "区分", "类别", "ประเภท", "Loại")
WHEN: Final = Text("날짜", "Date", "日付", "日期", "วันที่", "Ngày")
DAYS: Final = Text("머문 날", "Days stayed", "滞在日数", "停留天数", "จำนวนวันที่พำนัก", "Số ngày lưu trú")
HELP: Final = Text(
    "혼자 하기 어려우세요?",
    "Is it hard to do alone?",
    "一人では難しいですか？",
    "独自办理有困难吗？",
    "ทำคนเดียวยากไหม",
    "Bạn thấy khó khi tự làm?",
)
HELP_TEXT: Final = Text(
    "정부민원안내 콜센터(국번 없이 110)에서 도와드립니다.",
    "The government call centre helps (dial 110).",
    "韓国政府案内コールセンター（110・警察ではありません）がお手伝いします。",
    "韩国政府服务热线（110，非报警电话）为您提供帮助。",
    "ศูนย์บริการข้อมูลภาครัฐของเกาหลี (โทร 110) พร้อมช่วยเหลือ",
    "Tổng đài hướng dẫn của chính phủ Hàn Quốc (gọi 110) sẵn sàng giúp bạn.",
)
HELP_ACTION: Final = Text("도움 받기", "Get help", "サポートを受ける", "获取帮助", "ขอความช่วยเหลือ", "Nhận trợ giúp")
NOTHING: Final = Text(
    "아직 신청한 민원이 없습니다",
    "You have no applications yet",
    "まだ申請はありません",
    "您还没有申请",
    "คุณยังไม่มีคำขอ",
    "Bạn chưa có hồ sơ nào",
)
