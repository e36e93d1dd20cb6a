<?php

return _org_example_housing_lacking([
  [
    'name' => 'option_value_p_wards.North',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'p_wards',
        'name' => 'North',
        'label' => 'North wing',
        'value' => 'n',
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
  [
    'name' => 'option_value_p_wards.South',
    'entity' => 'OptionValue',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'option_group_id.name' => 'p_wards',
        'name' => 'South',
        'label' => 'South wing',
        'value' => 's',
        'is_active' => TRUE,
      ],
      'match' => [
        'option_group_id',
        'name',
      ],
    ],
  ],
]);
