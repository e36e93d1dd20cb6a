/** Where CiviCRM itself dies of a PHP error: the answer is its HTML error page, not JSON. */
export class PhpCrash extends Error {
  constructor(what: string) {
    super(`CiviCRM would crash here: ${what}.`);
    this.name = 'PhpCrash';
  }
}
