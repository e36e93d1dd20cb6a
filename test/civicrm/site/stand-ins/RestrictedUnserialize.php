<?php
/**
 * Stands in for xkerman/restricted-unserialize.
 *
 * CRM_Utils_String::unserialize, which reads serialized columns, calls the function `unserialize($string)` of that namespace and
 * catches its UnserializeFailedException. PHP's own unserialize with no class allowed gives the same protection.
 */

namespace xKerman\Restricted;

class UnserializeFailedException extends \Exception {
}

function unserialize($string) {
  $value = @\unserialize((string) $string, ['allowed_classes' => FALSE]);
  if ($value === FALSE && $string !== 'b:0;') {
    throw new UnserializeFailedException('Cannot unserialize');
  }
  // An object in the string is refused, at any depth.
  $walk = static function ($item) use (&$walk): void {
    if (is_object($item)) {
      throw new UnserializeFailedException('Objects are not allowed');
    }
    if (is_array($item)) {
      array_map($walk, $item);
    }
  };
  $walk($value);
  return $value;
}
