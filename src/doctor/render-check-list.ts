import type { CheckResult, Examination } from './examination.ts';

const MARKS = { fine: '✓', warning: '!', failure: '✗', untold: '·', waiting: '·' } as const;
const WIDTH = 18;
const under = ' '.repeat(WIDTH + 4);

/** One site as a check-list: ✓ fine, ! and ✗ with the cure below, · not shown by the site. */
export function renderCheckList({ site, url, usable, findings, checks }: Examination): string {
  const verdict = !usable ? 'cannot be used' : findings.length === 0 ? 'is ready' : 'works, but not fully';
  const waits = checks.filter((check) => check.state === 'waiting');
  return [
    `${site} (${url}) ${verdict}`,
    ...checks.filter((check) => check.state !== 'waiting').flatMap(renderCheck),
    ...(waits.length === 0
      ? []
      : [`  · not examined before that is cured: ${waits.map(({ title }) => title).join(', ')}`]),
  ].join('\n');
}

function renderCheck(check: CheckResult): readonly string[] {
  const line = (text: string) => `  ${MARKS[check.state]} ${check.title.padEnd(WIDTH)}${text}`;
  switch (check.state) {
    case 'fine':
      return [line(check.found)];
    case 'untold':
      return [line(`not told: ${check.why}`)];
    case 'waiting':
      return [line(`after ${check.for}`)];
    case 'warning':
    case 'failure':
      return check.findings.flatMap(({ found, cure }) => [line(found), `${under}→ ${cure}`]);
    default:
      return check satisfies never;
  }
}
