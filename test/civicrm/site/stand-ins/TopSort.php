<?php
/**
 * Stands in for marcj/topsort.
 *
 * CRM_Extension_Manager and CRM_Extension_Upgrades order extensions with it, Civi\Api4\Utils\CoreUtil orders fields: `add($name,
 * $dependsOn)`, then `sort()`, which gives what is depended on first and otherwise keeps the order of adding. Without it no
 * extension is installed, so there is no site.
 */

namespace MJS\TopSort {

  class CircularDependencyException extends \Exception {
  }

  class ElementNotFoundException extends \Exception {
  }

}

namespace MJS\TopSort\Implementations {

  use MJS\TopSort\CircularDependencyException;
  use MJS\TopSort\ElementNotFoundException;

  class FixedArraySort {

    private array $nodes = [];

    public function add($element, $dependencies = NULL): void {
      $this->nodes[$element] = array_values((array) $dependencies);
    }

    public function sort(): array {
      $out = [];
      $state = [];
      $visit = function ($name, array $path) use (&$visit, &$out, &$state): void {
        if (($state[$name] ?? 0) === 2) {
          return;
        }
        if (($state[$name] ?? 0) === 1) {
          throw new CircularDependencyException('Circular dependency: ' . implode(' -> ', [...$path, $name]));
        }
        $state[$name] = 1;
        foreach ($this->nodes[$name] as $dep) {
          if (!isset($this->nodes[$dep])) {
            throw new ElementNotFoundException("Dependency `$dep` of `$name` not found");
          }
          $visit($dep, [...$path, $name]);
        }
        $state[$name] = 2;
        $out[] = $name;
      };
      foreach (array_keys($this->nodes) as $name) {
        $visit($name, []);
      }
      return $out;
    }

  }

}
