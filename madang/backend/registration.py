"""What an approved registration changes: the registers themselves, in the transaction of the clerk's decision, so that
the next certificate says what was registered."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select, update

from madang.backend import households
from madang.backend.problems import Refusal, invalid
from madang.backend.tables import people, registers
from madang.forms.model import Answers

ALIENS: Final = "alien-register"
RESIDENTS: Final = "resident-register"
_AUTHORITY: Final = {ALIENS: "moj", RESIDENTS: "mois"}


def check(service: str, answers: Answers) -> None:
    """What a form cannot say about the answers of a registration. Raises Refusal invalid."""
    if service == "move-in":
        movers = answers.get("who") or []
        if "self" not in movers:
            raise invalid(("who", "option"))
        if answers.get("joins") == "new" and answers.get("head") not in movers:
            raise invalid(("head", "option"))


def register(connection: Connection, application: RowMapping) -> None:
    """Writes what ``application`` asks for into the registers; nothing for a service that registers nothing.

    Raises Refusal not-on-register when somebody it names is on no register: then it cannot be approved."""
    if change := _CHANGES.get(application["service"]):
        change(connection, application["owner"], application["answers"])


def _change_of_stay(connection: Connection, owner: str, answers: Answers) -> None:
    """Foreign residents have a new place of stay: the person, and who moved with them."""
    passports = [entry["passport"] for entry in answers.get("companions") or ()]
    subjects = [owner] if answers["whose"] == "self" else []
    if answers["whose"] != "self":
        passports.append(answers["passport"])
    records = {row.subject: row.record for row in _all(connection, ALIENS)}
    by_passport = {record["passport_number"]: subject for subject, record in records.items()}
    if any(passport not in by_passport for passport in passports) or not records.keys() >= set(subjects):
        raise Refusal("not-on-register", authority=_AUTHORITY[ALIENS])
    for subject in dict.fromkeys((*subjects, *(by_passport[passport] for passport in passports))):
        _keep(connection, ALIENS, subject, {**records[subject], "address": answers["to"]})
        _learn(connection, subject, address=answers["to"])


def _move_in(connection: Connection, owner: str, answers: Answers) -> None:
    """Residents live at a new address: in a household of their own, or in one that lives there."""
    records = {row.subject: row.record for row in _all(connection, RESIDENTS)}
    if owner not in records:
        raise Refusal("not-on-register", authority=_AUTHORITY[RESIDENTS])
    old = households.members_by_subject(records[owner], owner)
    movers = [owner if member == "self" else member for member in answers["who"]]
    if any(mover not in old for mover in movers):
        raise Refusal("not-on-register", authority=_AUTHORITY[RESIDENTS])
    kin = _kin(connection, owner)
    to, day = answers["to"], dt.date.fromisoformat(answers["moved"])
    if answers["joins"] == "new":
        head = owner if answers["head"] == "self" else answers["head"]
        mine = households.mine_to(kin.get(head, "other"))
        host, household, there = "", dict(records[owner]), {}
    else:
        host = _host(records, answers)
        household, mine = dict(records[host]), answers["relation"]
        there = households.members_by_subject(records[host], host)
        head = next(known for known, member in there.items() if member["relation"] == "head")
    arrived = {
        mover: households.moved(
            old[mover], to, day, "head" if mover == head else households.to_head(mine, kin.get(mover, "other"))
        )
        for mover in movers
    }
    if answers["joins"] == "new":
        household |= {
            "head": arrived[head]["name"],
            "address": to,
            "addresses": arrived[head]["addresses"],
            "formation": {"reason": "moved-in", "date": day.isoformat()},
        }
    else:
        there = {known: member for known, member in there.items() if known not in arrived}
    for subject, record in records.items():
        # An id is a person of this backend only where their own record lists the household in question.
        known = households.members_by_subject(record, subject)
        if (subject in arrived and owner in known) or (subject in there and host in known):
            _keep(connection, RESIDENTS, subject, households.seen_by(subject, household, {**there, **arrived}))
            if subject in arrived:
                _learn(connection, subject, address=to, stays_with=set(movers))
        elif owner in known:
            _keep(connection, RESIDENTS, subject, households.without(record, subject, movers))


def _host(records: Mapping[str, Any], answers: Answers) -> str:
    """Whose household at the new address is joined: that of the head named. Raises Refusal not-on-register."""
    wanted = "".join(answers["host"].get(part, "") for part in ("family", "given", "single")).replace(" ", "")
    line = " ".join(answers["to"]["line1"].split())
    for subject, record in records.items():
        same = " ".join(str(record["address"]["line1"]).split()) == line
        if same and str(record["head"]["full"]).replace(" ", "") == wanted:
            return subject
    raise Refusal("not-on-register", authority=_AUTHORITY[RESIDENTS])


def _kin(connection: Connection, owner: str) -> dict[str, str]:
    """What each member of the person's household is to them."""
    person = connection.execute(select(people.c.person).where(people.c.subject == owner)).scalar() or {}
    members = person.get("household", ())
    return {owner if member["id"] == "self" else member["id"]: member["relation"] for member in members}


def _all(connection: Connection, evidence: str) -> Iterator[Any]:
    """A whole register: who is named by a passport or as a head can be anybody on it. Meant for registers of
    demonstration size; in the order of their keys, so that two decisions at once never wait for each other."""
    statement = select(registers.c.subject, registers.c.record).where(registers.c.evidence == evidence)
    statement = statement.order_by(registers.c.subject)
    yield from connection.execute(statement.with_for_update())


def _keep(connection: Connection, evidence: str, subject: str, record: Mapping[str, Any]) -> None:
    where = (registers.c.evidence == evidence, registers.c.subject == subject)
    connection.execute(update(registers).where(*where).values(record=record))


def _learn(
    connection: Connection, subject: str, address: Mapping[str, Any], stays_with: set[str] | None = None
) -> None:
    """What the portal is told of the person from now on: the address, and who of the household is still there."""
    person = connection.execute(select(people.c.person).where(people.c.subject == subject)).scalar()
    if person is None:
        return
    known = {**person, "facts": {**person.get("facts", {}), "address": address}}
    if stays_with is not None:
        members = person.get("household", ())
        known["household"] = [member for member in members if member["id"] == "self" or member["id"] in stays_with]
    connection.execute(update(people).where(people.c.subject == subject).values(person=known))


_CHANGES: Final[dict[str, Callable[[Connection, str, Answers], None]]] = {
    "change-of-stay": _change_of_stay,
    "move-in": _move_in,
}
"""Service -> what its approval writes."""
