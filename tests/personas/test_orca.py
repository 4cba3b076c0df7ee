"""A blind citizen and a blind agent finish, by what Orca says and by keys alone, in Firefox and in Chromium."""

from collections.abc import Iterator

import pytest
from personas.cases import Case
from personas.evidence import note
from personas.orca import blind_cases, unheard, walk_blind
from portal_server import Server

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A portal that ends sessions after two minutes: nobody has to wait for its warning for a quarter of an hour."""
    made = Server(tmp_path_factory.mktemp("hurried") / "var", MADANG_SESSION_IDLE_MINUTES="2")
    made.wait()
    yield made
    made.stop()


@pytest.mark.parametrize("case", list(blind_cases()), ids=str)
def test_by_ear(server: Server, hurried: Server, case: Case) -> None:
    if reason := unheard():
        pytest.skip(reason)
    assert note(walk_blind(hurried.base if case.journey == "time" else server.base, case)).finished
