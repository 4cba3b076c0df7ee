"""Labels, hints and errors of the style guide's fields, in six languages."""

from typing import Final

from madang.i18n.text import Text

QUESTION: Final = Text(
    "이 증명서를 어디에 쓰시나요?",
    "What do you need this certificate for?",
    "この証明書を何に使いますか？",
    "您要将此证明用于什么用途？",
    "คุณจะนำหนังสือรับรองนี้ไปใช้เพื่ออะไร",
    "Bạn cần giấy xác nhận này để làm gì?",
)
QUESTION_HINT: Final = Text(
    "고르신 내용이 증명서에 적힙니다.",
    "Your answer is printed on the certificate.",
    "選んだ内容が証明書に記載されます。",
    "您的选择将印在证明上。",
    "คำตอบจะแสดงบนหนังสือรับรอง",
    "Câu trả lời sẽ được in trên giấy xác nhận.",
)
QUESTION_ERROR: Final = Text(
    "용도 항목을 선택해 주세요",
    "Choose the purpose",
    "使用目的を選択してください",
    "请选择用途",
    "โปรดเลือกวัตถุประสงค์ในการใช้",
    "Vui lòng chọn mục đích sử dụng",
)
BANK: Final = Text(
    "은행 계좌 개설",
    "Opening a bank account",
    "銀行口座の開設",
    "开立银行账户",
    "เปิดบัญชีธนาคาร",
    "Mở tài khoản ngân hàng",
)
BANK_HINT: Final = Text(
    "은행이 문서확인번호로 바로 확인할 수 있습니다.",
    "The bank can verify it at once by its number.",
    "銀行は文書確認番号ですぐに真偽を確認できます。",
    "银行可凭文件验证编号立即核实。",
    "ธนาคารตรวจสอบได้ทันทีด้วยหมายเลขตรวจสอบเอกสาร",
    "Ngân hàng có thể xác minh ngay bằng mã xác minh giấy tờ.",
)
SCHOOL: Final = Text("학교 제출", "For a school", "学校への提出", "提交给学校", "ยื่นต่อสถานศึกษา", "Nộp cho trường học")
OTHER: Final = Text("그 밖의 용도", "Something else", "その他", "其他用途", "อื่น ๆ", "Mục đích khác")
PURPOSE: Final = Text("용도", "Purpose", "使用目的", "用途", "วัตถุประสงค์ในการใช้", "Mục đích sử dụng")
PHONE: Final = Text(
    "휴대전화번호", "Mobile phone number", "携帯電話番号", "手机号码", "หมายเลขโทรศัพท์มือถือ", "Số điện thoại di động"
)
PHONE_HINT: Final = Text(
    "예: 010-1234-5678. 띄어 쓰거나 붙여 써도 됩니다.",
    "For example, 010-1234-5678. Spaces and hyphens are fine.",
    "例：010-1234-5678。空白やハイフンがあってもかまいません。",
    "例如：010-1234-5678。有无空格或连字符均可。",
    "เช่น 010-1234-5678 จะเว้นวรรคหรือใส่ขีดหรือไม่ก็ได้",
    "Ví dụ: 010-1234-5678. Có dấu cách hay gạch nối đều được.",
)
PHONE_ERROR: Final = Text(
    "휴대전화번호 항목을 입력해 주세요",
    "Enter your mobile phone number",
    "携帯電話番号を入力してください",
    "请填写手机号码",
    "โปรดกรอกหมายเลขโทรศัพท์มือถือ",
    "Vui lòng nhập số điện thoại di động",
)
AMOUNT: Final = Text("금액", "Amount", "金額", "金额", "จำนวนเงิน", "Số tiền")
WON: Final = Text("원", "won", "ウォン", "韩元", "วอน", "won")
COUNTRY: Final = Text("나라", "Country", "国", "国家", "ประเทศ", "Quốc gia")
KOREA: Final = Text("대한민국", "Republic of Korea", "大韓民国", "韩国", "สาธารณรัฐเกาหลี", "Hàn Quốc")
VIET_NAM: Final = Text("베트남", "Viet Nam", "ベトナム", "越南", "เวียดนาม", "Việt Nam")
BIRTH: Final = Text("생년월일", "Date of birth", "生年月日", "出生日期", "วันเดือนปีเกิด", "Ngày sinh")
BIRTH_ERROR: Final = Text(
    "생년월일의 달은 1에서 12 사이여야 합니다",
    "The month of the date of birth must be from 1 to 12",
    "生年月日の月は1から12までで入力してください",
    "出生日期的月份须在 1 至 12 之间",
    "เดือนเกิดต้องอยู่ระหว่าง 1 ถึง 12",
    "Tháng sinh phải từ 1 đến 12",
)
YEAR: Final = Text("년", "Year", "年", "年", "ปี (พ.ศ. หรือ ค.ศ.)", "Năm")
MONTH: Final = Text("월", "Month", "月", "月", "เดือน", "Tháng")
DAY: Final = Text("일", "Day", "日", "日", "วัน", "Ngày")
NAME: Final = Text(
    "여권에 적힌 이름(로마자)",
    "Name as in your passport",
    "パスポート記載の氏名（ローマ字）",
    "护照上的姓名（拉丁字母）",
    "ชื่อตามหนังสือเดินทาง (อักษรโรมัน)",
    "Họ tên như trong hộ chiếu",
)
FAMILY: Final = Text("성", "Family name", "姓", "姓", "นามสกุล", "Họ")
GIVEN: Final = Text("이름", "Given name", "名", "名", "ชื่อ", "Tên đệm và tên")
HAS_SINGLE: Final = Text(
    "성과 이름의 구분이 없습니다",
    "I have only one name",
    "姓と名の区別がありません",
    "我只有一个名字（不分姓和名）",
    "มีชื่อเดียว ไม่มีนามสกุล",
    "Tôi chỉ có một tên (không phân biệt họ và tên)",
)
SINGLE: Final = Text("이름 전체", "Full name", "氏名", "全名", "ชื่อเต็ม", "Tên đầy đủ")
ADDRESS: Final = Text("주소", "Address", "住所", "地址", "ที่อยู่", "Địa chỉ")
POSTCODE: Final = Text("우편번호", "Postcode", "郵便番号", "邮政编码", "รหัสไปรษณีย์", "Mã bưu chính")
STREET: Final = Text(
    "도로명 주소", "Street and number", "道路名住所", "道路名地址", "ถนนและเลขที่", "Tên đường và số nhà"
)
DETAIL: Final = Text(
    "상세 주소",
    "Building, floor, flat",
    "建物名・部屋番号",
    "楼栋、楼层、房号",
    "อาคาร ชั้น ห้อง",
    "Tòa nhà, tầng, căn hộ",
)
FILES: Final = Text("구비서류", "Documents you need", "必要書類", "所需材料", "เอกสารที่ต้องใช้", "Giấy tờ cần nộp")
FILES_HINT: Final = Text(
    "PDF나 사진을 올려 주세요. 하나에 10MB까지입니다.",
    "PDF files or photos, up to 10 MB each.",
    "PDFまたは写真を追加してください。1件10MBまでです。",
    "请上传 PDF 或照片，每个不超过 10 MB。",
    "ไฟล์ PDF หรือภาพถ่าย ไฟล์ละไม่เกิน 10 MB",
    "Tệp PDF hoặc ảnh chụp, mỗi tệp tối đa 10 MB.",
)
DECLARATION: Final = Text(
    "적은 내용이 사실임을 확인합니다.",
    "I confirm that what I have written is true.",
    "記入した内容が事実であることを確認します。",
    "我确认所填内容属实。",
    "ข้าพเจ้ายืนยันว่าข้อมูลที่กรอกเป็นความจริง",
    "Tôi xác nhận những điều đã khai là đúng sự thật.",
)
CHILDREN: Final = Text("자녀", "Children", "お子さま", "子女", "บุตร", "Con")
CHILD: Final = Text("자녀 1", "Child 1", "お子さま 1", "子女 1", "บุตรคนที่ 1", "Con thứ 1")
