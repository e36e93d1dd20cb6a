import type { Snapshot } from '../snapshot.ts';
import { phpText } from './php-literal.ts';

export interface ExtensionInfo {
  /** Such as `org.example.housing`. */
  readonly key: string;
  /** The last part of the key, letters, digits and `_`: name of the module's file, and domain of its `ts`. */
  readonly file: string;
  readonly title: string;
  readonly author: string;
  readonly email: string;
  /** SPDX. */
  readonly licence: string;
  readonly version: string;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The lists are what CiviCRM 5.45, which brought the mixins, and later ask for. */
export const infoXml = (info: ExtensionInfo): string => `<?xml version="1.0"?>
<extension key="${info.key}" type="module">
  <file>${info.file}</file>
  <name>${escape(info.title)}</name>
  <description>${escape(info.title)}: case types and what they need</description>
  <license>${escape(info.licence)}</license>
  <maintainer>
    <author>${escape(info.author)}</author>
    <email>${escape(info.email)}</email>
  </maintainer>
  <version>${info.version}</version>
  <develStage>stable</develStage>
  <compatibility>
    <ver>5.47</ver>
  </compatibility>
  <mixins>
    <mixin>case-xml@1.0.0</mixin>
    <mixin>mgd-php@1.0.0</mixin>
  </mixins>
</extension>
`;

/** The name of the function of `moduleFile`, which no other extension has. */
export const filterName = ({ key }: Pick<ExtensionInfo, 'key'>): string =>
  `_${key.replace(/[^A-Za-z0-9]/g, '_')}_lacking`;

/**
 * The file that info.xml names. ManagedEntities::insertNewEntity saves with `match`, whatever `update` says: without
 * the filter the first installation would write over what a site has under the same name. APIv4 finds neither the
 * types and statuses of a reminder by name (it would be one for every activity) nor a message template, and the
 * extension's own are there only once they are installed: hence the second round. Nor are the case types of xml/case
 * there in the first: a custom group for one of them would be one for every case.
 */
export const moduleFile = (info: ExtensionInfo): string => `<?php

/**
 * Leaves out what the site has under the same name already, unless this extension has made it, and what names
 * something that the site does not have yet.
 *
 * @param array $entities
 *   Declarations of managed entities.
 *
 * @return array
 */
function ${filterName(info)}(array $entities): array {
  $references = [
    'entity_value:name' => ['OptionValue', 'name', 'value', [['option_group_id:name', '=', 'activity_type']]],
    'entity_status:name' => ['OptionValue', 'name', 'value', [['option_group_id:name', '=', 'activity_status']]],
    'extends_entity_column_value:name of Case' => ['CaseType', 'name', 'id', []],
    'msg_template_id.msg_title' => ['MessageTemplate', 'msg_title', 'id', [['workflow_name', 'IS NULL']]],
    'sms_template_id.msg_title' => ['MessageTemplate', 'msg_title', 'id', [['workflow_name', 'IS NULL']]],
  ];
  $find = function (string $entity, array $where) {
    return civicrm_api4($entity, 'get', ['checkPermissions' => FALSE, 'where' => $where]);
  };
  $made = $find('Managed', [['module', '=', ${phpText(info.key)}]])->column('name');
  $lacking = [];
  foreach ($entities as $entity) {
    $where = [];
    $values = [];
    foreach ($entity['params']['values'] as $path => $value) {
      $field = preg_split('/[.:]/', $path)[0];
      if (in_array($field, $entity['params']['match'], TRUE)) {
        $where[] = [$path, '=', $value];
      }
      $of = $path . ' of ' . ($entity['params']['values']['extends'] ?? '');
      $reference = $references[$path] ?? $references[$of] ?? NULL;
      if ($reference) {
        [$named, $name, $stored, $among] = $reference;
        $found = $find($named, array_merge($among, [[$name, 'IN', (array) $value]]))->column($stored, $name);
        if (count($found) < count((array) $value)) {
          continue 2;
        }
        [$path, $value] = [$field, is_array($value) ? array_values($found) : reset($found)];
      }
      $values[$path] = $value;
    }
    if (in_array($entity['name'], $made, TRUE) || $find($entity['entity'], $where)->count() === 0) {
      $entity['params']['values'] = $values;
      $lacking[] = $entity;
    }
  }
  return $lacking;
}

/**
 * Implements hook_civicrm_postInstall().
 */
function ${info.file}_civicrm_postInstall() {
  CRM_Core_ManagedEntities::singleton(TRUE)->reconcile([${phpText(info.key)}]);
}
`;

export const readme = (info: ExtensionInfo, { caseTypes }: Snapshot, left: readonly string[]): string =>
  [
    `# ${info.title}`,
    '',
    'A CiviCRM extension with these case types, and the activity types, statuses, roles and other things they need:',
    '',
    ...caseTypes.map(({ name, title }) => `- ${title} (\`${name}\`)`),
    '',
    `Put the folder where CiviCRM keeps its extensions, named \`${info.key}\`, switch the component CiviCase on, and enable the extension under Administer > System Settings > Extensions.`,
    'What the site has under the same name already stays as it is. `civicase plan FOLDER SITE` shows where it differs.',
    'Disabling or uninstalling the extension deletes nothing that `managed/` made. Case types of `xml/case` live in their file: keep the extension as long as there are cases of them.',
    '',
    ...(left.length === 0 ? [] : ['## Not carried', '', ...left.map((sentence) => `- ${sentence}`), '']),
    'The folder `civicase` holds the same as a snapshot: `civicase plan FOLDER SITE`, FOLDER being this one, shows what it would change on a site.',
    '',
    `Licence: ${info.licence}`,
    '',
  ].join('\n');
