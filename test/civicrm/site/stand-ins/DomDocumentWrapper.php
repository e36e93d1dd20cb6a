<?php
/**
 * Stands in for one class of rubobaquero/phpquery.
 *
 * Civi\Afform\Symbols::scan walks `(new DOMDocumentWrapper($html, 'text/html'))->root` when Angular modules are listed, which the daily
 * status check in an administrator's first request does. phpQuery::newDocument(), which rewrites forms, is not here: forms
 * cannot be edited or shown.
 */
class DOMDocumentWrapper {

  public DOMDocument $document;

  public DOMElement $root;

  public function __construct($markup = NULL, $contentType = NULL, $newDocumentID = NULL) {
    $this->document = new DOMDocument();
    $this->document->loadHTML('<?xml encoding="utf-8"?><body>' . $markup . '</body>', LIBXML_NOERROR | LIBXML_NOWARNING);
    $this->root = $this->document->getElementsByTagName('body')->item(0);
  }

}
