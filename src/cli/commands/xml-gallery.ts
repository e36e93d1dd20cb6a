import { statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { AppError, toAppError } from '../../base/errors.ts';
import {
  galleryTexts,
  renderCaseTypePage,
  renderGalleryPage,
  renderGraphSvg,
  renderTimelineSvg,
  timelineLanes,
  type GalleryEntry,
  type GalleryFailure,
  type Language,
} from '../../render/index.ts';
import { caseTypeForm, newCaseTypeDocument, readCaseType, writeCaseTypeDocument } from '../../xml/index.ts';
import { readReadme } from '../case-type-about.ts';
import type { CommandContext } from '../context.ts';
import { drawnCaseType, toPage, type DrawnCaseType } from '../drawn-case-type.ts';
import { inputName, readCaseTypeInput, type CliIo } from '../io.ts';
import { expandPaths } from '../lint/lint-inputs.ts';
import type { DefinitionInput } from '../read-definition.ts';
import { SHIPPED_FOLDER } from '../shipped-case-types.ts';
import { writeOutput } from '../write-output.ts';

interface GalleryOptions {
  readonly out: string;
  readonly lang: Language;
}

export function xmlGalleryCommand(context: CommandContext): Command {
  return new Command('gallery')
    .description('make a folder of pages that shows every case type: picture, purpose, page to sign, XML')
    .argument('[folder]', 'a folder with case-type files, also in its subfolders (default: those we ship)')
    .requiredOption('--out <folder>', 'where the pages go; index.html is the first')
    .addOption(
      new Option('--lang <language>', 'of the gallery; a case type is shown in the language it is written in')
        .choices(['en', 'fr'])
        .default('en'),
    )
    .addHelpText(
      'after',
      `
Title and purpose of a case type come from README.md if its file lies in a folder of its own name. The pages need
nothing but each other, so that the folder can be opened, copied, or put on any web server.

Exit code 0: done; 1: a file could not be read (the gallery says which, and shows the others).

Examples:
  civicase xml gallery --out gallery
  civicase xml gallery my-case-types --lang fr --out galerie`,
    )
    .action(async (folder: string | undefined, { out, lang }: GalleryOptions) => {
      const { io } = context;
      const from = folder ?? SHIPPED_FOLDER;
      requireFolder(io, from);
      const entries: (GalleryEntry | GalleryFailure)[] = [];
      const taken = new Set(['index']);
      for (const { path } of expandPaths(io, [from])) {
        entries.push(await addCaseType(io, path, { out, lang, fileName: freeName(path, taken) }));
      }
      const readme = readReadme(resolve(io.workingDirectory, from));
      writeOutput(
        io,
        join(out, 'index.html'),
        renderGalleryPage({
          title: readme?.title ?? null,
          intro: readme?.paragraph ?? null,
          language: lang,
          entries,
        }),
      );
      const failed = entries.filter((entry) => entry.kind === 'failed');
      for (const { message } of failed) context.note(message);
      context.report({
        exitCode: failed.length === 0 ? 0 : 1,
        json: { out, entries },
        text: `Written to ${out} (case types: ${entries.length - failed.length}${failed.length === 0 ? '' : `, not drawn: ${failed.length}`}). Open ${join(out, 'index.html')}.`,
      });
    });
}

function requireFolder(io: CliIo, folder: string): void {
  if (statSync(resolve(io.workingDirectory, folder), { throwIfNoEntry: false }) !== undefined) return;
  throw new AppError(
    'not-found',
    `The folder ${folder} does not exist. Give the folder of your case types, or none to show those we ship.`,
  );
}

interface Place {
  readonly out: string;
  readonly lang: Language;
  readonly fileName: string;
}

async function addCaseType(io: CliIo, path: string, place: Place): Promise<GalleryEntry | GalleryFailure> {
  const { out, lang, fileName } = place;
  try {
    const bytes = await readCaseTypeInput(io, path);
    const input = readCaseType(bytes, inputName(path));
    const drawn = await drawnCaseType(io, path, input, {}, lang);
    const svg = renderTimelineSvg(drawn);
    const write = (end: string, content: string | Uint8Array): void =>
      writeOutput(io, join(out, `${fileName}${end}`), content);
    write('.svg', svg);
    write('-graph.svg', await renderGraphSvg(drawn));
    write('.xml', caseTypeForm(bytes, path) === 'xml' ? bytes : toXml(input, fileName));
    write('.html', renderCaseTypePage({ ...toPage(drawn), links: pageLinks(drawn, fileName) }));
    return toEntry(drawn, fileName, svg);
  } catch (thrown) {
    return { kind: 'failed', fileName: basename(path), message: toAppError(thrown).message };
  }
}

/** What CiviCRM takes, of a case type that is kept in another form. */
const toXml = ({ definition, name }: DefinitionInput, fileName: string): Uint8Array =>
  writeCaseTypeDocument(newCaseTypeDocument(definition, name ?? fileName));

function pageLinks({ language }: DrawnCaseType, fileName: string) {
  const texts = galleryTexts(language);
  const file = encodeURIComponent(fileName);
  return [
    { href: 'index.html', text: texts.back },
    { href: `${file}.svg`, text: texts.timeline },
    { href: `${file}-graph.svg`, text: texts.graph },
    { href: `${file}.xml`, text: texts.xml },
  ];
}

function toEntry(drawn: DrawnCaseType, fileName: string, svg: string): GalleryEntry {
  const { title, description, language, model, simulation } = drawn;
  const opening = timelineLanes(model, simulation).find(({ kind }) => kind === 'opening')?.steps ?? [];
  const days = opening.flatMap(({ day }) => (day === null ? [] : [day]));
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  return {
    kind: 'drawn',
    fileName,
    title,
    description,
    language,
    steps: opening.length,
    days: Math.max(0, ...days) - Math.min(0, ...days),
    roles: model.caseRoles.map(({ name }) => name),
    width: Number(width),
    height: Number(height),
  };
}

/** Files of one name in several folders are told apart by a number. */
function freeName(path: string, taken: Set<string>): string {
  const base = basename(path, extname(path));
  let name = base;
  // Some file systems do not tell small letters from capitals.
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${String(number)}`;
  taken.add(name.toLowerCase());
  return name;
}
