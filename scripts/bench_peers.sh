#!/usr/bin/env bash
# Gathers what the screening bench compares with, into the folder given: two versions of ripgrep and a
# Python environment of its own. Nothing is installed into the system.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
place=${1:?}
mkdir -p "$place"
place=$(cd "$place" && pwd)

if [ ! -x "$place/rg13/usr/bin/rg" ]; then
    say "取 ripgrep 13（Debian）"
    mkdir -p "$place/rg13"
    (cd "$place/rg13" && apt-get download ripgrep >/dev/null 2>&1 && dpkg -x ripgrep_*.deb .) ||
        say "取不到 ripgrep 13，比较时缺此一项"
fi
if [ ! -x "$place/rg15/package/bin/rg" ]; then
    say "取 ripgrep 15（npm）"
    mkdir -p "$place/rg15"
    (cd "$place/rg15" && npm pack --silent @vscode/ripgrep-linux-x64@1.18.0 >/dev/null && tar -xzf ./*.tgz) ||
        say "取不到 ripgrep 15，比较时缺此一项"
fi
if [ ! -e "$place/.ready" ]; then
    say "建立对照软件的 Python 环境"
    "${PYTHON:-python3}" -m venv "$place/venv"
    "$place/venv/bin/pip" install --quiet --disable-pip-version-check \
        pyahocorasick==2.3.1 python-docx==1.2.0 presidio-analyzer==2.2.366 kreuzberg==4.10.4
    touch "$place/.ready"
fi
