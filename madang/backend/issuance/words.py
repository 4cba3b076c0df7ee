"""The few words that stand on every document whatever it certifies; terms are the glossary's."""

from typing import Final

from madang.i18n.text import Text

NUMBER: Final = Text(
    ko="문서확인번호",
    en="Document verification number",
    ja="文書確認番号",
    zh="文件验证编号",
    th="หมายเลขตรวจสอบเอกสาร",
    vi="Mã xác minh giấy tờ",
)
REFERENCE: Final = Text(
    ko="참고용 번역(한국어 문서가 공식 문서입니다)",
    en="Reference translation (the Korean document is the official one)",
    ja="参考訳（正式な文書は韓国語版です）",
    zh="参考译文（以韩文为准）",
    th="คำแปลอย่างไม่เป็นทางการ (ให้ถือฉบับภาษาเกาหลีเป็นหลัก)",
    vi="Bản dịch tham khảo (bản tiếng Hàn là bản chính thức)",
)
ITEM: Final = Text(ko="항목", en="Item", ja="項目", zh="项目", th="รายการ", vi="Mục")
CONTENT: Final = Text(ko="내용", en="Details", ja="内容", zh="内容", th="รายละเอียด", vi="Nội dung")
VERIFY: Final = Text(
    ko="휴대전화로 QR 코드를 찍거나 누리집에서 위 번호를 입력하면 이 문서가 진본인지 확인할 수 있습니다.",
    en="Scan the QR code, or enter the number above on the website, to see whether this document is genuine.",
    ja="QRコードを読み取るか、ウェブサイトで上の番号を入力すると、この文書が本物かどうかを確認できます。",
    zh="扫描二维码，或在网站上输入上面的编号，即可确认本文件是否真实。",
    th="สแกนคิวอาร์โค้ด หรือกรอกหมายเลขด้านบนในเว็บไซต์ เพื่อตรวจสอบว่าเอกสารนี้เป็นของแท้หรือไม่",
    vi="Quét mã QR hoặc nhập mã ở trên vào trang web để kiểm tra giấy tờ này là thật hay giả.",
)
SIGNED: Final = Text(
    ko="이 문서는 전자서명되어 있으며, 내용이 바뀌면 서명이 무효가 됩니다.",
    en="This document is digitally signed; any change to it breaks the signature.",
    ja="この文書は電子署名されており、内容が変更されると署名は無効になります。",
    zh="本文件已加电子签名，内容一经改动，签名即失效。",
    th="เอกสารนี้ลงลายมือชื่อดิจิทัลแล้ว หากมีการแก้ไข ลายมือชื่อจะใช้ไม่ได้",
    vi="Giấy tờ này được ký số; sửa đổi nội dung sẽ làm mất hiệu lực chữ ký.",
)
QR: Final = Text(
    ko="이 문서의 진위확인 페이지를 여는 QR 코드",
    en="QR code that opens the verification page of this document",
    ja="この文書の真偽確認ページを開くQRコード",
    zh="打开本文件真伪验证页面的二维码",
    th="คิวอาร์โค้ดสำหรับเปิดหน้าตรวจสอบความแท้จริงของเอกสารนี้",
    vi="Mã QR mở trang xác minh giấy tờ này",
)
SIGNATURE: Final = Text(
    ko="발급기관의 전자서명",
    en="Digital signature of the issuing authority",
    ja="発行機関の電子署名",
    zh="开具机关的电子签名",
    th="ลายมือชื่อดิจิทัลของหน่วยงานผู้ออกเอกสาร",
    vi="Chữ ký số của cơ quan cấp",
)
