# Sourced: starts and stops the three servers of the folder $dir. Each runs in the foreground of a session of its own.

# The pid of server $1 if it runs. A pid file may be stale and its number that of someone else's process by now, so the process
# must have our configuration file in its command line.
pid_of() {
  local pid
  pid=$(cat "$dir/run/$1.pid" 2>/dev/null) && [[ $pid =~ ^[0-9]+$ ]] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$dir/run/$1.conf" || return 1
  echo "$pid"
}

# launch NAME COMMAND...: the child writes its pid before it becomes the server, so that there is no moment in which a server runs
# unrecorded. It must not inherit the lock of the folder.
launch() {
  local name=$1
  shift
  (
    echo "$BASHPID" >"$dir/run/$name.pid"
    exec setsid "$@"
  ) 9>&- </dev/null >>"$dir/log/$name.log" 2>&1 &
}

port_answers() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# need_free PORT WHAT: before a server of ours takes it.
need_free() {
  port_answers "$1" || return 0
  die "Port $1, for $2, is taken by another program: stop that, or give others with --ports FIRST (or --ports any)."
}

# wait_for NAME CHECK...: until the check holds, as long as the server lives.
wait_for() {
  local name=$1 attempt
  shift
  for attempt in {1..300}; do
    "$@" >/dev/null 2>&1 && return 0
    # A server that has just been launched may not be known by its own command line yet.
    [ "$attempt" -lt 20 ] || pid_of "$name" >/dev/null || break
    sleep 0.1
  done
  tail -n 15 "$dir/log/$name.log" >&2
  die "$name does not start; its log is above ($dir/log/$name.log). If this goes on: npm run civicrm -- clean, then up."
}

sql() { mariadb --no-defaults --socket="$dir/run/mysqld.sock" -u root "$@"; }

start_mariadb() {
  ! sql -e 'SELECT 1' >/dev/null 2>&1 || return 0
  if ! pid_of mariadb >/dev/null; then
    need_free "$database_port" MariaDB
    local as_root=()
    [ "$(id -u)" != 0 ] || as_root=(--user=root)
    launch mariadb mariadbd --defaults-file="$dir/run/mariadb.conf" "${as_root[@]}"
  fi
  wait_for mariadb sql -e 'SELECT 1'
}

start_web() {
  if ! pid_of php-fpm >/dev/null; then
    rm -f "$dir/run/php-fpm.sock"
    local as_root=()
    [ "$(id -u)" != 0 ] || as_root=(--allow-to-run-as-root)
    launch php-fpm "$(php_fpm)" --nodaemonize "${as_root[@]}" --fpm-config "$dir/run/php-fpm.conf"
    wait_for php-fpm test -S "$dir/run/php-fpm.sock"
  fi
  if ! pid_of nginx >/dev/null; then
    need_free "$port_a" 'site A'
    need_free "$port_b" 'site B'
    launch nginx nginx -c "$dir/run/nginx.conf" -e "$dir/log/nginx.log"
    wait_for nginx port_answers "$port_b"
  fi
}

stop() {
  local name=$1 pid attempt
  if pid=$(pid_of "$name"); then
    kill "$pid"
    for attempt in {1..200}; do
      pid_of "$name" >/dev/null || break
      # A server that has hung for 15 seconds is ended the hard way.
      [ "$attempt" != 150 ] || kill -KILL "$pid"
      sleep 0.1
    done
  fi
  rm -f "$dir/run/$name.pid"
}

stop_servers() {
  stop nginx
  stop php-fpm
  stop mariadb
}
