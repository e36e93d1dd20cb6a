<?php

return _org_example_housing_lacking([
  [
    'name' => 'case_status_Closed',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'case_status',
        'name' => 'Closed',
        'label' => ts('Resolved', ['domain' => 'org.example.housing']),
        'grouping' => 'Closed',
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
    'name' => 'case_status_En attente d\'attribution',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'case_status',
        'name' => 'En attente d\'attribution',
        'label' => ts('En attente d\'attribution', ['domain' => 'org.example.housing']),
        'grouping' => 'Opened',
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
    'name' => 'case_status_Open',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'case_status',
        'name' => 'Open',
        'label' => ts('Ongoing', ['domain' => 'org.example.housing']),
        'grouping' => 'Opened',
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
    'name' => 'case_status_p_Waiting',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'case_status',
        'name' => 'p_Waiting',
        'label' => ts('On the list', ['domain' => 'org.example.housing']),
        'color' => '#00ff00',
        'grouping' => 'Opened',
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
