#!/bin/sh
# Writes the lock files anew: exact versions with hashes for every platform, and no index addresses.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "tools/lock.sh" --quiet "$@"
}
lock pyproject.toml -o requirements/run.txt
lock requirements/build.in -o requirements/build.txt
lock pyproject.toml requirements/dev.in -o requirements/dev.txt
