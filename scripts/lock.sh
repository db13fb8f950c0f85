#!/usr/bin/env bash
# Writes requirements/*.txt from requirements/*.in: every package with its version and all its hashes,
# and nothing about where it was fetched from.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet pip-tools==7.6.2
for name in build run postgres ocr dev; do
    echo "锁定 requirements/$name.txt"
    "$tools/venv/bin/pip-compile" --quiet --generate-hashes --allow-unsafe \
        --no-header --no-annotate --no-emit-options \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
        --output-file "$name.txt" "$name.in" "$@"
done
if grep -nE '://|^--' ./*.txt; then
    echo "锁定文件中出现了地址或选项，请删除后重试" >&2
    exit 1
fi
