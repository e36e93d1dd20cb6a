import { mayCall } from './access.ts';
import { unauthorized, unknownToSandbox } from './failure.ts';
import { queryRows, type FieldsParams } from './fields-action.ts';
import { may, type Caller } from './site.ts';

interface Offer {
  readonly name: string;
  /** Only administrators are shown it. */
  readonly isClosed?: boolean;
}

const named = (names: string, isClosed = false): readonly Offer[] =>
  names.split(' ').map((name) => ({ name, isClosed }));

const READING = named('checkAccess get getActions getFields getLinks');
const WRITING = named('autocomplete create delete replace save update');
const MANAGED = named('export revert', true);

/** What core offers beyond reading and writing; the same on every 6.20 site. */
const FURTHER: Readonly<Record<string, readonly Offer[]>> = {
  Contact: [
    ...named('getMergedFrom getMergedTo validateChecksum'),
    ...named('getChecksum getDuplicates mergeDuplicates', true),
  ],
  CaseType: MANAGED,
  RelationshipType: MANAGED,
  OptionGroup: MANAGED,
  OptionValue: MANAGED,
  CustomGroup: [...MANAGED, ...named('getAfforms', true)],
  CustomField: MANAGED,
  Managed: named('reconcile', true),
  Group: [...MANAGED, ...named('refresh')],
  Tag: [...MANAGED, ...named('merge', true)],
};

const mayOffer = (caller: Caller, entity: string, name: string): boolean =>
  mayCall(caller, entity, name) && (name !== 'replace' || mayCall(caller, entity, 'delete'));

/** The actions that the caller may run on the entity, as `getActions` lists them: names, in their order. */
export function getActions(
  caller: Caller,
  entity: string,
  params: FieldsParams,
): ReturnType<typeof queryRows> {
  if (!may(caller, 'access CiviCRM')) throw unauthorized(entity, 'getActions');
  const beyond = params.select?.find((name) => name !== 'name' && name !== 'row_count');
  if (params.select === undefined || beyond !== undefined)
    throw unknownToSandbox(
      entity,
      'getActions',
      `the property ${beyond ?? '*'} of actions; select only name`,
    );
  const isReadOnly = entity === 'RelationshipCache';
  const offers = isReadOnly
    ? [...READING, ...named('rebuild', true)]
    : [...READING, ...WRITING, ...(FURTHER[entity] ?? [])];
  const rows = offers
    .filter(({ name, isClosed }) => (isClosed === true ? may(caller, 'all') : mayOffer(caller, entity, name)))
    .map(({ name }) => ({ name }))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return queryRows(rows, params);
}
