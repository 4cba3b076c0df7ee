"""Whether a backend keeps the contract, as far as reading shows: what ``madang check-backend URL`` runs.

Nothing is written there. Every operation is called without a statement of who calls (it must refuse), with a forged one
(it must refuse), and with nonsense (it must answer with a problem). With a person's subject, what belongs to that
person is read and compared with the contract's types.
"""

import datetime as dt
import re
from typing import Any, Final

import httpx
import msgspec

from madang.contract import assertion
from madang.contract.endpoints import ENDPOINTS, PDF, Endpoint
from madang.contract.messages.problems import Problem

SECONDS: Final = 20.0
NOTHING: Final = "nothing-of-that-name"
FORGED: Final = "0" * 64


def check(url: str, subject: str, key: str) -> tuple[list[str], int]:
    """What is not as the contract says, one sentence each, and how many checks were made. ``key``: the secret shared
    with the backend. ``subject``: a person that it knows, or empty."""
    with httpx.Client(base_url=url.rstrip("/"), timeout=SECONDS, follow_redirects=False) as client:
        probe = _Probe(client, subject, key)
        try:
            probe.run()
        except httpx.HTTPError as error:
            probe.findings.append(f"{url} does not answer: {type(error).__name__}")
        return probe.findings, probe.checked


class _Probe:
    def __init__(self, client: httpx.Client, subject: str, key: str) -> None:
        self._client = client
        self._subject = subject
        self._key = key
        self.findings: list[str] = []
        self.checked = 0

    def run(self) -> None:
        for endpoint in ENDPOINTS:
            if endpoint.caller == "anyone":
                if endpoint.method == "GET":
                    self._reads(endpoint, {})
            else:
                self._refuses(endpoint, {}, "without saying who calls")
                self._refuses(endpoint, self._statement(FORGED), "with a forged statement")
                self._refuses(endpoint, {"authorization": "Bearer x"}, "with nonsense for a statement")
                if self._subject and endpoint.method == "GET" and endpoint.caller == "person":
                    self._reads(endpoint, self._statement(self._key))
            if endpoint.request not in (None, "file", PDF):
                self._malformed(endpoint)
        self._problem("GET of an unknown address", self._client.get("/v1/" + NOTHING), 404, "not-found")

    def _statement(self, key: str) -> dict[str, str]:
        made = assertion.make(self._subject or "nobody", "high", ("citizen",), key, dt.datetime.now(dt.UTC))
        return {"authorization": f"Bearer {made}"}

    def _call(self, endpoint: Endpoint, headers: dict[str, str], body: bytes = b"") -> httpx.Response:
        path = re.sub(r"\{\w+\}", NOTHING, endpoint.path)
        kind = {"content-type": "application/json"} if body else {}
        return self._client.request(endpoint.method, path, headers={**headers, **kind}, content=body or None)

    def _reads(self, endpoint: Endpoint, headers: dict[str, str]) -> None:
        """A read gives what the contract's type says; one of a thing that nobody has is a 404."""
        what = f"{endpoint.method} {endpoint.path}"
        answer = self._call(endpoint, headers)
        if "{" in endpoint.path:
            self._problem(what, answer, 404, "not-found")
            return
        self.checked += 1
        if answer.status_code != endpoint.status:
            self.findings.append(f"{what}: {answer.status_code} instead of {endpoint.status}.")
            return
        try:
            msgspec.json.decode(answer.content, type=endpoint.response)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            self.findings.append(f"{what}: {error}.")

    def _refuses(self, endpoint: Endpoint, headers: dict[str, str], how: str) -> None:
        answer = self._call(endpoint, headers)
        self._problem(f"{endpoint.method} {endpoint.path} {how}", answer, 401, "unauthenticated")

    def _malformed(self, endpoint: Endpoint) -> None:
        """A body that is no JSON is refused before anything is looked up."""
        headers = {} if endpoint.caller == "anyone" else self._statement(self._key)
        answer = self._call(endpoint, headers, b'{"\xff')
        expected: dict[int, Any] = {400: "malformed", 404: "not-found", 403: "forbidden"}
        self._problem(f"{endpoint.method} {endpoint.path} with a broken body", answer, *_either(answer, expected))

    def _problem(self, what: str, answer: httpx.Response, status: int, kind: str) -> None:
        self.checked += 1
        if answer.status_code != status:
            self.findings.append(f"{what}: {answer.status_code} instead of {status}.")
            return
        if not answer.headers.get("content-type", "").startswith("application/problem+json"):
            self.findings.append(f"{what}: the error is not application/problem+json.")
            return
        try:
            problem = msgspec.json.decode(answer.content, type=Problem)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            self.findings.append(f"{what}: {error}.")
            return
        if problem.type != kind:
            self.findings.append(f"{what}: the problem is {problem.type} instead of {kind}.")


def _either(answer: httpx.Response, expected: dict[int, Any]) -> tuple[int, str]:
    """The expectation that an answer meets by its status, or the first one."""
    status = answer.status_code if answer.status_code in expected else next(iter(expected))
    return status, expected[status]
