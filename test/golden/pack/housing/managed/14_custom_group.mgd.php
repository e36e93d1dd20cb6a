<?php

return _org_example_housing_lacking([
  [
    'name' => 'custom_group_p_Facts',
    'entity' => 'CustomGroup',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Facts',
        'title' => ts('p_Facts & more', ['domain' => 'org.example.housing']),
        'extends' => 'Case',
        'extends_entity_column_value:name' => [
          'p_hospice_visit',
        ],
        'style' => 'Inline',
        'collapse_display' => TRUE,
        'collapse_adv_display' => FALSE,
        'help_pre' => 'Fill in <b>all</b>.',
        'is_multiple' => FALSE,
        'is_public' => FALSE,
        'icon' => 'fa-bed',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
  [
    'name' => 'custom_group_p_Logement',
    'entity' => 'CustomGroup',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Logement',
        'title' => ts('Logement', ['domain' => 'org.example.housing']),
        'extends' => 'Case',
        'extends_entity_column_value:name' => [
          'AideAuLogement',
        ],
        'style' => 'Inline',
        'collapse_display' => TRUE,
        'collapse_adv_display' => FALSE,
        'help_pre' => 'Fill in <b>all</b>.',
        'is_multiple' => FALSE,
        'is_public' => FALSE,
        'icon' => 'fa-bed',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
  [
    'name' => 'custom_group_p_Round',
    'entity' => 'CustomGroup',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Round',
        'title' => ts('p_Round & more', ['domain' => 'org.example.housing']),
        'extends' => 'Activity',
        'extends_entity_column_value:name' => [
          'p_Visit',
        ],
        'style' => 'Inline',
        'collapse_display' => TRUE,
        'collapse_adv_display' => FALSE,
        'help_pre' => 'Fill in <b>all</b>.',
        'is_multiple' => FALSE,
        'is_public' => FALSE,
        'icon' => 'fa-bed',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
  [
    'name' => 'custom_group_p_Shift',
    'entity' => 'CustomGroup',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_Shift',
        'title' => ts('p_Shift & more', ['domain' => 'org.example.housing']),
        'extends' => 'Relationship',
        'extends_entity_column_value:name' => [
          'p_Nurse of',
        ],
        'style' => 'Inline',
        'collapse_display' => TRUE,
        'collapse_adv_display' => FALSE,
        'help_pre' => 'Fill in <b>all</b>.',
        'is_multiple' => FALSE,
        'is_public' => FALSE,
        'icon' => 'fa-bed',
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
