<?php
/**
 * Stands in for phlib/xss-sanitizer.
 *
 * Civi\Core\RichText\StandardFilters::xss calls `(new Sanitizer())->sanitize($html)` when rich text is put out. This is a rough
 * filter for a site with nobody's data in it: no security boundary.
 */

namespace Phlib\XssSanitizer;

class Sanitizer {

  public function sanitize(string $html): string {
    $html = preg_replace('#<(script|iframe|object|embed)\b[^>]*>.*?</\1\s*>#is', '', $html);
    $html = preg_replace('#</?(script|iframe|object|embed)\b[^>]*>#i', '', $html);
    $html = preg_replace('#\son[a-z]+\s*=\s*("[^"]*"|\'[^\']*\'|[^\s>]+)#i', '', $html);
    return preg_replace('#((?:href|src|action)\s*=\s*["\']?)\s*(?:javascript|vbscript)\s*:#i', '$1', $html);
  }

}
