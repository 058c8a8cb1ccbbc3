#!/usr/bin/env bash
# Makes sure that there is a browser for the tests of the page: Debian's Chromium is installed where none is. With
# --fonts also the letters and signs that pictures of the page should be in. With --for and what pytest is called with,
# nothing is installed unless tests of pages are among it.
set -euo pipefail

# True if what pytest is called with names no tests, which are all, or some of pages.
with_the_page() {
    local given named=()
    for given in "$@"; do
        if [[ -e ${given%%::*} ]]; then named+=("$(realpath "${given%%::*}")/"); fi
    done
    ((${#named[@]})) || return 0
    local tests page
    tests=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
    for page in "$tests/bot/trial/" "$tests/bot/files/pages/"; do
        for given in "${named[@]}"; do
            if [[ $page == "$given"* || $given == "$page"* ]]; then return 0; fi
        done
    done
    return 1
}

if [[ ${1:-} == --for ]]; then
    with_the_page "${@:2}" || exit 0
fi

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
