<?php
/**
 * Stands in for soundasleep/html2text.
 *
 * CRM_Utils_String::htmlToText calls `Html2Text::convert($html, ['ignore_errors' => TRUE])` for the text part of a mail that has only
 * HTML; reminders are such mails. Block tags break the line, links keep their address, entities are decoded. The layout is not
 * that of the real package: a test must not look at it.
 */

namespace Soundasleep;

class Html2Text {

  public static function convert(?string $html, $options = []): string {
    $text = (string) $html;
    $text = preg_replace('#<(head|script|style|title)\b[^>]*>.*?</\1\s*>#is', '', $text);
    $text = preg_replace('#[ \t\r\n]+#', ' ', $text);
    $text = preg_replace_callback('#<a\b[^>]*\bhref\s*=\s*(["\'])(.*?)\1[^>]*>(.*?)</a\s*>#is', static function (array $m): string {
      $label = trim(strip_tags($m[3]));
      return $label === '' || $label === $m[2] ? $m[2] : "[$label]($m[2])";
    }, $text);
    $text = preg_replace('#<br\s*/?>\s*#i', "\n", $text);
    $text = preg_replace('#<hr\b[^>]*>#i', "\n---\n", $text);
    $text = preg_replace('#<li\b[^>]*>#i', "\n- ", $text);
    $text = preg_replace('#</?(p|h[1-6]|blockquote|ul|ol|table)\b[^>]*>\s*#i', "\n\n", $text);
    $text = preg_replace('#</?(div|tr|section|article|header|footer)\b[^>]*>\s*#i', "\n", $text);
    $text = preg_replace('#</(td|th)\s*>#i', "\t", $text);
    $text = html_entity_decode(strip_tags($text), ENT_QUOTES | ENT_HTML5, 'UTF-8');
    $text = str_replace("\u{a0}", ' ', $text);
    $text = preg_replace('#[ \t]*\n[ \t]*#', "\n", $text);
    return trim(preg_replace("#\n{3,}#", "\n\n", $text));
  }

}
