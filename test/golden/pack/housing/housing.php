<?php

/**
 * Leaves out what the site has under the same name already, unless this extension has made it, and what names
 * something that the site does not have yet.
 *
 * @param array $entities
 *   Declarations of managed entities.
 *
 * @return array
 */
function _org_example_housing_lacking(array $entities): array {
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
  $made = $find('Managed', [['module', '=', 'org.example.housing']])->column('name');
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
function housing_civicrm_postInstall() {
  CRM_Core_ManagedEntities::singleton(TRUE)->reconcile(['org.example.housing']);
}
