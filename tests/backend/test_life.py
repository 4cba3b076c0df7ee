"""Information for life: forty-one kinds, each answered for each person, and every look-up written down once a day."""

import datetime as dt
import re

import pytest
from backend_kit import Backend, refused

from madang.i18n.locales import LOCALES

pytestmark = pytest.mark.anyio
STATES = ("nothing", "due", "soon", "overdue", "open")
PLACEHOLDERS = {"date", "starts", "amount", "count", "what", "who"}


async def test_every_kind_answers_every_person(backend: Backend) -> None:
    """With what its own sentences need."""
    holdings = backend.house.holdings
    kinds = holdings.catalogue.life_information
    assert len(kinds) == 41
    seen: set[str] = set()
    for known in holdings.people:
        person = backend.person(known.subject)
        for kind in kinds:
            found = await person.get(f"/v1/me/life-information/{kind.id}")
            assert found["kind"] == kind.id
            assert found["state"] == (found["items"][0]["state"] if found.get("items") else "nothing")
            keys = [item["key"] for item in found.get("items", ())]
            assert len(keys) == len(set(keys))
            for item in found.get("items", ()):
                seen.add(item["state"])
                sentence = getattr(kind.sentences, item["state"]) or kind.sentences.due
                missing = {"day" if n == "date" else n for n in re.findall(r"\{(\w+)\}", sentence.ko)} - item.keys()
                assert not missing, f"{kind.id} of {known.subject}: {missing}"
                assert item.get("what", "") in ("", *kind.codes)
    assert seen == set(STATES) - {"nothing"}, "the demonstration shows every state"


async def test_an_unknown_kind_is_not_found_and_leaves_no_trace(backend: Backend) -> None:
    person = await backend.newcomer()
    for name in ("nothing", "property-tax%00", "x" * 100):
        refused(await person.call("GET", f"/v1/me/life-information/{name}"), 404, "not-found")
    refused(await backend.client.get("/v1/me/life-information/property-tax"), 401, "unauthenticated")
    assert (await person.get("/v1/me/accesses"))["items"] == []


async def test_each_look_up_is_recorded_once_a_kind_and_day(backend: Backend) -> None:
    person = await backend.newcomer()
    for _ in range(2):
        for kind in ("property-tax", "passport-expiry"):
            await person.get(f"/v1/me/life-information/{kind}")
    items = (await person.get("/v1/me/accesses"))["items"]
    assert [(item["evidence"], item["authority"], item["service"], item["consent"]) for item in items] == [
        ("passport-expiry", "mofa", "life-information", "not-needed"),
        ("property-tax", "mois", "life-information", "not-needed"),
    ]
    backend.clock.ahead = dt.timedelta(days=1)
    await person.get("/v1/me/life-information/property-tax")
    assert len((await person.get("/v1/me/accesses"))["items"]) == 3
    stranger = await backend.newcomer()
    assert (await stranger.get("/v1/me/accesses"))["items"] == []


async def test_somebody_whom_no_register_knows_is_told_nothing(backend: Backend) -> None:
    for kind in backend.house.holdings.catalogue.life_information:
        found = await backend.person("nobody-at-all").get(f"/v1/me/life-information/{kind.id}")
        assert found["state"] == "nothing"


async def test_a_stay_is_that_of_the_alien_register(backend: Backend) -> None:
    """The same day that the certificate of alien registration certifies."""
    person = await backend.newcomer("siriphanwadi")
    found = await person.get("/v1/me/life-information/stay-expiry")
    assert found["items"][0]["day"] == "2027-02-28"
    backend.clock.ahead = dt.datetime(2027, 3, 1, tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)
    found = await person.get("/v1/me/life-information/stay-expiry")
    assert found["state"] == "overdue"


async def test_sentences_name_only_what_there_is_and_the_same_in_every_language(backend: Backend) -> None:
    for kind in backend.house.holdings.catalogue.life_information:
        for state in STATES:
            if (text := getattr(kind.sentences, state)) is None:
                continue
            named = {locale: set(re.findall(r"\{(\w+)\}", getattr(text, locale))) for locale in LOCALES}
            assert all(each == named["ko"] for each in named.values()), f"{kind.id} {state}"
            assert named["ko"] <= PLACEHOLDERS, f"{kind.id} {state}"
            assert state != "nothing" or not named["ko"]
