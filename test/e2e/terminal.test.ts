import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lintDocument } from '../../src/xml/index.ts';

const PROGRAM = `node --import ${resolve('node_modules/tsx/dist/loader.mjs')} ${resolve('src/cli/main.ts')}`;
const ENTER = '\r';
const CTRL_C = '\u0003';
/** What moves the cursor or colours. */
const CONTROL = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[A-Za-z]`, 'g');
/** util-linux's `script` gives a program a terminal of its own. */
const haveTerminals = spawnSync('script', ['--version']).status === 0;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-terminal-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Typed {
  readonly shown: string;
  readonly code: number | null;
}

/** Types each answer once its question stands on the screen. */
async function type(
  words: string,
  answers: readonly (readonly [question: string, answer: string])[],
): Promise<Typed> {
  const command = `stty rows 30 cols 60; ${PROGRAM} ${words}; code=$?; stty -a | grep -o -- '-\\?icanon'; exit $code`;
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' },
  });
  let shown = '';
  let seen = 0;
  const left = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text.replace(CONTROL, '');
    const [next] = left;
    const at = next === undefined ? -1 : shown.indexOf(next[0], seen);
    if (next === undefined || at === -1) return;
    seen = at + next[0].length;
    left.shift();
    child.stdin.write(next[1]);
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  expect(left.map(([question]) => question)).toEqual([]);
  return { shown, code };
}

describe.runIf(haveTerminals)('the dialogue of civicase xml new, in a terminal', () => {
  it('makes a case type in French, with a slip corrected', async () => {
    const { shown, code } = await type('xml new --lang fr', [
      ['À partir de quel type de dossier ?', ENTER],
      ["s'appelle-t-il ?", `Aide à domicile${ENTER}`],
      ['Son nom pour CiviCRM', `${'\u007F'.repeat(20)}é!${ENTER}`],
      ['Seulement des lettres sans accent', `\u007F\u007Faide${ENTER}`],
      ['Qui gère un dossier ?', ENTER],
      ['Étape suivante', `Premier entretien${ENTER}`],
      ['Quel jour ?', `3${ENTER}`],
      ['À qui revient-elle ?', ENTER],
      ['Étape suivante', ENTER],
      ["D'autres statuts", ENTER],
      ['après la clôture', ENTER],
    ]);
    expect(shown).toContain('Merci.');
    expect(code).toBe(0);
    const xml = readFileSync(join(folder, 'aide.xml'));
    expect(xml.toString()).toContain('<name>Premier entretien</name>');
    expect(lintDocument(xml, 'aide.xml').findings.filter(({ severity }) => severity !== 'notice')).toEqual(
      [],
    );
    // The terminal takes lines again.
    expect(shown.trim()).toMatch(/(^|\s)icanon$/);
  });

  it('writes nothing when it is left', async () => {
    const { shown, code } = await type('xml new', [
      ['Start from which case type?', ENTER],
      ['What is it called?', `Home help${CTRL_C}`],
    ]);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'Home_help.xml'))).toBe(false);
    expect(shown).not.toMatch(/\n\s+at /);
    expect(shown.trim()).toMatch(/(^|\s)icanon$/);
  });
});
