#!/usr/bin/env bash
# npm test: sets everything up and runs every test. Arguments go to vitest: npm test -- --project unit
set -uo pipefail
cd "$(dirname "$0")/.."
bash scripts/prepare.sh --tests || exit 1

report=test/report/vitest.json
not_run=test/report/not-run.txt
rm -f "$report" "$not_run"
npx vitest run --reporter=default --reporter=json --outputFile.json="$report" "$@"
status=$?

[ ! -e "$not_run" ] || cat "$not_run"
# The numbers come from the runner's report; no report, or no test in it, is a failure.
node --input-type=module -e '
  import { readFileSync } from "node:fs";
  const report = JSON.parse(readFileSync(process.argv[1], "utf8"));
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(report.numPassedTests > 0 ? 0 : 1);
' "$report" || { echo "0 passed, 1 failed"; exit 1; }
exit "$status"
