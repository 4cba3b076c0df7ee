"""The folder of everything the portal writes: made at first start, and the portal's own secret in it."""

import os
import secrets
from pathlib import Path
from typing import Final

from madang.web.setting_readers import SettingsError, keys

SECRET: Final = "secret"  # noqa: S105  (a file's name)


def prepare_data(folder: Path) -> None:
    """Makes the folder, for its owner alone (0700); raises ``SettingsError`` where nothing can be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"MADANG_DATA: {folder} cannot be made ({error.strerror}); name another folder.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise SettingsError(f"MADANG_DATA: {folder} cannot be written to; change its owner or name another folder.")


def own_secret(folder: Path) -> str:
    """The secret key of this installation: 64 hex digits in the file ``secret`` (0600), made when first asked for.

    Several processes may start at once: the file appears whole or not at all, and all read the one that came first."""
    path = folder / SECRET
    if not path.exists():
        draft = folder / f".{SECRET}.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            draft.unlink()
    try:
        found = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path} cannot be read; give it back to its owner or set MADANG_SECRET_KEYS.") from None
    if path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} can be read by others; run `chmod 600 {path}` and, if in doubt, delete it.")
    whole = keys(str(path), found)
    if not whole:
        raise SettingsError(f"{path} is empty; delete it and a new key is made.")
    return whole[0]
