<?php
/**
 * php compose.php FOLDER [TABLE]
 *
 * Fetches the packages of the table (packages.php) into FOLDER/vendor. Composer is first asked for all of them. When it cannot,
 * its one answer names every requirement at fault; those that have a stand-in get it, and Composer is asked again: packages
 * are never looked up one by one. Exit code 3: the registry cannot be reached, or Debian's part of a stand-in is missing.
 */
[, $folder] = $argv;
$table = require $argv[2] ?? __DIR__ . '/packages.php';

/** @return string[] the preferred packages that Composer's answer complains about: missing, or needing what is missing */
function complainedAbout(string $answer, array $preferred): array {
  preg_match_all('~Root composer\.json requires ([a-z0-9_.-]+/[a-z0-9_.-]+)~', $answer, $found);
  return array_values(array_intersect(array_unique($found[1]), array_keys($preferred)));
}

/** What goes into composer.json: `replace` makes Composer take a package for present. */
function composerJson(array $table, array $standingIn): array {
  $real = array_diff_key($table['preferred'], array_flip($standingIn));
  $files = standInFiles($table, $standingIn);
  return [
    'name' => 'civicase-bridge/civicrm-sites',
    'type' => 'project',
    'require' => $table['required'] + array_map(fn(array $entry) => $entry[0], $real),
    'replace' => (object) array_fill_keys([...$table['leftOut'], ...$standingIn], '*'),
    'autoload' => ['files' => array_map(fn(string $file) => "stand-ins/$file", $files)],
    // CRM_Core_Config says require_once 'Log.php'.
    'include-path' => in_array('pear/log', $standingIn) ? ['stand-ins/'] : [],
    'minimum-stability' => 'dev',
    'prefer-stable' => TRUE,
    // Packages are chosen for PHP 8.2, whichever newer one runs them.
    'config' => ['allow-plugins' => FALSE, 'lock' => FALSE, 'platform' => ['php' => '8.2.30']],
  ];
}

/** @return string[] */
function standInFiles(array $table, array $standingIn): array {
  return array_values(array_unique(array_map(fn(string $package) => $table['preferred'][$package][1], $standingIn)));
}

/** @return array{int, string} exit code and answer */
function askComposer(string $folder, array $composerJson): array {
  file_put_contents("$folder/composer.json", json_encode($composerJson, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES));
  $flags = '--no-plugins --no-scripts --no-interaction --no-progress --no-ansi --no-audit --no-dev --prefer-dist --optimize-autoloader';
  exec('cd ' . escapeshellarg($folder) . " && composer update $flags 2>&1", $lines, $status);
  return [$status, implode("\n", $lines)];
}

function giveUp(int $code, string $message): never {
  fwrite(STDERR, "$message\n");
  exit($code);
}

$standingIn = [];
while (TRUE) {
  [$status, $answer] = askComposer($folder, composerJson($table, $standingIn));
  echo $answer, "\n";
  if ($status === 0) {
    break;
  }
  $more = complainedAbout($answer, array_diff_key($table['preferred'], array_flip($standingIn)));
  if ($more === []) {
    $offline = preg_match('~curl error|could not be downloaded|could not resolve host~i', $answer) === 1;
    $offline ? giveUp(3, 'Composer cannot reach the package registry.') : giveUp(1, 'Composer cannot put these packages together.');
  }
  $standingIn = [...$standingIn, ...$more];
  sort($standingIn);
}
@mkdir("$folder/stand-ins");
foreach ($standingIn as $package) {
  $debian = $table['preferred'][$package][2] ?? NULL;
  if ($debian !== NULL && !is_file($debian)) {
    giveUp(3, "$package is not in the package registry, and $debian (from Debian) is missing.");
  }
}
foreach (standInFiles($table, $standingIn) as $file) {
  copy(__DIR__ . "/stand-ins/$file", "$folder/stand-ins/$file");
}
echo 'Stand-ins are used for: ', implode(', ', $standingIn) ?: 'nothing', "\n";
