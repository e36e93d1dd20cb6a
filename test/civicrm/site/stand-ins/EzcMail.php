<?php
/**
 * Stands in for the part of zetacomponents/mail (and zetacomponents/base) that sending needs.
 *
 * Civi\WorkflowMessage\Traits\AddressingTrait calls `new ezcMailAddress($email, $name)`, `ezcMailTools::parseEmailAddresses($text)` and
 * `composeEmailAddress($address)` for every message template it sends. Reading mail (CRM_Mailing_MailStore) is not here.
 */
class ezcMailAddress {

  public function __construct(public string $email, public string $name = '', public string $charset = 'utf-8') {
  }

}

class ezcMailTools {

  public static function parseEmailAddresses(string $addresses): array {
    $out = [];
    // Split on commas that stand outside quotes.
    foreach (preg_split('/,(?=(?:[^"]*"[^"]*")*[^"]*$)/', $addresses) as $item) {
      $item = trim($item);
      if ($item === '') {
        continue;
      }
      if (preg_match('/^(.*?)\s*<([^<>]+)>$/s', $item, $m)) {
        $out[] = new ezcMailAddress(trim($m[2]), stripslashes(trim(trim($m[1]), '"')));
      }
      else {
        $out[] = new ezcMailAddress($item);
      }
    }
    return $out;
  }

  public static function composeEmailAddress(ezcMailAddress $item): string {
    $name = trim($item->name);
    if ($name === '') {
      return $item->email;
    }
    if (preg_match('/[^A-Za-z0-9 !#$%&\'*+\/=?^_`{|}~-]/', $name) && !preg_match('/[^\x20-\x7e]/', $name)) {
      $name = '"' . addcslashes($name, '"\\') . '"';
    }
    return "$name <$item->email>";
  }

}
