"""The provider's signature key (ECDSA P-256): made once, kept in a file that only its owner may read."""

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

ALGORITHM: Final = "ES256"


def signing_key(path: Path) -> ECKey:
    """The key in ``path``, made there when missing. Several processes may start at once: the file appears whole, and
    all use the one that came first. Raises ValueError or OSError where the file is there but holds no such key."""
    if not path.exists():
        _make(path)
    try:
        key = ECKey.import_key(json.loads(path.read_text(encoding="ascii")))
    except (JoseError, ValueError):
        key = None
    if key is None or not key.is_private or key.curve_name != "P-256":
        raise ValueError(f"{path} holds no private P-256 key; delete it and a new one is made")
    key.ensure_kid()
    return key


def public_set(key: ECKey) -> dict[str, Any]:
    """The JWKS document of ``key``."""
    return {"keys": [{**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM}]}


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    content = json.dumps(ECKey.generate_key("P-256").as_dict(private=True))
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key counts
    finally:
        draft.unlink()
