import type { CaseTypeModel, Simulation, SiteKnowledge } from '../../case-type/index.ts';
import type { DaysOff } from '../../calendar/days-off.ts';
import { formatDate, type Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { caseStatusLabel, nameLabel } from '../seed-labels.ts';
import { drawingTexts } from '../texts.ts';
import { timelineLanes, type TimelineLane } from '../timeline/lanes.ts';
import { stepName } from '../timeline/layout.ts';
import { renderTimelineSvg } from '../timeline/timeline-svg.ts';
import { createWhoLegend } from '../timeline/who-legend.ts';
import { htmlPage, inlineSvg } from './html-page.ts';
import { PAGE_STYLE } from './page-style.ts';
import { pageTexts } from './page-texts.ts';
import { laneName, stepTable } from './step-table.ts';
import { willNotDo } from './will-not-do.ts';

export interface CaseTypePage {
  /** For people: `Health grant`. */
  readonly title: string;
  /** The machine name; null when only a definition is known. */
  readonly name: string | null;
  /** What the case type is for, in a paragraph; null: said in general words. */
  readonly description: string | null;
  readonly model: CaseTypeModel;
  readonly simulation: Simulation;
  readonly language: Language;
  /** Whether the dates of the simulation are shown, as an example. */
  readonly showDates?: boolean;
  readonly daysOff?: DaysOff;
  readonly site?: SiteKnowledge;
  /** Whether assignees must have an account on the site. */
  readonly onlyUsersAssigned?: boolean;
  /** Tells one version of the definition from another, so that it is clear what was approved. */
  readonly fingerprint?: string;
  /** Where else to look, at the top; not printed. */
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  /** How many findings of the automatic check stand open. */
  readonly findings?: { readonly errors: number; readonly warnings: number };
}

const PICTURE_WIDTH = 880;

/** A whole case type in plain words on one page, to print and sign: HTML that needs nothing but itself. */
export function renderCaseTypePage(page: CaseTypePage): string {
  const { model, simulation, language } = page;
  const lanes = timelineLanes(model, simulation, page.site);
  const texts = pageTexts(language);
  return htmlPage({
    title: page.title,
    language,
    style: PAGE_STYLE,
    body: [
      markup`<a class="skip" href="#main">${texts.skip}</a>
<main id="main" tabindex="-1">
`,
      head(page, lanes),
      section(texts.glance, picture(page)),
      section(texts.people.title, people(page)),
      section(texts.opening.title, opening(page, lanes)),
      ...further(page, lanes),
      ...sequences(page, lanes),
      section(texts.statuses.title, statuses(page)),
      ...activities(page),
      section(texts.wont.title, refusals(page, lanes)),
      approval(language),
      markup`</main>
`,
    ],
  });
}

const section = (title: string, content: Markup): Markup => markup`<section>
<h2>${title}</h2>
${content}</section>
`;
const paragraph = (text: string): Markup => markup`<p>${text}</p>
`;
const items = (texts: readonly string[], kind = ''): Markup => markup`<ul class="${kind}">
${texts.map(
  (text) => markup`<li>${text}</li>
`,
)}</ul>
`;

function head(page: CaseTypePage, lanes: readonly TimelineLane[]): Markup {
  const { title, name, description, fingerprint, language, model } = page;
  const texts = pageTexts(language);
  const opening = lanes.find(({ kind }) => kind === 'opening')?.steps ?? [];
  const created = opening.filter(({ outcome }) => outcome.kind === 'created');
  const days = created.flatMap(({ day }) => (day === null ? [] : [day]));
  const told =
    description ??
    texts.generated({
      steps: created.length,
      length: Math.max(0, ...days) - Math.min(0, ...days),
      roles: model.caseRoles.map((role) => nameLabel(role.name, language)),
    });
  const links = (page.links ?? []).map(
    ({ href, text }) => markup`<li><a href="${href}">${text}</a></li>
`,
  );
  return markup`${
    links.length === 0
      ? null
      : markup`<nav aria-label="${texts.links}"><ul class="links">
${links}</ul></nav>
`
  }<header>
<p class="kind">${texts.caseType}</p>
<h1>${title}</h1>
${
  name === null || name === ''
    ? null
    : markup`<p class="muted">${texts.machineName(name)}</p>
`
}${
    fingerprint === undefined
      ? null
      : markup`<p class="muted">${texts.fingerprint(fingerprint)}</p>
`
  }</header>
${section(texts.purpose, markup`${told.split(/\n{2,}/).map(paragraph)}`)}`;
}

function picture(page: CaseTypePage): Markup {
  const svg = renderTimelineSvg({
    title: page.title,
    model: page.model,
    simulation: page.simulation,
    language: page.language,
    width: PICTURE_WIDTH,
    showTitle: false,
    ...(page.showDates === undefined ? {} : { showDates: page.showDates }),
    ...(page.daysOff === undefined ? {} : { daysOff: page.daysOff }),
    ...(page.site === undefined ? {} : { site: page.site }),
  });
  return markup`<div class="wide picture" role="region" tabindex="0" aria-label="${pageTexts(page.language).wide}">
${inlineSvg(svg)}</div>
`;
}

function people({ model, language, onlyUsersAssigned = false }: CaseTypePage): Markup {
  const { people: texts } = pageTexts(language);
  const manager = model.caseRoles.findIndex(({ isManager }) => isManager);
  const rows = model.caseRoles.map(({ name, isCreator, groups }, index) => {
    const parts = [...(index === manager ? [texts.manager] : []), isCreator ? texts.opener : texts.byHand];
    return markup`<tr><th scope="row">${nameLabel(name, language)}</th><td>${parts.join('. ')}</td><td>${groups.length === 0 ? texts.anyone : groups.join(', ')}</td></tr>
`;
  });
  const table = markup`<div class="wide" role="region" tabindex="0" aria-label="${texts.title}">
<table>
<thead><tr><th scope="col">${texts.role}</th><th scope="col">${texts.part}</th><th scope="col">${texts.pickedFrom}</th></tr></thead>
<tbody>
${rows}</tbody>
</table>
</div>
`;
  const assignment = [
    model.assigneeGroups.length > 0 ? texts.assignees(model.assigneeGroups) : null,
    onlyUsersAssigned ? texts.users : null,
  ].filter((text) => text !== null);
  return markup`${rows.length === 0 ? paragraph(texts.none) : table}${(assignment.length === 0 ? [texts.anyAssignee] : assignment).map(paragraph)}`;
}

function opening(page: CaseTypePage, lanes: readonly TimelineLane[]): Markup {
  const { language, simulation, showDates = false } = page;
  const { opening: texts } = pageTexts(language);
  const lane = lanes.find(({ kind }) => kind === 'opening');
  if (lane === undefined || lane.steps.length === 0) return paragraph(texts.nothing);
  const created = lane.steps.filter(({ outcome }) => outcome.kind === 'created').length;
  return markup`${paragraph(texts.sentence(created))}${showDates ? paragraph(texts.example(formatDate(language, simulation.startDate))) : null}${stepTable(lane, tableOptions(page, lanes))}`;
}

const tableOptions = (page: CaseTypePage, lanes: readonly TimelineLane[]) => ({
  language: page.language,
  startDate: page.showDates === true ? page.simulation.startDate : null,
  who: createWhoLegend(
    lanes.flatMap(({ steps }) => steps.map((step) => step.who)),
    page.model,
    page.language,
    page.site?.relationshipTypes,
  ),
});

function further(page: CaseTypePage, lanes: readonly TimelineLane[]): readonly Markup[] {
  const { further: texts } = pageTexts(page.language);
  const added = lanes.filter(({ kind }) => kind === 'added' || kind === 'unmarked');
  if (added.length === 0) return [];
  const tables = added.map(
    (lane) => markup`<h3>${laneName(lane)}</h3>
${lane.steps.length === 0 ? paragraph(drawingTexts(page.language).noSteps) : stepTable(lane, tableOptions(page, lanes))}`,
  );
  return [section(texts.title, markup`${paragraph(texts.sentence)}${tables}`)];
}

function sequences({ language }: CaseTypePage, lanes: readonly TimelineLane[]): readonly Markup[] {
  const { sequence: texts } = pageTexts(language);
  return lanes
    .filter(({ kind }) => kind === 'sequence')
    .map((lane) =>
      section(
        texts.title,
        markup`${paragraph(texts.sentence(laneName(lane)))}<ol>
${lane.steps.map(
  ({ activityType }) => markup`<li>${stepName(activityType, language)}</li>
`,
)}</ol>
${paragraph(texts.end)}`,
      ),
    );
}

function statuses({ model, language }: CaseTypePage): Markup {
  const { statuses: texts } = pageTexts(language);
  return model.statuses.length === 0
    ? paragraph(texts.all)
    : markup`${paragraph(texts.sentence)}${items(
        model.statuses.map((name) => caseStatusLabel(name, language)),
        'names',
      )}`;
}

function activities({ model, language }: CaseTypePage): readonly Markup[] {
  const { activities: texts } = pageTexts(language);
  const created = new Set(model.activitySets.flatMap(({ steps }) => steps.map((step) => step.activityType)));
  const named = model.activityTypes.filter(({ name }) => name.trim() !== '');
  const byHand = named.filter(({ name }) => !created.has(name)).map(({ name }) => nameLabel(name, language));
  const limits = named.flatMap(({ name, maxInstances }) =>
    maxInstances === null ? [] : [texts.limit(nameLabel(name, language), maxInstances)],
  );
  if (byHand.length + limits.length === 0) return [];
  return [
    section(
      byHand.length === 0 ? texts.limits : texts.title,
      markup`${byHand.length === 0 ? null : markup`${paragraph(texts.sentence)}${items(byHand, 'names')}`}${
        limits.length === 0
          ? null
          : markup`${
              byHand.length === 0
                ? null
                : markup`<h3>${texts.limits}</h3>
`
            }${paragraph(texts.limitSentence)}${items(limits, 'names')}`
      }`,
    ),
  ];
}

function refusals({ model, language, findings }: CaseTypePage, lanes: readonly TimelineLane[]): Markup {
  const { errors = 0, warnings = 0 } = findings ?? {};
  return markup`${items(willNotDo(model, lanes, language))}${
    errors + warnings === 0
      ? null
      : markup`<p class="check">${pageTexts(language).check(errors, warnings)}</p>
`
  }`;
}

function approval(language: Language): Markup {
  const { approval: texts } = pageTexts(language);
  const blank = markup`<tr><td></td><td></td><td></td><td></td></tr>
`;
  return markup`<section class="approval">
<h2>${texts.title}</h2>
${paragraph(texts.sentence)}<table class="signatures">
<thead><tr>${[texts.name, texts.office, texts.date, texts.signature].map((text) => markup`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>
${[blank, blank, blank]}</tbody>
</table>
</section>
`;
}
