"""The resident register as households: who lives together, seen by each of them.

Each person's record shows their household with themselves as ``self``; the others have the ids that the household gives
them, which are their subjects where they are people of this backend. So a household with two adults is there twice, and
what changes is written for each.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

_KIN: Final[dict[str, dict[str, str]]] = {
    "head": {"spouse": "spouse", "child": "child", "parent": "parent", "sibling": "sibling"},
    "spouse": {"child": "child"},
    "child": {"parent": "spouse", "sibling": "child", "child": "grandchild"},
    "parent": {"spouse": "parent", "child": "sibling", "parent": "grandparent"},
    "sibling": {"parent": "parent", "sibling": "sibling"},
}
"""What somebody is to the head, by what I am to the head and what they are to me."""
_INVERSE: Final = {"spouse": "spouse", "child": "parent", "parent": "child", "sibling": "sibling"}

Record = dict[str, Any]
Member = dict[str, Any]


def members_by_subject(record: Mapping[str, Any], subject: str) -> dict[str, Member]:
    """The members of ``subject``'s record, each under the id that everybody knows them by."""
    return {subject if member["id"] == "self" else member["id"]: member for member in record["members"]}


def to_head(mine: str, theirs: str) -> str:
    """What somebody is to the head, when I am ``mine`` to the head and they are ``theirs`` to me (``self`` is me)."""
    return mine if theirs == "self" else _KIN.get(mine, {}).get(theirs, "other")


def mine_to(head: str) -> str:
    """What I am to a head who is ``head`` to me."""
    return "head" if head == "self" else _INVERSE.get(head, "other")


def moved(member: Member, address: Mapping[str, Any], day: dt.date, relation: str) -> Member:
    """``member`` after moving to ``address`` on ``day``."""
    stay = {"from": day.isoformat(), "reason": "moved-in", "address": dict(address)}
    return {
        **member,
        "relation": relation,
        "moved_in": day.isoformat(),
        "moved_in_reason": "moved-in",
        "addresses": [*member.get("addresses", []), stay],
    }


def seen_by(subject: str, household: Record, members: Mapping[str, Member]) -> Record:
    """A household as one of its members sees it."""
    listed = [{**member, "id": "self" if known == subject else known} for known, member in members.items()]
    return {**household, "members": listed}


def without(record: Record, subject: str, gone: Collection[str]) -> Record:
    """The household of somebody who stays, after others left. Where the head left, the eldest who stays is head."""
    staying = {known: member for known, member in members_by_subject(record, subject).items() if known not in gone}
    if not any(member["relation"] == "head" for member in staying.values()):
        eldest = min(staying, key=lambda known: str(staying[known]["date_of_birth"]))
        kin = {known: "head" if known == eldest else member["relation"] for known, member in staying.items()}
        staying = {known: {**member, "relation": kin[known]} for known, member in staying.items()}
        record = {**record, "head": staying[eldest]["name"], "addresses": staying[eldest].get("addresses", [])}
    return seen_by(subject, record, staying)
