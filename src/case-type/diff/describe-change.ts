import type { JsonObject } from '../../base/json.ts';
import { isPhpTrue, leafText, phpNumber } from '../php-values.ts';
import { assigneeOf, dueOf, isEmptyValue, sideOf, type RenamePlaces } from './change-facts.ts';
import type { CaseTypeChange } from './change.ts';
import { isMap } from './json-parts.ts';
import { sentenceText, type Sentence } from './sentence.ts';
import { englishSentences, type ChangeSentences } from './sentences-en.ts';
import { frenchSentences } from './sentences-fr.ts';

export type ChangeLanguage = 'en' | 'fr';

const SENTENCES: Readonly<Record<ChangeLanguage, ChangeSentences>> = {
  en: englishSentences,
  fr: frenchSentences,
};

/**
 * A change as a sentence, names between asterisks: “Step *Income check* moved from day 3 to day 5 in *Standard
 * timeline*”. Without a full stop.
 */
export function describeChange(change: CaseTypeChange, language: ChangeLanguage): string {
  return sentenceText(changeSentence(change, language));
}

/** The same with the names apart from the words. */
export function changeSentence(change: CaseTypeChange, language: ChangeLanguage): Sentence {
  const sentences = SENTENCES[language];
  switch (change.kind) {
    case 'renamed':
      return sentences.renamed(change.rename, change.from, change.to, placesOf(change.places));
    case 'added':
      return sentences.added(change.subject, asFields(change.value));
    case 'removed':
      return sentences.removed(change.subject, asFields(change.value));
    case 'moved':
      return sentences.moved(change.subject, change.fromSet.name);
    case 'reordered':
      return sentences.reordered(change.subject, change.moves);
    case 'fields-reordered':
      return sentences.fieldsReordered(change.subject);
    case 'changed':
      return changedSentence(change, sentences);
    case 'value':
      return valueSentence(change, sentences);
    default:
      return change satisfies never;
  }
}

const asFields = (value: unknown): JsonObject => (isMap(value as JsonObject) ? (value as JsonObject) : {});

function placesOf(places: readonly (readonly (string | number)[])[]): RenamePlaces {
  const count = (isSuch: (path: readonly (string | number)[]) => boolean): number =>
    places.filter(isSuch).length;
  return {
    menu: count(([list]) => list === 'activityTypes'),
    references: count((path) => path.at(-1) === 'reference_activity'),
    steps: count((path) => path.length === 5 && path.at(-1) !== 'reference_activity'),
    roles: count(([list]) => list === 'caseRoles'),
  };
}

type Changed = Extract<CaseTypeChange, { readonly kind: 'changed' }>;

function changedSentence(change: Changed, sentences: ChangeSentences): Sentence {
  const { subject, topic } = change;
  const [before, after] = [sideOf(change, 'before'), sideOf(change, 'after')];
  const [field] = change.fields;
  if (field === undefined) return sentences.fieldsReordered(subject);
  const text = (side: JsonObject): string | null =>
    side[field.key] === undefined ? null : leafText(side[field.key]);
  const isOn = (side: JsonObject): boolean => isPhpTrue(text(side) ?? '');
  const asFieldsChange = (): Sentence => sentences.fields(subject, change.fields);
  switch (topic) {
    case 'due': {
      const [was, is] = [dueOf(before), dueOf(after)];
      const isOther = was.days !== is.days || was.after !== is.after;
      return isOther ? sentences.due(subject, was, is) : asFieldsChange();
    }
    case 'assignee': {
      const [was, is] = [assigneeOf(before), assigneeOf(after)];
      const isOther = JSON.stringify(was) !== JSON.stringify(is);
      return isOther ? sentences.assignee(subject, was, is) : asFieldsChange();
    }
    case 'status':
      return sentences.status(subject, text(before), text(after));
    case 'label':
      return sentences.label(subject, text(before) || leafText(change.beside['name']), text(after) ?? '');
    case 'type':
      return sentences.type(subject, text(before) ?? '', text(after) ?? '');
    case 'limit':
      return sentences.limit(
        subject,
        isOn(before) ? (text(before) ?? '') : null,
        isOn(after) ? (text(after) ?? '') : null,
      );
    case 'manager': {
      const [was, is] = [phpNumber(text(before) ?? '') === 1, phpNumber(text(after) ?? '') === 1];
      return was === is ? asFieldsChange() : sentences.manager(subject, is);
    }
    case 'creator':
      return isOn(before) === isOn(after) ? asFieldsChange() : sentences.creator(subject, isOn(after));
    case 'groups':
      return sentences.groups(subject, before[field.key], after[field.key]);
    case 'timeline':
    case 'sequence':
    case 'timeline-element':
      return sentences.mark(subject, topic, field.after !== undefined);
    case 'subject':
    case 'order':
    case 'reference-select':
    case 'field':
      return asFieldsChange();
    default:
      return topic satisfies never;
  }
}

function valueSentence(
  { path, before, after }: Extract<CaseTypeChange, { readonly kind: 'value' }>,
  sentences: ChangeSentences,
): Sentence {
  const [key] = path;
  if (path.length === 1 && key === 'statuses') return sentences.statuses(before, after);
  if (path.length === 1 && key === 'activityAsgmtGrps') return sentences.assignees(before, after);
  const isOn = (value: typeof before, byDefault: boolean): boolean =>
    value === undefined ? byDefault : isPhpTrue(leafText(value));
  if (path.length === 1 && key === 'forkable' && isOn(before, true) !== isOn(after, true)) {
    return sentences.forkable(isOn(after, true));
  }
  if (
    path.length === 1 &&
    key === 'restrictActivityAsgmtToCmsUser' &&
    isOn(before, false) !== isOn(after, false)
  ) {
    return sentences.usersOnly(isOn(after, false));
  }
  if (key === 'timelineActivityTypes') return sentences.derived();
  const isNothing = isEmptyValue(before) && isEmptyValue(after);
  return sentences.value(path.join('.'), before, after, isNothing);
}
