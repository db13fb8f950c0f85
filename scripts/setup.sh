#!/usr/bin/env bash
# Makes .venv and installs into it exactly what requirements/ names, by hash.
# Usage: setup.sh run | dev
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
set=${1:?}
python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

command -v "$python" >/dev/null || fail "找不到 $python，请先安装 Python 3.11 或更新版本"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "需要 Python 3.11 或更新版本，现在是 $("$python" --version 2>&1)"

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    scripts/system.sh venv
    say "建立 Python 环境 .venv"
    # A first try without python3-venv leaves half an environment behind.
    rm -rf .venv
    "$python" -m venv .venv || {
        rm -rf .venv
        fail "建立 Python 环境未成功。Debian 上请先执行：apt-get install python3-venv"
    }
fi

case "$set" in
run) wanted=(-r requirements/build.txt -r requirements/run.txt) ;;
dev) wanted=(-r requirements/dev.txt) ;;
*) fail "不认识的用途：$set" ;;
esac
say "安装软件包（${set}），逐个核对摘要"
.venv/bin/python -m pip install --quiet --require-hashes "${wanted[@]}"
.venv/bin/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
touch .venv/.run
[ "$set" = run ] || touch .venv/.dev
say "Python 环境已就绪"
