<?php

return _org_example_housing_lacking([
  [
    'name' => 'priority_p_Soon',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'priority',
        'name' => 'p_Soon',
        'label' => ts('Soon', ['domain' => 'org.example.housing']),
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
