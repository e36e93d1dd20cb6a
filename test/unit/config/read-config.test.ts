import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { compileConfig, configJsonSchema, readConfig, type Environment } from '../../../src/config/index.ts';

const compile = (text: string, environment: Environment = {}) =>
  compileConfig('/etc/bridge/civicase.yaml', text, { dataDir: null, environment, workingDirectory: '/etc' });

function faultsOf(text: string, environment: Environment = {}): string {
  try {
    compile(text, environment);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message;
    throw thrown;
  }
  throw new Error('The configuration was accepted.');
}

const example = `
sites:
  riverside: { url: "https://riverside.example.org", apiKey: "\${RIVERSIDE_KEY}" }
  hilltop:   { url: "https://hilltop.example.org",   apiKey: "\${HILLTOP_KEY}", timeZone: Europe/Paris }
pairs:
  river-hill: { from: riverside, to: hilltop, caseTypes: [housing_support], contacts: create }
mail: { url: "smtp://127.0.0.1:2525", from: "Case desk <desk@example.org>" }
rules:
  - name: call-after-a-week
    when: { activity: Open Case, offset: "+7 days", at: "09:00" }
    then: { createActivity: { type: Follow up } }
`;
const keys = { RIVERSIDE_KEY: 'river-secret', HILLTOP_KEY: 'hill-secret' };

describe('the configuration', () => {
  it('is one frozen value with every default filled in', () => {
    const config = compile(example, keys);
    expect(config.sites['riverside']).toEqual({
      url: 'https://riverside.example.org',
      apiKey: 'river-secret',
      siteKey: null,
      timeZone: null,
      path: 'auto',
      timeoutSeconds: 30,
      concurrency: 4,
    });
    expect(config.server).toEqual({ host: '127.0.0.1', port: 4180, names: [] });
    expect(config.rules[0]).toMatchObject({
      name: 'call-after-a-week',
      when: { offset: { amount: 7, unit: 'days' } },
    });
    expect(config.dataDir).toBe('/etc/bridge/.civicase');
    expect(config.database).toBe('/etc/bridge/.civicase/civicase.sqlite');
    expect(Object.isFrozen(config.sites['riverside'])).toBe(true);
  });

  it('takes the store and Redis from the environment', () => {
    const config = compile(example, { ...keys, DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://r' });
    expect([config.database, config.redisUrl]).toEqual(['postgres://db/x', 'redis://r']);
  });

  it('is empty but whole when the file is', () => {
    expect(compile('')).toMatchObject({ sites: {}, pairs: {}, rules: [], mail: null });
  });

  it('keeps $${NAME} as a text', () => {
    const config = compile('sites: { a: { url: "https://a.example", apiKey: "$${KEY}" } }');
    expect(config.sites['a']?.apiKey).toBe('${KEY}');
  });
});

describe('a fault in the configuration', () => {
  it('names file, line, column and the variable that is not set, and is told once', () => {
    expect(faultsOf(example, { RIVERSIDE_KEY: 'x' })).toBe(
      '/etc/bridge/civicase.yaml:4:62: sites.hilltop.apiKey: the environment variable HILLTOP_KEY is not set; set it, or write the value here.',
    );
  });

  it('is told together with all others, in the order of the file', () => {
    const message = faultsOf(
      [
        'sites:',
        '  a: { url: "htp:/x", apiKey: k1, tiemZone: UTC }',
        'pairs: { p: { from: b, to: a, caseTypes: [] } }',
        'nonsense: 1',
      ].join('\n'),
    );
    expect(message.split('\n')).toEqual([
      'The configuration has 5 faults:',
      '  /etc/bridge/civicase.yaml:2:13: sites.a.url: expected a web address such as "https://cases.example.org", got "htp:/x".',
      '  /etc/bridge/civicase.yaml:2:35: sites.a.tiemZone: this key is not known; did you mean "timeZone"?',
      '  /etc/bridge/civicase.yaml:3:21: pairs.p.from: expected the name of a site under "sites", got "b". Did you mean "a"?',
      '  /etc/bridge/civicase.yaml:3:42: pairs.p.caseTypes: expected at least one name of a case type, got an empty list.',
      '  /etc/bridge/civicase.yaml:4:1: nonsense: this key is not known; remove it.',
    ]);
  });

  it.each([
    ['broken YAML', 'sites:\n  a: { url: "x"\nb: [', /civicase\.yaml:\d+:\d+: this is not YAML: /],
    ['a doubled key', 'rules: []\nrules: []', /civicase\.yaml:2:1: this is not YAML: .*unique/],
    ['a list at the top', '- a', /civicase\.yaml:1:1: expected a map of keys, got a list\./],
    [
      'a missing key',
      'sites: { a: { apiKey: k } }',
      /:1:10: sites\.a\.url: expected a web address.*, got nothing\./,
    ],
    [
      'a wrong word',
      'sites: { a: { url: "https://a.example", apiKey: k, path: drupal } }',
      /expected "auto", "clean", "wordpress" or "joomla", got "drupal"/,
    ],
    [
      'a zone that is none',
      'sites: { a: { url: "https://a.example", apiKey: k, timeZone: Mars/X } }',
      /expected an IANA time zone/,
    ],
    [
      'a name with a blank',
      'sites: { "a b": { url: "https://a.example", apiKey: k } }',
      /sites\.a b: expected a name of letters/,
    ],
    [
      'a pair of one site',
      'sites: { a: { url: "https://a.example", apiKey: k } }\npairs: { p: { from: a, to: a, caseTypes: [x] } }',
      /:2:28: pairs\.p\.to: expected two different sites/,
    ],
    [
      'a sender without an address',
      'mail: { url: "smtp://h", from: Desk }',
      /mail\.from: expected an address such as/,
    ],
    [
      'a rule that mails without mail',
      'rules: [{ name: r, when: { activity: X }, then: { sendMail: { to: client, template: t } } }]',
      /rules\[0\]\.then: this rule sends mail, but there is no "mail"/,
    ],
    [
      'two rules of one name',
      'rules:\n- { name: r, when: { activity: X }, then: { createActivity: { type: T } } }\n- { name: r, when: { activity: X }, then: { createActivity: { type: T } } }',
      /:3:11: rules\[1\]\.name: expected a name of its own/,
    ],
    [
      'a rule with an odd offset',
      'rules: [{ name: r, when: { activity: X, offset: soon }, then: { createActivity: { type: T } } }]',
      /rules\[0\]\.when\.offset: expected a number and a unit.*got "soon"/,
    ],
    [
      'a rule for an unknown site',
      'sites: { riverside: { url: "https://a.example", apiKey: k } }\nrules: [{ name: r, sites: [riversid], when: { activity: X }, then: { createActivity: { type: T } } }]',
      /rules\[0\]\.sites\[0\]: .*Did you mean "riverside"\?/,
    ],
  ])('is named for %s', (_what, text, expected) => {
    expect(faultsOf(text)).toMatch(expected);
  });

  it('never shows a key, a password or what a variable holds', () => {
    const message = faultsOf(
      'sites: { a: { url: "${ADDRESS}", apiKey: 123456 } }\nmail: { url: "http://u:canary-pass@h", from: x }',
      { ADDRESS: 'canary-address' },
    );
    expect(message).toContain('got "${ADDRESS}"');
    expect(message).toContain('got a number that is not shown here');
    expect(message).not.toMatch(/canary|123456/);
  });
});

describe('the configuration file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'civicase-config-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (options: { file?: string; dataDir?: string; workingDirectory?: string } = {}) =>
    readConfig({ file: null, dataDir: null, workingDirectory: folder, environment: {}, ...options });

  it('is found in a folder above the working directory', () => {
    writeFileSync(join(folder, 'civicase.yaml'), 'server: { port: 5000 }');
    const deep = join(folder, 'one', 'two');
    mkdirSync(deep, { recursive: true });
    const config = read({ workingDirectory: deep });
    expect(config.file).toBe(join(folder, 'civicase.yaml'));
    expect(config.server.port).toBe(5000);
  });

  it('keeps its data where --data says, from the working directory', () => {
    writeFileSync(join(folder, 'civicase.yaml'), '');
    expect(read({ dataDir: 'state' }).dataDir).toBe(join(folder, 'state'));
  });

  it('is asked for when there is none', () => {
    expect(() => read()).toThrow(/No civicase\.yaml was found .* --config FILE/);
    expect(() => read({ file: 'other.yaml' })).toThrow(/other\.yaml does not exist.*--config/);
  });

  it('must be a file', () => {
    expect(() => read({ file: '.' })).toThrow(/could not be read \(EISDIR\)/);
  });
});

describe('the JSON Schema of the configuration', () => {
  interface Node {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Node>>;
    readonly additionalProperties?: Node | boolean;
    readonly default?: unknown;
    readonly required?: readonly string[];
    readonly anyOf?: readonly Node[];
  }

  it('documents every key, and gives every optional one a default', () => {
    const undocumented: string[] = [];
    const visit = (node: Node, path: string): void => {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        if (child.description === undefined) undocumented.push(`${path}.${key}`);
        if (node.required?.includes(key) !== true && !('default' in child))
          undocumented.push(`${path}.${key} (default)`);
        visit(child, `${path}.${key}`);
      }
      if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${path}.*`);
      for (const choice of node.anyOf ?? []) visit(choice, path);
    };
    const schema = configJsonSchema() as Node;
    visit(schema, '');
    expect(undocumented).toEqual([]);
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'sites',
      'pairs',
      'mail',
      'rules',
      'server',
      'schedule',
      'promotions',
      'drift',
      'lint',
    ]);
  });
});
