"""By what a list of services can be narrowed, as sets of bits: life event, subject, agency, way, fee, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from madang.contract.messages.catalogue import Package, Service
from madang.web.catalogue.bits import bits_of

Facet = Literal["event", "category", "agency", "channel", "fee", "who"]
FACETS: Final[tuple[Facet, ...]] = ("event", "category", "agency", "channel", "fee", "who")
FEES: Final = ("free", "paid")


class Facets:
    """Made for services in their order by rank; a set has one bit per service."""

    def __init__(self, services: Sequence[Service], packages: Iterable[Package] = ()) -> None:
        self.everything = (1 << len(services)) - 1
        number = {service.identifier: place for place, service in enumerate(services)}
        lists: dict[Facet, dict[str, list[int]]] = {facet: {} for facet in FACETS}
        for place, service in enumerate(services):
            held: tuple[tuple[Facet, tuple[str, ...]], ...] = (
                ("category", service.categories),
                ("agency", (service.authority,)),
                ("channel", tuple(channel.id for channel in service.channels)),
                ("fee", fee(service)),
                ("who", service.audience),
            )
            for facet, values in held:
                for value in values:
                    lists[facet].setdefault(value, []).append(place)
        for package in packages:
            members = [number[member.service] for member in package.members if member.service in number]
            lists["event"][package.id] = sorted(set(members))
        self._sets: Mapping[Facet, Mapping[str, int]] = {
            facet: {value: bits_of(places, len(services)) for value, places in named.items()}
            for facet, named in lists.items()
        }

    def among(self, narrow: Mapping[Facet, str], but: Facet | None = None) -> int:
        """Those that all values of ``narrow`` but that of ``but`` hold for. A value that nothing has leaves none."""
        left = self.everything
        for facet, value in narrow.items():
            if value and facet != but:
                left &= self._sets[facet].get(value, 0)
        return left

    def counts(self, found: int, narrow: Mapping[Facet, str]) -> Mapping[Facet, Mapping[str, int]]:
        """How many of ``found`` each value would leave, the other facets staying as they are; none that leave nothing,
        most first."""
        counted: dict[Facet, Mapping[str, int]] = {}
        for facet, values in self._sets.items():
            left = found & self.among(narrow, facet)
            pairs = ((value, (left & members).bit_count()) for value, members in values.items())
            counted[facet] = dict(sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1]))
        return counted


def fee(service: Service) -> tuple[str, ...]:
    """What the cheapest way costs: free or not; nothing where no fee is known."""
    known = [cost.krw for cost in service.costs]
    return (FEES[min(known) > 0],) if known else ()
