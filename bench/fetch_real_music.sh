#!/bin/sh
# Gets real, tagged music (41 Ogg Vorbis files, GPL-2) from Debian's package wesnoth-1.16-music and prints its folder.
# Nothing is installed, and nothing of it is committed: it lies in bench/data, which git ignores.
set -eu
package=wesnoth-1.16-music
data=$(cd "$(dirname "$0")" && pwd)/data
folder=$data/$package
if [ ! -e "$folder/.done" ]; then
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
        echo "This needs apt-get and dpkg-deb, which Debian and Ubuntu have." >&2
        exit 1
    }
    work=$data/.$package
    rm -rf "$work" "$folder"
    mkdir -p "$work"
    # As root, apt downloads as a user of its own, who must be able to write here.
    chmod 777 "$work"
    (cd "$work" && apt-get download -q "$package" >&2) || {
        echo "apt-get could not download $package. Is the package list there (apt-get update)?" >&2
        rm -rf "$work"
        exit 1
    }
    dpkg-deb -x "$work/$package"_*.deb "$work/unpacked"
    music=$(find "$work/unpacked" -type d -name music | head -n 1)
    [ -n "$music" ] || { echo "There is no music in $package." >&2; exit 1; }
    mv "$music" "$folder"
    touch "$folder/.done"
    rm -rf "$work"
fi
echo "$folder"
