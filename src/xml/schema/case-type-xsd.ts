import {
  CASE_TYPE_FORMAT,
  SET_ABOUT,
  SET_FORMAT,
  STEP_FIELDS,
  type FormatEntry,
  type ItemField,
} from '../format.ts';

/** What the text of a field must look like; all of them may be empty, as CiviCRM's editor writes them. */
const FORMS: Readonly<Record<ItemField['form'], string>> = {
  name: restriction('<xs:minLength value="1"/>'),
  text: restriction(''),
  integer: restriction('<xs:pattern value="(-?[0-9]+)?"/>'),
  limit: restriction('<xs:pattern value="[0-9]*"/>'),
  flag: restriction('<xs:enumeration value="1"/><xs:enumeration value="0"/><xs:enumeration value=""/>'),
  select: restriction(
    '<xs:enumeration value="newest"/><xs:enumeration value="oldest"/><xs:enumeration value=""/>',
  ),
  'assignee-type': restriction('<xs:pattern value="[1-4]?"/>'),
  relationship: restriction('<xs:pattern value="([0-9]+_(a_b|b_a))?"/>'),
};

function restriction(facets: string): string {
  return `<xs:restriction base="xs:string">${facets}</xs:restriction>`;
}

/**
 * An XML Schema (1.0) of the case-type file for editors. What CiviCRM drops it refuses; a file that CiviCRM reads in
 * spite of an oddity may be refused, too. The order of elements is free, as it is for CiviCRM.
 */
export function renderCaseTypeXsd(): string {
  const body = [
    element('CaseType', {
      about: 'A case type of CiviCRM. The name of this element and its attributes are not looked at.',
      content: all([
        ...CASE_TYPE_FORMAT.map(rootElement),
        leaf(
          'description',
          'Description of a case type that an extension ships. Lost when the editor saves.',
          'text',
        ),
        leaf(
          'weight',
          'Weight of a case type that an extension ships. Lost when the editor saves.',
          'integer',
        ),
        element('Listeners', {
          about: 'PHP classes that are told of changes of a case. Lost when the editor saves.',
          content: list('Listener', '<xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType>'),
          times: OPTIONAL,
        }),
      ]),
    }),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Printed by "civicase xml schema". -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
${body.join('\n').replace(/^(?=.)/gm, '  ')}
</xs:schema>
`;
}

const OPTIONAL = ' minOccurs="0"';

function rootElement(entry: FormatEntry): string {
  switch (entry.kind) {
    case 'name':
      return element(entry.element, {
        about: entry.about,
        content: simple(
          '<xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="64"/></xs:restriction>',
        ),
      });
    case 'integer':
      return element(entry.element, {
        about: entry.about,
        content: simple('<xs:restriction base="xs:integer"/>'),
        times: OPTIONAL,
      });
    case 'texts':
      return element(entry.element, {
        about: entry.about,
        content: list(entry.item, simple(FORMS.name)),
        times: OPTIONAL,
      });
    case 'records':
      return element(entry.element, {
        about: entry.about,
        content: list(entry.item, all(entry.fields.map(fieldElement))),
        times: OPTIONAL,
      });
    case 'sets':
      return element(entry.element, {
        about: entry.about,
        content: list(entry.item, setType()),
        times: OPTIONAL,
      });
    default:
      return entry satisfies never;
  }
}

function setType(): string {
  const { texts, flags, steps } = SET_FORMAT;
  const about = (name: string): string => SET_ABOUT[name] ?? '';
  // Repeated fields are allowed where CiviCRM keeps them all.
  const step = `<xs:complexType>\n  <xs:choice minOccurs="0" maxOccurs="unbounded">\n${indent(
    STEP_FIELDS.map((field) => leaf(field.element, field.about, field.form, '')).join('\n'),
    2,
  )}\n  </xs:choice>\n</xs:complexType>`;
  return all([
    ...texts.map((name) => leaf(name, about(name), 'text')),
    ...flags.map((name) =>
      element(name, {
        about: about(name),
        content: simple(restriction('<xs:enumeration value="true"/>')),
        times: OPTIONAL,
      }),
    ),
    element(steps.element, { about: about(steps.element), content: list(steps.item, step), times: OPTIONAL }),
  ]);
}

const fieldElement = (field: ItemField): string =>
  leaf(field.element, field.about, field.form, field.form === 'name' ? '' : OPTIONAL);

const leaf = (name: string, about: string, form: ItemField['form'], times = OPTIONAL): string =>
  element(name, { about, content: simple(FORMS[form]), times });

const simple = (content: string): string => `<xs:simpleType>${content}</xs:simpleType>`;

interface ElementParts {
  readonly about: string;
  readonly content: string;
  readonly times?: string;
}

function element(name: string, { about, content, times = '' }: ElementParts): string {
  return `<xs:element name="${name}"${times}>
  <xs:annotation><xs:documentation>${escape(about)}</xs:documentation></xs:annotation>
${indent(content, 1)}
</xs:element>`;
}

function list(item: string, type: string): string {
  return `<xs:complexType>
  <xs:sequence>
    <xs:element name="${item}" minOccurs="0" maxOccurs="unbounded">
${indent(type, 3)}
    </xs:element>
  </xs:sequence>
</xs:complexType>`;
}

const all = (elements: readonly string[]): string =>
  `<xs:complexType>\n  <xs:all>\n${indent(elements.join('\n'), 2)}\n  </xs:all>\n</xs:complexType>`;

const indent = (text: string, depth: number): string => text.replace(/^(?=.)/gm, '  '.repeat(depth));
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
