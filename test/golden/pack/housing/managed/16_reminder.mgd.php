<?php

return _org_example_housing_lacking([
  [
    'name' => 'reminder_p_visit_soon',
    'entity' => 'ActionSchedule',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'mapping_id' => '1',
        'name' => 'p_visit_soon',
        'title' => ts('Visit soon & sure', ['domain' => 'org.example.housing']),
        'entity_value:name' => [
          'p_Visit',
        ],
        'entity_status:name' => [
          'Scheduled',
        ],
        'start_action_offset' => 2,
        'start_action_unit' => 'day',
        'start_action_condition' => 'before',
        'start_action_date' => 'activity_date_time',
        'is_repeat' => TRUE,
        'repetition_frequency_unit' => 'day',
        'repetition_frequency_interval' => 1,
        'end_frequency_unit' => 'day',
        'end_frequency_interval' => 3,
        'end_action' => 'after',
        'end_date' => 'activity_date_time',
        'recipient' => '1',
        'limit_to' => 1,
        'msg_template_id.msg_title' => 'p_ Visit soon',
        'subject' => 'Visit',
        'body_html' => '<p>Soon</p>',
        'mode' => 'Email',
        'record_activity' => TRUE,
        'is_active' => TRUE,
      ],
      'match' => [
        'name',
      ],
    ],
  ],
]);
