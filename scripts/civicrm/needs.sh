# Sourced: which Debian packages the real CiviCRM sites still need on this machine.

# php-fpm of the version that `php` is; Debian names it by that version.
php_fpm() {
  local version
  version=$(php -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;' 2>/dev/null) || return 1
  command -v "php-fpm$version" || command -v php-fpm
}

civicrm_needs() {
  local PATH=$PATH:/usr/sbin:/sbin
  lacking() { [ -n "$2" ] || echo "$1"; }
  lacking mariadb-server "$(command -v mariadbd && command -v mariadb-install-db && command -v mariadb-dump)"
  lacking nginx "$(command -v nginx)"
  lacking curl "$(command -v curl)"
  lacking composer "$(command -v composer)"
  lacking php-cli "$(command -v php)"
  lacking php-fpm "$(php_fpm)"
  local extension extensions
  extensions=" $(php -m 2>/dev/null | tr '\n' ' ')"
  for extension in bcmath curl intl mbstring xml zip; do
    [[ $extensions == *" $extension "* ]] || echo "php-$extension"
  done
  [[ $extensions == *' mysqli '* ]] || echo php-mysql
  # PHP code that stand-ins load (test/civicrm/site/packages.php); other systems take it from the package registry.
  have apt-get || return 0
  local file
  for file in PEAR:php-pear DB:php-db Mail:php-mail Mail/mime:php-mail-mime Net/SMTP:php-net-smtp Net/Socket:php-net-socket \
    Auth/SASL:php-auth-sasl Brick/Math/BigDecimal:php-brick-math; do
    [ -e "/usr/share/php/${file%%:*}.php" ] || echo "${file#*:}"
  done
}
