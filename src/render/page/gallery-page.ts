import type { Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { drawingTexts } from '../texts.ts';
import { galleryTexts } from './gallery-texts.ts';
import { BASE_STYLE, htmlPage } from './html-page.ts';
import { pageTexts } from './page-texts.ts';

/** A case type in the gallery; its files lie beside the page under `fileName`. */
export interface GalleryEntry {
  readonly kind: 'drawn';
  readonly fileName: string;
  readonly title: string;
  /** Null: nobody wrote about it, so that the picture is told in words. */
  readonly description: string | null;
  readonly language: Language;
  readonly steps: number;
  /** From the first to the last day of what opening a case creates. */
  readonly days: number;
  /** Names of the roles. */
  readonly roles: readonly string[];
  /** The size of the picture, so that the page does not jump. */
  readonly width: number;
  readonly height: number;
}

/** A file that should have been a case type. */
export interface GalleryFailure {
  readonly kind: 'failed';
  readonly fileName: string;
  readonly message: string;
}

export interface GalleryPage {
  readonly title: string | null;
  readonly intro: string | null;
  readonly language: Language;
  readonly entries: readonly (GalleryEntry | GalleryFailure)[];
}

/** The first page of a gallery: every case type with its picture, what it is for, and links to the rest. */
export function renderGalleryPage({ title, intro, language, entries }: GalleryPage): string {
  const texts = galleryTexts(language);
  const drawn = entries.filter((entry) => entry.kind === 'drawn');
  return htmlPage({
    title: title ?? texts.title,
    language,
    style: GALLERY_STYLE,
    body: [
      markup`<a class="skip" href="#case-types">${texts.skip}</a>
<header>
<h1>${title ?? texts.title}</h1>
<p>${intro ?? texts.intro}</p>
</header>
<nav aria-label="${texts.contents}">
<ul class="tiles">
${drawn.map((entry) => tile(entry, language))}</ul>
</nav>
<main id="case-types" tabindex="-1">
${entries.map((entry) => (entry.kind === 'drawn' ? card(entry, language) : failure(entry, language)))}</main>
`,
    ],
  });
}

const anchor = (fileName: string): string => `type-${fileName.replace(/[^\p{L}\p{N}_-]+/gu, '-')}`;
const link = (fileName: string): string => encodeURIComponent(fileName);
const languageOf = (entry: GalleryEntry, language: Language): Markup | null =>
  entry.language === language ? null : markup` lang="${entry.language}"`;
const facts = ({ steps, days, roles }: GalleryEntry, language: Language): string =>
  [
    drawingTexts(language).span(steps, days),
    ...(roles.length === 0 ? [] : [galleryTexts(language).roles(roles.length)]),
  ].join(', ');

function tile(entry: GalleryEntry, language: Language): Markup {
  return markup`<li><a href="#${anchor(entry.fileName)}"><b${languageOf(entry, language)}>${entry.title}</b> <span>${facts(entry, language)}</span></a></li>
`;
}

/** What belongs to the type is in the type's language, what belongs to the gallery in the gallery's. */
function card(entry: GalleryEntry, language: Language): Markup {
  const texts = galleryTexts(language);
  const { fileName, title, description, width, height } = entry;
  const lang = languageOf(entry, language);
  const file = link(fileName);
  const links = [
    { href: `${file}.html`, text: texts.page },
    { href: `${file}.svg`, text: texts.timeline },
    { href: `${file}-graph.svg`, text: texts.graph },
    { href: `${file}.xml`, text: texts.xml },
  ];
  return markup`<section id="${anchor(fileName)}">
<h2${lang}><a href="${file}.html">${title}</a></h2>
<p${lang}>${description ?? pageTexts(entry.language).generated({ steps: entry.steps, length: entry.days, roles: entry.roles })}</p>
<p class="muted">${facts(entry, language)}</p>
<ul class="links">
${links.map(
  ({ href, text }) => markup`<li><a href="${href}" aria-label="${texts.about(text, title)}">${text}</a></li>
`,
)}</ul>
<a class="picture" href="${file}.html"${lang}><img src="${file}.svg" width="${width}" height="${height}" loading="lazy" alt="${galleryTexts(entry.language).about(galleryTexts(entry.language).timeline, title)}"></a>
</section>
`;
}

function failure({ fileName, message }: GalleryFailure, language: Language): Markup {
  return markup`<section id="${anchor(fileName)}">
<h2>${fileName}</h2>
<p class="failed">${galleryTexts(language).failed} ${message}</p>
</section>
`;
}

const GALLERY_STYLE = `${BASE_STYLE}header, nav, main { max-width: 68.5rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
header p { font-size: 1.05rem; }
.tiles {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: 0.6rem;
  margin: 1.5rem 0 0;
  padding: 0;
  list-style: none;
}
.tiles a {
  display: block;
  height: 100%;
  padding: 0.7rem 0.9rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-left: 4px solid var(--accent);
  border-radius: 8px;
  color: var(--ink);
  text-decoration: none;
}
.tiles a:hover b { text-decoration: underline; }
.tiles b { display: block; overflow-wrap: anywhere; }
.tiles span { color: var(--soft); font-size: 0.9rem; }
main { padding-bottom: 3rem; }
section {
  margin-top: 1.5rem;
  padding: 1.5rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}
h2 { font-size: 1.4rem; }
h2 a { color: var(--ink); text-decoration: none; }
h2 a:hover { text-decoration: underline; }
.links { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0.6rem 0 0; padding: 0; list-style: none; }
.picture { display: block; margin-top: 1rem; }
.failed { padding: 0.6rem 0.9rem; border-left: 5px solid var(--warn); background: var(--warn-paper); overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  section { padding: 1.1rem; }
  .picture { overflow-x: auto; }
  .picture img { max-width: none; width: 44rem; }
}
@media print {
  @page { margin: 14mm; }
  html { font-size: 9.5pt; }
  body { background: none; }
  .skip, .links, .tiles { display: none; }
  header, main { max-width: none; padding: 0; }
  section { padding: 0; border: 0; break-inside: avoid; }
  section + section { break-before: page; }
  .picture img { width: auto; max-height: 215mm; }
}
`;
