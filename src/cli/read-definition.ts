import { readCaseType, type CaseTypeInput, type XmlWarning } from '../xml/index.ts';
import { inputName, readCaseTypeInput, type CliIo } from './io.ts';

export type DefinitionInput = CaseTypeInput;

/**
 * Reads a case type from XML, YAML, or JSON: a definition, or a row of CaseType with `name` and `definition`.
 *
 * @throws AppError with the file, and the line where it breaks.
 */
export async function readDefinitionInput(io: CliIo, path: string): Promise<DefinitionInput> {
  return readCaseType(await readCaseTypeInput(io, path), inputName(path));
}

/** `housing.xml:12:3: …` */
export const renderWarning = (input: string, { line, column, message }: XmlWarning): string =>
  `${input}:${line}:${column}: ${message}`;
