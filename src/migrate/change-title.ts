import { keyOf } from './entity.ts';
import { changeKey, formerKey, type Work } from './plan.ts';
import { entityWords } from './reasons.ts';

const VERBS = {
  create: 'create',
  update: 'change',
  rename: 'rename',
  remove: 'remove',
  'create-case-type': 'create',
  'update-case-type': 'change',
  'remove-case-type': 'remove',
} as const satisfies Record<Work['kind'], string>;

/** A change in a few words, such as `create activity type "Visit"`. */
export function changeTitle(change: Work): string {
  if (change.kind === 'rename') return `rename ${entityWords(keyOf(change.ref))} to "${change.to}"`;
  const former = formerKey(change);
  if (former !== null && change.kind === 'update-case-type')
    return `rename ${entityWords(former)} to "${change.caseType.name}"`;
  return `${VERBS[change.kind]} ${entityWords(changeKey(change))}`;
}
