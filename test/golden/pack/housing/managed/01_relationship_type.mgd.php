<?php

return _org_example_housing_lacking([
  [
    'name' => 'relationship_type_p_Nurse of',
    'entity' => 'RelationshipType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name_a_b' => 'p_Nurse of',
        'name_b_a' => 'p_Nursed by',
        'label_a_b' => ts('p_Nurse of', ['domain' => 'org.example.housing']),
        'label_b_a' => ts('p_Nursed by', ['domain' => 'org.example.housing']),
        'contact_type_a' => 'Individual',
        'contact_sub_type_a' => 'p_Nurse',
        'is_active' => TRUE,
      ],
      'match' => [
        'name_a_b',
      ],
    ],
  ],
]);
