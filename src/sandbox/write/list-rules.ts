import { ApiFailure } from '../failure.ts';
import type { Site } from '../site.ts';
import { given, textIn, type EntityRules } from './rules.ts';
import { munge, nextNumber, readRow } from './store-row.ts';

const forget = ({ site }: { readonly site: Site }): void => {
  site.options.forget();
};

/** Rules of an entity whose only speciality is that its rows are options. */
const optionsOnly: EntityRules = { afterWrite: forget, afterDelete: forget };

export const locationTypeRules = optionsOnly;

/** Source: CRM/Core/BAO/OptionValue.php, OptionValueCreationSpecProvider. */
export const optionValueRules: EntityRules = {
  missing: new ApiFailure('getFieldValue failed'),
  beforeCreate: ({ site }, values) => {
    const group = Number(values['option_group_id']);
    return {
      ...(given(values, 'value')
        ? {}
        : { value: String(nextNumber(site, 'OptionValue', 'value', { option_group_id: group })) }),
      ...(given(values, 'name') ? {} : { name: munge(textIn(values, 'label')) }),
      ...(given(values, 'weight')
        ? {}
        : { weight: nextNumber(site, 'OptionValue', 'weight', { option_group_id: group }) }),
    };
  },
  afterWrite: ({ site }, id, values) => {
    const row = readRow(site, 'OptionValue', id);
    if (given(values, 'is_default') && row?.['is_default'] === 1) {
      site.database.run(
        'UPDATE civicrm_option_value SET is_default = 0 WHERE option_group_id = ? AND id <> ?',
        [row['option_group_id'] ?? null, id],
      );
    }
    site.options.forget();
  },
  afterDelete: forget,
};

export const optionGroupRules: EntityRules = {
  ...optionsOnly,
  beforeCreate: (_context, values) => (given(values, 'name') ? {} : { name: munge(textIn(values, 'title')) }),
};

const RANDOM_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Source: CRM/Core/BAO/Tag.php. A child tag is used for what its parent is used for. */
export const tagRules: EntityRules = {
  ...optionsOnly,
  beforeCreate: ({ site, caller }, values) => {
    const label = given(values, 'label') ? textIn(values, 'label') : textIn(values, 'name');
    let name = given(values, 'name') ? textIn(values, 'name') : munge(label);
    const isTaken =
      site.database.get('SELECT id FROM civicrm_tag WHERE collate_key(name) = collate_key(?)', [name]) !==
      undefined;
    if (!given(values, 'name') && isTaken) {
      name += `_${Array.from({ length: 4 }, () => RANDOM_LETTERS[Math.floor(site.random() * RANDOM_LETTERS.length)] ?? 'x').join('')}`;
    }
    const parent = given(values, 'parent_id') ? readRow(site, 'Tag', Number(values['parent_id'])) : undefined;
    return {
      name,
      label,
      ...(parent === undefined ? {} : { used_for: parent['used_for'] ?? null }),
      created_id: caller.contactId,
      created_date: site.clock.now(),
    };
  },
};

/** Source: CRM/Contact/BAO/Group.php. */
export const groupRules: EntityRules = {
  ...optionsOnly,
  beforeCreate: ({ site, caller }, values) => {
    const title = given(values, 'title') ? textIn(values, 'title') : textIn(values, 'name');
    const next = nextNumber(site, 'Group', 'id', {});
    return {
      name: given(values, 'name') ? textIn(values, 'name') : `${munge(title).slice(0, 10)}_${String(next)}`,
      title,
      frontend_title: given(values, 'frontend_title') ? textIn(values, 'frontend_title') : title,
      created_id: caller.contactId,
      modified_id: caller.contactId,
    };
  },
};

export const groupContactRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    if (readRow(site, 'Group', Number(values['group_id'])) === undefined)
      throw new ApiFailure('DB Error: constraint violation');
    return { status: given(values, 'status') ? textIn(values, 'status') : 'Added' };
  },
};

export const entityTagRules: EntityRules = {
  beforeCreate: (_context, values) =>
    given(values, 'entity_table') ? {} : { entity_table: 'civicrm_contact' },
};
