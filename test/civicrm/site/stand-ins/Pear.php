<?php
/**
 * Loads Debian's copies of pear/db, pear/mail, pear/mail_mime, pear/net_smtp, pear/net_socket, pear/auth_sasl and of PEAR itself.
 *
 * Real code, a little older than CiviCRM asks for (DB 1.11 for 1.12, Mail 1.4 for 2.0): CRM_Core_DAO reads and writes everything
 * through DB, CRM_Utils_Mail sends through Mail. Only a loader is missing, because Debian installs these for include_path.
 */

// DB 1.11 is older than PHP 8.1, where mysqli throws by default; it expects FALSE and an error number.
mysqli_report(MYSQLI_REPORT_OFF);

spl_autoload_register(static function (string $class): void {
  if (preg_match('/^(PEAR|DB|Mail|Net_SMTP|Net_Socket|Auth_SASL)(_|$)/', $class) !== 1) {
    return;
  }
  $sharedFile = ['PEAR_Error' => 'PEAR.php', 'DB_Error' => 'DB.php'];
  // DB_DataObject and its like are in civicrm-packages, which is on include_path.
  $file = stream_resolve_include_path($sharedFile[$class] ?? strtr($class, '_', '/') . '.php');
  if ($file !== FALSE) {
    require_once $file;
  }
});
