import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { CASES_PER_GROUP } from '../../../src/mirror/index.ts';
import type { RealSite } from '../../real-sites.ts';
import { compare, time, type Comparison } from '../measure.ts';
import { chunksOf, openRawSite, type RawRow, type RawSite } from './raw-site.ts';
import { clientOf } from './client-of.ts';
import { CASE_TYPE } from './seed-cases.ts';

const SIZES = [50, 100, 250];
const ROUNDS = 3;

/** All that a first pass reads of its source, against a loop over the same rows of the same tables. */
export async function compareMirrorReading(
  site: RealSite,
  expected: { readonly cases: number; readonly activities: number },
): Promise<Comparison> {
  const raw = openRawSite(site);
  const client = clientOf(site);
  const check = (activities: number) => {
    if (activities !== expected.activities)
      throw new Error(`${activities} of ${expected.activities} activities were read`);
  };
  const loop = (size: number) => async () => check(await readRaw(raw, size));
  const times = new Map<number, number>();
  for (const size of SIZES) times.set(size, await time(loop(size)));
  const best = [...times].sort(([, one], [, other]) => one - other)[0]?.[0] ?? 100;
  const comparison = await compare(
    `real: mirror reads ${expected.cases} cases, ${expected.activities} activities vs a raw loop`,
    'activity',
    expected.activities,
    {
      ours: async () => {
        const source = createMirrorSource(client);
        const changed = await source.changedSince([CASE_TYPE], null);
        await source.linkDigests([CASE_TYPE]);
        let seen = 0;
        for (const group of chunksOf(changed, CASES_PER_GROUP))
          for (const file of await source.readCases(group.map(({ id }) => id)))
            seen += file.activities.length;
        check(seen);
      },
      plain: loop(best),
    },
    ROUNDS,
  );
  return { ...comparison, note: `the raw loop at ${best} cases a request, best of ${SIZES.join(', ')}` };
}

async function readRaw(raw: RawSite, size: number): Promise<number> {
  const trashedToo = ['is_deleted', 'IN', [false, true]];
  const [cases = []] = await raw.calls([
    ['Case', 'get', { select: ['id'], where: [['case_type_id:name', 'IN', [CASE_TYPE]], trashedToo] }],
  ]);
  const idsOf = (rows: readonly RawRow[], field: string) => [...new Set(rows.map((row) => row[field]))];
  let activities = 0;
  for (const group of chunksOf(cases, size)) {
    const ofCases = [['case_id', 'IN', idsOf(group, 'id')]];
    const [, clients = [], roles = [], filings = []] = await raw.calls([
      ['Case', 'get', { select: CASE, where: [['id', 'IN', idsOf(group, 'id')], trashedToo] }],
      ['CaseContact', 'get', { where: ofCases }],
      ['Relationship', 'get', { select: ROLE, where: ofCases }],
      ['CaseActivity', 'get', { where: ofCases }],
    ]);
    const activityIds = idsOf(filings, 'activity_id');
    const [found = [], people = []] = await raw.calls([
      ['Activity', 'get', { select: ACTIVITY, where: [['id', 'IN', activityIds], trashedToo] }],
      ['ActivityContact', 'get', { select: PERSON, where: [['activity_id', 'IN', activityIds]] }],
    ]);
    activities += found.length;
    const contactIds = [
      ...new Set([
        ...idsOf(clients, 'contact_id'),
        ...idsOf(roles, 'contact_id_a'),
        ...idsOf(roles, 'contact_id_b'),
        ...idsOf(people, 'contact_id'),
      ]),
    ];
    await raw.calls([
      ['Contact', 'get', { select: CONTACT, where: [['id', 'IN', contactIds], trashedToo] }],
      [
        'Email',
        'get',
        {
          where: [
            ['contact_id', 'IN', contactIds],
            ['is_primary', '=', true],
          ],
        },
      ],
    ]);
  }
  return activities;
}

const CASE = [
  'id',
  'case_type_id:name',
  'subject',
  'start_date',
  'end_date',
  'status_id:name',
  'details',
  'is_deleted',
  'created_date',
  'modified_date',
];
const ROLE = [
  'id',
  'case_id',
  'relationship_type_id.name_a_b',
  'relationship_type_id.name_b_a',
  'contact_id_a',
  'contact_id_b',
  'is_active',
  'start_date',
  'end_date',
];
const ACTIVITY = [
  'id',
  'activity_type_id:name',
  'status_id:name',
  'medium_id:name',
  'priority_id:name',
  'subject',
  'details',
  'activity_date_time',
  'duration',
  'location',
  'is_auto',
  'is_deleted',
  'modified_date',
];
const PERSON = ['id', 'activity_id', 'contact_id', 'record_type_id:name'];
const CONTACT = [
  'id',
  'contact_type',
  'display_name',
  'first_name',
  'last_name',
  'organization_name',
  'household_name',
  'external_identifier',
  'do_not_email',
  'is_opt_out',
  'is_deceased',
  'is_deleted',
  'preferred_language',
];
