import type { JsonValue } from '../../base/json.ts';
import { sentenceText, say, type Sentence } from '../diff/sentence.ts';
import type { Subject } from '../diff/subject.ts';
import type { MergeConflict } from './conflict.ts';

/** A conflict as a sentence, names in quotation marks: it stands in the merged file for whoever decides. */
export function describeConflict(conflict: MergeConflict): string {
  return sentenceText(conflictSentence(conflict), (name) => `"${name}"`);
}

function conflictSentence(conflict: MergeConflict): Sentence {
  switch (conflict.kind) {
    case 'value': {
      const { ours, theirs, base } = conflict;
      const before = base === undefined ? [] : say`; before ${[whole(base)]}`;
      if (ours === undefined || theirs === undefined) {
        const [gone, edited] = ours === undefined ? ['ours', 'theirs'] : ['theirs', 'ours'];
        return say`${whereOf(conflict)}: ${[gone]} removed it, ${[edited]} ${[base === undefined ? 'has' : 'changed it to']} ${[whole(ours ?? theirs)]}, which stays${before}`;
      }
      return say`${whereOf(conflict)}: ours ${[whole(ours)]}, which counts; theirs ${[whole(theirs)]}${before}`;
    }
    case 'order':
      return say`order of ${whereOf(conflict)}: ours counts; theirs is ${[conflict.theirs.join(', ')]}`;
    case 'place':
      return say`${whereOf(conflict)}: ours moved it to ${conflict.ours}, which counts; theirs to ${conflict.theirs}`;
    case 'rename':
      return say`${conflict.from}: ours renamed it to ${conflict.ours}, which counts; theirs to ${conflict.theirs}`;
    default:
      return conflict satisfies never;
  }
}

/** Nothing is cut: whoever decides needs both sides. */
const whole = (value: JsonValue | undefined): string => JSON.stringify(value ?? null);

const WORDS: Readonly<Record<Subject['what'], string>> = {
  step: 'step',
  'activity-type': 'activity type',
  'case-status': 'case status',
  'activity-set': 'activity set',
  'case-role': 'case role',
  group: 'group',
  'case-type': 'case type',
};

/** `status of step "Income check" in "Standard timeline"`. */
function whereOf({ path, subject }: Extract<MergeConflict, { readonly subject: Subject }>): Sentence {
  const last = path.at(-1);
  const isSteps = last === 'activityTypes' && path.length > 1;
  const field = typeof last === 'string' ? [`${isSteps ? 'steps' : last} of `] : [];
  if (subject.what === 'case-type') return [`${field.join('')}the case type`];
  const inSet = subject.set === undefined ? [] : say` in ${subject.set}`;
  return say`${field}${[WORDS[subject.what]]} ${subject.name}${inSet}`;
}
