<?php
/**
 * Stands in for totten/ca-config.
 *
 * CRM_Utils_HttpClient calls `CA_Config_Curl::probe([...])`, then isEnableSSL(), toCurlOptions(), getCaFile(), whenever it may
 * fetch something. PHP's own certificates are used as they are.
 */
class CA_Config_Curl {

  private function __construct(private bool $verify) {
  }

  public static function probe(array $policy = []): self {
    return new self((bool) ($policy['verify_peer'] ?? TRUE));
  }

  public function isEnableSSL(): bool {
    return TRUE;
  }

  public function getCaFile(): ?string {
    return NULL;
  }

  public function toCurlOptions(): array {
    return [CURLOPT_SSL_VERIFYPEER => $this->verify, CURLOPT_SSL_VERIFYHOST => $this->verify ? 2 : 0];
  }

}
