"""The content itself: every text in six languages, written as each language is written; nobody in it is real."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from form_kit import ISSUING, answered, records, variations

from madang.backend.catalogue.loader import Holdings, read
from madang.backend.certificates import texts as printed
from madang.backend.config import CATALOGUE
from madang.backend.content import Sources, compose, withheld
from madang.backend.issuance.coverage import unprintable
from madang.contract.completeness import texts
from madang.contract.messages.catalogue import Service
from madang.forms.conditions import holds
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text

HANGUL = re.compile(r"[\uac00-\ud7a3\u3131-\u318e]")
HAN = re.compile(r"[\u4e00-\u9fff]")
THAI = re.compile(r"[\u0e00-\u0e7f]")
KANA = re.compile(r"[\u3041-\u30fa]")
FOREIGN = {
    "ko": [HAN, THAI, KANA],
    "en": [HANGUL, HAN, THAI, KANA],
    "ja": [HANGUL, THAI],
    "zh": [HANGUL, THAI, KANA],
    "th": [HANGUL, HAN, KANA],
    "vi": [HANGUL, HAN, THAI, KANA],
}
FORBIDDEN: dict[Locale, str] = {
    "ko": r"당신|귀하|[가-힣]당해 |십시요|하시오",
    "en": r"\b(petition|complaint|organiz|authoriz|color|center)\w*",
    "ja": r"[,.?!]\s|である。|あなた様",
    "zh": r"你|(?<=[\u4e00-\u9fff])[,.;:?!]|[\u4e00-\u9fff] +[\u4e00-\u9fff]|登陆",
    "th": r"คำร้อง(?!ทุกข์)|ครับ|ค่ะ|คะ\b|[?!]|(?<! น)\.$",
    "vi": r"\b(quý vị|anh/chị)\b| [,.;:?!]",
}
"""What a native clerk of the house would not write; the terms are fixed in docs/content.md."""
SIGN_IN = re.compile(r"登录")
PLACES = re.compile(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    found, mistakes = read(CATALOGUE)
    assert not mistakes, "\n".join(map(str, mistakes))
    assert found is not None
    return found


def written(holdings: Holdings) -> list[Service]:
    """The services that have a file of their own; what the national tables list is looked at with the tables."""
    return [service for service in holdings.catalogue.services if service.kind != "listed"]


def all_texts(holdings: Holdings) -> Iterator[tuple[str, Text]]:
    catalogue = msgspec.structs.replace(holdings.catalogue, services=tuple(written(holdings)))
    for value in (catalogue, holdings.templates, holdings.codes, holdings.people):
        for steps, text in texts(value):
            yield ".".join(map(str, steps)), text


def test_the_catalogue_has_no_mistakes(holdings: Holdings) -> None:
    assert {"alien-registration", "resident-register", "entry-exit"} <= set(holdings.services)
    assert len(holdings.catalogue.categories) >= 12
    assert len(holdings.catalogue.offices) >= 12
    assert len(holdings.catalogue.faq) >= 8


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_is_itself(holdings: Holdings, locale: Locale) -> None:
    faults = []
    for where, text in all_texts(holdings):
        words = getattr(text, locale)
        if not words.strip() or words != words.strip() or "  " in words:
            faults.append(f"{where}: empty, or a space too many: {words!r}")
        faults += [f"{where}: another script: {words!r}" for script in FOREIGN[locale] if script.search(words)]
        if found := re.search(FORBIDDEN[locale], words):
            in_address = locale == "zh" and where.startswith("offices") and PLACES.search(words)
            if not in_address:
                faults.append(f"{where}: {found.group()!r} in {words!r}")
    assert not faults, "\n".join(faults)


def test_chinese_says_denglu_only_for_signing_in(holdings: Holdings) -> None:
    allowed = re.compile(r"^登录$|无需登录|请登录|先登录|登录后|方式登录|退出登录|登录即可")
    wrong = [text.zh for _, text in all_texts(holdings) if SIGN_IN.search(allowed.sub("", text.zh))]
    assert not wrong


def test_the_police_number_is_explained(holdings: Holdings) -> None:
    for _, text in all_texts(holdings):
        if re.search(r"(?<!\d)110(?!\d)", text.ko):
            assert "警察ではありません" in text.ja
            assert "非报警电话" in text.zh


@pytest.mark.parametrize("locale", LOCALES)
def test_sentences_end_as_the_language_ends_them(holdings: Holdings, locale: Locale) -> None:
    ends = {"ko": ".?", "en": ".?", "ja": "。？", "zh": "。？", "vi": ".?"}
    for service in written(holdings):
        sentences = [service.description, service.who, *service.good_to_know, *service.easy]
        sentences += [step.text for step in service.how]
        sentences += [part for item in service.faq for part in (item.question, item.answer)]
        for text in sentences:
            words = getattr(text, locale)
            assert (words[-1] in ends[locale]) if locale in ends else words[-1] not in ".?!", words
        assert getattr(service.summary, locale)[-1] not in ".。", "a card has no full stop"


@pytest.mark.parametrize("locale", LOCALES)
def test_everyday_words_find_a_service(holdings: Holdings, locale: Locale) -> None:
    for service in written(holdings):
        words = service.keywords.get(locale, ())
        assert len(words) >= 8
        assert len({word.casefold() for word in words}) == len(words)


def test_facts_of_the_three_services(holdings: Holdings) -> None:
    def costs(service: Service) -> dict[str, int]:
        return {cost.channel: cost.krw for cost in service.costs}

    alien, register, travel = (
        holdings.services[key] for key in ("alien-registration", "resident-register", "entry-exit")
    )
    assert costs(alien) == costs(travel) == {"online": 0, "counter": 2000}
    assert costs(register) == {"online": 0, "counter": 400, "kiosk": 200}
    assert alien.processing_time.manual_days == 3
    assert {service.processing_time.rule for service in (alien, register, travel)} == {"immediate"}
    assert register.proxy_online == "guardian"


FACTS = {
    "local-tax": ({"online": 0, "counter": 800}, 30),
    "national-tax": ({"online": 0, "counter": 0}, 30),
    "income": ({"online": 0, "counter": 0}, 0),
    "business-registration": ({"online": 0, "counter": 0}, 0),
}


@pytest.mark.parametrize("service_id", sorted(FACTS))
def test_facts_of_the_tax_services(holdings: Holdings, service_id: str) -> None:
    service = holdings.services[service_id]
    costs, valid_days = FACTS[service_id]
    assert {cost.channel: cost.krw for cost in service.costs} == costs
    assert [output.valid_days for output in service.outputs] == [valid_days]
    assert service.processing_time.rule == "immediate"
    assert service.proxy_online == "delegate"


@pytest.mark.parametrize("service_id", ISSUING)
def test_what_is_done_here_is_explained_whole(holdings: Holdings, service_id: str) -> None:
    service = holdings.services[service_id]
    assert len(service.faq) >= 5
    assert len(service.how) == 3
    assert 8 <= len(service.easy) <= 14
    assert service.legal
    assert service.good_to_know


def _check_digits(first_twelve: str) -> set[int]:
    """The valid last digits of a resident and of an alien registration number."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_twelve, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)
    )
    return {(11 - total % 11) % 10, (13 - total % 11) % 10}


def _values(node: Any, key: str) -> Iterator[Any]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield value
            yield from _values(value, key)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _values(value, key)


def test_nobody_is_real(holdings: Holdings) -> None:
    everything = [msgspec.to_builtins(holdings.people), holdings.registers]
    numbers = list(_values(everything, "registration_number"))
    assert len(numbers) > 10
    for number in numbers:
        assert re.fullmatch(r"\d{6}[09]\d{6}", number)
        assert int(number[-1]) not in _check_digits(number[:12])
    assert all(re.fullmatch(r"\+82100000\d{4}", phone) for phone in _values(everything, "phone"))
    assert all(re.fullmatch(r"00\d{3}", code) for code in _values(everything, "postcode"))
    assert all("시연로" in line for line in _values(everything, "line1"))
    assert all(mail.endswith("@example.com") for mail in _values(everything, "email"))
    assert all("시연용" in office.name.ko and "시연로" in office.address.ko for office in holdings.catalogue.offices)


def test_registers_agree_with_people_and_codes(holdings: Holdings) -> None:
    lists = {"sex": "sex", "nationality": "nationality", "status_of_stay": "status-of-stay", "port": "port"}
    lists |= {"direction": "direction", "relation": "relation", "moved_in_reason": "change-reason"}
    for key, codes in lists.items():
        assert set(_values(holdings.registers, key)) <= set(holdings.codes[codes])
    for person in holdings.people:
        for register in holdings.registers.values():
            record = register.get(person.subject, {})
            assert record.get("date_of_birth", person.facts["date_of_birth"]) == person.facts["date_of_birth"]
            if "name" in record:
                assert record["name"] == {k: v for k, v in msgspec.to_builtins(person.name).items() if v}
        members = holdings.registers["resident-register"].get(person.subject, {}).get("members", [])
        assert [(m["id"], m["date_of_birth"]) for m in members] == [
            (member.id, member.date_of_birth.isoformat()) for member in person.household
        ]
        assert not members or "self" in [member["id"] for member in members]
    trips = {subject: record["entries"] for subject, record in holdings.registers["entry-exit-records"].items()}
    assert min(map(len, trips.values())) == 0
    assert max(map(len, trips.values())) == 120
    for entries in trips.values():
        days = [entry["date"] for entry in entries]
        assert days == sorted(days)
        assert all(one["direction"] != two["direction"] for one, two in itertools.pairwise(entries))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("service_id", ISSUING)
def test_every_document_can_be_written_for_everyone(holdings: Holdings, service_id: str, locale: Locale) -> None:
    service = holdings.services[service_id]
    form = holdings.forms[service.form]
    now = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
    printed_ones = set()
    for person in holdings.people:
        for answers in variations(form):
            record = records(holdings, service, person, answers)
            if not record:
                continue
            templates = [holdings.templates[output.document] for output in service.outputs]
            (template,) = [each for each in templates if holds(each.when, answers)]
            if withheld(template, record):
                continue
            sources = Sources(record, answers, msgspec.to_builtins(person), form, holdings.codes)
            content = compose(template, sources, locale, now, True)
            assert len(content.sections) >= 2
            assert not unprintable(printed(content), locale)
            said = msgspec.json.encode(content).decode()
            digits = [number for number in _values(record, "registration_number") if number in said]
            ticked = [value for answer in answers.values() if isinstance(answer, list) for value in answer]
            assert bool(digits) == ("number" in ticked), "a whole registration number only for who ticks it"
            assert (content.valid_until is not None) == bool(template.valid_days)
            printed_ones.add(template.id)
    assert printed_ones == {output.document for output in service.outputs}


def test_what_rules_a_document_out(holdings: Holdings) -> None:
    """Unpaid tax, or no income: such people are in the demonstration's registers, and so is one with a deferral."""
    ruled_out = {
        (template.id, subject)
        for template in holdings.templates.values()
        if template.withheld
        for service in holdings.services.values()
        if any(output.document == template.id for output in service.outputs)
        for subject, record in holdings.registers[service.inputs[0].evidence].items()
        if withheld(template, record)
    }
    assert ruled_out >= {("local-tax", "yun-saebom"), ("income", "oh-sunrye"), ("income", "siriphanwadi")}
    for document, register in (("local-tax", "local-tax-records"), ("national-tax", "national-tax-records")):
        deferred = [subject for subject, record in holdings.registers[register].items() if record["deferrals"]]
        assert deferred
        assert not ruled_out & {(document, subject) for subject in deferred}


def test_only_the_years_asked_for_are_printed(holdings: Holdings) -> None:
    service = holdings.services["income"]
    form, template = holdings.forms[service.form], holdings.templates["income"]
    now = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
    (person,) = [each for each in holdings.people if each.subject == "chen-xiaoyu"]
    record = holdings.registers["national-tax-records"]["chen-xiaoyu"]

    def rows(years: list[str], locale: Locale) -> list[list[str]]:
        answers = answered(form, chosen={"years": years})
        sources = Sources(record, answers, msgspec.to_builtins(person), form, holdings.codes)
        (table,) = [
            section.table for section in compose(template, sources, locale, now, True).sections if section.table
        ]
        return [[cell.translation or cell.ko for cell in row] for row in table.rows]

    assert [row[0] for row in rows(["2024", "2022"], "th")] == ["พ.ศ. 2567", "พ.ศ. 2565"]
    ((year, _, _, income, tax),) = rows(["2025"], "en")
    assert (year, income, tax) == ("2025", "₩44,444,444", "₩1,777,770")
    assert rows(["2025"], "ko")[0][0::3] == ["2025년", "44,444,444원"]
