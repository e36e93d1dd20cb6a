<?php
/**
 * php core.php SITE_ROOT: for each line of JSON on stdin one line of JSON, answered by CiviCRM itself.
 * read: what it makes of XML. write: the XML that it makes of a definition. open: what it stores when cases are opened.
 */
error_reporting(E_ERROR);
ini_set('display_errors', 'stderr');
require_once "$argv[1]/civicrm.standalone.php";
CRM_Core_Config::singleton();
CRM_Core_Session::singleton()->set('userID', 2);

function ask(string $entity, string $action, array $params): array {
  return (array) civicrm_api4($entity, $action, $params + ['checkPermissions' => FALSE]);
}

function failure(Throwable $thrown): string {
  return get_class($thrown) . ': ' . $thrown->getMessage();
}

function read(string $bytes): array {
  [$xml, $error] = CRM_Utils_XML::parseString($bytes);
  libxml_clear_errors();
  if (!$xml) {
    return ['error' => "no XML: $error"];
  }
  try {
    return [
      'name' => (string) $xml->name,
      'definition' => json_encode(CRM_Case_BAO_CaseType::convertXmlToDefinition($xml), JSON_THROW_ON_ERROR),
    ];
  }
  catch (Throwable $thrown) {
    return ['error' => failure($thrown)];
  }
}

function write(string $name, string $definition): array {
  try {
    $xml = CRM_Case_BAO_CaseType::convertDefinitionToXML($name, json_decode($definition, TRUE));
    return ['xml' => base64_encode($xml)];
  }
  catch (Throwable $thrown) {
    return ['error' => failure($thrown)];
  }
}

/** What the definitions name has to be on the site: text, unlike an array, makes nothing. */
function open(string $name, string $definition, array $starts, string $zone): array {
  date_default_timezone_set($zone);
  try {
    $xml = CRM_Case_BAO_CaseType::convertDefinitionToXML($name, json_decode($definition, TRUE));
    $type = ask('CaseType', 'create', ['values' => ['name' => $name, 'title' => $name, 'definition' => $xml]]);
  }
  catch (Throwable $thrown) {
    return ['error' => failure($thrown)];
  }
  $openings = array_map(fn($start) => openOne($type['0']['id'], ...$start), $starts);
  ask('CaseType', 'update', ['where' => [['name', '=', $name]], 'values' => ['is_active' => FALSE]]);
  return ['openings' => $openings];
}

function openOne(int $caseTypeId, string $startDate, string $subject): array {
  $before = CRM_Core_DAO::singleValueQuery('SELECT MAX(id) FROM civicrm_case') ?? 0;
  try {
    ask('Case', 'create', [
      'values' => [
        'case_type_id' => $caseTypeId,
        'contact_id' => 3,
        'creator_id' => 2,
        'subject' => $subject,
        'start_date' => $startDate,
      ],
    ]);
    $error = NULL;
  }
  catch (Throwable $thrown) {
    $error = failure($thrown);
  }
  $id = CRM_Core_DAO::singleValueQuery("SELECT MAX(id) FROM civicrm_case WHERE id > $before") ?? 0;
  $get = ['where' => [['case_id', '=', $id]], 'orderBy' => ['id' => 'ASC']];
  $activities = ask('Activity', 'get', $get + [
    'select' => [
      'activity_type_id:name',
      'status_id:name',
      'activity_date_time',
      'subject',
      'is_auto',
      'weight',
      'assignee_contact_id',
    ],
  ]);
  $roles = ask('Relationship', 'get', $get + [
    'select' => ['relationship_type_id.name_a_b', 'contact_id_a', 'contact_id_b'],
  ]);
  return ['error' => $error, 'activities' => rows($activities), 'roles' => rows($roles)];
}

function rows(array $answer): array {
  return array_values(array_filter($answer, 'is_array'));
}

while (($line = fgets(STDIN)) !== FALSE) {
  $question = json_decode($line, TRUE);
  $answer = match ($question['kind']) {
    'call' => rows(ask($question['entity'], $question['action'], $question['params'])),
    'read' => read(base64_decode($question['bytes'])),
    'write' => write($question['name'], $question['definition']),
    'open' => open($question['name'], $question['definition'], $question['starts'], $question['zone']),
  };
  echo json_encode($answer, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
