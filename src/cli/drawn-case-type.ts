import { createHash } from 'node:crypto';
import { Option } from 'commander';
import { canonicalJson } from '../base/json.ts';
import type { DaysOff } from '../calendar/days-off.ts';
import {
  lintCaseType,
  simulateOpening,
  toCaseTypeModel,
  type CaseTypeDefinition,
  type CaseTypeModel,
  type Simulation,
} from '../case-type/index.ts';
import { toDefinitionJson } from '../xml/index.ts';
import type { CaseTypePage, Language } from '../render/index.ts';
import { readAbout, type CaseTypeAbout } from './case-type-about.ts';
import { readDaysOff, type DaysOffChoice } from './days-off-options.ts';
import type { CliIo } from './io.ts';
import { readDefinitionInput, type DefinitionInput } from './read-definition.ts';

/** The options that the drawing commands share. */
export interface DrawingOptions extends DaysOffChoice {
  readonly start?: string;
  readonly lang?: Language;
  readonly title?: string;
  readonly out?: string;
}

export const languageOption = (): Option =>
  new Option('--lang <language>', 'en or fr (default: as the case type is written)').choices(['en', 'fr']);

/** A case type with everything that its pictures and pages show. */
export interface DrawnCaseType extends CaseTypeAbout {
  readonly name: string | null;
  readonly definition: CaseTypeDefinition;
  readonly model: CaseTypeModel;
  readonly simulation: Simulation;
  readonly showDates: boolean;
  readonly daysOff: DaysOff;
}

/** Days are the same whenever a case starts; far from the edges of the calendar. */
const ANY_DAY = '2001-01-01';

export async function readDrawnCaseType(
  io: CliIo,
  file: string,
  options: DrawingOptions,
): Promise<DrawnCaseType> {
  return drawnCaseType(io, file, await readDefinitionInput(io, file), options);
}

export async function drawnCaseType(
  io: CliIo,
  file: string,
  input: DefinitionInput,
  options: DrawingOptions,
  fallback?: Language,
): Promise<DrawnCaseType> {
  const { start, lang, title } = options;
  const about = readAbout(io, file, input, fallback);
  const { name, definition } = input;
  const model = toCaseTypeModel(definition);
  const language = lang ?? about.language;
  return {
    ...about,
    title: title ?? about.title,
    language,
    name: name === '' ? null : name,
    definition,
    model,
    simulation: simulateOpening({ definition: model, startDate: start ?? ANY_DAY }),
    showDates: start !== undefined,
    daysOff: await readDaysOff(io, options, language),
  };
}

/** What the page shows beyond the picture. */
export function toPage(drawn: DrawnCaseType): CaseTypePage {
  const { definition, name } = drawn;
  const findings = lintCaseType(definition, { name });
  const count = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    ...drawn,
    onlyUsersAssigned: [1, '1'].some((yes) => yes === definition.restrictActivityAsgmtToCmsUser),
    fingerprint: createHash('sha256')
      .update(canonicalJson(toDefinitionJson(definition)))
      .digest('hex')
      .slice(0, 12),
    findings: { errors: count('error'), warnings: count('warning') },
  };
}
