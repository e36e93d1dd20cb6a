import type { RenameKind } from '../rename.ts';
import {
  assigneeOf,
  dueOf,
  isEmptyValue,
  shownValue,
  stepCount,
  textsOf,
  type Assignee,
  type Due,
} from './change-facts.ts';
import type { MaybeJson } from './json-parts.ts';
import { listed, names, say, type Sentence } from './sentence.ts';
import type { ChangeSentences } from './sentences-en.ts';
import type { Subject, SubjectKind } from './subject.ts';

const NB = '\u00a0';
const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count < 2 ? '' : 's'}`;

const ABOUT: Readonly<Record<SubjectKind, string>> = {
  step: 'L’étape',
  'activity-type': 'Le type d’activité',
  'case-status': 'Le statut de dossier',
  'activity-set': 'La série d’activités',
  'case-role': 'Le rôle',
  group: 'Le groupe',
  'case-type': 'Le type de dossier',
};

function about(subject: Subject, name = subject.name): Sentence {
  if (subject.what === 'case-type') return [ABOUT[subject.what]];
  const where = subject.what === 'step' ? say` de ${subject.set ?? ''}` : [];
  return say`${[ABOUT[subject.what]]} ${name}${where}`;
}

/** `de l’étape X`, `du rôle X`. */
function ofSubject(subject: Subject): Sentence {
  const [first, ...rest] = about(subject);
  const text = typeof first === 'string' ? first : '';
  const joined = text.startsWith('Le ')
    ? `du ${text.slice(3)}`
    : `de ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return [joined, ...rest];
}

function dueText({ days, after }: Due): Sentence {
  if (after === null) return say`le jour ${days}`;
  if (days === 0) return say`le même jour que ${after}`;
  return say`${[`${counted(Math.abs(days), 'jour')} ${days < 0 ? 'avant' : 'après'}`]} ${after}`;
}

function assigneeText(assignee: Assignee): Sentence {
  switch (assignee.kind) {
    case 'nobody':
      return ['personne'];
    case 'creator':
      return ['la personne qui ouvre le dossier'];
    case 'contact':
      return say`au contact ${assignee.id}`;
    case 'relationship':
      return say`à qui tient la relation ${assignee.id}`;
    case 'unknown':
      return say`personne (règle ${assignee.id} inconnue)`;
    default:
      return assignee satisfies never;
  }
}

/** The verb goes with whom: a step comes to somebody, or to nobody. */
function goesTo(assignee: Assignee): Sentence {
  if (assignee.kind === 'nobody' || assignee.kind === 'unknown')
    return say`n’est attribuée à ${assigneeText(assignee)}`;
  return say`est attribuée ${assignee.kind === 'creator' ? say`à ${assigneeText(assignee)}` : assigneeText(assignee)}`;
}

const statusText = (status: string | null): Sentence =>
  status === null ? say`${'Scheduled'} (par défaut)` : status === '' ? ['un statut vide'] : say`${status}`;

const quoted = (value: MaybeJson): Sentence =>
  value === undefined ? ['rien'] : isEmptyValue(value) ? ['vide'] : [french(shownValue(value))];
const french = (text: string): string => text.replace(/^“(.*)”$/su, `«${NB}$1${NB}»`);

const RENAMED: Readonly<Record<RenameKind, string>> = {
  'rename-activity-type': 'Le type d’activité',
  'rename-activity-status': 'Le statut d’activité',
  'rename-status': 'Le statut de dossier',
  'rename-role': 'Le rôle',
  'rename-set': 'La série d’activités',
  'rename-group': 'Le groupe',
};

export const frenchSentences: ChangeSentences = {
  renamed(kind, from, to, places) {
    const where = [
      ...(places.menu > 0 && kind === 'rename-activity-type' ? ['menu'] : []),
      ...(places.steps > 0 ? [counted(places.steps, 'étape')] : []),
      ...(places.references > 0 ? [counted(places.references, 'référence')] : []),
      ...(places.roles > 0 && kind === 'rename-group' ? [counted(places.roles, 'rôle')] : []),
    ];
    return say`${[RENAMED[kind]]} ${from} s’appelle désormais ${to}${where.length === 0 ? [] : [` (${where.join(', ')})`]}`;
  },
  added(subject, item) {
    switch (subject.what) {
      case 'step': {
        const assignee = assigneeOf(item);
        const forWhom = assignee.kind === 'nobody' ? [] : say`, ${goesTo(assignee)}`;
        return say`L’étape ${subject.name} est ajoutée à ${subject.set ?? ''}, ${dueText(dueOf(item))}${forWhom}`;
      }
      case 'activity-set':
        return say`${about(subject)} est ajoutée, avec ${[counted(stepCount(item), 'étape')]}`;
      case 'activity-type':
        return say`${about(subject)} est ajouté au menu`;
      case 'group':
        return say`Les activités peuvent désormais être attribuées aux membres du groupe ${subject.name}`;
      case 'case-status':
      case 'case-role':
      case 'case-type':
        return say`${about(subject)} est ajouté`;
      default:
        return subject.what satisfies never;
    }
  },
  removed(subject, item) {
    switch (subject.what) {
      case 'step':
        return say`L’étape ${subject.name} est retirée de ${subject.set ?? ''} (elle était prévue ${dueText(dueOf(item))})`;
      case 'activity-set':
        return say`${about(subject)} est retirée, avec ${[stepCount(item) === 1 ? 'son étape' : `ses ${counted(stepCount(item), 'étape')}`]}`;
      case 'activity-type':
        return say`${about(subject)} est retiré du menu`;
      case 'group':
        return say`Les activités ne peuvent plus être attribuées aux membres du groupe ${subject.name}`;
      case 'case-status':
      case 'case-role':
      case 'case-type':
        return say`${about(subject)} est retiré`;
      default:
        return subject.what satisfies never;
    }
  },
  moved: (subject, fromSet) => say`L’étape ${subject.name} passe de ${fromSet} à ${subject.set ?? ''}`,
  reordered(subject, moves) {
    const where: Readonly<Record<SubjectKind, Sentence>> = {
      step: say`Ordre des étapes de ${subject.set ?? ''}`,
      'activity-type': ['Ordre du menu'],
      'case-status': ['Ordre des statuts de dossier'],
      'activity-set': ['Ordre des séries d’activités'],
      'case-role': ['Ordre des rôles'],
      group: ['Ordre des groupes'],
      'case-type': ['Ordre'],
    };
    const places = moves.map(({ name, behind }) =>
      behind === null ? say`${name} vient en premier` : say`${name} vient après ${behind}`,
    );
    return say`${where[subject.what]}${[NB]}: ${listed(places)}`;
  },
  fieldsReordered: (subject) =>
    say`Les champs ${ofSubject(subject)} sont dans un autre ordre, ce qui est sans effet sur les dossiers`,
  due(subject, was, is) {
    if (was.after === null && is.after === null) {
      return say`L’étape ${subject.name} passe du jour ${was.days} au jour ${is.days} dans ${subject.set ?? ''}`;
    }
    const former = was.after === is.after && was.days > 0 && is.days > 0 ? [String(was.days)] : dueText(was);
    return say`${about(subject)} est désormais prévue ${dueText(is)} et non plus ${former}`;
  },
  assignee: (subject, was, is) =>
    say`${about(subject)} ${goesTo(is)} (auparavant${[NB]}: ${assigneeText(was)})`,
  status: (subject, was, is) =>
    say`${about(subject)} commence désormais avec le statut ${statusText(is)} au lieu de ${statusText(was)}`,
  label: (subject, was, is) =>
    say`${about(subject, was)} ${is === '' ? ['n’a plus de libellé'] : say`a désormais pour libellé ${is}`}`,
  type: (subject, was, is) => say`${about(subject, was)} est devenue ${is}`,
  limit: (subject, was, is) =>
    say`Nombre d’activités ${subject.name} par dossier${[NB]}: ${limitText(is)} au lieu de ${limitText(was)}`,
  manager: (subject, is) =>
    is
      ? say`${subject.name} est désormais responsable du dossier`
      : say`${subject.name} n’est plus responsable du dossier`,
  creator: (subject, is) =>
    say`La personne qui ouvre un dossier ${[is ? 'reçoit désormais' : 'ne reçoit plus']} le rôle ${subject.name}`,
  groups: (subject, was, is) =>
    say`${about(subject)} est désormais ouvert ${membersOf(is)} (auparavant${[NB]}: ${membersOf(was)})`,
  mark(subject, mark, is) {
    const element = `élément «${NB}timeline${NB}» qui ne dit pas exactement «${NB}true${NB}»`;
    const verbs: Readonly<Record<typeof mark, readonly [now: string, noLonger: string]>> = {
      timeline: ['est désormais une chronologie', 'n’est plus une chronologie'],
      sequence: ['est désormais une séquence', 'n’est plus une séquence'],
      'timeline-element': [`a désormais un ${element}`, `n’a plus d’${element}`],
    };
    return say`${about(subject)} ${[verbs[mark][is ? 0 : 1]]}`;
  },
  fields(subject, fields) {
    const parts = fields.map(({ key, before, after }) =>
      before === undefined
        ? say`${[key]} est nouveau${[NB]}: ${quoted(after)}`
        : after === undefined
          ? say`${[key]} a disparu (${quoted(before)})`
          : say`${[key]} vaut ${quoted(after)} au lieu de ${quoted(before)}`,
    );
    return say`${about(subject)}${[NB]}: ${listed(parts)}`;
  },
  statuses: (was, is) =>
    say`Un dossier peut désormais avoir ${statusesText(is)} au lieu de ${statusesText(was)}`,
  assignees: (was, is) =>
    say`Les activités peuvent désormais être attribuées ${membersOf(is)} (auparavant${[NB]}: ${membersOf(was)})`,
  forkable: (is) => [
    is
      ? 'Les sites peuvent désormais modifier ce type de dossier dans l’éditeur'
      : `Les sites ne peuvent plus modifier ce type de dossier${NB}: seul le fichier compte`,
  ],
  usersOnly: (is) => [
    is
      ? 'Seuls les contacts qui ont un compte d’utilisateur peuvent désormais recevoir une activité'
      : 'Les contacts sans compte d’utilisateur peuvent désormais recevoir une activité',
  ],
  derived: () => ['La liste d’étapes que CiviCRM tire des séries diffère d’elle-même'],
  value: (path, was, is, isNothing) =>
    isNothing
      ? say`${path} ${[is === undefined ? 'a disparu, mais était vide' : 'est nouveau, mais vide']}, ce qui est sans effet`
      : say`${path} vaut ${quoted(is)} au lieu de ${quoted(was)}`,
};

const limitText = (limit: string | null): Sentence =>
  limit === null ? ['sans limite'] : say`au plus ${[limit]}`;

const membersOf = (groups: MaybeJson): Sentence => {
  const texts = textsOf(groups);
  return texts.length === 0 ? ['à tout le monde'] : say`aux membres de ${names(texts)}`;
};

const statusesText = (statuses: MaybeJson): Sentence => {
  const texts = textsOf(statuses);
  return texts.length === 0 ? ['n’importe quel statut'] : say`seulement les statuts ${names(texts)}`;
};
