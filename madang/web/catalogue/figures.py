"""The gateway's figures: how many services are explained, applied for online, issued online."""

from collections import Counter
from dataclasses import dataclass

from madang.contract.messages.catalogue import Catalogue, Service


@dataclass(frozen=True, slots=True)
class Figures:
    """Services of areas are counted each by itself; those of other systems (external) are explained only."""

    services: int
    apply_online: int
    issue_online: int


def figures(catalogue: Catalogue) -> Figures:
    """One pass over services and variants."""
    does = {service.identifier: _online(service) for service in catalogue.services}
    counted: Counter[str] = Counter()
    for named in does.values():
        counted.update(named)
    for variant in catalogue.variants:
        counted.update(does.get(variant.of, frozenset()) if variant.online is None else variant.online)
    return Figures(
        services=len(catalogue.services) + len(catalogue.variants),
        apply_online=counted["apply"],
        issue_online=counted["issue"],
    )


def _online(service: Service) -> frozenset[str]:
    if service.kind == "external":
        return frozenset()
    return frozenset(doing for channel in service.channels if channel.id == "online" for doing in channel.does)
