"""The journeys that everybody finishes, told once, in words that stand on the pages."""

import re

from personas.person import Person
from personas.words import PEOPLE, field, letters, named, option, plain, title, wrong

from madang.i18n.locales import NATIVE_NAME

SERVICE = "alien-registration"
DOCUMENT = r"\b([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\b"


def find_service(p: Person) -> None:
    """From the home page by its search to the guide of a certificate."""
    name = title(p.locale, SERVICE)
    p.visit(f"/{p.locale}/")
    if p.name.startswith(
        "blind"
    ):  # an input method for other scripts is no part of this desktop: by the page's own link
        p.press(name)
        return
    p.write(p.said("Search"), name)
    p.press(p.said("Search"))
    p.press(name)


def sign_in(p: Person) -> None:
    person = PEOPLE[p.locale]
    p.press(p.said("Sign in"), beside=named(person, p.locale))


def begin(p: Person) -> None:
    """Finds the certificate, signs in and stands before the first question."""
    find_service(p)
    apply(p)


def apply(p: Person) -> None:
    """From the guide to the first question."""
    p.press(p.said("Apply online"))
    sign_in(p)
    again, question = p.said("Start a new application"), field(p.locale, SERVICE, "purpose")
    found = p.find(f"{letters(again)}|{letters(question)}")
    if plain(found[0]) == plain(again):
        p.press(p.said("Start"))
        p.reads(question)


def answer(p: Person, *names: str) -> None:
    """Answers the questions of the form."""
    for name in names:
        if name == "purpose":
            p.choose(option(p.locale, SERVICE, "purpose", "visa"))
        elif name == "recipient":
            p.write(field(p.locale, SERVICE, "recipient"), "Hana 1")
        elif name == "consent":
            p.choose(option(p.locale, SERVICE, "consent", "yes"))
        p.press(p.said("Continue"))


def finish(p: Person) -> str:
    """Checks the answers, submits, opens the document. Returns its number, as it was read."""
    p.reads(option(p.locale, SERVICE, "purpose", "visa"))
    p.press(p.said("Submit application"))
    p.reads(p.said("Your certificate has been issued"))
    p.press(p.said("Read it on screen"))
    return p.find(DOCUMENT)[1]


def verify(p: Person, number: str) -> None:
    """Somebody who was given the number checks it, without signing in."""
    p.visit(f"/{p.locale}/verify")
    p.write(p.said("Document verification number"), number)
    p.press(p.said("Verify"))
    p.reads(p.said("Genuine: matches the issued document"))


def certificate(p: Person) -> None:
    """Home, certificate, verification."""
    begin(p)
    answer(p, "purpose", "recipient", "consent")
    verify(p, finish(p))


def visit(p: Person) -> None:
    """At a kiosk: from its first page to the certificate, and nothing of it stays."""
    p.visit(f"/{p.locale}/kiosk")
    p.press(NATIVE_NAME[p.locale], beside=NATIVE_NAME[p.locale])  # not the menu of languages
    p.press(title(p.locale, SERVICE))
    apply(p)
    answer(p, "purpose", "recipient", "consent")
    number = finish(p)
    p.press(p.said("Finish"))
    p.reads(p.said("Choose your language to begin"))
    p.visit(f"/{p.locale}/documents/{number}")
    p.reads(named(PEOPLE[p.locale], p.locale))  # who are you, asks the provider
    assert number not in p.page.content()


def resumed(p: Person) -> None:
    """Half of it on one device, the rest on another."""
    begin(p)
    answer(p, "purpose")
    p.reads(field(p.locale, SERVICE, "recipient"))
    p.leave()
    p.begin()
    p.visit(f"/{p.locale}/applications")
    sign_in(p)
    p.press(p.said("Carry on"), beside=title(p.locale, SERVICE))
    answer(p, "recipient", "consent")
    assert re.fullmatch(DOCUMENT, finish(p))


def recovery(p: Person) -> None:
    """Nothing is answered; the error is noticed, found and mended, and the journey goes on."""
    begin(p)
    p.press(p.said("Continue"))
    p.wait(p.said("There is a problem"))
    fault = wrong(p.locale, SERVICE, "purpose", "choose")
    p.reads(fault)
    p.press(fault, goes=False)
    p.choose(option(p.locale, SERVICE, "purpose", "visa"))
    p.press(p.said("Continue"))
    answer(p, "recipient", "consent")
    finish(p)


def time_out(p: Person) -> None:
    """Nothing is done for a while: the warning is noticed, one press keeps the person signed in, and they go on.

    The server ends sessions after two minutes here; nobody hurries anybody with the limits of a real one.
    """
    begin(p)
    p.wait(p.said("Are you still there?"), seconds=130)
    p.press(p.said("Stay signed in"), goes=False)
    answer(p, "purpose", "recipient", "consent")
    finish(p)
