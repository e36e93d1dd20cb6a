import type { Row } from '../database.ts';
import type { Site } from '../site.ts';
import { isEmpty } from './rules.ts';
import { readRow, updateRow } from './store-row.ts';
import type { Values } from './record.ts';

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
/** Greetings lose blanks that stand together. */
const greeted = (...parts: readonly string[]): string =>
  words(...parts)
    .replaceAll(/ +/g, ' ')
    .trim();

const NAMES = ['first_name', 'middle_name', 'last_name', 'organization_name', 'household_name'];

/** "0" is no name to PHP. */
const hasName = (row: Row): boolean => NAMES.some((name) => !['', '0'].includes(String(row[name] ?? '')));

/** Who has no name is called by the primary address. */
export function nameByEmail(site: Site, contactId: number): void {
  const row = readRow(site, 'Contact', contactId);
  const primary = site.database.get(
    'SELECT email FROM civicrm_email WHERE contact_id = ? AND is_primary = 1',
    [contactId],
  );
  const email = primary?.['email'] ?? null;
  if (row === undefined || hasName(row) || email === null) return;
  updateRow(site, 'Contact', contactId, { display_name: email, sort_name: email });
}

export function namesOf(site: Site, row: Row): Row {
  const text = (name: string): string => String(row[name] ?? '');
  const label = (group: string, name: string): string =>
    site.options.group(group).find((option) => String(option.id) === text(name))?.label ?? '';
  const type = text('contact_type');
  if (type !== 'Individual') {
    const name = text(type === 'Household' ? 'household_name' : 'organization_name');
    const greeting = greeted('Dear', name);
    return {
      ...(name === '' ? {} : { display_name: name, sort_name: name }),
      addressee_display: greeted(name),
      ...(type === 'Household'
        ? { email_greeting_display: greeting, postal_greeting_display: greeting }
        : {}),
    };
  }
  const prefix = label('individual_prefix', 'prefix_id');
  const suffix = label('individual_suffix', 'suffix_id');
  const display = words(prefix, text('first_name'), text('last_name'), suffix);
  const family = [text('last_name'), text('first_name')].filter((part) => part !== '').join(', ');
  const sort = words(family, suffix);
  return {
    ...(hasName(row)
      ? { display_name: display === '' ? null : display, sort_name: sort === '' ? null : sort }
      : {}),
    email_greeting_display: greeted('Dear', text('first_name')),
    postal_greeting_display: greeted('Dear', text('first_name')),
    addressee_display: greeted(prefix, text('first_name'), text('middle_name'), text('last_name'), suffix),
  };
}

/** An organization or household; the names of individuals are put together anew. */
export function losesName({ contact_type: type }: Row, values: Values): boolean {
  const name =
    type === 'Organization' ? 'organization_name' : type === 'Household' ? 'household_name' : undefined;
  return name !== undefined && name in values && isEmpty(values[name]);
}

export const shownNames = ({ display_name, sort_name }: Row): Row => ({
  ...(display_name === null || display_name === undefined ? {} : { display_name }),
  ...(sort_name === null || sort_name === undefined ? {} : { sort_name }),
});
