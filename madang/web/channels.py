"""What the ways of applying are called."""

from collections.abc import Mapping
from typing import Final

from madang.contract.messages.catalogue import ChannelId
from madang.i18n.messages import N_

CHANNELS: Final[Mapping[ChannelId, str]] = {
    "online": N_("Online"),
    "counter": N_("Service counter"),
    "kiosk": N_("Self-service certificate kiosk"),
    "phone": N_("Telephone"),
}
