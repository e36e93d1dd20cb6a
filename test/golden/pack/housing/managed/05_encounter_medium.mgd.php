<?php

return _org_example_housing_lacking([
  [
    'name' => 'encounter_medium_p_Video',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'encounter_medium',
        'name' => 'p_Video',
        'label' => ts('Video call', ['domain' => 'org.example.housing']),
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
