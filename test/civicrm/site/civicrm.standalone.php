<?php
/**
 * Boots CiviCRM for one site; copied into the site's folder. Composer's vendor/ beside it is shared by both sites.
 */
global $appRootPath, $settingsPath, $civicrm_paths;

$appRootPath = __DIR__;
$settingsPath = __DIR__ . '/private/civicrm.settings.php';
$vendor = dirname(__DIR__) . '/vendor';
// Core looks for civicrm-packages (DB_DataObject and more) before it reads the settings.
$civicrm_paths['civicrm.packages']['path'] = "$vendor/civicrm/civicrm-packages";

// CiviCRM finds none of its own files under a path that has a hidden folder in it (.civicrm), unless it is told what to leave out.
define('CIVICRM_EXCLUDE_DIRS_PATTERN', '@/\.(git|svn)(/|$)@');

// Nobody changes the code of a test site: its container of services need not be compared with hundreds of files in each call.
define('CIVICRM_CONTAINER_CACHE', 'always');

require_once "$vendor/autoload.php";
require_once "$vendor/civicrm/civicrm-core/CRM/Core/ClassLoader.php";
\CRM_Core_ClassLoader::singleton()->register();
\Civi\Core\SettingsManager::bootSettings($settingsPath);
