<?php

return _org_example_housing_lacking([
  [
    'name' => 'group_p_team',
    'entity' => 'Group',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_team',
        'title' => ts('p_Team & co', ['domain' => 'org.example.housing']),
        'group_type:name' => [
          'Access Control',
        ],
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
