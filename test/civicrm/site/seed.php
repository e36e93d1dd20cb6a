<?php
/**
 * php seed.php SITE_FOLDER NAME SMTP_PORT
 * What the installer leaves to do: API keys, four kinds of user, mail over SMTP. NAME is siteA or siteB.
 */
[, $folder, $name, $smtpPort] = $argv;
error_reporting(E_ALL & ~E_DEPRECATED);
require_once "$folder/civicrm.standalone.php";
// What a request would bring: Civi\Core\Url and the heads of mails ask for it.
$url = parse_url(CIVICRM_UF_BASEURL);
$_SERVER['HTTP_HOST'] = $url['host'] . ':' . $url['port'];
CRM_Core_Config::singleton();

use Civi\Api4\Contact;
use Civi\Api4\Domain;
use Civi\Api4\Email;
use Civi\Api4\Role;
use Civi\Api4\SiteEmailAddress;
use Civi\Api4\User;

// An API key is enough, in a header or as a parameter; so is one whose contact has no user account.
Civi::settings()->set('authx_guards', []);
foreach (['header', 'xheader', 'param'] as $flow) {
  Civi::settings()->set("authx_{$flow}_cred", ['api_key', 'jwt', 'pass']);
  Civi::settings()->set("authx_{$flow}_user", 'optional');
}
Civi::settings()->set('authx_legacyrest_cred', ['api_key', 'jwt']);
Civi::settings()->set('authx_legacyrest_user', 'optional');

Civi::settings()->set('mailing_backend', [
  'outBound_option' => CRM_Mailing_Config::OUTBOUND_OPTION_SMTP,
  'smtpServer' => '127.0.0.1',
  'smtpPort' => (int) $smtpPort,
  'smtpAuth' => 0,
  'smtpUsername' => '',
  'smtpPassword' => '',
  'sendmail_path' => '',
  'sendmail_args' => '',
]);
Domain::update(FALSE)->addWhere('id', '=', 1)->addValue('name', "Test $name")->execute();
SiteEmailAddress::save(FALSE)
  ->setMatch(['email'])
  ->addRecord(['display_name' => "Test $name", 'email' => "office@$name.example.org", 'is_active' => TRUE, 'is_default' => TRUE, 'domain_id' => 1])
  ->execute();

$admin = User::get(FALSE)->addWhere('username', '=', 'admin')->execute()->single();
Contact::update(FALSE)->addWhere('id', '=', $admin['contact_id'])->addValue('api_key', "$name-admin-key")->execute();

/** A contact with an e-mail address and an API key and, where permissions are given, a user with a role of them. */
$person = function (string $user, ?array $permissions) use ($name): void {
  $contact = Contact::create(FALSE)
    ->setValues(['contact_type' => 'Individual', 'first_name' => ucfirst($user), 'last_name' => 'Person', 'api_key' => "$name-$user-key"])
    ->execute()->single();
  $email = "$user@$name.example.org";
  Email::create(FALSE)->setValues(['contact_id' => $contact['id'], 'email' => $email, 'is_primary' => TRUE])->execute();
  if ($permissions === NULL) {
    return;
  }
  $role = Role::create(FALSE)
    ->setValues(['name' => $user, 'label' => ucfirst($user), 'is_active' => TRUE, 'permissions' => $permissions])
    ->execute()->single();
  User::create(FALSE)
    ->setValues(['contact_id' => $contact['id'], 'username' => $user, 'password' => "$user-pass", 'uf_name' => $email, 'roles' => [$role['id']], 'is_active' => TRUE])
    ->execute();
};
$person('limited', ['access CiviCRM', 'view all contacts', 'access my cases and activities']);
$person('nobody', []);
$person('nouser', NULL);

Civi::rebuild(['*' => TRUE])->execute();
