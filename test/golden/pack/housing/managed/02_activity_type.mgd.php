<?php

return _org_example_housing_lacking([
  [
    'name' => 'activity_type_Follow up',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_type',
        'name' => 'Follow up',
        'label' => ts('Follow up', ['domain' => 'org.example.housing']),
        'component_id:name' => 'CiviCase',
        'filter' => 0,
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
  [
    'name' => 'activity_type_Open Case',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_type',
        'name' => 'Open Case',
        'label' => ts('Open Case', ['domain' => 'org.example.housing']),
        'component_id:name' => 'CiviCase',
        'filter' => 0,
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
  [
    'name' => 'activity_type_p_Visit',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_type',
        'name' => 'p_Visit',
        'label' => ts('Visit <home>', ['domain' => 'org.example.housing']),
        'description' => 'At home',
        'component_id:name' => 'CiviCase',
        'icon' => 'fa-house',
        'filter' => 0,
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
]);
