#!/usr/bin/env bash
# Makes a fresh Debian machine ready and does nothing that is done already.
#   prepare.sh          npm packages and Redis: what the product itself needs
#   prepare.sh --tests  also PostgreSQL and a browser, for the test suite
set -euo pipefail
cd "$(dirname "$0")/.."

note() { printf '\033[2m· %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

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

if [ ${#missing[@]} -gt 0 ]; then
  by_hand="apt-get install ${missing[*]}"
  have apt-get || { echo "Please install ${missing[*]} (on Debian: $by_hand), then run this again." >&2; exit 1; }
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    have sudo || { echo "Please run as root: $by_hand; then run this again." >&2; exit 1; }
    as_root=(sudo)
  fi
  note "installing from Debian: ${missing[*]}"
  # Debian starts a service on installation; the project runs servers of its own, so that is held back.
  policy=/usr/sbin/policy-rc.d
  held=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod +x "$policy"
    held=yes
  fi
  status=0
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2 || status=$?
  [ "$held" = no ] || "${as_root[@]}" rm -f "$policy"
  [ "$status" = 0 ] || { echo "apt-get could not install ${missing[*]} (exit code $status); its own words are above." >&2; exit 1; }
fi

if ! npm_is_current; then
  note "installing the npm packages (the first time compiles SQLite: about two minutes)"
  npm ci --no-audit --no-fund --loglevel=error >&2
  mkdir -p "$(dirname "$stamp")"
  printf '%s' "$lock_hash" > "$stamp"
fi
