"""Remote support, told once for whoever asks for help and once for whoever gives it."""

import re

from personas.counterpart import Agent, Caller
from personas.person import Person
from personas.words import named, said, title

from madang.i18n.locales import Locale
from madang.remote_support.codes import DIGITS

SERVICE = "alien-registration"
GUIDE = f"/services/{SERVICE}"


def heard_code(text: str, locale: Locale) -> str | None:
    """Nine digits in what a screen reader said, as words of the language, with or without its pauses."""
    words = sorted(((word, n) for n, word in enumerate(DIGITS[locale])), key=lambda each: -len(each[0]))
    apart = r"[\s,、，|.]*"
    one = "|".join(re.escape(word) for word, _ in words)
    found = re.search(rf"(?<!\w)(?:(?:{one}){apart}){{9}}", text)
    return "".join(str(dict(words)[each]) for each in re.findall(one, found[0])) if found else None


def code_read_by(p: Person) -> str:
    """What the person reads out over the telephone."""
    if p.name.startswith("blind"):
        p.reads(p.said("Your support code"))
        code = heard_code(p.page_heard, p.locale)  # type: ignore[attr-defined]
        assert code, f"no code is heard: {p.page_heard[-1500:]}"  # type: ignore[attr-defined]
        return code
    return "".join(p.find(r"\b(\d{3})\s+(\d{3})\s+(\d{3})\b").groups())


def helped(p: Person, agent: Agent) -> None:
    """Asks for help, reads the code out, agrees, is shown where, stops, reads the receipt."""
    p.visit(f"/{p.locale}{GUIDE}")
    p.press(p.said("Get help on this page"))
    p.press(p.said("Show my support code"))
    agent.enter(code_read_by(p))
    if p.script:
        p.wait(p.said("A support agent is waiting for your answer"))  # the page goes on by itself
    else:
        p.press(p.said("Go on"))
    p.reads(p.said("Did you ask for this help?"))
    p.reads(p.said("The same two words for you and the agent"))
    p.choose(p.said("Look and point"))
    p.press(p.said("Yes, I asked for this help"))
    p.reads(p.said("A support agent can see this page now"))
    if p.script:
        agent.sees_the_page()
    else:
        agent.page.reload()
    agent.highlights("apply")
    shown = p.said("The support agent has highlighted “%(label)s”.", label=p.said("Apply online"))
    if p.script:
        p.wait(shown)
    else:
        p.press(p.said("Messages and settings"))
        p.reads(shown)
    p.press(p.said("Stop sharing"), goes=not p.script)
    if p.script:
        p.wait(p.said("Remote support has ended. Nobody sees your pages."))
        p.press(p.said("See what was done"))
    agent.has_ended() if p.script else agent.page.reload()
    p.reads(p.said("Your record"))
    p.reads(named("baek-noeul", p.locale))


def helping(p: Person, caller: Caller, person: str = "baek-noeul") -> None:
    """Takes a call at the desk: the code, the page by its list of elements, a mark, a line, the end, the outcome."""
    code = caller.asks()
    p.visit(f"/{p.locale}/desk")
    p.press(p.said("Sign in"), beside=named(person, p.locale))
    p.write(p.said("Nine digits that the citizen reads out"), code)
    p.press(p.said("Open the session"))
    p.reads(p.said("Waiting for the citizen to agree"))
    p.reads(p.said("The two words"))
    caller.agrees()
    p.wait(p.said("You can see the citizen’s page"))
    p.reads(title(p.locale, SERVICE))
    p.pick(p.said("Elements of the page"), p.said("Apply online"))
    p.press(p.said("Highlight"), goes=False)
    caller.hears(_highlighted(caller.locale))
    p.write(p.said("Write to the citizen"), "Hello 1")
    p.press(p.said("Send"), goes=False)
    caller.hears("Hello 1")
    p.press(p.said("End the session"), goes=False)
    p.wait(p.said("What became of it?"))
    caller.is_alone()
    p.choose(p.said("Solved: what they came for is done"))
    p.press(p.said("Write it down"))
    p.reads(p.said("The outcome is written down. Thank you."))


def _highlighted(locale: Locale) -> str:
    return said(locale, "The support agent has highlighted “%(label)s”.", label=said(locale, "Apply online"))
