<?php
/**
 * Stands in for pear/log.
 *
 * CRM_Core_Config says `require_once 'Log.php'`; CRM_Core_Error calls `Log::singleton('file', $path, $ident, $conf)`, `log($message,
 * $priority)`, `attach()` and `close()`; Civi\API\LogObserver extends Log_observer and is loaded at every build of the container.
 * The numbers PEAR_LOG_* are used as soon as anything is logged.
 */

foreach (['EMERG', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'] as $level => $name) {
  if (!defined("PEAR_LOG_$name")) {
    define("PEAR_LOG_$name", $level);
  }
}

class Log {

  private static array $loggers = [];

  protected array $observers = [];

  public function attach($observer): bool {
    $this->observers[$observer->_id] = $observer;
    return TRUE;
  }

  public function detach($observer): bool {
    unset($this->observers[$observer->_id]);
    return TRUE;
  }

  protected function announce(int $priority, string $message): void {
    foreach ($this->observers as $observer) {
      if ($priority <= $observer->_priority) {
        $observer->notify(['priority' => $priority, 'message' => $message]);
      }
    }
  }

  public static function singleton($handler, $name = '', $ident = '', $conf = [], $level = PEAR_LOG_DEBUG) {
    return self::$loggers["$handler:$name:$ident"] ??= self::factory($handler, $name, $ident, $conf, $level);
  }

  public static function factory($handler, $name = '', $ident = '', $conf = [], $level = PEAR_LOG_DEBUG) {
    return new Log_file($name, $ident, $conf, $level);
  }

}

/**
 * Civi\API\LogObserver extends this; DebugSubscriber attaches one for calls with debug=1.
 */
class Log_observer {

  public $_id;

  public $_priority;

  public function __construct($priority = PEAR_LOG_INFO) {
    $this->_id = spl_object_id($this);
    $this->_priority = $priority;
  }

  public function notify(array $event) {
  }

}

class Log_file extends Log {

  public $_filename;

  private array $conf;

  private int $level;

  public function __construct($name, $ident = '', $conf = [], $level = PEAR_LOG_DEBUG) {
    $this->_filename = $name;
    $this->conf = (array) $conf;
    $this->level = (int) $level;
  }

  public function log($message, $priority = NULL): bool {
    $priority ??= PEAR_LOG_INFO;
    if ($priority > $this->level) {
      return FALSE;
    }
    if (is_array($message)) {
      // PEAR_ErrorStack hands over the whole error.
      $message = (string) ($message['message'] ?? print_r($message, TRUE));
    }
    elseif (!is_string($message)) {
      $message = print_r($message, TRUE);
    }
    static $names = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug'];
    $dir = dirname($this->_filename);
    if (!is_dir($dir)) {
      @mkdir($dir, octdec((string) ($this->conf['dirmode'] ?? '0775')), TRUE);
    }
    $this->announce($priority, $message);
    $line = date($this->conf['timeFormat'] ?? 'c') . '  [' . ($names[$priority] ?? $priority) . '] ' . $message . "\n";
    return @file_put_contents($this->_filename, $line, FILE_APPEND | LOCK_EX) !== FALSE;
  }

  public function open(): bool {
    return TRUE;
  }

  public function close(): bool {
    return TRUE;
  }

}
