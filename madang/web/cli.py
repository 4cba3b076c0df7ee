"""The command line. What a command needs is imported when it runs, so that ``madang --help`` and a start are quick."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from madang.web.settings import Settings, SettingsError

_CONTROLS: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
LOCALES: Final = Path(__file__).parent / "locales"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 with a sentence on standard error, 2 for a command that does not exist."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except SettingsError as error:
        _say(f"madang: {error}", sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our lines has seen enough, as ``head`` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("madang", description="The citizen's front of a country's e-services.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int], meaning: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=meaning, description=meaning)
        added.set_defaults(command=command)
        return added

    add("serve", serve, "Prepare what is needed and serve the portal; docs/configuration.md lists the settings.")
    backend = add("backend", backend_alone, "Serve the reference backend alone, for a portal elsewhere.")
    backend.add_argument("--host", default="127.0.0.1")
    backend.add_argument("--port", type=int, default=8001)
    backend.add_argument("--workers", type=int, default=1)
    add("prepare", prepare, "Compile the translations and bring the embedded backend's database up to date.")
    add("catalogues", catalogues, "Compile the translations.")
    check = add("check-catalogue", check_catalogue, "Check the services, forms and documents in a folder.")
    check.add_argument("path", type=Path)
    check.add_argument(
        "--report", nargs="?", const="table", choices=("table", "json"),
        help="also how complete each language is: as a table, or as JSON for machines",
    )  # fmt: skip
    desk = add("clerk", clerk, "Decide what waits for a clerk; docs/operations.md says how.")
    desk.add_argument("action", choices=("list", "show", "approve", "return", "ask"), help="what to do")
    desk.add_argument("number", nargs="?", default="", help="the application's number, for all but list")
    desk.add_argument("--reason", default="", help="what the citizen is told; needed to return and to ask")
    desk.add_argument("--files", type=Path, help="folder to write the attachments to, with show")
    searches = add("searches", unanswered, "List what was searched for and not found, most often first.")
    searches.add_argument("--weeks", type=int, default=4, help="how far back; 8 weeks are kept")
    told = add("reports", page_reports, "List what readers said is wrong on a page, newest first, or answer one.")
    told.add_argument("--answer", default="", metavar="REFERENCE", help="the report to answer")
    told.add_argument("--text", default="", help="what whoever reported it is answered, in their language")
    audit = add("support", support, "Look after remote support: check that its trail is as it was written.")
    audit.add_argument("action", choices=("verify-audit",), help="what to do")
    audit.add_argument("--noted", default="", metavar="COUNT:HASH", help="a head printed earlier, to be passed through")
    look = add("audit", audit_site, "Audit the accessibility of any site; docs/accessibility.md says how.")
    look.add_argument("address", metavar="URL", help="the page to begin with; the audit follows links within its site")
    look.add_argument("--pages", type=int, default=20, help="how many pages at most")
    look.add_argument("--locale", default="", help="language that the browser asks for, as in ko")
    look.add_argument("--report", type=Path, metavar="DIR", help="folder for the report: a page, JSON, EARL, KWCAG")
    probe = add("check-backend", check_backend, "Check that a backend keeps the contract; reads only.")
    probe.add_argument("url")
    probe.add_argument("--subject", default="", help="a person of that backend, to check what belongs to a person")
    return parser


def serve(options: argparse.Namespace) -> int:
    """Prepares in a process of its own, so that Alembic and Babel's compilers never stay in memory, then serves."""
    from madang.web import logs
    from madang.web.serve import bind, run

    settings = Settings.from_environment(os.environ)
    listening = bind(settings.host, settings.port)
    _prepare_apart(os.environ)
    logs.configure(settings.log_level)
    return run(
        "madang.web.serve:create_worker",
        listening,
        workers=settings.workers,
        ready=lambda: _say(welcome(settings)),
        sockets=settings.support_connections if settings.support_works else 0,
    )


def backend_alone(options: argparse.Namespace) -> int:
    """Beside the portal the two share the data folder, and with it the key; elsewhere MADANG_BACKEND_SECRET."""
    from madang.web import logs
    from madang.web.serve import bind, run

    environ = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_BACKEND_URL")}
    settings = Settings.from_environment(environ)
    listening = bind(options.host, options.port)
    _prepare_apart(environ)
    os.environ.update(backend_environment(settings))  # its workers read it from there
    logs.configure(settings.log_level)
    address = f"http://{options.host}:{options.port}"
    return run(
        "madang.backend.serve:create_backend_from_environment",
        listening,
        workers=options.workers,
        ready=lambda: _say(f"Madang's reference backend serves {address}"),
    )


def backend_environment(settings: Settings) -> dict[str, str]:
    """What the backend reads from its environment, as these settings have it."""
    signing = settings.data / "signing"
    values = {
        "MADANG_BACKEND_SECRET": ",".join(settings.assertion_keys),
        "MADANG_DATA": str(settings.data),
        "MADANG_DATABASE_URL": settings.backend_database,
        "MADANG_BASE_URL": settings.base_url,
        "MADANG_ISSUERS": str(settings.issuers),
        "MADANG_SIGNING_KEY": str(settings.signing_key or signing / "key.pem"),
        "MADANG_SIGNING_CERTIFICATE": str(settings.signing_certificate or signing / "certificate.pem"),
        "MADANG_FORMER_CERTIFICATES": ",".join(map(str, settings.former_certificates)),
        "MADANG_DEMONSTRATION": "no" if settings.signing_key else "yes",
    }
    if settings.catalogue:
        values["MADANG_CATALOGUE"] = str(settings.catalogue)
    return values


def prepare(options: argparse.Namespace) -> int:
    """What every start needs and every worker may rely on. Safe to repeat, quick when nothing changed."""
    settings = Settings.from_environment(os.environ)
    status = catalogues(options)
    if settings.backend_urls or status:
        return status
    from madang.backend import prepare as backend

    for name in ("MADANG_CATALOGUE", "MADANG_DATABASE_URL"):
        os.environ.pop(name, None)
    os.environ.update(backend_environment(settings))
    return backend.main([settings.backend_database])


def catalogues(options: argparse.Namespace) -> int:
    from madang.i18n.compile import compile_catalogues

    try:
        compile_catalogues(LOCALES)
    except OSError as error:
        # An installation that only root may write to: translations are then compiled in memory at each start.
        _say(f"madang: the translations cannot be stored ({error.strerror}); the start takes longer.", sys.stderr)
    return 0


def check_catalogue(options: argparse.Namespace) -> int:
    """Lists every mistake in a catalogue, with its place."""
    from madang.backend.catalogue.loader import read

    if not options.path.is_dir():
        raise SettingsError(f"{options.path} is not a folder; name the one that holds services/ and forms/.")
    holdings, mistakes = read(options.path)
    told = sys.stderr if options.report == "json" else sys.stdout
    for mistake in mistakes:
        _say(str(mistake), told)
    if holdings is not None and options.report:
        from madang.contract.completeness import completeness
        from madang.web.completeness_table import as_json, as_table

        report = completeness(holdings.catalogue)
        for line in as_json(report) if options.report == "json" else as_table(report):
            _say(line)
    if holdings is not None and not mistakes:
        _say(f"{len(holdings.services)} services, {len(holdings.forms)} forms: nothing to mend.", told)
    return 1 if mistakes else 0


def clerk(options: argparse.Namespace) -> int:
    """Lists, shows and decides by the contract's own operations."""
    import anyio

    from madang.contract.messages.applications import Decision
    from madang.web.clerk_desk import Desk, refusal
    from madang.web.clients import BackendError

    settings = Settings.from_environment(os.environ)
    if options.action != "list" and not options.number:
        raise SettingsError("Name the application's number, as in: madang clerk show 2026-1122-4711-0839")
    if options.action in ("return", "ask") and not options.reason.strip():
        raise SettingsError("Say why with --reason: the citizen reads it.")
    desk = Desk(settings, _say)
    try:
        match options.action:
            case "list":
                anyio.run(desk.list)
            case "show":
                anyio.run(desk.show, options.number, options.files)
            case action:
                outcome: Any = {"approve": "completed", "return": "returned", "ask": "more-info"}[action]
                anyio.run(desk.decide, options.number, Decision(outcome, options.reason))
    except BackendError as error:
        _say(f"madang: {refusal(error)}", sys.stderr)
        return 1
    return 0


def page_reports(options: argparse.Namespace) -> int:
    """Lists the reports that the backend keeps, or answers one."""
    from madang.web.clerk_desk import look_after_reports

    return look_after_reports(Settings.from_environment(os.environ), options.answer, options.text, _say)


def support(options: argparse.Namespace) -> int:
    """Reads the trail through the contract; 1 when it is not what was written."""
    from madang.web.audit_desk import run

    return run(Settings.from_environment(os.environ), options.noted, _say)


def audit_site(options: argparse.Namespace) -> int:
    """Looks at a site in the browsers of this machine; what it needs is fetched into the data folder once."""
    from madang.accessibility.audit.command import run

    return run(options, Settings.from_environment(os.environ).data, _say)


def unanswered(options: argparse.Namespace) -> int:
    """Lists what the portal's own state counted."""
    import anyio

    from madang.web.state import StateUnavailable, open_state
    from madang.web.state.unanswered import Unanswered

    async def tell() -> None:
        state = open_state(settings)
        try:
            found = await Unanswered(state).listed(options.weeks)
        finally:
            await state.close()
        for entry in found:
            _say(f"{entry.count:6}  {entry.locale}  {entry.words}")
        _say(f"{len(found)} different searches without a result.")

    settings = Settings.from_environment(os.environ)
    try:
        anyio.run(tell)
    except StateUnavailable:
        _say("madang: the store of sessions and limits does not answer.", sys.stderr)
        return 1
    return 0


def check_backend(options: argparse.Namespace) -> int:
    """Calls every operation that changes nothing and reports what does not keep the contract."""
    from madang.web.check_backend import check

    settings = Settings.from_environment(os.environ)
    findings, checked = check(options.url, options.subject, settings.assertion_keys[0])
    for finding in findings:
        _say(finding)
    _say(f"{checked} checks, {len(findings)} not as the contract says.")
    return 1 if findings else 0


def welcome(settings: Settings) -> str:
    """What ``serve`` prints when it is ready: the address, and whom to sign in as."""
    lines = [f"\nMadang serves {settings.base_url}/"]
    if not settings.oidc_issuer:
        people = _people(settings)
        lines += ["\nDemonstration people to sign in as (none of them exists):", *people, ""] if people else [""]
    return "\n".join(lines)


def _people(settings: Settings) -> list[str]:
    from madang.backend.config import CATALOGUE
    from madang.backend.identity_provider.people import load_people

    path = (settings.catalogue or CATALOGUE) / "people.yaml"
    if settings.backend_urls or not path.exists():
        return []
    return [f"  {person.name.full} - {person.about.resolve('en').text}" for person in load_people(path)]


def _say(line: str, stream: TextIO | None = None) -> None:
    """One line, or several; what people typed cannot move the cursor or change colours."""
    stream = stream or sys.stdout
    stream.write(_CONTROLS.sub("\ufffd", line) + "\n")
    stream.flush()


def _prepare_apart(environ: Mapping[str, str]) -> None:
    """Runs ``madang prepare`` in a process of its own, so that what it imports never stays in memory."""
    done = subprocess.run([sys.executable, "-m", "madang.web.cli", "prepare"], env=environ, check=False)
    if done.returncode:
        raise SettingsError("The start was given up, because the preparation above failed.")


if __name__ == "__main__":
    sys.exit(main())
