import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, workerParts } from '../../../src/app/index.ts';
import { readConfig } from '../../../src/config/index.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import {
  addVisits,
  editActivityType,
  openMovingDesk,
  VISITS,
  type MovingDesk,
} from '../../support/moving-desk.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const DAY = 86_400_000;

let desk: MovingDesk;
let hilltop: Sandbox;
let sink: SmtpSink;
let refusals = 0;

beforeAll(async () => {
  sink = await startSmtpSink(() =>
    refusals-- > 0 ? { kind: 'refuse', at: 'recipient', code: 451 } : { kind: 'accept' },
  );
  desk = await openMovingDesk(
    ['riverside', 'hilltop'],
    [
      `mail: { url: "${sink.url}", from: "Case desk <desk@example.org>" }`,
      'drift: { sites: [hilltop], mailTo: [office@example.org] }',
    ].join('\n'),
  );
  hilltop = desk.sites['hilltop'] as Sandbox;
  addVisits(desk.sites['riverside'] as Sandbox);
});
afterAll(async () => {
  await desk.close();
  await sink.close();
});

describe('civicase drift', () => {
  it('has nothing to compare with before anything was applied', async () => {
    for (const words of [['drift'], ['drift', 'hilltop']]) {
      const { code, err } = await desk.civicase(...words);
      expect(err).toMatch(/Nothing was applied to .* civicase drift FOLDER/);
      expect(code).toBe(1);
    }
    expect((await desk.civicase('drift', 'hilltopp')).err).toContain('Did you mean "hilltop"?');
    expect((await desk.civicase('drift', 'nowhere', 'hilltop')).err).toContain(
      'no folder of "civicase pull"',
    );
  });

  it('finds nothing right after an apply, and then what was edited', async () => {
    await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS, '--out', 'plan.json');
    await desk.civicase('apply', 'plan.json');
    const clean = await desk.civicase('drift');
    expect(clean.out).toContain('hilltop: nothing was edited');
    expect(clean.code).toBe(0);

    await desk.civicase('pull', 'hilltop', '--dir', 'pulled', '--case-type', VISITS);
    editActivityType(hilltop, 'Letter', { label: 'Parcel' });
    const edited = await desk.civicase('drift', 'hilltop');
    expect(edited.out).toContain('! activity type "Letter" was changed (');
    expect(edited.out).toContain('label: "Letter" -> "Parcel"');
    expect(edited.code).toBe(2);
    const { document } = await desk.json('drift', 'hilltop');
    expect(document).toMatchObject({
      sites: [{ site: 'hilltop', drift: [{ key: 'activity_type:Letter', kind: 'changed' }] }],
    });
  });

  it('compares with a pulled folder, where edits of its files do not count', async () => {
    const file = join(desk.folder, 'pulled', 'activity-types.yaml');
    const text = readFileSync(file, 'utf8');
    const found = await desk.civicase('drift', 'pulled', 'hilltop');
    expect(found.out).toContain('label: "Letter" -> "Parcel"');
    expect(found.code).toBe(2);
    writeFileSync(file, text.replace('label: First visit', 'label: Visit one'));
    const { document } = await desk.json('drift', 'pulled', 'hilltop');
    const [site] = (document as { sites: { drift: { key: string }[] }[] }).sites;
    expect(site?.drift.map(({ key }) => key)).toEqual(['activity_type:Letter']);
  });

  it('tells a definition in words', async () => {
    const [row] = hilltop.handle('CaseType', 'get', { where: [['name', '=', VISITS]] }).values;
    const definition = JSON.stringify(row?.['definition']).replace(
      '"reference_offset":"7"',
      '"reference_offset":"9"',
    );
    hilltop.handle('CaseType', 'update', {
      where: [['name', '=', VISITS]],
      values: { definition: JSON.parse(definition) },
    });
    const { out } = await desk.civicase('drift', 'hilltop');
    expect(out).toMatch(/case type "visits" was changed .*\n.*Second visit.* is now due 9 days after/);
  });
});

describe('the job that looks for drift', () => {
  /** One look at the site, `later` milliseconds after the first. */
  const look = async (later: number): Promise<unknown> => {
    const config = readConfig({ file: null, dataDir: null, workingDirectory: desk.folder, environment: {} });
    const clock = createStandingClock(Date.UTC(2026, 10, 23) + later);
    const app = createApp(config, { logLevel: 'silent', clock });
    try {
      const parts = await workerParts(app);
      expect(parts.driftEvery).toEqual({ hilltop: 3_600_000 });
      return await parts.lookForDrift('hilltop');
    } finally {
      await app.close();
    }
  };

  it('tries again what the mail server did not take', async () => {
    refusals = 1;
    expect(await look(0)).toBe(0);
    expect(sink.received).toHaveLength(0);
  });

  it('tells by mail what was edited, once', async () => {
    expect(await look(1)).toBe(2);
    expect(sink.received).toHaveLength(1);
    const [mail] = sink.received;
    expect(mail?.subject).toBe(
      'Case types on hilltop were edited: activity type "Letter" and case type "visits"',
    );
    expect(mail?.text).toContain('label: "Letter" -> "Parcel"');
    expect(mail?.to?.[0]?.address).toBe('office@example.org');
    expect(await look(10 * DAY)).toBe(0);
    expect(sink.received).toHaveLength(1);
  });

  it('tells of another edit of the same thing, a day later at the earliest', async () => {
    editActivityType(hilltop, 'Letter', { label: 'Packet' });
    expect(await look(DAY)).toBe(0);
    expect(await look(DAY + 2)).toBe(1);
    expect(sink.received.at(-1)?.text).toContain('"Packet"');
    expect(sink.received.at(-1)?.text).not.toContain('Second visit');
  });
});

describe('the configuration of drift', () => {
  it('wants mail and sites that there are', async () => {
    const file = join(desk.folder, 'civicase.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^mail:.*$/m, '').replace('[hilltop]', '[hiltop]'));
    const { err } = await desk.civicase('drift');
    expect(err).toContain('drift is told by mail, but there is no "mail"; add it');
    expect(err).toContain('drift.sites[0]: expected the name of a site under "sites", got "hiltop"');
    writeFileSync(file, text);
  });
});
