"""The house's secret key: from the settings, or made once and kept beside the data, outside of the database."""

import os
import secrets
from pathlib import Path

from sarau.foundation.settings.load import BadSettings

_LEAST = 32


def house_secret(setting: str, data: Path) -> bytes:
    """Return the key; raises BadSettings for one that is too short or cannot be read."""
    if setting:
        if len(setting) < _LEAST:
            raise BadSettings(f"security.secret: it needs at least {_LEAST} characters")
        return setting.encode()
    path = data / "secret.key"
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(path)
        key = path.read_text().strip().encode()
    except OSError as error:
        raise BadSettings(f"{path}: {error.strerror}") from error
    if len(key) < _LEAST:
        raise BadSettings(f"{path}: the key in it is damaged; delete the file to make a new one (ends all sessions)")
    return key


def _make(path: Path) -> None:
    """Make the file if there is none; of several processes that try, one wins and the others read its key."""
    if path.exists():
        return
    draft = path.with_name(f".secret-{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
