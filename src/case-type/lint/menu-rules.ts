import { leafText } from '../php-values.ts';
import { SEED_CASE_STATUSES } from '../seed-names.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { meantSeed } from './step-rules.ts';
import { eachRepeated, menuPath, recordsOf, setPath, stepPath, titleOf } from './subject.ts';

const LIMIT = 'CRM/Case/XMLProcessor/Process.php, isActivityPresent and activityTypes';
const STATUSES = 'CRM/Case/BAO/Case.php, alterStatusOptions';

// The database compares the names of case statuses without regard to case.
const SEEDS: ReadonlySet<string> = new Set(Array.from(SEED_CASE_STATUSES, (name) => name.toLowerCase()));
const isSeed = (name: string): boolean => SEEDS.has(name.toLowerCase());

/** Rules on the activity types and statuses that a case type offers. */
export const MENU_RULES: readonly DefinitionRule[] = [
  {
    code: 'limit-below-steps',
    severity: 'warning',
    level: 'file',
    what: 'A timeline has more steps of a type than a case may have activities.',
    why: 'A timeline skips a step without a word when the case already has max_instances activities of its type.',
    source: LIMIT,
    fix: 'Raise max_instances or remove the surplus steps.',
    autofix: false,
    find: ({ model, limits }, found) =>
      model.activitySets.forEach((set, index) => {
        if (!set.isTimeline) return;
        const counts = new Map<string, number>();
        for (const { activityType } of set.steps)
          if (limits.has(activityType)) counts.set(activityType, (counts.get(activityType) ?? 0) + 1);
        for (const [type, count] of counts) {
          const limit = limits.get(type) ?? Infinity;
          if (count > limit && limit > 0)
            found(
              setPath(index),
              `"${type}" stands ${String(count)} times in "${titleOf(set)}", but a case may have only ${String(limit)}.`,
            );
        }
      }),
  },
  {
    code: 'limit-not-a-number',
    severity: 'warning',
    level: 'file',
    what: 'A max_instances is not a whole number.',
    why: 'PHP compares other texts with the number of activities in its own way, and the editor refuses to save them.',
    source: `${LIMIT}; ext/civi_case/ang/crmCaseType/activityTypesTable.html`,
    fix: 'Write a positive whole number, or leave the element out.',
    autofix: false,
    find: ({ definition }, found) =>
      recordsOf(definition.activityTypes).forEach((fields, index) => {
        const text = leafText(fields['max_instances']);
        if (text.trim() !== '' && !/^-?\d+$/.test(text))
          found(
            menuPath(index, 'max_instances'),
            `The limit "${text}" of "${leafText(fields['name'])}" is not a whole number.`,
          );
      }),
  },
  {
    code: 'dead-activity-type',
    severity: 'warning',
    level: 'file',
    what: 'An activity type is listed that no case can ever get.',
    why: 'With a negative limit every case has its full number of activities before the first, so the type is neither offered nor made.',
    source: LIMIT,
    fix: 'Write a positive limit, or remove the type from the list.',
    autofix: false,
    find: ({ model }, found) =>
      model.activityTypes.forEach(({ name, maxInstances }, index) => {
        if (maxInstances === 0) found(menuPath(index, 'max_instances'), `No case can have "${name}".`);
      }),
  },
  {
    code: 'duplicate-activity-type',
    severity: 'warning',
    level: 'file',
    what: 'An activity type is listed twice.',
    why: 'The type is offered once, and of several limits the last one counts.',
    source: LIMIT,
    fix: 'Remove one of the two.',
    autofix: false,
    find: ({ model }, found) =>
      eachRepeated(
        model.activityTypes.map(({ name }) => name),
        (index, name) => {
          if (name !== '') found(menuPath(index, 'name'), `"${name}" is listed a second time.`);
        },
      ),
  },
  {
    code: 'activity-type-without-name',
    severity: 'warning',
    level: 'file',
    what: 'An entry of the list of activity types has no name.',
    why: 'CiviCRM finds no type for it and leaves it out; on saving it tries to make an activity type without a name.',
    source: 'CRM/Case/XMLProcessor/Process.php, activityTypes and getDeclaredActivityTypes',
    fix: 'Give the entry a name, or remove it.',
    autofix: false,
    find: ({ model }, found) =>
      model.activityTypes.forEach(({ name }, index) => {
        if (name.trim() === '') found(menuPath(index), 'An activity type is listed without a name.');
      }),
  },
  {
    code: 'step-not-listed',
    severity: 'notice',
    level: 'file',
    what: "A step's activity type is not in the list of activity types.",
    why: 'The step is made, but people cannot add an activity of the type themselves, and it can have no limit.',
    source: LIMIT,
    fix: 'List the type under ActivityTypes.',
    autofix: false,
    find: ({ steps, menu, model }, found) => {
      if (model.activityTypes.length === 0) return;
      const told = new Set<string>();
      for (const spot of steps) {
        const { activityType } = spot.step;
        if (menu.has(activityType) || activityType.trim() === '' || told.has(activityType)) continue;
        told.add(activityType);
        found(stepPath(spot, 'name'), `"${activityType}" is not in the list of activity types.`);
      }
    },
  },
  {
    code: 'open-case-unlimited',
    severity: 'notice',
    level: 'file',
    what: 'Open Case has no limit of 1.',
    why: 'Changing the start date runs standard_timeline again, which makes a second Open Case unless max_instances forbids it.',
    source: `${LIMIT}; CRM/Case/Form/Activity/ChangeCaseStartDate.php, endPostProcess`,
    fix: 'List Open Case under ActivityTypes with <max_instances>1</max_instances>.',
    autofix: false,
    find: ({ model, steps, limits }, found) => {
      if (limits.get('Open Case') !== undefined) return;
      const index = model.activityTypes.findIndex(({ name }) => name === 'Open Case');
      const spot = steps.find(
        ({ set, step }) => set.name === 'standard_timeline' && step.activityType === 'Open Case',
      );
      if (spot !== undefined)
        found(
          index < 0 ? stepPath(spot, 'name') : menuPath(index, 'name'),
          'A second Open Case is made when the start date changes.',
        );
    },
  },
  {
    code: 'no-closed-status',
    severity: 'warning',
    level: 'file',
    what: 'None of the allowed case statuses closes a case.',
    why: 'The list filters what people can choose, so nobody can close a case of this type on its screen.',
    source: STATUSES,
    fix: 'Add a status of the class Closed, for instance Closed.',
    autofix: false,
    find: ({ model, site }, found) => {
      const { statuses } = model;
      if (statuses.length === 0) return;
      const isOpen = (name: string): boolean => {
        const known = site?.caseStatuses.byName.get(name);
        if (site !== null) return known?.grouping !== 'Closed';
        return isSeed(name) && name.toLowerCase() !== 'closed';
      };
      if (statuses.every(isOpen))
        found('statuses', `None of ${statuses.map((name) => `"${name}"`).join(', ')} closes a case.`);
    },
  },
  {
    code: 'duplicate-status',
    severity: 'notice',
    level: 'file',
    what: 'A case status is listed twice.',
    why: 'The second entry has no effect.',
    source: STATUSES,
    fix: 'Remove one of the two.',
    autofix: true,
    find: ({ model, definition }, found) =>
      eachRepeated(model.statuses, (index, name) => {
        const path = `statuses.${String(index)}`;
        const isPlain = Array.isArray(definition.statuses) && definition.statuses[index] === name;
        found(
          path,
          `The status "${name}" is listed a second time.`,
          isPlain ? [{ kind: 'remove', path: ['statuses', index] }] : [],
        );
      }),
  },
  {
    code: 'empty-status',
    severity: 'error',
    level: 'file',
    what: 'The list of case statuses has an empty entry.',
    why: 'An empty first entry makes the whole list empty for the API and the editor, so every status is allowed; another one comes back from the API as a list, which it does not save again.',
    source: 'CRM/Case/BAO/CaseType.php, convertXmlToDefinition',
    fix: 'Remove the empty entry.',
    autofix: false,
    find: ({ definition }, found) => {
      const { statuses } = definition;
      const items = typeof statuses === 'object' && statuses !== null ? Object.values(statuses) : [];
      const empty = items.findIndex((item) => leafText(item).trim() === '');
      if (empty >= 0) found('statuses', 'An entry of the list of case statuses is empty.');
    },
  },
  {
    code: 'misspelled-case-status',
    severity: 'warning',
    level: 'file',
    what: 'A case status is another spelling, or the label, of a status that CiviCRM has.',
    why: 'The list holds machine names; a status that is not found is never offered.',
    source: STATUSES,
    fix: 'Write the machine name of the status.',
    autofix: false,
    find: ({ model, site }, found) =>
      model.statuses.forEach((name, index) => {
        const meant = meantSeed(name, SEED_CASE_STATUSES);
        if (meant !== null && !isSeed(name) && site === null)
          found(`statuses.${String(index)}`, `The status "${name}" is not "${meant}".`);
      }),
  },
  {
    code: 'custom-case-status',
    severity: 'notice',
    level: 'file',
    what: 'The list names case statuses that no CiviCRM has from the start.',
    why: 'CiviCRM makes missing activity types and roles of a definition, but no statuses: one that is missing is never offered.',
    source: `${STATUSES}; CRM/Case/ManagedEntities.php`,
    fix: 'Make the statuses on the site first, and check the file with --snapshot.',
    autofix: false,
    find: ({ model, site }, found) => {
      if (site !== null) return;
      const custom = model.statuses.filter(
        (name) => !isSeed(name) && meantSeed(name, SEED_CASE_STATUSES) === null,
      );
      const [first] = custom;
      if (first !== undefined)
        found(
          `statuses.${String(model.statuses.indexOf(first))}`,
          `These case statuses must be made on the site by hand: ${custom.map((name) => `"${name}"`).join(', ')}.`,
        );
    },
  },
];
