<?php
/**
 * php install.php SITE_FOLDER URL DATABASE_SERVER DATABASE_PASSWORD DATABASE SITE_KEY
 * Runs CiviCRM's own installer (\Civi\Setup) for a Standalone site with CiviCase, CiviMail and authx.
 */
[, $folder, $url, $server, $password, $database, $siteKey] = $argv;
error_reporting(E_ALL & ~E_DEPRECATED & ~E_NOTICE & ~E_WARNING);
$_SERVER['HTTP_HOST'] = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
$core = realpath("$folder/../vendor/civicrm/civicrm-core");
$packages = realpath("$folder/../vendor/civicrm/civicrm-packages");

require_once "$folder/civicrm.standalone.php";
require_once "$core/setup/civicrm-setup-autoload.php";
\Civi\Setup::assertProtocolCompatibility('1.0');
\Civi\Setup::init(['cms' => 'Standalone', 'srcPath' => $core, 'cmsBaseUrl' => $url], NULL, new class extends \Psr\Log\AbstractLogger {

  public function log($level, $message, array $context = []): void {
    if (!in_array($level, ['info', 'debug'], TRUE)) {
      fwrite(STDERR, sprintf("[%s] %s %s\n", $level, $message, $context ? json_encode($context) : ''));
    }
  }

});
$setup = \Civi\Setup::instance();
$model = $setup->getModel();
$model->db = $model->cmsDb = ['server' => $server, 'username' => 'civi', 'password' => $password, 'database' => $database];
$model->lang = 'en_US';
$model->siteKey = $siteKey;
// The Standalone plugin of the installer takes these to be under <site>/core, which is another layout than Composer's.
$model->paths['civicrm.root'] = ['path' => $core, 'url' => "$url/core"];
$model->paths['civicrm.packages'] = ['path' => $packages, 'url' => "$url/packages"];
$model->paths['civicrm.vendor'] = ['path' => dirname($core, 2), 'url' => "$url/vendor"];
$model->paths['civicrm.bower'] = ['path' => "$core/bower_components", 'url' => "$url/core/bower_components"];
// A test site calls nobody.
$model->mandatorySettings['ext_repo_url'] = FALSE;
$model->mandatorySettings['communityMessagesUrl'] = FALSE;
$model->components = ['CiviCase', 'CiviMail'];
// The installer's own list is longer by extensions that are user interface only; the themes are settings of one of them.
$model->extensions = ['standaloneusers', 'authx', 'org.civicrm.search_kit', 'org.civicrm.afform'];
$themes = ['theme_backend', 'theme_frontend', 'riverlea_dark_mode_frontend', 'riverlea_dark_mode_backend'];
$model->settings = array_diff_key($model->settings, array_flip($themes));
$model->extras['adminUser'] = 'admin';
$model->extras['adminPass'] = 'admin-pass';
$model->extras['adminPassWasSpecified'] = TRUE;
$model->extras['adminEmail'] = 'admin@example.org';

$errors = $setup->checkRequirements()->getErrors();
foreach ($errors as $error) {
  fwrite(STDERR, "CiviCRM needs {$error['name']}: {$error['message']}\n");
}
if ($errors !== []) {
  exit(1);
}
$setup->installFiles();
$setup->installDatabase();
