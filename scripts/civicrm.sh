#!/usr/bin/env bash
# npm run civicrm: two real CiviCRM sites on this machine, for tests. `--help` tells all.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
kit=$root/test/civicrm/site
PATH=$PATH:/usr/sbin:/sbin
export COMPOSER_ALLOW_SUPERUSER=1
site_key=bridge-test-site-key
. "$root/scripts/debian.sh"
. "$root/scripts/civicrm/needs.sh"
. "$root/scripts/civicrm/servers.sh"
. "$root/scripts/civicrm/build.sh"

usage() {
  cat <<'TEXT'
npm run civicrm -- COMMAND [FLAGS]     two real CiviCRM 6.20 sites on this machine, for tests

  up            builds what is missing, starts what is stopped, prints addresses, users and keys
  down          stops the servers and keeps the files
  reset [A|B]   puts the databases back as they were built: both, or that of one site
  status        says what there is and what runs
  clean         stops the servers and removes all that up has made

  --dir FOLDER   the folder of the sites (default: .civicrm in the project)
  --ports FIRST  four ports, from FIRST: site A, site B, MariaDB, and the one to which the sites send their mail
                 (default: 8480, or those they were built with); "any" takes free ones if need be
  --like OTHER   up copies the sites of that folder, if they are current, which takes a few seconds instead of half a minute
  --json         status as JSON
  --help         prints this

Exit codes: 0 done, 1 failed, 2 wrong command or flag, 3 this machine lacks something that cannot be installed.
TEXT
}

# die MESSAGE [EXIT CODE]
die() {
  echo "$1" >&2
  exit "${2:-1}"
}
wrong() { die "$1 Try: npm run civicrm -- --help" 2; }

command='' site='' ports='' like='' json=no dir=$root/.civicrm
while [ $# -gt 0 ]; do
  case $1 in
    --dir)
      [ -n "${2:-}" ] || wrong 'After --dir comes a folder.'
      dir=$(realpath -m -- "$2")
      shift
      ;;
    --ports)
      ports=${2:-}
      [[ $ports == any || ($ports =~ ^[1-9][0-9]{3,4}$ && $ports -ge 1024 && $ports -le 65532) ]] ||
        wrong "After --ports comes the first of four ports (1024 to 65532), or \"any\"; got \"$ports\"."
      shift
      ;;
    --like)
      [ -n "${2:-}" ] || wrong 'After --like comes a folder.'
      like=$(realpath -m -- "$2")
      shift
      ;;
    --json) json=yes ;;
    --help | -h) usage; exit 0 ;;
    -*) wrong "There is no flag \"$1\"." ;;
    *) if [ -z "$command" ]; then command=$1; elif [ -z "$site" ]; then site=$1; else wrong "\"$1\" is one word too many."; fi ;;
  esac
  shift
done
case $command in
  up | down | status | clean) [ -z "$site" ] || wrong "\"$command\" is for both sites; got \"$site\" after it." ;;
  reset) [[ $site =~ ^[AB]?$ ]] || wrong "There are sites A and B; got \"$site\"." ;;
  '') wrong 'Which command? One of up, down, reset, status, clean.' ;;
  *) wrong "There is no command \"$command\"; there are up, down, reset, status, clean." ;;
esac
[[ $json == no || $command == status ]] || wrong '--json goes with status.'
[[ $ports == '' || $command == up ]] || wrong '--ports goes with up.'
[[ $like == '' || $command == up ]] || wrong '--like goes with up.'
[[ $like != "$dir" ]] || wrong 'The folder after --like is the folder of the sites itself.'
# These paths stand in configuration files of three servers; a unix socket's path has 107 bytes at most.
strange=$'[][ \t\n"\'\\\\$;{}()#&|*?<>]'
[[ ! $dir =~ $strange ]] || die "The path of the folder may hold no blanks, quotes, brackets or the like; got $dir. Another one: --dir FOLDER" 3
[ "${#dir}" -le 85 ] || die "The path of the folder may have 85 characters at most; got $dir. Another one: --dir FOLDER" 3

# Nothing is changed or removed in a folder that is not marked as ours.
refuse_foreign() {
  [ -e "$dir/instance" ] || [ ! -e "$dir" ] || [ -z "$(ls -A "$dir" 2>/dev/null)" ] && return
  die "$dir is there already and was not made by this command, so it is left alone. Another folder: --dir FOLDER"
}

# One command at a time in a folder. The lock is the folder itself, which the one before may have removed.
lock() {
  local locked=no
  until [ "$locked" = yes ]; do
    mkdir -p "$dir"
    exec 9<"$dir"
    flock -n 9 || { note "waiting for another command in $dir"; flock 9; }
    [ ! "$dir" -ef "/proc/$$/fd/9" ] || locked=yes
  done
  chmod 700 "$dir"
}

is_built() { [ -s "$dir/built" ]; }
is_current() { [ "$(cat "$dir/built" 2>/dev/null)" = "$(fingerprint "$dir" "$first_port")" ]; }
is_running() { pid_of mariadb && pid_of php-fpm && pid_of nginx; } >/dev/null

# A number below $1 that stays the same for this folder.
folder_number() { echo $((16#$(sha256sum <<<"$dir" | cut -c1-8) % $1)); }
# Other sites have another password, so that a build which has lost its server cannot write into theirs on the same port.
database_password() { echo "civi-$(folder_number 1000000)"; }

use_ports() { first_port=$1 port_a=$1 port_b=$(($1 + 1)) database_port=$(($1 + 2)) smtp_port=$(($1 + 3)); }
# recorded_port [FOLDER]
recorded_port() { sed -n 's/^first port: \([0-9]*\)$/\1/p' "${1:-$dir}/instance"; }

# As asked; or as recorded; or (any) as recorded if they are free, else the first four that are, each folder looking from a
# place of its own, because two may look at the same time.
choose_ports() {
  local recorded='' first port offset
  offset=$((10 * $(folder_number 100)))
  [ ! -e "$dir/instance" ] || recorded=$(recorded_port)
  use_ports "${recorded:-8480}"
  if [ "$ports" != any ]; then use_ports "${ports:-$first_port}"; return; fi
  [ -z "$recorded" ] || ! is_running || return 0
  for first in $recorded $(seq $((8490 + offset)) 10 9480) $(seq 8490 10 9480); do
    use_ports "$first"
    for port in "$port_a" "$port_b" "$database_port" "$smtp_port"; do
      ! port_answers "$port" || continue 2
    done
    return
  done
  die 'No four free ports were found between 8490 and 9483. Give the first of four with --ports FIRST.'
}

up() {
  refuse_foreign
  local needs
  mapfile -t needs < <(civicrm_needs)
  [ ${#needs[@]} = 0 ] || install_from_debian "${needs[@]}" || exit 3
  lock
  choose_ports
  if ! is_current; then
    ! is_built || note 'building the sites again: their ports or the files they are made of have changed'
    [ ! -e "$dir/instance" ] || stop_servers
    need_free "$port_a" 'site A'
    need_free "$port_b" 'site B'
    need_free "$database_port" MariaDB
    printf 'Two CiviCRM sites, made and removed by scripts/civicrm.sh\nfirst port: %s\n' "$first_port" >"$dir/instance"
    build
  fi
  start_mariadb
  start_web
  write_sites_file
  describe
}

site_json() { # A|B PORT
  printf '{ "name": "site%s", "url": "http://127.0.0.1:%s", "siteKey": "%s", "database": "site%s",' "$1" "$2" "$site_key" "$1"
  printf ' "keys": { "admin": "site%s-admin-key", "limited": "site%s-limited-key",' "$1" "$1"
  printf ' "nobody": "site%s-nobody-key", "nouser": "site%s-nouser-key" } }' "$1" "$1"
}

# Read by test/support/real-sites.ts.
write_sites_file() {
  cat >"$dir/sites.json" <<JSON
{
  "folder": "$dir",
  "smtpPort": $smtp_port,
  "database": { "host": "127.0.0.1", "port": $database_port, "user": "civi", "password": "$(database_password)" },
  "sites": {
    "a": $(site_json A "$port_a"),
    "b": $(site_json B "$port_b")
  }
}
JSON
}

describe() {
  cat <<TEXT
site A    http://127.0.0.1:$port_a    (log in as admin / admin-pass)
site B    http://127.0.0.1:$port_b
API keys  siteA-admin-key      an administrator
          siteA-limited-key    sees contacts, and cases of their own
          siteA-nobody-key     a user without any permission
          siteA-nouser-key     a contact without a user account        (of site B: siteB-…)
MariaDB   127.0.0.1:$database_port, user civi, password $(database_password), databases siteA and siteB
mail      is sent to 127.0.0.1:$smtp_port; who wants it listens there
tests     export TEST_CIVICRM_SITES=$dir/sites.json
TEXT
}

down() {
  refuse_foreign
  [ -e "$dir/instance" ] || { echo "There are no sites in $dir."; return; }
  lock
  stop_servers
  echo "The servers of $dir are stopped."
}

reset_site() { # A|B
  sql -e "DROP DATABASE IF EXISTS site$1; CREATE DATABASE site$1"
  { echo 'SET foreign_key_checks = 0, unique_checks = 0, autocommit = 0;'; cat "$dir/dump/site$1.sql"; echo 'COMMIT;'; } | sql "site$1"
}

reset() {
  refuse_foreign
  is_built || die "There are no sites in $dir to reset. Build them with: npm run civicrm -- up"
  lock
  use_ports "$(recorded_port)"
  start_mariadb
  local letter jobs=()
  for letter in ${site:-A B}; do
    reset_site "$letter" &
    jobs+=($!)
  done
  for letter in "${jobs[@]}"; do wait "$letter"; done
}

status() {
  refuse_foreign
  local state=absent name pids='' stand_ins=''
  if [ -e "$dir/instance" ]; then
    state=unfinished
    use_ports "$(recorded_port)"
    if is_built; then
      if is_running; then state=running; elif pid_of mariadb || pid_of php-fpm || pid_of nginx; then state=partly; else state=stopped; fi >/dev/null
    fi
    for name in mariadb php-fpm nginx; do pids+=", \"$name\": $(pid_of "$name" || echo null)"; done
    stand_ins=$(find "$dir/stand-ins" -name '*.php' -printf ', "%f"' 2>/dev/null || true)
  fi
  if [ "$json" = yes ]; then
    printf '{ "folder": "%s", "state": "%s"' "$dir" "$state"
    if [ "$state" != absent ]; then
      printf ', "current": %s, "servers": {%s }' "$(is_current && echo true || echo false)" "${pids#,}"
      printf ', "ports": { "a": %s, "b": %s, "database": %s, "smtp": %s }' "$port_a" "$port_b" "$database_port" "$smtp_port"
      printf ', "standIns": [%s]' "${stand_ins#, }"
    fi
    printf ' }\n'
    return
  fi
  case $state in
    absent) echo "There are no sites in $dir." ;;
    unfinished) echo "The sites in $dir are not built to the end; \"up\" begins again." ;;
    stopped) echo "The sites in $dir are built and stopped." ;;
    partly) echo "Some servers of $dir run and some do not:${pids#,}; \"up\" starts the others." ;;
    running) echo "The sites in $dir run."; describe ;;
  esac
}

clean() {
  refuse_foreign
  [ -e "$dir/instance" ] || { echo "There are no sites in $dir."; return; }
  lock
  stop_servers
  remove_built
  rm -f "$dir/instance"
  rmdir "$dir" 2>/dev/null || note "$dir has files of someone else and stays"
  echo "The sites in $dir are removed."
}

"$command"
