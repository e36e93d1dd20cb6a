import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

const ENTITIES = '<!ENTITY e "told &amp; kept"><!ENTITY n "<name>Inner</name>">';
const plain = fc.constantFrom(
  ...['Open Case', 'Phone Call', 'Case Coordinator', 'Scheduled', 'true', 'TRUE', ' true', 'false'],
  ...['0', '1', ' 1', '-1', '007', '1e2', '1.9', '0x10', '2 days', '9223372036854775808', 'null'],
  ...['a,b', ',', 'a,,b', ' a , b ', '/', '"', "'", 'É', '\u00a0', '\u2028', '🏠', '日本', 'x\ty'],
);
const odd = fc.constantFrom(
  ...['', ' ', '\n  ', '\r\n', '&amp;', '&lt;b&gt;', '&quot;', '&apos;', '&#233;', '&#x1F3E0;', '&#32;'],
  ...['<![CDATA[x < y]]>', '<![CDATA[]]>', '<![CDATA[ ]]>', '<!-- told -->', '<?say it?>'],
  ...['<name>Inner</name>', '<deep><er a="1">x</er></deep>', '<deep/>', '<n:a xmlns:n="urn:n">x</n:a>'],
  ...['<name xmlns="urn:n">x</name>', '<comment>told</comment>', '<a/><a/>', '<a>1</a><b/><a>2</a>'],
);
const reference = fc.constantFrom('&e;', '&n;', '&gone;');
const attributes = fc.constantFrom(
  ...[' a="1"', " a='x &amp; y' b=''", ' xml:lang="fr"', ' xmlns:n="urn:n" n:a="1"', ' xmlns="urn:n"'],
  ...[' a="&#10;x"', ' name="x" timeline="true"', ' a = "\n\t1"', ' n:a="undeclared"', ' a="&e;"'],
);
const seldom = (usual: Text, other: Text, weight = 6): Text =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: other, weight: 1 });
const join = (parts: readonly Text[]): Text => fc.tuple(...parts).map((texts) => texts.join(''));
const many = (one: Text, maxLength: number): Text => fc.array(one, { maxLength }).map((all) => all.join(''));

function element(name: string, content: Text): Text {
  return fc
    .tuple(
      seldom(fc.constant(''), attributes, 10),
      content,
      fc.constantFrom('', '', '', ' ', '\n'),
      fc.nat(9),
    )
    .map(([own, inner, space, closing]) =>
      inner === '' && closing < 7 ? `<${name}${own}${space}/>` : `<${name}${own}${space}>${inner}</${name}>`,
    );
}

const content = seldom(fc.oneof(plain, odd), reference, 60);
const between = seldom(fc.constantFrom('', '', '\n', '  '), odd, 12);
const leaf = (name: string): Text => element(name, seldom(plain, many(content, 3), 4));
const anyOf = (names: readonly string[], maxLength: number): Text =>
  many(
    fc.constantFrom(...names).chain((name) => join([between, leaf(name)])),
    maxLength,
  );
const block = (name: string, one: Text, maxLength: number): Text =>
  join([between, element(name, join([many(join([between, one]), maxLength), between]))]);

const step = seldom(
  element(
    'ActivityType',
    anyOf(
      [
        ...['name', 'name', 'label', 'status', 'reference_activity', 'reference_offset', 'reference_select'],
        ...['default_assignee_type', 'default_assignee_relationship', 'default_assignee_contact'],
        ...['max_instances', 'editable', 'order', 'default_subject', 'subject', 'comment'],
      ],
      7,
    ),
  ),
  leaf('ActivityType'),
  10,
);
const activitySet = element(
  'ActivitySet',
  join([
    anyOf(['name', 'label', 'timeline', 'timeline', 'sequence', 'pipeline'], 4),
    seldom(block('ActivityTypes', step, 4), anyOf(['ActivityTypes', 'ActivityType'], 2)),
    anyOf(['timeline', 'name', 'grouping'], 1),
  ]),
);
const role = element(
  'RelationshipType',
  anyOf(['name', 'name', 'creator', 'manager', 'groups', 'groups', 'comment'], 5),
);
const status = seldom(leaf('Status'), leaf('status'), 12);
const part = fc.oneof(
  leaf('name'),
  anyOf(['forkable', 'RestrictActivityAsgmtToCmsUser', 'description', 'weight', 'Statuses'], 2),
  block('ActivityTypes', step, 4),
  block('Statuses', status, 3),
  block('ActivitySets', activitySet, 3),
  block('ActivitySets', activitySet, 3),
  block('CaseRoles', role, 3),
  block('ActivityAsgmtGrps', leaf('Group'), 3),
  block('Listeners', leaf('Listener'), 2),
);
const root = join([
  seldom(fc.constantFrom('', '\n'), fc.constantFrom('<!-- told -->', '<?say it?>', '  '), 5),
  seldom(fc.constant('CaseType'), fc.constantFrom('casetype', 'n:CaseType', 'Settings'), 20).chain((name) =>
    element(name, join([part, many(part, 5)])),
  ),
  fc.constantFrom('', '\n', '<!-- told -->'),
]);
const doctype = fc.constantFrom(
  `<!DOCTYPE CaseType [${ENTITIES}]>`,
  '<!DOCTYPE CaseType SYSTEM "case.dtd">',
  `<!DOCTYPE CaseType SYSTEM "case.dtd" [${ENTITIES}]>`,
  '<!DOCTYPE CaseType [<!ENTITY % p SYSTEM "p">%p;<!ENTITY e "x">]>',
  '<!DOCTYPE CaseType [<!ELEMENT name (#PCDATA)><!ATTLIST name a CDATA "given"><!ENTITY e "é">]>',
);

/** How a text becomes bytes: what its declaration says, and what it is. */
type Encoding = readonly [declared: string | undefined, encode: (text: string) => Buffer];
const ENCODINGS: readonly Encoding[] = [
  [undefined, (text) => Buffer.from(text)],
  ['UTF-8', (text) => Buffer.from(text)],
  ['utf8', (text) => Buffer.from(text)],
  ['UTF-8', (text) => Buffer.from(`\ufeff${text}`)],
  ['ISO-8859-1', (text) => Buffer.from(text, 'latin1')],
  ['iso-8859-1', (text) => Buffer.from(text)],
  ['Windows-1252', (text) => Buffer.from(text, 'latin1')],
  ['US-ASCII', (text) => Buffer.from(text)],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  [undefined, (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16', (text) => Buffer.from(text)],
  ['ISO-8859-15', (text) => Buffer.from(text, 'latin1')],
  ['nonsense', (text) => Buffer.from(text)],
];
const UTF_8: Encoding = [undefined, (text) => Buffer.from(text)];
const usually = fc.nat(ENCODINGS.length * 4).map((index) => ENCODINGS[index] ?? ENCODINGS[1]);

/** Case-type files of every odd form: most of them XML, many of them read by CiviCRM, some refused. */
export const arbitraryCaseTypeText: fc.Arbitrary<Buffer> = fc
  .tuple(root, seldom(fc.constant(''), doctype, 5), usually, fc.constantFrom('', '', ' standalone="yes"'))
  .map(([text, type, [declared, encode] = UTF_8, standalone]) => {
    const declaration =
      declared === undefined ? '' : `<?xml version="1.0" encoding="${declared}"${standalone}?>`;
    return encode(declaration + type + text);
  });
