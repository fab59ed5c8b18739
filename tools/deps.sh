#!/bin/sh
# Installs what the tests need and a bare Debian machine lacks: Chromium and fonts that hold Chinese characters.
set -eu
need=""
command -v chromium >/dev/null 2>&1 || need="$need chromium"
dpkg -s fonts-noto-cjk >/dev/null 2>&1 || need="$need fonts-noto-cjk"
[ -z "$need" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
	echo "The browser tests need$need; install them with your system's package manager." >&2
	exit 1
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
echo "installing$need"
$sudo apt-get update -qq
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $need >/dev/null
