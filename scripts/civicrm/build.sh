# Sourced: builds both sites in $dir, from nothing.

# All that a build makes in the folder, and so all that is ever removed from it, besides `instance`.
built_things=(built sites.json composer.json composer.lock vendor stand-ins siteA siteB mysql dump run log)

# fingerprint FOLDER PORT: what was built, and from what. When this changes, the sites are built again.
fingerprint() {
  {
    echo "$1 $2"
    (cd "$root" && find test/civicrm/site scripts/civicrm/build.sh -type f -print0 | sort -z | xargs -0 sha256sum)
  } | sha256sum | cut -d' ' -f1
}

remove_built() {
  local thing
  for thing in "${built_things[@]}"; do rm -rf "${dir:?}/$thing"; done
}

# step NAME COMMAND...: says how long it took; a failure shows the end of its log.
step() {
  local name=$1 started status=0
  shift
  started=$(date +%s%N)
  # Not `|| status=$?`, which would have the function go on after a command of it has failed.
  set +e
  (set -e; "$@") >"$dir/log/$name.log" 2>&1
  status=$?
  set -e
  if [ "$status" != 0 ]; then
    tail -n 25 "$dir/log/$name.log" >&2
    die "Building the sites failed at \"$name\"; the end of $dir/log/$name.log is above. $(tail -n 1 "$dir/log/$name.log")" "$status"
  fi
  local tenths=$((($(date +%s%N) - started) / 100000000))
  note "$(printf '%-9s %3d.%d s' "$name" $((tenths / 10)) $((tenths % 10)))"
}

write_configuration() {
  local name text as_root
  for name in mariadb php-fpm nginx; do
    as_root=''
    if [ "$(id -u)" = 0 ]; then
      case $name in php-fpm) as_root=$'user = root\ngroup = root' ;; nginx) as_root='user root;' ;; esac
    fi
    text=$(<"$kit/conf/$name.conf")
    text=${text//@DIR@/"$dir"}
    text=${text//@AS_ROOT@/"$as_root"}
    text=${text//@PORT_A@/"$port_a"}
    text=${text//@PORT_B@/"$port_b"}
    text=${text//@DATABASE_PORT@/"$database_port"}
    printf '%s\n' "$text" >"$dir/run/$name.conf"
  done
}

make_databases() {
  local as_root=()
  [ "$(id -u)" != 0 ] || as_root=(--user=root)
  mariadb-install-db --no-defaults --datadir="$dir/mysql" --auth-root-authentication-method=normal --skip-test-db "${as_root[@]}"
  start_mariadb
  # root may come in by the socket alone, which lies in a folder of our own.
  sql <<SQL
DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';
FLUSH PRIVILEGES;
CREATE DATABASE siteA; CREATE DATABASE siteB;
CREATE USER civi@'127.0.0.1' IDENTIFIED BY '$(database_password)';
GRANT ALL ON siteA.* TO civi@'127.0.0.1'; GRANT ALL ON siteB.* TO civi@'127.0.0.1';
SQL
}

make_site() { # A|B PORT
  local folder=$dir/site$1 php=(php -d memory_limit=1G -d date.timezone=UTC -d display_errors=stderr)
  mkdir -p "$folder"/{web,private,public,ext}
  cp "$kit/civicrm.standalone.php" "$folder/"
  cp "$kit/index.php" "$folder/web/"
  "${php[@]}" "$kit/install.php" "$folder" "http://127.0.0.1:$2" "127.0.0.1:$database_port" "$(database_password)" "site$1" "$site_key" &&
    "${php[@]}" "$kit/seed.php" "$folder" "site$1" "$smtp_port"
}

can_copy() {
  [ -n "$like" ] && [ -s "$like/built" ] && [ "$(<"$like/built")" = "$(fingerprint "$like" "$(recorded_port "$like")")" ]
}

# The code takes no room twice: nothing ever writes into it.
copy_code() {
  local thing
  for thing in vendor stand-ins; do
    cp -al "$like/$thing" "$dir/" 2>/dev/null || { rm -rf "${dir:?}/$thing" && cp -a "$like/$thing" "$dir/"; }
  done
}

# A site that has moved: CiviCRM knows its folder, address and database from one file, and keeps the port of its mail in the database.
copy_site() { # A|B PORT
  local folder=$dir/site$1
  cp -a "$like/site$1" "$folder"
  rm -rf "$folder"/private/cache/*
  sed -i "s|$like/|$dir/|g; s|http://127.0.0.1:[0-9]*|http://127.0.0.1:$2|g
    s|civi:[^@]*@127.0.0.1:[0-9]*/|civi:$(database_password)@127.0.0.1:$database_port/|g" "$folder/private/civicrm.settings.php"
  sed 's|smtpPort\\";i:[0-9]*;|smtpPort\\";i:'"$smtp_port;|g" "$like/dump/site$1.sql" >"$dir/dump/site$1.sql"
  reset_site "$1"
}

# both COMMAND: for site A and site B at the same time.
both() {
  local a b status=0
  "$1" A "$port_a" & a=$!
  "$1" B "$port_b" & b=$!
  wait "$a" || status=1
  wait "$b" || status=1
  return "$status"
}

# The first request of a site fills its caches; they belong to what a reset brings back.
warm_up() {
  start_web
  local site
  for site in "A $port_a" "B $port_b"; do
    set -- $site
    curl -sS --fail-with-body -H "X-Civi-Auth: Bearer site$1-admin-key" -H 'X-Requested-With: XMLHttpRequest' \
      --data-urlencode 'params={"limit":1}' "http://127.0.0.1:$2/civicrm/ajax/api4/Contact/get"
  done
}

dump_databases() {
  local site
  for site in siteA siteB; do
    mariadb-dump --no-defaults --socket="$dir/run/mysqld.sock" -u root --single-transaction --triggers --routines "$site" >"$dir/dump/$site.sql"
  done
}

build() {
  stop_servers
  remove_built
  mkdir -p "$dir"/{run/tmp,log,dump}
  trap stop_servers EXIT
  write_configuration
  local made=make_site
  ! can_copy || made=copy_site
  if [ "$made" = copy_site ]; then step code copy_code; else step composer php "$kit/compose.php" "$dir"; fi
  step database make_databases
  step sites both "$made"
  step web warm_up
  step dump dump_databases
  trap - EXIT
  fingerprint "$dir" "$first_port" >"$dir/built"
}
