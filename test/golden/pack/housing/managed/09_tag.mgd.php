<?php

return _org_example_housing_lacking([
  [
    'name' => 'tag_p_Set',
    'entity' => 'Tag',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Set',
        'label' => ts('Set & co', ['domain' => 'org.example.housing']),
        'is_tagset' => TRUE,
        'is_selectable' => TRUE,
        'used_for' => [
          'civicrm_activity',
          'civicrm_case',
        ],
        'color' => '#123456',
      ],
      'match' => [
        'name',
      ],
    ],
  ],
  [
    'name' => 'tag_p_Ward',
    'entity' => 'Tag',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Ward',
        'label' => ts('Ward & co', ['domain' => 'org.example.housing']),
        'parent_id.name' => 'p_Set',
        'is_tagset' => FALSE,
        'is_selectable' => TRUE,
        'used_for' => [
          'civicrm_activity',
          'civicrm_case',
        ],
        'color' => '#123456',
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
