<?php

return _org_example_housing_lacking([
  [
    'name' => 'option_group_p_wards',
    'entity' => 'OptionGroup',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'is_reserved' => FALSE,
        'name' => 'p_wards',
        'title' => ts('p_Wards', ['domain' => 'org.example.housing']),
        'data_type' => 'String',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
