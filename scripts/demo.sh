#!/usr/bin/env bash
# npm run demo: sets everything up, then shows the whole path on two sandbox sites, or real ones. --help tells the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/prepare.sh
exec node --import tsx scripts/demo/main.ts "$@"
