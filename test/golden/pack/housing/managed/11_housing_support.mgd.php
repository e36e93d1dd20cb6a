<?php

return _org_example_housing_lacking([
  [
    'name' => 'CaseType_housing_support',
    'entity' => 'CaseType',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'name' => 'housing_support',
        'title' => ts('Housing Support', ['domain' => 'org.example.housing']),
        'description' => 'Housing Support <test> & more',
        'is_active' => TRUE,
        'weight' => 3,
        'definition' => [
          'forkable' => 1,
          'restrictActivityAsgmtToCmsUser' => 0,
          'activityAsgmtGrps' => [
            'housing_team',
          ],
          'activityTypes' => [
            [
              'name' => 'Open Case',
              'max_instances' => '1',
            ],
            [
              'name' => 'Housing intake interview',
              'max_instances' => '1',
            ],
            [
              'name' => 'Income and benefits review',
            ],
            [
              'name' => 'Emergency placement',
            ],
            [
              'name' => 'Housing plan',
            ],
            [
              'name' => 'Landlord contact',
            ],
            [
              'name' => 'Home visit',
            ],
            [
              'name' => 'Follow up',
            ],
            [
              'name' => 'Phone Call',
            ],
            [
              'name' => 'Email',
            ],
            [
              'name' => 'Change Case Type',
            ],
            [
              'name' => 'Change Case Status',
            ],
            [
              'name' => 'Change Case Start Date',
            ],
            [
              'name' => 'Link Cases',
            ],
          ],
          'statuses' => [
            'Open',
            'On Housing Waitlist',
            'Urgent',
            'Closed',
          ],
          'activitySets' => [
            [
              'name' => 'standard_timeline',
              'label' => 'From intake to housing plan',
              'timeline' => 1,
              'activityTypes' => [
                [
                  'name' => 'Open Case',
                  'status' => 'Completed',
                ],
                [
                  'name' => 'Housing intake interview',
                  'status' => 'Scheduled',
                  'reference_activity' => 'Open Case',
                  'reference_offset' => '1',
                  'reference_select' => 'newest',
                  'default_assignee_type' => '4',
                ],
                [
                  'name' => 'Income and benefits review',
                  'status' => 'Awaiting Documents',
                  'reference_activity' => 'Housing intake interview',
                  'reference_offset' => '3',
                  'reference_select' => 'newest',
                ],
                [
                  'name' => 'Emergency placement',
                  'status' => 'Scheduled',
                  'reference_activity' => 'Housing intake interview',
                  'reference_offset' => '2',
                  'reference_select' => 'newest',
                ],
                [
                  'name' => 'Housing plan',
                  'status' => 'Scheduled',
                  'reference_activity' => 'Income and benefits review',
                  'reference_offset' => '10',
                  'reference_select' => 'newest',
                ],
                [
                  'name' => 'Follow up',
                  'status' => 'Scheduled',
                  'reference_activity' => 'Housing plan',
                  'reference_offset' => '7',
                  'reference_select' => 'newest',
                  'default_assignee_type' => '4',
                ],
              ],
            ],
            [
              'name' => 'timeline_tenancy',
              'label' => 'First three months in the flat',
              'timeline' => 1,
              'activityTypes' => [
                [
                  'name' => 'Home visit',
                  'status' => 'Scheduled',
                  'reference_offset' => '7',
                ],
                [
                  'name' => 'Landlord contact',
                  'status' => 'Scheduled',
                  'reference_offset' => '30',
                ],
                [
                  'name' => 'Home visit',
                  'status' => 'Scheduled',
                  'reference_offset' => '90',
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
              'name' => 'Housing intake interview',
              'status' => 'Scheduled',
              'reference_activity' => 'Open Case',
              'reference_offset' => '1',
              'reference_select' => 'newest',
              'default_assignee_type' => 'name:USER_CREATING_THE_CASE',
            ],
            [
              'name' => 'Income and benefits review',
              'status' => 'Awaiting Documents',
              'reference_activity' => 'Housing intake interview',
              'reference_offset' => '3',
              'reference_select' => 'newest',
            ],
            [
              'name' => 'Emergency placement',
              'status' => 'Scheduled',
              'reference_activity' => 'Housing intake interview',
              'reference_offset' => '2',
              'reference_select' => 'newest',
            ],
            [
              'name' => 'Housing plan',
              'status' => 'Scheduled',
              'reference_activity' => 'Income and benefits review',
              'reference_offset' => '10',
              'reference_select' => 'newest',
            ],
            [
              'name' => 'Follow up',
              'status' => 'Scheduled',
              'reference_activity' => 'Housing plan',
              'reference_offset' => '7',
              'reference_select' => 'newest',
              'default_assignee_type' => 'name:USER_CREATING_THE_CASE',
            ],
            [
              'name' => 'Home visit',
              'status' => 'Scheduled',
              'reference_offset' => '7',
            ],
            [
              'name' => 'Landlord contact',
              'status' => 'Scheduled',
              'reference_offset' => '30',
            ],
            [
              'name' => 'Home visit',
              'status' => 'Scheduled',
              'reference_offset' => '90',
            ],
          ],
          'caseRoles' => [
            [
              'name' => 'Housing Coordinator',
              'creator' => '1',
              'manager' => '1',
              'groups' => [
                'housing_team',
              ],
            ],
            [
              'name' => 'Benefits Adviser',
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
