"""The contract: numbers that people type, the statement of who calls, and the document generated from both."""

import datetime as dt
import random

import msgspec
import pytest

from madang.backend.problems import KINDS
from madang.contract import assertion, numbers, openapi
from madang.contract.endpoints import BY_NAME, ENDPOINTS
from madang.contract.examples import EXAMPLES
from madang.contract.messages.applications import Application
from madang.contract.messages.documents import DocumentSummary

KEY = "a secret of thirty-two characters"
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


def test_the_document_is_what_the_code_says() -> None:
    assert openapi.FILE.read_bytes() == openapi.encoded(), "run: python -m madang.contract.openapi"


def test_every_operation_is_in_the_document() -> None:
    operations = [operation for path in openapi.document()["paths"].values() for operation in path.values()]
    assert sorted(operation["operationId"] for operation in operations) == sorted(BY_NAME)
    assert len(BY_NAME) == len(ENDPOINTS)


def test_every_problem_has_the_status_that_the_backend_answers() -> None:
    assert {kind: status for kind, (status, _) in KINDS.items()} == openapi.STATUS


def test_examples_are_valid() -> None:
    for struct, example in EXAMPLES.items():
        assert msgspec.json.decode(msgspec.json.encode(example), type=struct) == example
    summary, application = EXAMPLES[DocumentSummary], EXAMPLES[Application]
    assert isinstance(summary, DocumentSummary)
    assert isinstance(application, Application)
    assert numbers.is_document_number(numbers.fold(summary.number))
    assert numbers.is_application_number(numbers.fold(application.number))


def test_every_request_has_an_example() -> None:
    requests = {endpoint.request for endpoint in ENDPOINTS if openapi._is_struct(endpoint.request)}
    assert requests <= EXAMPLES.keys()


def test_an_application_number_says_its_day_in_korea() -> None:
    late = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
    number = numbers.new_application_number(late)
    assert number.startswith("2026-1123-")
    assert numbers.is_application_number(number.replace("-", ""))


def test_every_wrong_digit_and_every_swap_of_an_application_number_is_found() -> None:
    chance = random.Random(2)
    for _ in range(50):
        plain = numbers.new_application_number(NOW).replace("-", "")
        assert numbers.is_application_number(plain)
        for place in range(16):
            for digit in "0123456789":
                wrong = plain[:place] + digit + plain[place + 1 :]
                assert numbers.is_application_number(wrong) == (wrong == plain)
        place = chance.randrange(15)
        swapped = plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :]
        assert numbers.is_application_number(swapped) == (swapped == plain)


@pytest.mark.parametrize("typed", ["", "2026", "２０２６112247110852", "20261122471108xx", "20261122471108520"])
def test_what_is_no_application_number(typed: str) -> None:
    assert not numbers.is_application_number(typed)


def test_every_wrong_character_and_every_swap_of_a_document_number_is_found() -> None:
    for _ in range(10):
        plain = numbers.new_document_number().replace("-", "")
        for place in range(16):
            for character in numbers.ALPHABET:
                wrong = plain[:place] + character + plain[place + 1 :]
                assert numbers.is_document_number(wrong) == (wrong == plain)
        for first in range(16):
            for second in range(first):
                letters = list(plain)
                letters[first], letters[second] = letters[second], letters[first]
                assert numbers.is_document_number("".join(letters)) == ("".join(letters) == plain)


def test_a_statement_says_who_calls() -> None:
    token = assertion.make("han-garam", "substantial", ("citizen", "clerk"), KEY, NOW)
    claims = assertion.check(token, (KEY,), NOW)
    assert (claims.sub, claims.acr, claims.roles) == ("han-garam", "substantial", ("citizen", "clerk"))


def test_any_of_several_keys_may_have_signed() -> None:
    token = assertion.make("han-garam", "low", (), KEY, NOW)
    assert assertion.check(token, ("a newer secret of thirty-two chars", KEY), NOW).sub == "han-garam"
    with pytest.raises(assertion.AssertionRefused):
        assertion.check(token, ("a newer secret of thirty-two chars",), NOW)


@pytest.mark.parametrize("seconds", [-31, 91, 10**6])
def test_a_statement_lives_for_a_minute(seconds: int) -> None:
    token = assertion.make("han-garam", "low", (), KEY, NOW)
    with pytest.raises(assertion.AssertionRefused):
        assertion.check(token, (KEY,), NOW + dt.timedelta(seconds=seconds))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "..", "eyJhbGciOiJub25lIn0.e30.", "x" * 5000])
def test_what_is_no_statement(token: str) -> None:
    with pytest.raises(assertion.AssertionRefused):
        assertion.check(token, (KEY,), NOW)


def test_every_changed_character_breaks_a_statement() -> None:
    token = assertion.make("han-garam", "low", (), KEY, NOW)
    # The last character of base64 carries spare bits, which decoders ignore.
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(assertion.AssertionRefused):
            assertion.check(changed, (KEY,), NOW)
