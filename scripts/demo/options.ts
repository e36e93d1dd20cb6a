import { parseArgs } from 'node:util';

export interface DemoOptions {
  readonly kind: 'sandbox' | 'civicrm';
  readonly keep: boolean;
  readonly help: boolean;
}

export const HELP = `npm run demo -- [--civicrm] [--keep]

Moves a case type from one site to another, mirrors its cases, and lets three weeks of follow-ups and reminders pass.

  --civicrm   on two real CiviCRM sites, built and started if need be, instead of two sandboxes;
              everything is checked by reading their databases
  --keep      leaves the sites and the status page up until Ctrl-C
  --help      says this
`;

/** @throws Error naming what is not known. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      civicrm: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  return { kind: values.civicrm ? 'civicrm' : 'sandbox', keep: values.keep, help: values.help };
}
