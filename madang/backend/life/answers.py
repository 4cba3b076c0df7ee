"""The life group: one kind of information for life, for the person who is signed in."""

import datetime as dt
from typing import Any, Final, get_args

import msgspec
from sqlalchemy import Connection, insert, select

from madang.backend.identity import person_of
from madang.backend.life.computed import COMPUTED, Facts, pension_day
from madang.backend.life.rules import Rule, days
from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import accesses, registers
from madang.contract.messages.catalogue import LifeKind
from madang.contract.messages.life import LifeInformation, LifeItem, LifeState
from madang.i18n.korea import KOREA, day_in_korea

REGISTER: Final = "life-information"
"""The demonstration's register of what agencies know: subject -> kind -> rules."""
STAY: Final = "alien-register"
PURPOSE: Final = "life-information"
"""What stands for the service in the record of a look-up that the person asked for themselves."""
PRESSING: Final[tuple[LifeState, ...]] = get_args(LifeState)
_RULES: Final = tuple[Rule, ...]


async def life_information(call: Call) -> LifeInformation:
    """One card. Refuses not-found for a kind that the catalogue does not have.

    That somebody's registers were looked up is written down for them, once a kind and day in Korea: they looked
    themselves, and forty-one lines at each reload would bury who else did."""
    kind = next((each for each in call.house.holdings.catalogue.life_information if each.id == call.path["kind"]), None)
    if kind is None:
        raise Refusal("not-found")
    today = day_in_korea(call.now)

    def read(connection: Connection) -> LifeInformation | None:
        return answer(connection, call.owner, kind, today) if _noted(connection, call, kind) else None

    def note(connection: Connection) -> LifeInformation:
        if not _noted(connection, call, kind):
            connection.execute(
                insert(accesses).values(
                    subject=call.owner,
                    at=call.now,
                    authority=kind.authority,
                    evidence=kind.id,
                    service=PURPOSE,
                    application="",
                    consent="not-needed",
                )
            )
        return answer(connection, call.owner, kind, today)

    database = call.house.database
    known = await database.read(read)
    return await database.write(note) if known is None else known


def _noted(connection: Connection, call: Call, kind: LifeKind) -> bool:
    """Whether this look-up is in the record of today already."""
    midnight = call.now.astimezone(KOREA).replace(hour=0, minute=0, second=0, microsecond=0)
    found = connection.execute(
        select(accesses.c.id)
        .where(
            accesses.c.subject == call.owner,
            accesses.c.at >= midnight.astimezone(dt.UTC),
            accesses.c.service == PURPOSE,
            accesses.c.evidence == kind.id,
        )
        .limit(1)
    ).first()
    return found is not None


def answer(connection: Connection, subject: str, kind: LifeKind, today: dt.date) -> LifeInformation:
    """What ``kind`` says to ``subject`` on ``today``."""
    facts = Facts(
        person=person_of(connection, subject),
        today=today,
        stay=_record(connection, STAY, subject) if kind.id in ("stay-expiry", "election") else None,
        notice=kind.notice_days,
    )
    kept = (_record(connection, REGISTER, subject) or {}).get(kind.id)
    if kept is None and kind.id in COMPUTED:
        items = list(COMPUTED[kind.id](facts))
    else:  # what the agency has on record counts before the calendar: an empty list says that all is done
        items = [_item(kind, rule, facts) for rule in msgspec.convert(kept or (), _RULES)]
    items.sort(key=lambda item: (-PRESSING.index(item.state), item.day or dt.date.max, item.key))
    return LifeInformation(kind.id, items[0].state if items else "nothing", tuple(items))


def _record(connection: Connection, evidence: str, subject: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = connection.execute(
        select(registers.c.record).where(registers.c.evidence == evidence, registers.c.subject == subject)
    ).scalar()
    return found


def _item(kind: LifeKind, rule: Rule, facts: Facts) -> LifeItem:
    starts, day = days(rule, facts.today)
    if kind.id == "national-pension":
        claimable = pension_day(facts)
        day = claimable if claimable is not None and claimable > facts.today else None
    who = next((facts.named(member) for member in facts.members() if rule.who and member.id == rule.who), None)
    recurs = rule.yearly or rule.monthly or rule.tax_months or rule.cycle
    return LifeItem(
        key=f"{rule.key}-{day:%Y-%m}" if recurs and day is not None else rule.key,
        state="open" if day is None else facts.state(day),
        day=day,
        starts=starts,
        amount=rule.amount,
        count=rule.count,
        what=rule.what,
        who=who,
        weekly=rule.weekday is not None,
    )


HANDLERS: Final[dict[str, Handler]] = {"life_information": life_information}
