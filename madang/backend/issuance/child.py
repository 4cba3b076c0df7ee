"""The process that typesets, signs and checks: reads requests on standard input, answers on standard output.

Run as ``python -m madang.backend.issuance.child PARENT``. Each frame is four bytes of length (big-endian) and as many
of MessagePack. It ends when its input ends, and the kernel ends it with its parent even when it is busy and the
parent was killed outright."""

import ctypes
import hashlib
import os
import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from madang.backend.issuance.protocol import Answer, IssueJob, Setup, read_frame, write_frame

_PR_SET_PDEATHSIG: Final = 1
_ADDRESS_SPACE: Final = 2 * 1024**3
"""A hostile PDF given to be checked may blow up when unpacked: this process then fails, not the machine."""


def die_with(parent: int) -> None:
    """Asks the kernel to end this process with its parent, and leaves at once if that is gone already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


class Issuer:
    """Typesets and signs. Fonts, template and key are loaded once."""

    def __init__(self, setup: Setup) -> None:
        from madang.backend.issuance.cms import build_template_apart
        from madang.backend.issuance.identity import ensure_identity
        from madang.backend.issuance.sign import PdfSigner

        identity = ensure_identity(Path(setup.key), Path(setup.certificate), setup.passphrase or None)
        self._signer = PdfSigner(identity, build_template_apart(identity.chain))

    def do(self, frame: bytes) -> Answer:
        """The answer to one job; an error of the document itself is an answer too."""
        job = msgspec.msgpack.decode(frame, type=IssueJob)
        try:
            return self._issue(job)
        except Exception as error:
            return Answer(error=f"{type(error).__name__}: {error}"[:500])

    def _issue(self, job: IssueJob) -> Answer:
        from madang.backend.issuance import words
        from madang.backend.issuance.compose import compose

        locale = job.content.locale
        description = words.SIGNATURE.ko
        if locale != "ko":
            description += f" · {getattr(words.SIGNATURE, locale)}"
        unsigned = compose(job.content, job.number, job.verify_url)
        pdf = self._signer.sign(unsigned, description)
        pages = unsigned.count(b"/Type/Page/")
        return Answer(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest(), pages=pages)


class Checker:
    """Reads strangers' PDFs, so it does not load the key (unless the certificate is in one file with it)."""

    def __init__(self, setup: Setup) -> None:
        from madang.backend.issuance.check import Trust
        from madang.backend.issuance.identity import ensure_identity, load_chains

        certificate = Path(setup.certificate)
        if certificate.exists():
            (own,) = load_chains((certificate,))
        else:
            own = ensure_identity(Path(setup.key), certificate, setup.passphrase or None).chain
        self._trust = Trust((own, *load_chains(Path(path) for path in setup.trusted)))

    def do(self, frame: bytes) -> Answer:
        """The answer to one PDF."""
        from madang.backend.issuance.check import check_signature

        return Answer(state=check_signature(frame, self._trust))


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers until the input ends."""
    first = read_frame(source)
    if first is None:
        return
    setup = msgspec.msgpack.decode(first, type=Setup)
    worker = Issuer(setup) if setup.role == "issue" else Checker(setup)
    write_frame(sink, msgspec.msgpack.encode(Answer()))
    while (frame := read_frame(source)) is not None:
        write_frame(sink, msgspec.msgpack.encode(worker.do(frame)))


def main() -> None:
    die_with(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    # Whatever a library prints must not land among the frames.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
