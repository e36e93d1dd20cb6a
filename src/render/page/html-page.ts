import type { Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';

export interface HtmlPage {
  readonly title: string;
  readonly language: Language;
  readonly style: string;
  readonly body: readonly Markup[];
}

/** A whole page that needs nothing but itself: no script, no request. */
export function htmlPage({ title, language, style, body }: HtmlPage): string {
  return `${
    markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${{ markup: style }}</style>
</head>
<body>
${body}</body>
</html>`.markup
  }\n`;
}

/** A drawing as it is, inside a page. */
export const inlineSvg = (svg: string): Markup => ({ markup: svg });

/** What both kinds of page look like: the console in daylight, so that screen and paper agree. */
export const BASE_STYLE = `:root {
  color-scheme: light;
  --paper: #f6f5f1;
  --card: #fff;
  --ink: #1d2530;
  --soft: #4a5464;
  --line: #dedbd3;
  --accent: #17605a;
  --warn: #7a4b00;
  --warn-paper: #fdf0d5;
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.6rem; z-index: 1; padding: 0.4rem 0.8rem; background: var(--card); }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1.15rem; overflow-wrap: anywhere; }
h3 { margin: 1.25rem 0 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: 0.5rem 0 0; max-width: 46rem; }
.muted { color: var(--soft); }
svg, img { display: block; max-width: 100%; height: auto; }
`;
