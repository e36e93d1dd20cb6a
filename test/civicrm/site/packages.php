<?php
/**
 * The table of PHP packages: what Composer is asked for, and what stands in where the registry does not have it.
 *
 * Versions are exact, and those of CiviCRM's own composer.lock where PHP 8.2 allows: the sites are the same on every machine.
 * There is no lock file, because Composer's answer depends on which packages the registry at hand has.
 */
return [
  // Always needed.
  'required' => [
    'civicrm/civicrm-core' => '6.20.0',
    'civicrm/civicrm-packages' => '6.20.0',
    'ezyang/htmlpurifier' => '4.19.1',
    'firebase/php-jwt' => '7.2.1',
    'guzzlehttp/guzzle' => '7.16.1',
    'guzzlehttp/promises' => '2.6.0',
    'guzzlehttp/psr7' => '2.13.2',
    'laravel/serializable-closure' => '1.3.3',
    'paragonie/constant_time_encoding' => '3.1.4',
    'paragonie/random_compat' => '9.99.100',
    'phpseclib/phpseclib' => '3.0.58',
    'psr/container' => '2.0.2',
    'psr/event-dispatcher' => '1.0.0',
    'psr/http-client' => '1.0.3',
    'psr/http-factory' => '1.1.0',
    'psr/http-message' => '2.0',
    'psr/log' => '3.0.2',
    'psr/simple-cache' => '1.0.1',
    'ralouphie/getallheaders' => '3.0.3',
    'smarty/smarty' => '5.8.5',
    'symfony/config' => '6.4.50',
    'symfony/dependency-injection' => '6.4.49',
    'symfony/deprecation-contracts' => '3.8.1',
    'symfony/event-dispatcher' => '6.4.44',
    'symfony/event-dispatcher-contracts' => '3.8.1',
    'symfony/filesystem' => '6.4.50',
    'symfony/finder' => '6.4.50',
    'symfony/polyfill-ctype' => '1.37.0',
    'symfony/polyfill-iconv' => '1.28.0',
    'symfony/polyfill-mbstring' => '1.43.3',
    'symfony/polyfill-php80' => '1.43.0',
    'symfony/polyfill-php82' => '1.43.0',
    'symfony/polyfill-php83' => '1.43.0',
    'symfony/polyfill-php84' => '1.43.0',
    'symfony/process' => '6.4.49',
    'symfony/service-contracts' => '3.8.1',
    'symfony/var-dumper' => '6.4.49',
    'symfony/var-exporter' => '7.4.22',
  ],
  // Taken from the registry where it has them; elsewhere the file under stand-ins/ does their part. Those with a third entry
  // are real code from a Debian package, which the stand-in only loads: it must be there.
  'preferred' => [
    'brick/money' => ['0.10.3', 'Money.php', '/usr/share/php/Brick/Math/BigDecimal.php'],
    'marcj/topsort' => ['1.1.0', 'TopSort.php'],
    'pear/auth_sasl' => ['1.2.0', 'Pear.php', '/usr/share/php/Auth/SASL.php'],
    'pear/db' => ['1.12.2', 'Pear.php', '/usr/share/php/DB.php'],
    'pear/log' => ['1.14.5', 'Log.php'],
    'pear/mail' => ['2.0.0', 'Pear.php', '/usr/share/php/Mail.php'],
    'pear/mail_mime' => ['1.10.11', 'Pear.php', '/usr/share/php/Mail/mime.php'],
    'pear/net_smtp' => ['1.12.1', 'Pear.php', '/usr/share/php/Net/SMTP.php'],
    'pear/net_socket' => ['1.2.1', 'Pear.php', '/usr/share/php/Net/Socket.php'],
    'phlib/xss-sanitizer' => ['2.1.0', 'XssSanitizer.php'],
    'phpseclib/phpseclib2_compat' => ['1.0.6', 'Aes.php'],
    'rubobaquero/phpquery' => ['0.9.15', 'DomDocumentWrapper.php'],
    'soundasleep/html2text' => ['2.1.0', 'Html2Text.php'],
    'totten/ca-config' => ['23.07.0', 'CaConfig.php'],
    'typo3/phar-stream-wrapper' => ['4.0.0', 'PharStreamWrapper.php'],
    'xkerman/restricted-unserialize' => ['1.1.12', 'RestrictedUnserialize.php'],
    'zetacomponents/base' => ['1.9.5', 'EzcMail.php'],
    'zetacomponents/mail' => ['1.9.7', 'EzcMail.php'],
  ],
  // CiviCRM asks for these, and nothing the tests reach loads them: they are left out everywhere.
  'leftOut' => [
    // Build steps: patches, downloads, style sheets.
    'civicrm/composer-compile-lib',
    'civicrm/composer-downloads-plugin',
    'cweagans/composer-patches',
    // PDF, spreadsheets, documents, files of unusual types.
    'adrienrn/php-mimetyper',
    'dompdf/dompdf',
    'knplabs/knp-snappy',
    'league/csv',
    'phpoffice/phpspreadsheet',
    'phpoffice/phpword',
    'pontedilana/php-weasyprint',
    'tecnickcom/tcpdf',
    // Two functions of PHP 8.5, called for contributions alone.
    'symfony/polyfill-php85',
    // Browsers, sign-in at other services, card payments, repeating events.
    'behat/mink',
    'dmore/chrome-mink-driver',
    'league/oauth2-client',
    'league/oauth2-google',
    'pear/validate_finance_creditcard',
    'tplaner/when',
  ],
];
