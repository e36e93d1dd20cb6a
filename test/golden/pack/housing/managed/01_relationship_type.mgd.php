<?php

return _org_example_housing_lacking([
  [
    'name' => 'relationship_type_Bailleur is',
    'entity' => 'RelationshipType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name_a_b' => 'Bailleur is',
        'name_b_a' => 'Bailleur',
        'label_a_b' => ts('Bailleur is', ['domain' => 'org.example.housing']),
        'label_b_a' => ts('Bailleur', ['domain' => 'org.example.housing']),
        'description' => 'Bailleur',
        'is_active' => TRUE,
      ],
      'match' => [
        'name_a_b',
      ],
    ],
  ],
  [
    'name' => 'relationship_type_Benefits Adviser is',
    'entity' => 'RelationshipType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name_a_b' => 'Benefits Adviser is',
        'name_b_a' => 'Benefits Adviser',
        'label_a_b' => ts('Benefits Adviser is', ['domain' => 'org.example.housing']),
        'label_b_a' => ts('Benefits Adviser', ['domain' => 'org.example.housing']),
        'description' => 'Benefits Adviser',
        'is_active' => TRUE,
      ],
      'match' => [
        'name_a_b',
      ],
    ],
  ],
  [
    'name' => 'relationship_type_Housing Coordinator is',
    'entity' => 'RelationshipType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name_a_b' => 'Housing Coordinator is',
        'name_b_a' => 'Housing Coordinator',
        'label_a_b' => ts('Housing Coordinator is', ['domain' => 'org.example.housing']),
        'label_b_a' => ts('Housing Coordinator', ['domain' => 'org.example.housing']),
        'description' => 'Housing Coordinator',
        'is_active' => TRUE,
      ],
      'match' => [
        'name_a_b',
      ],
    ],
  ],
  [
    'name' => 'relationship_type_Référent social is',
    'entity' => 'RelationshipType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name_a_b' => 'Référent social is',
        'name_b_a' => 'Référent social',
        'label_a_b' => ts('Référent social is', ['domain' => 'org.example.housing']),
        'label_b_a' => ts('Référent social', ['domain' => 'org.example.housing']),
        'description' => 'Référent social',
        'is_active' => TRUE,
      ],
      'match' => [
        'name_a_b',
      ],
    ],
  ],
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
