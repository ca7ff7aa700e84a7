"""The house's secret key: made once, for nobody else's eyes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sarau.foundation.settings.load import BadSettings
from sarau.wiring.secret import house_secret


def test_it_is_made_once_and_kept(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = house_secret("", data)
    assert len(first) >= 32
    assert house_secret("", data) == first
    assert [path.name for path in data.iterdir()] == ["secret.key"]
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700
    assert house_secret("", tmp_path / "another") != first


def test_of_several_that_make_it_at_once_all_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: house_secret("", tmp_path / "data"), range(32)))
    assert len(set(keys)) == 1


def test_a_key_from_the_settings_is_used_as_it_is(tmp_path: Path) -> None:
    assert house_secret("x" * 32, tmp_path / "data") == b"x" * 32
    assert not (tmp_path / "data").exists()
    with pytest.raises(BadSettings, match=r"security\.secret"):
        house_secret("x" * 31, tmp_path / "data")


@pytest.mark.parametrize("kept", ["", "short\n", " " * 64])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path, kept: str) -> None:
    (tmp_path / "secret.key").write_text(kept)
    with pytest.raises(BadSettings, match="damaged"):
        house_secret("", tmp_path)
    assert (tmp_path / "secret.key").read_text() == kept


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(BadSettings, match=r"secret\.key"):
        house_secret("", tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(BadSettings, match=r"secret\.key"):
        house_secret("", tmp_path / "file")
