import type { WhereClause } from '../../../src/civicrm/index.ts';

/** Five meetings: A to E, of 10 to 50 minutes, D without place, E without duration. */
export const MEETINGS = [
  { letter: 'A', duration: 10, location: 'Oslo', activity_date_time: '2026-03-01 09:00:00' },
  { letter: 'B', duration: 20, location: 'oslo', activity_date_time: '2026-03-02 09:00:00' },
  { letter: 'C', duration: 30, location: 'Östersund', activity_date_time: '2026-03-03 00:00:00' },
  { letter: 'D', duration: 40, location: null, activity_date_time: '2026-03-04 23:59:59' },
  { letter: 'E', duration: null, location: '', activity_date_time: '2026-03-05 09:00:00' },
] as const;

/** Which of them a clause finds. */
export const CLAUSES: readonly (readonly [string, WhereClause])[] = [
  ['B', ['duration', '=', 20]],
  ['B', ['duration', '=', '20']],
  ['ACD', ['duration', '!=', 20]],
  ['ACD', ['duration', '<>', 20]],
  ['CD', ['duration', '>', 20]],
  ['BCD', ['duration', '>=', 20]],
  ['A', ['duration', '<', 20]],
  ['AB', ['duration', '<=', 20]],
  ['AC', ['duration', 'IN', [10, 30, 99]]],
  ['', ['duration', 'IN', []]],
  ['BD', ['duration', 'NOT IN', [10, 30]]],
  ['ABCDE', ['duration', 'NOT IN', []]],
  ['BC', ['duration', 'BETWEEN', [20, 30]]],
  ['AD', ['duration', 'NOT BETWEEN', [20, 30]]],
  ['E', ['duration', 'IS NULL']],
  ['ABCD', ['duration', 'IS NOT NULL']],
  ['E', ['duration', 'IS EMPTY']],
  ['AB', ['location', '=', 'OSLO']],
  ['C', ['location', '=', 'ostersund']],
  ['ABC', ['location', 'LIKE', 'os%']],
  ['C', ['location', 'NOT LIKE', 'Os%o']],
  ['ABC', ['location', 'CONTAINS', 's']],
  ['DE', ['location', 'NOT CONTAINS', 's']],
  ['DE', ['location', 'IS EMPTY']],
  ['ABC', ['location', 'IS NOT EMPTY']],
  ['AB', ['location', 'REGEXP', '^o.l']],
  ['DE', ['location', 'IS NULL']],
  ['C', ['activity_date_time', '=', '2026-03-03']],
  ['D', ['activity_date_time', '=', '2026-03-04']],
  ['CDE', ['activity_date_time', '>=', '2026-03-03']],
  ['AB', ['activity_date_time', '<', '2026-03-03 00:00:00']],
  ['BC', ['activity_date_time', 'BETWEEN', ['2026-03-02', '2026-03-03']]],
  [
    'AE',
    [
      'OR',
      [
        ['duration', '=', 10],
        ['duration', 'IS NULL'],
      ],
    ],
  ],
  // Nothing is known of E, whose place is not given.
  [
    'BCD',
    [
      'NOT',
      [
        ['duration', '=', 10],
        ['location', '=', 'Oslo'],
      ],
    ],
  ],
  [
    'A',
    [
      'AND',
      [
        ['duration', '=', 10],
        ['location', '=', 'Oslo'],
      ],
    ],
  ],
  [
    'AC',
    [
      'OR',
      [
        [
          'AND',
          [
            ['duration', '<', 20],
            ['location', 'IS NOT NULL'],
          ],
        ],
        ['duration', '=', 30],
      ],
    ],
  ],
];
