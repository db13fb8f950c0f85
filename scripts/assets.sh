#!/usr/bin/env bash
# Makes the vendored front-end files anew from the npm lock file. Needs node; a customer never does.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
command -v npm >/dev/null || fail "找不到 npm，请先安装 node（仅重做前端文件时需要，运行和测试不需要）"
say "按 package-lock.json 取回前端软件包"
npm ci --no-audit --no-fund --loglevel=error
say "制作前端文件"
node scripts/assets.mjs
.venv/bin/python scripts/check_assets.py 2>/dev/null || python3 scripts/check_assets.py
