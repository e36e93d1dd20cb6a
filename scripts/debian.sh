# Sourced by scripts that need programs from Debian.

note() { printf '\033[2m· %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Whether packages can be installed here at all.
can_install() { have apt-get && { [ "$(id -u)" = 0 ] || have sudo; }; }

# install_from_debian PACKAGE...: status 1, and a sentence, where that cannot be done.
install_from_debian() {
  local by_hand="apt-get install $*"
  have apt-get || { echo "Please install $* (on Debian: $by_hand), then run this again." >&2; return 1; }
  can_install || { echo "Please run as root: $by_hand; then run this again." >&2; return 1; }
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  note "installing from Debian: $*"
  # Debian starts a service on installation; the project runs servers of its own, so that is held back.
  local policy=/usr/sbin/policy-rc.d held=no status=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod +x "$policy"
    held=yes
  fi
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"; } >&2 || status=$?
  [ "$held" = no ] || "${as_root[@]}" rm -f "$policy"
  [ "$status" = 0 ] || { echo "apt-get could not install $* (exit code $status); its own words are above." >&2; return 1; }
}
