#!/usr/bin/env bash
# Measures the product on both databases, with every guarantee of the disk, and ends in a table.
# Exit 1 when a ratio is missed. BENCH_ARGS="--small" tries it out on worlds of a hundredth.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh

export PYTHONHASHSEED=0 SHOUMI_POSTGRES_DURABLE=1
say "需要空闲内存 2 GB、磁盘 6 GB；测速期间请不要让本机做别的事"
# shellcheck disable=SC2086
exec scripts/with_postgres.sh .venv/bin/python -m tests.bench ${BENCH_ARGS:-}
