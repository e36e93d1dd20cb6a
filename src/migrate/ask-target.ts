import { keyOf, kindOfKey, refOf, type EntityRef } from './entity.ts';
import { readImpact } from './impact.ts';
import { kindOf, type EntityKind } from './kinds/index.ts';
import { changeKey, type Change, type MigrationPlan, type Problem } from './plan.ts';
import type { Deed, MigrationSite } from './ports.ts';
import { severityOf } from './severity.ts';
import type { Snapshot } from './snapshot.ts';

type Asked = Pick<MigrationSite, 'impactOf' | 'uses' | 'mayDo'>;

/**
 * The plan with what only the target itself can tell: whom it touches that something goes, whether records use what is
 * to be taken away, and what the key may not do there.
 */
export async function askTarget(plan: MigrationPlan, target: Snapshot, site: Asked): Promise<MigrationPlan> {
  const [impact, used, forbidden] = await Promise.all([
    readImpact(plan, target, site),
    usedProblems(plan, site),
    forbiddenProblems(plan, site),
  ]);
  return {
    ...plan,
    changes: plan.changes.map((change) => ({ ...change, severity: severityOf(change, impact) })),
    impact,
    problems: [...plan.problems, ...used, ...forbidden],
  };
}

/** What is to be taken away, and records lean on. */
async function usedProblems(plan: MigrationPlan, site: Pick<Asked, 'uses'>): Promise<readonly Problem[]> {
  const going = plan.changes.flatMap((change): EntityRef[] =>
    change.kind === 'remove'
      ? [refOf(change.entity)]
      : change.kind === 'remove-case-type'
        ? [refOf(change.caseType)]
        : [],
  );
  const uses = await Promise.all(going.map((ref) => site.uses(ref)));
  return going.flatMap((ref, index): Problem[] => {
    const [key, count] = [keyOf(ref), uses[index] ?? 0];
    if (count === 0) return [];
    return [
      {
        kind: 'in-use',
        key,
        message: `It is to be taken away, and ${count === 1 ? '1 record' : `${String(count)} records`} of "${plan.target}" would lose their meaning.`,
        remedy: `Leave it there: --keep "${key}"; or change those records first.`,
      },
    ];
  });
}

const ACTIONS: Readonly<Record<Change['kind'], Deed['action']>> = {
  create: 'create',
  'create-case-type': 'create',
  update: 'update',
  'update-case-type': 'update',
  rename: 'rename',
  remove: 'delete',
  'remove-case-type': 'delete',
};

/** What the key may not do on the target: said now, and not in the middle of an apply. */
async function forbiddenProblems(
  plan: MigrationPlan,
  site: Pick<Asked, 'mayDo'>,
): Promise<readonly Problem[]> {
  const deeds = new Map<string, { readonly deed: Deed; readonly changes: Change[] }>();
  for (const change of plan.changes) {
    const deed = { kind: kindOfKey(changeKey(change)) as EntityKind, action: ACTIONS[change.kind] };
    const name = `${deed.action} ${apiOf(deed.kind)}`;
    const known = deeds.get(name);
    if (known === undefined) deeds.set(name, { deed, changes: [change] });
    else known.changes.push(change);
  }
  const asked = [...deeds.values()];
  const answers = await site.mayDo(asked.map(({ deed }) => deed));
  return asked.flatMap(({ deed, changes }, index): Problem[] => {
    const [first] = changes;
    if (answers[index] !== false || first === undefined) return [];
    const rest = changes.length === 1 ? '' : ` (and ${String(changes.length - 1)} more like it)`;
    return [
      {
        kind: 'not-permitted',
        key: changeKey(first),
        message: `The key of "${plan.target}" may not ${deed.action} it there${rest}.`,
        remedy: `Give the user of the key the permission to ${deed.action} ${apiOf(deed.kind)}; "civicase doctor ${plan.target}" names it.`,
      },
    ];
  });
}

const apiOf = (kind: EntityKind): string => (kind === 'case_type' ? 'CaseType' : kindOf(kind).api);
