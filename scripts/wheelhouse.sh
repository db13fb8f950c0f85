#!/usr/bin/env bash
# Gathers all that an isolated machine of the same kind needs: wheels by hash, the program's own wheel,
# the lock files, and a list of SHA-256 sums.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/say.sh
rm -rf wheelhouse build
mkdir wheelhouse
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
.venv/bin/python -m pip download --quiet --require-hashes --only-binary :all: --dest wheelhouse \
    -r requirements/run.txt -r requirements/postgres.txt -r requirements/ocr.txt
.venv/bin/python -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir wheelhouse .
cp requirements/run.txt requirements/postgres.txt requirements/ocr.txt wheelhouse/
(cd wheelhouse && sha256sum ./*.whl ./*.txt >SHA256SUMS)
say "离线安装所需已放在 wheelhouse/，共 $(ls wheelhouse/*.whl | wc -l) 个软件包"
