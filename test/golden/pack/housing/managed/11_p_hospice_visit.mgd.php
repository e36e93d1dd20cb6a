<?php

return _org_example_housing_lacking([
  [
    'name' => 'CaseType_p_hospice_visit',
    'entity' => 'CaseType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'p_hospice_visit',
        'title' => ts('Hospice visit', ['domain' => 'org.example.housing']),
        'is_active' => TRUE,
        'weight' => 1,
        'definition' => [
          'activityAsgmtGrps' => [
            'p_team',
          ],
          'activityTypes' => [
            [
              'name' => 'Open Case',
              'max_instances' => '1',
            ],
            [
              'name' => 'p_Visit',
            ],
          ],
          'statuses' => [
            'Open',
            'p_Waiting',
          ],
          'activitySets' => [
            [
              'name' => 'standard_timeline',
              'label' => 'Standard timeline',
              'timeline' => 1,
              'activityTypes' => [
                [
                  'name' => 'Open Case',
                  'status' => 'Completed',
                ],
                [
                  'name' => 'p_Visit',
                  'status' => 'p_Held',
                  'reference_activity' => 'Open Case',
                  'reference_offset' => '3',
                ],
              ],
            ],
          ],
          'timelineActivityTypes' => [
            [
              'name' => 'Open Case',
              'status' => 'Completed',
            ],
            [
              'name' => 'p_Visit',
              'status' => 'p_Held',
              'reference_activity' => 'Open Case',
              'reference_offset' => '3',
            ],
          ],
          'caseRoles' => [
            [
              'name' => 'p_Nurse of',
              'creator' => '1',
              'groups' => [
                'p_team',
              ],
            ],
          ],
        ],
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
