<?php

return _org_example_housing_lacking([
  [
    'name' => 'activity_status_Completed',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_status',
        'name' => 'Completed',
        'label' => ts('Completed', ['domain' => 'org.example.housing']),
        'filter' => 1,
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
  [
    'name' => 'activity_status_Scheduled',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_status',
        'name' => 'Scheduled',
        'label' => ts('Scheduled', ['domain' => 'org.example.housing']),
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
    'name' => 'activity_status_p_Held',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'activity_status',
        'name' => 'p_Held',
        'label' => ts('p_Held', ['domain' => 'org.example.housing']),
        'filter' => 1,
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
]);
