#!/bin/sh
# Makes sure of programs from the system's packages: installs them as root, says how otherwise.
set -eu
missing=""
for name in "$@"; do
    case $name in
        chromium) command -v chromium >/dev/null || missing="$missing chromium" ;;
        postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql" ;;
        *) command -v "$name" >/dev/null || [ -x "/usr/sbin/$name" ] || missing="$missing $name" ;;
    esac
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These programs are missing:$missing. Install them with: sudo apt-get install$missing" >&2
    exit 1
fi
echo "Installing$missing ..."
apt-get update -qq
# The packages' own services are not wanted: tests start what they need, on ports of their own.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d.sarau
chmod +x /usr/sbin/policy-rc.d.sarau
[ -e /usr/sbin/policy-rc.d ] || ln -s policy-rc.d.sarau /usr/sbin/policy-rc.d
# shellcheck disable=SC2086 - the list is meant to be split
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
[ "$(readlink /usr/sbin/policy-rc.d)" = policy-rc.d.sarau ] && rm /usr/sbin/policy-rc.d
rm -f /usr/sbin/policy-rc.d.sarau
