"""A disk that is full, or gets full while bytes arrive."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.catalog.uploads.sending import noise, part, send_bytes, send_form, stored, traces
from tests.support.houses import House, MakeHouse, problem

MIB = 1 << 20
DISK_BYTES = 8 * MIB


def can_mount(folder: Path) -> bool:
    """Tell whether this user may mount a small disk."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        return False
    folder.mkdir(parents=True)
    return (
        subprocess.run([mount, "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", folder], check=False).returncode
        == 0
    )


@contextmanager
def small_disk(house_folder: Path) -> Iterator[bool]:
    """Have the uploads of a house to come on a disk of 8 MiB, if that can be had."""
    folder = house_folder / "data" / "uploads"
    mounted = can_mount(folder)
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _refused(house: House, content: bytes) -> None:
    """Try all ways to upload something that does not fit."""
    before = traces(house)
    pieces = (content[at : at + 65_536] for at in range(0, len(content), 65_536))
    for answer in (
        send_bytes(house.owner, content, "large.wav"),
        send_bytes(house.owner, pieces, "large.wav"),
        send_form(house.owner, part(b"large.wav", content)),
    ):
        problem(answer, 507, "storage_full")
        assert traces(house) == before


def test_a_disk_that_gets_full(new_house: MakeHouse, tmp_path: Path) -> None:
    with small_disk(tmp_path) as mounted:
        house = new_house(SARAU_UPLOADS_KEEP_FREE_BYTES="0" if mounted else "1000")
        if not mounted:
            # As good as a full disk to who writes: no file may be larger than this.
            resource.prlimit(house.server.process.pid, resource.RLIMIT_FSIZE, (5 * MIB, 5 * MIB))
        # Large beside what is free, and yet it fits: what has arrived is not counted twice.
        first = noise(5 * MIB)
        assert send_bytes(house.owner, first, "fits.wav").status_code == 201
        _refused(house, noise(5 * MIB + 1))
        small = noise(100_000)
        assert send_bytes(house.owner, small, "small.wav").status_code == 201
        assert [len(stored(house, content)) for content in (first, small)] == [1, 1]
        track = house.owner.client.get("/tracks", params={"sort": "added", "limit": 1}).json()["items"][0]
        assert house.owner.client.get(f"/tracks/{track['id']}/stream").content == first
        if mounted:  # a form goes no further than to the file that does not fit
            answer = send_form(house.owner, part(b"a.wav", noise(50_000)) + part(b"b.wav", noise(5 * MIB)) * 2)
            assert [len(answer.json()["items"]), len(answer.json()["problems"])] == [1, 1]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_some_of_the_disk_is_kept_free(new_house: MakeHouse) -> None:
    house = new_house(SARAU_UPLOADS_KEEP_FREE_BYTES=str(2**60))
    _refused(house, noise(20_000))
    assert house.owner.client.get("/me").json()["room"]["used_bytes"] == 0
