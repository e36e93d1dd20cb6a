<?php

return _org_example_housing_lacking([
  [
    'name' => 'message_template_p_ Visit soon',
    'entity' => 'MessageTemplate',
    'cleanup' => 'never',
    'update' => 'unmodified',
    'params' => [
      'version' => 4,
      'values' => [
        'msg_title' => 'p_ Visit soon',
        'msg_subject' => 'Visit of {contact.display_name}',
        'msg_html' => '<p>Dear {contact.first_name},</p>
<p>a visit & more</p>',
        'is_sms' => FALSE,
        'is_active' => TRUE,
      ],
      'match' => [
        'msg_title',
      ],
    ],
  ],
]);
