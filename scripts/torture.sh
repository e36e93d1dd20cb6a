#!/usr/bin/env bash
# npm run torture: plays random calls on the sandbox and on two real CiviCRM sites until they differ.
#   --steps N    calls to compare (100000)      --seed S   which sequences (1)
#   --limit N    differences after which it stops (20)
# npm run torture -- kills: kills mirrors, migrations and deliveries on the two sites and compares what is left.
#   --rounds N   of each (20)    --kills N   in each round (10)    --seed S   of the first round (1)
#   --only mirror|migration|delivery
# npm run torture -- xml: reads damaged case-type files; no site is needed.
#   --inputs N   files (100000)    --seed S   which damage (1)
# npm run torture -- truth: has random case types read, written and opened by CiviCRM and by us, until all are compared.
#   --cases N    files, and as many definitions, and a fortieth of it openings (20000)    --seed S   which (1)
#   --only reading|writing|openings
# The real sites are those of TEST_CIVICRM_SITES, or the project's own, built when they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = xml ]; then
  shift
  exec node --import tsx scripts/torture/xml.ts "$@"
fi
if [ -z "${TEST_CIVICRM_SITES:-}" ]; then
  bash scripts/civicrm.sh up
  export TEST_CIVICRM_SITES=$PWD/.civicrm/sites.json
fi
if [ "${1:-}" = kills ]; then
  shift
  exec node --import tsx scripts/torture/kills.ts "$@"
fi
if [ "${1:-}" = truth ]; then
  shift
  exec node --import tsx scripts/torture/truth.ts "$@"
fi
exec node --import tsx scripts/torture/main.ts "$@"
