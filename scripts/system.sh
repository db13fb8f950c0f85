#!/usr/bin/env bash
# Installs the Debian packages that a target needs and that are missing, and says which.
# Usage: system.sh venv | postgresql | tests
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

has_venv() { "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; }
# The one without a window takes three quarters of the time; any other serves too.
has_chromium() { command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null; }
has_fonts() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

missing=()
case "${1:?}" in
venv)
    has_venv || missing+=(python3-venv)
    ;;
postgresql)
    has_postgresql || missing+=(postgresql)
    ;;
tests)
    has_chromium || missing+=(chromium-headless-shell)
    has_fonts || missing+=(fonts-noto-cjk fontconfig)
    has_postgresql || missing+=(postgresql)
    ;;
*) fail "不认识的用途：$1" ;;
esac
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get >/dev/null ||
    fail "缺少 ${missing[*]}。本机没有 apt-get，请用本机的软件包工具装好相应软件后重试。"
if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=(sudo)
else
    fail "缺少 ${missing[*]}。请由管理员执行：apt-get update && apt-get install ${missing[*]}"
fi

say "本机缺少 ${missing[*]}，现在用 apt-get 安装"
log=$(mktemp)
# Debian would otherwise make and start a database cluster of its own at installation.
if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    "${as_root[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' |
        "${as_root[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
fi
if ! { "${as_root[@]}" apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    fail "安装未成功。请由管理员执行：apt-get update && apt-get install ${missing[*]}"
fi
rm -f "$log"
say "已装好 ${missing[*]}"
