import { describe, expect, it } from 'vitest';
import { runCivicase } from '../../support/run-civicase.ts';

const civicase = (...words: string[]) => runCivicase(words, { workingDirectory: '/' });

const COMMANDS = [
  'doctor',
  'pull',
  'map suggest',
  'map check',
  'plan',
  'apply',
  'verify',
  'drift',
  'promote',
  'rollback',
  'pack',
  'mirror run',
  'mirror status',
  'followups run',
  'reminders preview',
  'reminders run',
  'up',
  'sandbox',
  'xml definition',
  'xml write',
  'xml lint',
  'xml simulate',
  'xml convert',
  'xml diff',
  'xml merge',
  'xml draw',
  'xml page',
  'xml gallery',
  'xml new',
  'xml test',
  'config schema',
];

describe('the help', () => {
  it.each(COMMANDS)('of civicase %s says what it does, with an example of its own', async (command) => {
    const { code, out, err } = await civicase(...command.split(' '), '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`Examples?:\\n.*civicase ${command}`, 's'));
    expect(out).toContain('--json');
  });

  it('is what comes without any word, and names every command', async () => {
    const { code, out } = await civicase();
    expect(code).toBe(0);
    for (const name of new Set(COMMANDS.map((command) => command.split(' ', 1)[0]))) {
      expect(out).toMatch(new RegExp(`^  ${name ?? ''}\\b`, 'm'));
    }
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2 there are differences or findings.');
  });

  it('has no colours', async () => {
    expect((await civicase('--help')).out).not.toContain('\u001B');
  });
});

describe('the version', () => {
  it('is printed alone', async () => {
    expect(await civicase('--version')).toEqual({ code: 0, out: '0.0.0\n', err: '' });
  });
});

describe('an unexpected fault', () => {
  it('is told in one line, with the way to more', async () => {
    const run = await runCivicase(['xml', 'definition', '-'], {
      workingDirectory: '/',
      get stdin(): string {
        throw new TypeError('something odd');
      },
    });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(
      /^civicase: Something went wrong inside civicase: something odd\. .*CIVICASE_DEBUG=1.*\n$/,
    );
  });
});
