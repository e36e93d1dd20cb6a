import type { AssigneeRule, CaseTypeModel, RelationshipTypeNames } from '../../case-type/index.ts';
import type { Language } from '../language.ts';
import { nameLabel } from '../seed-labels.ts';
import { drawingTexts } from '../texts.ts';

export type MarkShape = 'circle' | 'square' | 'diamond' | 'triangle' | 'hexagon' | 'pentagon';

/** How the steps of one assignee rule are marked: by colour, by shape and by letter, each enough by itself. */
export interface WhoMark {
  readonly shape: MarkShape;
  /** Empty for nobody. */
  readonly letter: string;
  readonly fill: string;
  readonly ink: string;
  readonly words: string;
}

export interface WhoLegend {
  /** Those that occur, nobody last. */
  readonly marks: readonly WhoMark[];
  readonly markOf: (rule: AssigneeRule) => WhoMark;
}

/** Apart for colour-blind eyes too (after Okabe and Ito), dark enough for a white letter or light enough for a black. */
const COLOURS = [
  { fill: '#00598c', ink: '#ffffff' },
  { fill: '#f0a818', ink: '#1d2530' },
  { fill: '#006b50', ink: '#ffffff' },
  { fill: '#e4a3c7', ink: '#1d2530' },
  { fill: '#b04a00', ink: '#ffffff' },
  { fill: '#86c9ee', ink: '#1d2530' },
] as const;
const SHAPES = ['square', 'diamond', 'hexagon', 'triangle', 'pentagon', 'circle'] as const;

/**
 * Marks for the rules in the order in which they occur; the same rules give the same marks. Without the site's
 * relationship types a rule by relationship can only be told by its id.
 */
export function createWhoLegend(
  rules: readonly AssigneeRule[],
  { caseRoles }: Pick<CaseTypeModel, 'caseRoles'>,
  language: Language,
  relationshipTypes: readonly RelationshipTypeNames[] = [],
): WhoLegend {
  const words = (rule: AssigneeRule): string => {
    const { who } = drawingTexts(language);
    switch (rule.kind) {
      case 'nobody':
        return who.nobody;
      case 'creator':
        return who.creator(
          caseRoles.filter(({ isCreator }) => isCreator).map(({ name }) => nameLabel(name, language)),
        );
      case 'contact':
        return who.contact(rule.contactId);
      case 'relationship': {
        const type = relationshipTypes.find(({ id }) => id === rule.relationshipTypeId);
        if (type === undefined) return who.relationship(rule.relationshipTypeId);
        return nameLabel(rule.assigneeSide === 'a' ? type.nameAB : type.nameBA, language);
      }
      default:
        return rule satisfies never;
    }
  };
  const marks = new Map<string, WhoMark>();
  const somebody = rules.filter(({ kind }) => kind !== 'nobody');
  for (const rule of [...somebody.filter(({ kind }) => kind === 'creator'), ...somebody]) {
    if (!marks.has(keyOf(rule))) marks.set(keyOf(rule), { ...markNumber(marks.size), words: words(rule) });
  }
  if (somebody.length < rules.length) {
    const nobody = { kind: 'nobody' } as const;
    marks.set(keyOf(nobody), { ...NOBODY, words: words(nobody) });
  }
  return {
    marks: [...marks.values()],
    markOf: (rule) => marks.get(keyOf(rule)) ?? { ...NOBODY, words: words(rule) },
  };
}

const NOBODY = { shape: 'circle', letter: '', fill: '#ffffff', ink: '#1d2530' } as const;

function markNumber(index: number): Omit<WhoMark, 'words'> {
  const letter = index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
  return { shape: SHAPES[index % 6] ?? 'square', letter, ...(COLOURS[index % 6] ?? COLOURS[0]) };
}

function keyOf(rule: AssigneeRule): string {
  switch (rule.kind) {
    case 'nobody':
    case 'creator':
      return rule.kind;
    case 'contact':
      return `contact ${rule.contactId}`;
    case 'relationship':
      return `relationship ${String(rule.relationshipTypeId)} ${rule.assigneeSide} ${rule.clientSide}`;
    default:
      return rule satisfies never;
  }
}
