"""The field types, one module per type or family. ``KINDS`` names them all."""

from typing import Final

from madang.forms.fields.address import AddressField
from madang.forms.fields.base import Kind
from madang.forms.fields.choice import OneOf, SomeOf, YesOrNo
from madang.forms.fields.dates import DateField
from madang.forms.fields.declaration import DeclarationField
from madang.forms.fields.email import EmailField
from madang.forms.fields.files import FilesField
from madang.forms.fields.identity import IdentityField
from madang.forms.fields.name import NameField
from madang.forms.fields.number import MoneyField, NumberField
from madang.forms.fields.phone import PhoneField
from madang.forms.fields.repeat import RepeatField
from madang.forms.fields.text import TextField
from madang.forms.model import FieldType

KINDS: Final[dict[FieldType, Kind]] = {
    "text": TextField(lines=False, longest=200),
    "textarea": TextField(lines=True, longest=5000),
    "radios": OneOf(),
    "select": OneOf(),
    "yes-no": YesOrNo(),
    "checkboxes": SomeOf(),
    "date": DateField(),
    "number": NumberField(),
    "money": MoneyField(),
    "name": NameField(),
    "address": AddressField(),
    "phone": PhoneField(),
    "email": EmailField(),
    "identity-number": IdentityField(),
    "files": FilesField(),
    "declaration": DeclarationField(),
}
REPEAT: Final = RepeatField(KINDS)
KINDS["repeat"] = REPEAT
