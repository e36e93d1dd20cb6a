import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/base/json.ts';
import type { CaseTypeEdit } from '../../../src/case-type/index.ts';
import {
  changeText,
  editDocument,
  readCaseTypeDocument,
  readCaseTypeXml,
  rewriteDocument,
  writeCaseTypeDocument,
} from '../../../src/xml/index.ts';

const edit = (xml: string | Uint8Array, ...edits: readonly CaseTypeEdit[]) =>
  editDocument(readCaseTypeDocument(xml, 'f.xml'), edits).document.source.text;
const step = (inside: string) =>
  `<CaseType><ActivitySets><ActivitySet><ActivityTypes><ActivityType>${inside}</ActivityType></ActivityTypes></ActivitySet></ActivitySets></CaseType>`;
const leafOfStep = (leaf: string, value: JsonValue): CaseTypeEdit => ({
  kind: 'set-leaf',
  path: ['activitySets', 0, 'activityTypes', 0, leaf],
  value,
});

describe('setting a leaf', () => {
  it.each([
    ['<name>A</name>', '<name>B &amp; &lt;C&gt;</name>'],
    ['<name lang="en">A</name >', '<name lang="en">B &amp; &lt;C&gt;</name >'],
    ['<name><![CDATA[A]]></name>', '<name><![CDATA[B & <C>]]></name>'],
    ['<name/>', '<name>B &amp; &lt;C&gt;</name>'],
    ['<name  x="1" />', '<name  x="1">B &amp; &lt;C&gt;</name>'],
    ['<name>A<!-- why --></name>', '<name>B &amp; &lt;C&gt;<!-- why --></name>'],
    ['<name>A&#38;<ui:b xmlns:ui="u"/></name>', '<name>B &amp; &lt;C&gt;<ui:b xmlns:ui="u"/></name>'],
  ])('%s becomes %s', (before, after) => {
    expect(edit(step(before), leafOfStep('name', 'B & <C>'))).toBe(step(after));
  });

  it('splits a CDATA section that would end in its text', () => {
    const after = edit(step('<name><![CDATA[A]]></name>'), leafOfStep('name', 'x]]>y'));
    expect(after).toBe(step('<name><![CDATA[x]]]]><![CDATA[>y]]></name>'));
  });

  it('puts a new leaf behind the one before it, on a line as the others', () => {
    const lines = (...leaves: readonly string[]) =>
      step(`${leaves.map((leaf) => `\r\n\t${leaf}`).join('')}\r\n`);
    expect(
      edit(lines('<name>A</name>', '<!-- note -->', '<ui:x xmlns:ui="u"/>'), leafOfStep('status', 'Done')),
    ).toBe(lines('<name>A</name>', '<!-- note -->', '<status>Done</status>', '<ui:x xmlns:ui="u"/>'));
  });

  it('refuses what would have to change inside an entity, and control characters', () => {
    const withEntity = (leaf: string) => `<!DOCTYPE c [<!ENTITY team "night">]>${step(leaf)}`;
    expect(edit(withEntity('<name>&team; shift</name>'), leafOfStep('name', 'Day'))).toBe(
      withEntity('<name>Day</name>'),
    );
    expect(() => edit(withEntity('<name>A</name>&team;'), leafOfStep('team', 'day'))).toThrow(
      'the text of an entity is not edited',
    );
    expect(() => edit(step('<name>A</name>'), leafOfStep('name', '\u0001'))).toThrow('U+0001');
  });
});

const TYPES = `<?xml version="1.0"?>
<CaseType>
    <name>t</name>
    <ActivityTypes>
        <!-- what opens it -->
        <ActivityType><name>Open Case</name></ActivityType> <!-- always -->

        <!-- by phone -->
        <ActivityType><name>Phone Call</name></ActivityType>
        <unknown/>
        <ActivityType><name>Meeting</name></ActivityType>
    </ActivityTypes>
    <ActivityTypes><ActivityType><name>Phone Call</name></ActivityType></ActivityTypes>
</CaseType>
`;

describe('items of a list', () => {
  it('take their comments along when they move', () => {
    const moved = edit(TYPES, { kind: 'move', path: ['activityTypes', 1], to: ['activityTypes', 0] });
    expect(moved.slice(moved.indexOf('<ActivityTypes>'), moved.indexOf('<unknown/>'))).toBe(`<ActivityTypes>

        <!-- by phone -->
        <ActivityType><name>Phone Call</name></ActivityType>
        <!-- what opens it -->
        <ActivityType><name>Open Case</name></ActivityType> <!-- always -->
        `);
  });

  it('take their line along when they are removed', () => {
    expect(edit(TYPES, { kind: 'remove', path: ['activityTypes', 0] })).toBe(
      TYPES.replace('        <ActivityType><name>Open Case</name></ActivityType> <!-- always -->\n', ''),
    );
  });

  it('look like their neighbours when they are new', () => {
    const value = { name: 'Email', max_instances: 2 };
    expect(edit(TYPES, { kind: 'insert', path: ['activityTypes', 3], value })).toBe(
      TYPES.replace(
        '<name>Meeting</name></ActivityType>\n',
        '<name>Meeting</name></ActivityType>\n        <ActivityType><name>Email</name><max_instances>2</max_instances></ActivityType>\n',
      ),
    );
  });

  it('stand in a new block where CiviCRM would write it, indented as the document', () => {
    const text = edit(TYPES, {
      kind: 'insert',
      path: ['caseRoles', 0],
      value: { name: 'Coordinator', groups: ['a', 'b'] },
    });
    expect(text).toContain(`</ActivityTypes>
    <CaseRoles>
        <RelationshipType>
            <name>Coordinator</name>
            <groups>a,b</groups>
        </RelationshipType>
    </CaseRoles>
</CaseType>
`);
  });

  it('are renamed in the first block only, the one CiviCRM reads', () => {
    const renamed = edit(TYPES, { kind: 'rename-activity-type', from: 'Phone Call', to: 'Call' });
    expect(renamed).toBe(TYPES.replace('<name>Phone Call', '<name>Call'));
  });
});

describe('the bytes around an edit', () => {
  const rename: CaseTypeEdit = { kind: 'rename-activity-type', from: 'Meeting', to: 'Réunion' };

  it.each([
    ['a byte order mark and CRLF', Buffer.from(`\ufeff${TYPES.replaceAll('\n', '\r\n')}`)],
    ['UTF-16', Buffer.from(`\ufeff${TYPES}`, 'utf16le')],
    ['Latin-1', Buffer.from(TYPES.replace('?>', ' encoding="ISO-8859-1"?>'), 'latin1')],
  ])('stay with %s', (_name, bytes) => {
    const before = readCaseTypeDocument(bytes);
    const { document, undo } = editDocument(before, [rename]);
    const written = Buffer.from(writeCaseTypeDocument(document));
    expect(document.encoding).toBe(before.encoding);
    const [changed] = changeText(document, undo).undo;
    expect(changed?.text).toBe('Réunion');
    expect(written.length).toBeGreaterThan(bytes.length - 4);
    expect(Buffer.from(writeCaseTypeDocument(changeText(document, undo).document)).equals(bytes)).toBe(true);
  });

  it('write a character that the encoding lacks as a reference, where XML knows one', () => {
    const latin = (text: string) => Buffer.from(text, 'latin1');
    const head = '<?xml version="1.0" encoding="ISO-8859-1"?>';
    const set = (content: string) =>
      `<ActivitySets><ActivitySet><name>s</name><ActivityTypes><ActivityType>${content}</ActivityType></ActivityTypes></ActivitySet></ActivitySets>`;
    const file = (content: string) => `${head}<CaseType>${set(content)}</CaseType>`;
    const edited = (before: string, edits: CaseTypeEdit) => {
      const { document } = editDocument(readCaseTypeDocument(latin(file(before))), [edits]);
      const bytes = writeCaseTypeDocument(document);
      expect(readCaseTypeDocument(bytes)).toEqual(document);
      return Buffer.from(bytes).toString('latin1');
    };
    expect(edited('<name>A</name>', leafOfStep('name', 'Réunion – œuvre 🙂'))).toBe(
      file('<name>Réunion &#8211; &#339;uvre &#128578;</name>'),
    );
    expect(edited('<name><![CDATA[A]]></name>', leafOfStep('name', 'a < œ'))).toBe(
      file('<name><![CDATA[a < ]]>&#339;<![CDATA[]]></name>'),
    );
    expect(edited('<name/>', leafOfStep('name', { '@attributes': { lang: 'œ' } }))).toBe(
      file('<name lang="&#339;"/>'),
    );
    expect(() => edited('<name>A</name>', leafOfStep('œuvre', 'x'))).toThrow(
      '"œ" does not exist in iso-8859-1',
    );
  });

  it('do not let a change make the file lie about its encoding', () => {
    const document = readCaseTypeDocument(
      TYPES.replace('?>', ' encoding="UTF-8"?>').replace('Meeting', 'Réunion'),
    );
    const start = document.source.text.indexOf('UTF-8');
    expect(() => changeText(document, [{ start, end: start + 5, text: 'ISO-8859-1' }])).toThrow(
      'another encoding',
    );
  });
});

describe('rewriting to a definition', () => {
  it('keeps what stays: a renamed and a moved item are themselves', () => {
    const document = readCaseTypeDocument(TYPES);
    const rewritten = rewriteDocument(document, {
      activityTypes: [{ name: 'Meeting' }, { name: 'Open Case' }, { name: 'Telephone' }],
    });
    expect(rewritten.source.text).toContain(
      '<!-- by phone -->\n        <ActivityType><name>Telephone</name>',
    );
    expect(readCaseTypeXml(rewritten.source.text).definition).toEqual({
      activityTypes: [{ name: 'Meeting' }, { name: 'Open Case' }, { name: 'Telephone' }],
    });
  });

  it('lets steps that move into a new set bring their comments', () => {
    const steps = (...lines: readonly string[]) => [
      '      <ActivityTypes>',
      ...lines.map((line) => `        ${line}`),
      '      </ActivityTypes>',
    ];
    const file = (...sets: readonly (readonly string[])[]) =>
      [
        '<CaseType>',
        '  <ActivitySets>',
        ...sets.flatMap((set) => ['    <ActivitySet>', ...set, '    </ActivitySet>']),
        '  </ActivitySets>',
        '</CaseType>',
      ].join('\n');
    const call = ['<!-- by phone -->', '<ActivityType ><name>Call</name></ActivityType> <!-- twice -->'];
    const before = file([
      '      <name>one</name>',
      ...steps('<ActivityType><name>Visit</name></ActivityType>', ...call),
    ]);
    const rewritten = rewriteDocument(readCaseTypeDocument(before), {
      activitySets: [
        { name: 'one', activityTypes: [{ name: 'Visit' }] },
        { name: 'two', activityTypes: [{ name: 'Call' }, { name: 'New' }] },
      ],
    });
    expect(rewritten.source.text).toBe(
      file(
        ['      <name>one</name>', ...steps('<ActivityType><name>Visit</name></ActivityType>')],
        [
          '      <name>two</name>',
          ...steps(...call, '<ActivityType>', '  <name>New</name>', '</ActivityType>'),
        ],
      ),
    );
  });

  it.each([
    [{ colour: 'red' }, 'does not read "colour" of a case type'],
    [{ activitySets: [{ name: 's', pipeline: 'x' }] }, 'does not read "pipeline" of an activity set'],
    [{ activityTypes: [{ 'a b': 'x' }] }, '"a b" cannot be the name of an XML element'],
    [{ activityTypes: [{ name: [['a', 'b'], 'c'] }] }, 'a list within a list'],
    [{ statuses: { colour: 'red' } }, 'statuses must be a list'],
  ])('says of %j what XML has no form for', (definition, message) => {
    expect(() => rewriteDocument(readCaseTypeDocument(TYPES), definition)).toThrow(message);
  });
});

describe('the edition a file is meant for', () => {
  it('warns with the place of what CiviCRM 5.77 keeps and does not use', () => {
    const xml = step('\n<name>A</name>\n<default_subject>Hello</default_subject>');
    const codes = (edition: string) =>
      readCaseTypeXml(xml, 'f.xml', { edition }).warnings.filter(({ code }) => code === 'not-in-edition');
    expect(codes('5.77')).toMatchObject([{ line: 3, column: 1 }]);
    expect([codes('6.17'), codes('6.20')]).toEqual([[], []]);
  });
});
