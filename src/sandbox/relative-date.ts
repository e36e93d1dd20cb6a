import { Temporal } from 'temporal-polyfill';

/** First and last second of a range, each null when the range is open on that side. */
export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
const UNITS: readonly string[] = ['day', 'week', 'month', 'quarter', 'year'];

const interval = (unit: Unit, count: number): Temporal.DurationLike => {
  switch (unit) {
    case 'day':
      return { days: count };
    case 'week':
      return { weeks: count };
    case 'month':
      return { months: count };
    case 'quarter':
      return { months: 3 * count };
    case 'year':
      return { years: count };
    default:
      return unit satisfies never;
  }
};

/** The first day of the unit around a day. Weeks begin on Sunday and years on January 1, as on a fresh site. */
function startOf(unit: Unit, today: Temporal.PlainDate): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return today;
    case 'week':
      return today.subtract({ days: today.dayOfWeek % 7 });
    case 'month':
      return today.with({ day: 1 });
    case 'quarter':
      return today.with({ month: today.month - ((today.month - 1) % 3), day: 1 });
    case 'year':
      return today.with({ month: 1, day: 1 });
    default:
      return unit satisfies never;
  }
}

const endingDays: Readonly<Record<string, number>> = { week: 6, month: 29, quarter: 89 };
const startingDays: Readonly<Record<string, number>> = { week: 7, month: 30, quarter: 90 };

/**
 * The range that a relative date filter such as `this.month` or `ending_2.year` stands for, in whole days, or
 * undefined for a term without a meaning.
 *
 * Source: CRM/Utils/Date.php, relativeToSql and getFromTo.
 * @param now the site's wall clock, `YYYY-MM-DD HH:MM:SS`
 */
export function relativeRange(filter: string, now: string): DateRange | undefined {
  const [term = '', unitText = ''] = filter.split('.');
  const unit = (unitText === 'fiscal_year' ? 'year' : unitText) as Unit;
  if (!UNITS.includes(unit)) return undefined;
  const today = Temporal.PlainDate.from(now.slice(0, 10));
  const start = startOf(unit, today);
  const action = term === 'previous_before' ? term : term.replace(/_\d+$/, '');
  const count = term === 'previous_before' ? 1 : Number.parseInt(term.split('_')[1] ?? '1', 10) || 0;
  const days = (first: Temporal.PlainDate | null, last: Temporal.PlainDate | null): DateRange => ({
    from: first === null ? null : `${first.toString()} 00:00:00`,
    to: last === null ? null : `${last.toString()} 23:59:59`,
  });
  const dayBefore = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: 1 });
  switch (action) {
    case 'this':
      return days(
        start.subtract(interval(unit, Math.max(count - 1, 0))),
        dayBefore(start.add(interval(unit, 1))),
      );
    case 'previous':
      return days(start.subtract(interval(unit, count)), dayBefore(start));
    case 'previous_before':
      return days(start.subtract(interval(unit, 2)), dayBefore(start.subtract(interval(unit, 1))));
    case 'next':
      return days(start.add(interval(unit, 1)), dayBefore(start.add(interval(unit, count + 1))));
    case 'current':
      return days(start, today);
    case 'earlier':
      return days(null, dayBefore(start));
    case 'greater':
      return days(start, null);
    case 'greater_previous':
      return days(dayBefore(start), null);
    case 'less':
      return days(null, dayBefore(start.add(interval(unit, 1))));
    case 'ending': {
      const fixed = term === 'ending' ? endingDays[unit] : undefined;
      const first =
        unit === 'day'
          ? today.subtract({ days: count - 1 })
          : fixed === undefined
            ? today.subtract(interval(unit, count)).add({ days: 1 })
            : today.subtract({ days: fixed });
      return days(first, today);
    }
    case 'starting': {
      const length = startingDays[unit];
      if (unit === 'day') return days(today.add({ days: 1 }), today.add({ days: 1 }));
      return days(
        today,
        dayBefore(
          length === undefined ? today.add(interval(unit, count)) : today.add({ days: count * length }),
        ),
      );
    }
    default:
      return undefined;
  }
}
