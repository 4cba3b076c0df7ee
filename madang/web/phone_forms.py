"""What an agent is asked before a caller's own form: who calls, and what they need. Forms as data, like all others."""

from collections.abc import Sequence
from typing import Final

from madang.contract.messages.catalogue import Service
from madang.forms.model import Field, FormDefinition, FormPage, Option
from madang.i18n.text import Text

CALLER: Final = FormDefinition(
    id="caller",
    version=1,
    fields={
        "phone": Field(
            type="phone",
            label=Text(
                ko="전화 거신 분의 전화번호",
                en="The caller’s telephone number",
                ja="お電話の方の電話番号",
                zh="来电人的电话号码",
                th="หมายเลขโทรศัพท์ของผู้โทร",
                vi="Số điện thoại của người gọi",
            ),
            width="medium",
        ),
        "born": Field(
            type="date",
            label=Text(
                ko="전화 거신 분의 생년월일",
                en="The caller’s date of birth",
                ja="お電話の方の生年月日",
                zh="来电人的出生日期",
                th="วันเดือนปีเกิดของผู้โทร",
                vi="Ngày sinh của người gọi",
            ),
            latest="today",
        ),
    },
    pages=(FormPage(id="caller", ask=("phone", "born")),),
)
_NEEDED: Final = Text(
    ko="어떤 민원을 신청하시나요?",
    en="Which service does the caller need?",
    ja="どの手続きを申請しますか？",
    zh="来电人要申请哪项服务？",
    th="ผู้โทรต้องการบริการใด",
    vi="Người gọi cần dịch vụ nào?",
)


def needed(services: Sequence[Service]) -> FormDefinition:
    """The choice of a service."""
    options = tuple(Option(service.identifier, service.title) for service in services)
    fields = {"service": Field(type="radios", label=_NEEDED, options=options)}
    return FormDefinition("needed", 1, fields, (FormPage(id="needed", ask=("service",)),))
