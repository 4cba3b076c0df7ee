"""Easy words: messages and forms that say the same, shorter; and every page of the main journeys when it is drawn."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from easy_kit import COOKIE, applying, easy, faults, helped, public
from portal_kit import Visitor
from support_kit import House, house

from madang.accessibility.easy_words import hard, length, numbers, rules, sentences
from madang.backend.catalogue.loader import Holdings, load
from madang.backend.config import CATALOGUE
from madang.contract.completeness import texts
from madang.forms.check import check
from madang.i18n.locales import CLDR, LOCALES, Locale
from madang.i18n.messages import Catalogues

LOCALES_DIR = Path(__file__).parents[2] / "madang/web/locales"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HOLDINGS = load(CATALOGUE)
MAIN = re.compile(
    r"madang/web/templates/(layouts/(?!desk)|components/|pages/(_|home|services|guide|sign_in|apply|documents|verify"
    r"|applications|errors|preferences|support/(?!guardian|beside|_beside)))"
    r"|madang/forms/|madang/web/(controls|presenters|channels|revocation|office_words|display|support/saying)\.py"
)
"""Where the words of the main journeys stand."""


def catalogue(locale: Locale, domain: str) -> Catalog:
    with (LOCALES_DIR / locale / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=CLDR[locale])


def strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string),)


def said(text: str) -> str:
    """As a page says it: placeholders as a short word, no markup."""
    return re.sub(r"<[^>]+>", "", PLACEHOLDER.sub("7", text)).replace("%%", "%")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_of_the_main_journeys_is_easy(locale: Locale) -> None:
    usual, own = catalogue(locale, "messages"), catalogue(locale, "easy")
    found, seen = [], 0
    for message in usual:
        if message.id and any(MAIN.match(place) for place, _ in message.locations):
            seen += 1
            easiest = own.get(message.id, message.context) or message
            found += [f"{message.id}: {fault}" for each in strings(easiest) for fault in hard(said(each), locale)]
    assert seen > 600
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", LOCALES)
def test_easy_messages_lose_no_fact(locale: Locale) -> None:
    """Of a message that is there; the same placeholders, numbers and markup; and in other words than the usual ones."""
    usual = catalogue(locale, "messages")
    for message in catalogue(locale, "easy"):
        if not message.id:
            continue
        before = usual.get(message.id, message.context)
        assert before is not None, f"{message.id}: nothing says this any more"
        assert strings(message) != strings(before), f"{message.id}: says it as usual"
        assert "fuzzy" not in message.flags
        for new, old in zip(strings(message), strings(before), strict=True):
            assert sorted(set(PLACEHOLDER.findall(new))) == sorted(set(PLACEHOLDER.findall(old))), new
            assert numbers(PLACEHOLDER.sub("", old)) <= numbers(PLACEHOLDER.sub("", new)), new
            assert re.findall(r"</?\w+", new) == re.findall(r"</?\w+", old), new
            assert '"' not in new
            assert "'" not in new


def test_what_is_easy_in_one_language_is_thought_of_in_all() -> None:
    """A message has easy words, or is easy as it is, in each language: English ones show that nothing was skipped."""
    ids = {locale: {str(m.id) for m in catalogue(locale, "easy") if m.id} for locale in LOCALES}
    assert all(len(ids["en"] - ids[locale]) < 8 for locale in LOCALES)
    assert set().union(*ids.values()) == ids["en"]


def easy_texts(holdings: Holdings) -> Iterator[tuple[str, Locale, str, str]]:
    """(where, language, usual, easy) of every text of the forms."""
    for name, form in holdings.forms.items():
        for steps, text in texts(form):
            if steps[-1] != "easy":
                for locale in LOCALES:
                    where = f"{name} {'.'.join(map(str, steps))}"
                    yield where, locale, getattr(text, locale), getattr(text.easiest, locale)


def test_every_form_is_easy_and_loses_no_fact() -> None:
    found, apart = [], 0
    for where, locale, usual, simple in easy_texts(HOLDINGS):
        apart += usual != simple
        found += [f"{where} {locale}: {fault}" for fault in hard(said(simple), locale)]
        found += [f"{where} {locale}: lost {lost}" for lost in numbers(usual) - numbers(simple)]
    assert apart > 90
    assert not found, "\n".join(found)


def test_easy_guides_are_easy() -> None:
    own = [service for service in HOLDINGS.services.values() if service.form]
    found = [
        f"{service.identifier} {locale}: {fault}"
        for service in own
        for text in service.easy
        for locale in LOCALES
        for fault in hard(getattr(text, locale), locale)
    ]
    assert len(own) == 15
    assert not found, "\n".join(found)


def test_a_form_whose_easy_text_lacks_a_language_is_refused() -> None:
    form = HOLDINGS.forms["move-in@1"]
    hint = form.fields["proof"].hint
    assert hint
    assert hint.easy
    broken = msgspec.structs.replace(hint, easy=msgspec.structs.replace(hint.easy, th=""))
    fields = {**form.fields, "proof": msgspec.structs.replace(form.fields["proof"], hint=broken)}
    assert not check(form)
    assert any("the text in th" in fault.sentence for fault in check(msgspec.structs.replace(form, fields=fields)))


def test_the_rule_sees_what_it_must() -> None:
    assert set(rules()) == set(LOCALES)
    assert hard("word " * 16, "en")
    assert not hard("word " * 15, "en")
    assert hard("You shall pay.", "en")
    assert hard("Pay now; come later.", "en")
    assert hard("가" * 36, "ko")
    assert not hard("가" * 35 + ". " + "나" * 35, "ko")
    assert hard("あ" * 41, "ja")
    assert hard("字" * 31, "zh")
    assert not hard("字" * 30 + "。" + "字" * 30, "zh")
    assert hard("ก" * 46, "th")
    assert not hard("ก" * 45 + " " + "ข" * 45, "th")
    assert hard("từ " * 21, "vi")
    assert length("Call 110 by 15:30 for 1,000 won", "en") == 7
    assert list(sentences("One. Two? “Three.” Four", "en")) == ["One.", "Two?", "“Three.”", "Four"]
    assert numbers("within 14 days, 1,000 won, 110") == {"14", "1,000", "110"}


def test_easy_words_are_laid_over_the_usual_ones() -> None:
    catalogues = Catalogues(LOCALES_DIR)
    usual, simple = catalogues.translations("ko"), catalogues.easy("ko")
    assert simple.gettext("Continue") == usual.gettext("Continue")
    assert simple.gettext("Legal basis") != usual.gettext("Legal basis")
    assert catalogues.easy("ko") is simple
    assert simple.gettext("never said") == "never said"


@pytest.fixture(scope="module")
async def portal_with_help(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.mark.anyio
@pytest.mark.parametrize("locale", LOCALES)
async def test_every_page_of_the_main_journeys_is_in_easy_words(portal_with_help: House, locale: Locale) -> None:
    found, pages = {}, 0
    visitor = easy(portal_with_help.visitor())
    walks = [
        public(visitor, locale),
        applying(visitor, locale, HOLDINGS, "alien-registration"),
        applying(easy(portal_with_help.visitor()), locale, HOLDINGS, "resident-register"),
        helped(portal_with_help, easy(portal_with_help.visitor()), locale),
    ]
    for walk in walks:
        async for name, page in walk:
            pages += 1
            assert page.status_code < 500, (name, page.status_code)
            if broken := faults(page.text, locale):
                found[f"{page.url.path} {name}"] = broken
    assert pages > 45
    assert not found, "\n".join(f"{where}: {each}" for where, each in found.items())


@pytest.mark.anyio
async def test_the_switch_turns_easy_words_on_and_off_and_leaves_the_rest(portal_with_help: House) -> None:
    visitor: Visitor = portal_with_help.visitor()
    visitor.http.cookies.set(COOKIE, "theme-dark", domain="portal.test")
    page = await visitor.get("/en/services/move-in")
    assert 'class="easy"' not in page.text
    action, hidden = next((a, h) for a, h in visitor.forms() if h.get("act") == "save")
    page = await visitor.post(action, {**hidden, "words": "easy"})
    assert page.url.path == "/en/services/move-in"
    assert 'data-words="easy"' in page.text
    assert 'data-theme="dark"' in page.text
    easy_first, whole = page.text.split('data-words="usual"')
    for number in ("14", "3", "110"):
        assert number in numbers(re.sub(r"<[^>]+>", " ", easy_first))
    assert 'id="documents"' in whole
    assert "<dl>" in easy_first, "fee, time and who stay in sight"
    action, hidden = next((a, h) for a, h in visitor.forms() if h.get("act") == "save")
    page = await visitor.post(action, {**hidden, "words": "normal"})
    assert 'class="easy"' not in page.text
    assert 'data-theme="dark"' in page.text
