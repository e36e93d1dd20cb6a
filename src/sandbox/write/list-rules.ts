import { ApiFailure, unknownToSandbox } from '../failure.ts';
import { ENTITIES } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { deleteActivitiesOfType, forgetManaged } from './managed-entities.ts';
import { given, textIn, type EntityRules } from './rules.ts';
import { munge, nextNumber, readRow } from './store-row.ts';

const forget = ({ site }: { readonly site: Site }): void => {
  site.options.forget();
};

/** Rules of an entity whose only speciality is that its rows are options. */
const optionsOnly: EntityRules = { afterWrite: forget, afterDelete: forget };

export const locationTypeRules: EntityRules = {
  ...optionsOnly,
  beforeDelete: ({ site }, id) => {
    for (const table of ['civicrm_email', 'civicrm_phone']) {
      if (site.database.get(`SELECT 1 FROM ${table} WHERE location_type_id = ?`, [id]) !== undefined)
        throw unknownToSandbox('LocationType', 'delete', 'what becomes of the addresses of such a type');
    }
  },
};

/** Source: CRM/Core/BAO/OptionValue.php, OptionValueCreationSpecProvider. */
export const optionValueRules: EntityRules = {
  missing: () => new ApiFailure('getFieldValue failed'),
  shown: (values) =>
    Object.fromEntries(
      ['value', 'label'].filter((name) => name in values && !given(values, name)).map((name) => [name, null]),
    ),
  beforeCreate: ({ site }, values) => {
    const group = Number(values['option_group_id']);
    return {
      // Nothing is no name, and as a value the word for nothing.
      ...(given(values, 'value')
        ? {}
        : {
            value:
              'value' in values
                ? 'null'
                : String(nextNumber(site, 'OptionValue', 'value', { option_group_id: group })),
          }),
      ...('name' in values ? {} : { name: munge(textIn(values, 'label')) }),
      ...('weight' in values
        ? {}
        : { weight: nextNumber(site, 'OptionValue', 'weight', { option_group_id: group }) }),
    };
  },
  // Nothing is no label: it is stored as the word for it.
  beforeUpdate: (_context, _id, values) =>
    'label' in values && !given(values, 'label') ? { label: 'null' } : {},
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
  beforeDelete: ({ site }, id) => {
    deleteActivitiesOfType(site, id);
    forgetManaged(site, 'OptionValue', id);
  },
  afterDelete: forget,
};

export const optionGroupRules: EntityRules = {
  ...optionsOnly,
  beforeCreate: (_context, values) => (given(values, 'name') ? {} : { name: munge(textIn(values, 'title')) }),
};

const RANDOM_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A child tag is used for what its parent is used for. One that is gone is still known by its name until something else
 * makes core forget its lists.
 *
 * Source: CRM/Core/BAO/Tag.php.
 */
export const tagRules: EntityRules = {
  beforeCreate: ({ site, caller }, values) => {
    const label = (given(values, 'label') ? textIn(values, 'label') : textIn(values, 'name')).trim();
    if (!given(values, 'name') && (label === '' || label === '0'))
      throw new ApiFailure('Mandatory values missing from Api4 Tag::create: name');
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
      ...(textIn(values, 'color').toLowerCase() === '#ffffff' ? { color: null } : {}),
      created_id: caller.contactId,
      created_date: site.clock.now(),
    };
  },
  beforeUpdate: ({ site }, _id, values) => {
    const parent = given(values, 'parent_id') ? readRow(site, 'Tag', Number(values['parent_id'])) : undefined;
    return parent === undefined ? {} : { used_for: parent['used_for'] ?? null };
  },
  afterWrite: (context, id, _values, isNew) => {
    const row = readRow(context.site, 'Tag', id);
    if (!isNew && row !== undefined && row['parent_id'] === null && row['used_for'] !== null)
      context.site.database.run('UPDATE civicrm_tag SET used_for = ? WHERE parent_id = ?', [
        row['used_for'] ?? null,
        id,
      ]);
    forget(context);
  },
};

/** Whoever tags must name a table that there is. Source: CRM/Core/DynamicFKAccessTrait.php. */
function checkTagged(site: Site, table: string): void {
  if ([...ENTITIES.values()].some((entity) => entity.table === table)) return;
  if (site.options.group('tag_used_for').some((option) => option.id === table)) {
    throw new ApiFailure(`The sandbox does not know the table ${table} (in EntityTag.create).`, 501, 501);
  }
  throw new ApiFailure(
    `Cannot resolve permissions for dynamic foreign key in "civicrm_entity_tag". Invalid table reference "${table}".`,
  );
}

const GROUP_NAME_LENGTH = 19;

/** Source: CRM/Contact/BAO/Group.php. */
export const groupRules: EntityRules = {
  ...optionsOnly,
  beforeCreate: ({ site, caller }, values) => {
    const title = given(values, 'title') ? textIn(values, 'title') : textIn(values, 'name');
    const next = nextNumber(site, 'Group', 'id', {});
    return {
      name: given(values, 'name')
        ? textIn(values, 'name')
        : `${munge(title, GROUP_NAME_LENGTH)}_${String(next)}`,
      title,
      frontend_title: given(values, 'frontend_title') ? textIn(values, 'frontend_title') : title,
      created_id: caller.contactId,
      modified_id: caller.contactId,
    };
  },
};

export const groupContactRules: EntityRules = {
  beforeCreate: (_context, values) => {
    return { status: given(values, 'status') ? textIn(values, 'status') : 'Added' };
  },
};

export const entityTagRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    if (given(values, 'entity_table')) checkTagged(site, textIn(values, 'entity_table'));
    return 'entity_table' in values ? {} : { entity_table: 'civicrm_contact' };
  },
};
