#!/usr/bin/env bash
# Measure the rule engine beside its peers, in a virtual environment of its own. Words go to the benchmark.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock=benchmarks/requirements.lock
digest=$(sha256sum "$lock" | cut -d' ' -f1)
if [ "$(cat .venv-bench/lock.stamp 2>/dev/null || true)" != "$digest" ]; then
  [ -x .venv-bench/bin/python ] || python3 -m venv .venv-bench
  .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
  echo "$digest" >.venv-bench/lock.stamp
fi
exec .venv-bench/bin/python -m benchmarks "$@"
