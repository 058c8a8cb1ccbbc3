#!/usr/bin/env bash
# Makes sure that there is a browser for the tests of the page: Debian's Chromium is installed where none is. With
# --fonts also the letters and signs that pictures of the page should be in.
set -euo pipefail

packages=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    packages+=(chromium)
if [[ ${1:-} == --fonts ]]; then
    for font in fonts-inter fonts-noto-color-emoji; do
        dpkg-query --show --showformat='${Status}' "$font" 2>/dev/null | grep -q "ok installed" || packages+=("$font")
    done
fi
((${#packages[@]})) || exit 0

missing() {
    echo "The page is tested in a real browser, and there is none that could be installed here ($1)." >&2
    echo "On Debian, as root: apt install ${packages[*]}" >&2
    exit 1
}

command -v apt-get >/dev/null || missing "no apt-get"
as_root=()
if ((EUID != 0)); then
    sudo -n true 2>/dev/null || missing "neither root nor sudo"
    as_root=(sudo -n)
fi
echo "Installing ${packages[*]}"
"${as_root[@]}" apt-get update -qq || missing "apt-get update failed"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null ||
    missing "apt-get install failed"
