#!/usr/bin/env bash
# Makes a fresh Debian machine ready and does nothing that is done already.
#   prepare.sh          npm packages and Redis: what the product itself needs
#   prepare.sh --tests  also PostgreSQL, a browser and, where they can be installed, PHP and the like for real CiviCRM sites
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/debian.sh
. scripts/civicrm/needs.sh

node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node 20.19 or newer is needed; this is ${process.version}.`); process.exit(1);
  }'

lock_hash=$(sha256sum package-lock.json | cut -d' ' -f1)
stamp=node_modules/.cache/installed-lock
npm_is_current() { [ "$(cat "$stamp" 2>/dev/null)" = "$lock_hash" ]; }

missing=()
have redis-server || have valkey-server || missing+=(redis-server)
if ! npm_is_current; then
  # SQLite is compiled where no ready-made binary can be had.
  have g++ || missing+=(g++)
  have make || missing+=(make)
  have python3 || missing+=(python3)
fi
if [ "${1:-}" = --tests ]; then
  have chromium || have google-chrome || missing+=(chromium)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
fi

[ ${#missing[@]} = 0 ] || install_from_debian "${missing[@]}" || exit 1
if [ "${1:-}" = --tests ] && can_install; then
  mapfile -t missing < <(civicrm_needs)
  # Without them the tests against real CiviCRM sites are not run, and say so.
  [ ${#missing[@]} = 0 ] || install_from_debian "${missing[@]}" || true
fi

if ! npm_is_current; then
  note "installing the npm packages (the first time compiles SQLite: about two minutes)"
  npm ci --no-audit --no-fund --loglevel=error >&2
  mkdir -p "$(dirname "$stamp")"
  printf '%s' "$lock_hash" > "$stamp"
fi
