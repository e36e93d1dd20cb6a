<?php

return _org_example_housing_lacking([
  [
    'name' => 'contact_type_p_Nurse',
    'entity' => 'ContactType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Nurse',
        'label' => ts('Nurse & carer', ['domain' => 'org.example.housing']),
        'description' => 'Who visits',
        'parent_id:name' => 'Individual',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
