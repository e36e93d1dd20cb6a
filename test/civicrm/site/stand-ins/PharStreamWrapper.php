<?php
/**
 * Stands in for typo3/phar-stream-wrapper.
 *
 * CRM_Core_Invoke asks PharLoader::isWrapperInstantiated() on every page, which calls `Manager::instance()`. An answer without an
 * exception means "there already", and PHP's own phar:// wrapper stays. It protects from nothing.
 */

namespace TYPO3\PharStreamWrapper;

class Manager {

  private static ?self $instance = NULL;

  public static function instance(): self {
    return self::$instance ??= new self();
  }

  public static function initialize($behavior): self {
    return self::instance();
  }

}
