#!/usr/bin/env bash
# Every check that needs no test run. All are made, then the first failure decides.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export SHOUMI_DATA=$data DJANGO_SETTINGS_MODULE=shoumi.config.settings
unset SHOUMI_DATABASE
failed=()

check() {
    local name=$1 log="$data/log"
    shift
    if "$@" >"$log" 2>&1; then
        say "$name 通过"
    else
        cat "$log" >&2
        say "$name 未通过" >&2
        failed+=("$name")
    fi
}

bin=.venv/bin
check "格式" $bin/ruff format --check .
check "写法" $bin/ruff check .
check "类型" $bin/mypy
check "层次" $bin/lint-imports --no-cache
check "迁移" $bin/python -m django makemigrations --check --dry-run
check "前端文件" $bin/python scripts/check_assets.py
check "遗留地址" $bin/python scripts/check_tracked.py

if [ ${#failed[@]} -gt 0 ]; then
    fail "检查未通过：${failed[*]}"
fi
say "检查全部通过"
