<?php
/**
 * Stands in for brick/money, over Debian's brick/math.
 *
 * Civi\Core\Format, CRM_Utils_Money and the tokens format amounts with it; a mail with any token loads it. Called are
 *   ISOCurrencyProvider::getInstance()->getCurrency($code)   (UnknownCurrencyException)
 *   new Currency($code, $numeric, $name, $digits)
 *   Money::of($amount, $currency, $context, $rounding)
 *     ->minus($money) ->getAmount() ->getCurrency() ->compareTo() ->formatWith($numberFormatter)
 *   new DefaultContext(), new CustomContext($scale), new AutoContext()
 */

namespace {

  spl_autoload_register(static function (string $class): void {
    if (str_starts_with($class, 'Brick\\Math\\')) {
      require_once '/usr/share/php/' . strtr($class, '\\', '/') . '.php';
    }
  });

}

namespace Brick\Money\Exception {

  class UnknownCurrencyException extends \RuntimeException {
  }

}

namespace Brick\Money\Context {

  class DefaultContext {

    public function scale(int $currencyDigits): ?int {
      return $currencyDigits;
    }

  }

  class CustomContext extends DefaultContext {

    public function __construct(private int $scale) {
    }

    public function scale(int $currencyDigits): ?int {
      return $this->scale;
    }

  }

  class AutoContext extends DefaultContext {

    public function scale(int $currencyDigits): ?int {
      return NULL;
    }

  }

}

namespace Brick\Money {

  use Brick\Math\BigDecimal;
  use Brick\Math\RoundingMode;
  use Brick\Money\Context\DefaultContext;
  use Brick\Money\Exception\UnknownCurrencyException;

  class Currency {

    public function __construct(private string $code, private int $numericCode, private string $name, private int $digits) {
    }

    public static function of($code): self {
      return ISOCurrencyProvider::getInstance()->getCurrency((string) $code);
    }

    public function getCurrencyCode(): string {
      return $this->code;
    }

    public function getNumericCode(): int {
      return $this->numericCode;
    }

    public function getName(): string {
      return $this->name;
    }

    public function getDefaultFractionDigits(): int {
      return $this->digits;
    }

    public function __toString(): string {
      return $this->code;
    }

  }

  class ISOCurrencyProvider {

    private static ?self $instance = NULL;

    public static function getInstance(): self {
      return self::$instance ??= new self();
    }

    /**
     * Names and digits come from the intl extension (ICU) rather than from a table.
     */
    public function getCurrency($code): Currency {
      $known = \ResourceBundle::create('en', 'ICUDATA-curr')?->get('Currencies')?->get((string) $code);
      if (!$known) {
        throw new UnknownCurrencyException("Unknown currency code: $code");
      }
      $format = new \NumberFormatter("en_US@currency=$code", \NumberFormatter::CURRENCY);
      return new Currency((string) $code, 0, (string) $known->get(1), $format->getAttribute(\NumberFormatter::FRACTION_DIGITS));
    }

  }

  class Money {

    private function __construct(private BigDecimal $amount, private Currency $currency, private DefaultContext $context) {
    }

    public static function of($amount, $currency, $context = NULL, $rounding = RoundingMode::UNNECESSARY): self {
      $currency = $currency instanceof Currency ? $currency : Currency::of($currency);
      $context ??= new DefaultContext();
      $decimal = BigDecimal::of($amount);
      $scale = $context->scale($currency->getDefaultFractionDigits());
      return new self($scale === NULL ? $decimal->stripTrailingZeros() : $decimal->toScale($scale, $rounding), $currency, $context);
    }

    public static function zero($currency, $context = NULL): self {
      return self::of(0, $currency, $context);
    }

    public function getAmount(): BigDecimal {
      return $this->amount;
    }

    public function getCurrency(): Currency {
      return $this->currency;
    }

    public function plus($that, $rounding = RoundingMode::UNNECESSARY): self {
      return self::of($this->amount->plus(self::number($that)), $this->currency, $this->context, $rounding);
    }

    public function minus($that, $rounding = RoundingMode::UNNECESSARY): self {
      return self::of($this->amount->minus(self::number($that)), $this->currency, $this->context, $rounding);
    }

    public function compareTo($that): int {
      return $this->amount->compareTo(self::number($that));
    }

    public function isZero(): bool {
      return $this->amount->isZero();
    }

    public function formatWith(\NumberFormatter $formatter): string {
      return $formatter->formatCurrency($this->amount->toFloat(), $this->currency->getCurrencyCode());
    }

    public function __toString(): string {
      return $this->currency . ' ' . $this->amount;
    }

    private static function number($value) {
      return $value instanceof self ? $value->amount : $value;
    }

  }

}
