#!/usr/bin/env bash
# Runs the whole suite on each database named, and ends in one line that says how it went.
# Usage: test.sh sqlite postgres     (PYTEST_ARGS="..." is handed to pytest)
# `postgres/3` runs the mechanisms whole and, of the rooms and pages, the third whose turn it is today.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

export PYTHONHASHSEED=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
# shellcheck disable=SC2206
extra=(${PYTEST_ARGS:-})
# What must be proved line by line and branch by branch; `make coverage` holds it to that.
floors='shoumi/kernel/*,shoumi/platform/trail/*,shoumi/platform/access/*,shoumi/platform/custody/*'
floors+=',shoumi/platform/approvals/*,shoumi/platform/obligations/*'
started=$SECONDS
failed=()
passed=()

suite() {
    local name=$1 status=0
    shift
    local watched=()
    [ "${COVERAGE:-}" != 1 ] || watched=(--cov --cov-append --cov-report=)
    say "在 $name 上开始测试"
    SHOUMI_DATA="$results/data-$name" "$@" .venv/bin/python -m pytest -n 2 --dist worksteal \
        --one-in "$share" --junit-xml="$results/$name.xml" "${watched[@]}" "${extra[@]}" || status=$?
    if [ "$status" = 0 ]; then
        passed+=("$name $(.venv/bin/python scripts/count_tests.py "$results/$name.xml")")
    else
        failed+=("$name")
    fi
}

# What only one of the databases reaches counts too.
[ "${COVERAGE:-}" != 1 ] || .venv/bin/coverage erase
for database in "$@"; do
    share=1
    [[ "$database" != */* ]] || share=${database#*/}
    case "${database%/*}" in
    sqlite) suite SQLite env -u SHOUMI_DATABASE ;;
    postgres) suite PostgreSQL scripts/with_postgres.sh ;;
    *) fail "不认识的数据库：$database" ;;
    esac
done

if [ "${COVERAGE:-}" = 1 ]; then
    .venv/bin/coverage report --include="$floors" --fail-under=100 || failed+=("覆盖率")
fi

took=$((SECONDS - started))
green='' red='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
fi
join() { local text; printf -v text '、%s' "$@"; printf '%s' "${text#、}"; }
if [ ${#failed[@]} -gt 0 ]; then
    printf '%s守密：测试未通过（%s），用时 %d 分 %d 秒%s\n' \
        "$red" "$(join "${failed[@]}")" $((took / 60)) $((took % 60)) "$plain"
    exit 1
fi
printf '%s守密：测试全部通过（%s），用时 %d 分 %d 秒%s\n' \
    "$green" "$(join "${passed[@]}")" $((took / 60)) $((took % 60)) "$plain"
