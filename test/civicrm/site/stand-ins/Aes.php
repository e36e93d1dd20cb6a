<?php
/**
 * Stands in for phpseclib/phpseclib2_compat, over PHP's openssl.
 *
 * Civi\Crypto\PhpseclibCipherSuite encrypts settings and tokens with phpseclib\Crypt\AES of version 2: setKeyLength, getKeyLength and
 * getBlockLength (bits), setKey, setIV, encrypt, decrypt; in AES-CBC with PKCS#7 and in AES-CTR.
 */

namespace phpseclib\Crypt;

class AES {

  const MODE_CTR = -1;
  const MODE_CBC = 2;

  private int $bits = 128;

  private string $key = '';

  private string $iv = '';

  public function __construct(private int $mode = self::MODE_CBC) {
  }

  public function setKeyLength(int $bits): void {
    $this->bits = $bits;
  }

  public function getKeyLength(): int {
    return $this->bits;
  }

  public function getBlockLength(): int {
    return 128;
  }

  public function setKey(string $key): void {
    $this->key = $key;
  }

  public function setIV(string $iv): void {
    $this->iv = $iv;
  }

  public function encrypt(string $plain): string {
    return (string) openssl_encrypt($plain, $this->cipher(), $this->key, OPENSSL_RAW_DATA, $this->iv);
  }

  public function decrypt(string $cipherText) {
    return openssl_decrypt($cipherText, $this->cipher(), $this->key, OPENSSL_RAW_DATA, $this->iv);
  }

  private function cipher(): string {
    return 'aes-' . $this->bits . '-' . ($this->mode === self::MODE_CTR ? 'ctr' : 'cbc');
  }

}
