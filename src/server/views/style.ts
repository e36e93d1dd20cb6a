/** The one stylesheet: light and dark, wide and narrow. */
export const style = `:root {
  color-scheme: light dark;
  --paper: #f6f5f1;
  --card: #fff;
  --ink: #1d2530;
  --soft: #566070;
  --line: #dedbd3;
  --accent: #17605a;
  --good: #14603c;
  --good-paper: #e2f2e8;
  --warn: #7a4b00;
  --warn-paper: #fdf0d5;
  --bad: #9a1f2b;
  --bad-paper: #fbe6e7;
}

@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13171c;
    --card: #1b2128;
    --ink: #e6e9ed;
    --soft: #a3adba;
    --line: #323a45;
    --accent: #74cfc4;
    --good: #8fdcae;
    --good-paper: #17352a;
    --warn: #f2c777;
    --warn-paper: #3a2d12;
    --bad: #ffa3a8;
    --bad-paper: #43202a;
  }
}

* {
  box-sizing: border-box;
}

html {
  scroll-padding-top: 1rem;
}

body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font:
    1rem/1.5 system-ui,
    -apple-system,
    'Segoe UI',
    'Noto Sans',
    sans-serif;
}

a {
  color: var(--accent);
  text-underline-offset: 0.2em;
}

:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
  border-radius: 4px;
}

main:focus {
  outline: none;
}

.skip {
  position: absolute;
  left: -999rem;
}

.skip:focus {
  left: 1rem;
  top: 0.6rem;
  z-index: 1;
  padding: 0.4rem 0.8rem;
  background: var(--card);
}

.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem 1.5rem;
  padding: 0.7rem max(1.25rem, calc((100vw - 66rem) / 2));
  background: var(--card);
  border-bottom: 1px solid var(--line);
}

.brand {
  display: inline-flex;
  align-items: center;
  gap: 0.55rem;
  margin-right: auto;
  color: var(--ink);
  font-weight: 650;
  text-decoration: none;
}

.languages {
  display: flex;
  gap: 0.25rem;
  margin: 0;
  padding: 0;
  list-style: none;
}

.languages a {
  display: block;
  padding: 0.25rem 0.6rem;
  border-radius: 6px;
  color: var(--soft);
  text-decoration: none;
}

.languages a:hover {
  text-decoration: underline;
}

.languages a[aria-current] {
  background: var(--paper);
  color: var(--ink);
  font-weight: 600;
}

main {
  max-width: 68.5rem;
  margin: 0 auto;
  padding: 1.5rem 1.25rem 3rem;
}

.head {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 1rem;
  margin-bottom: 0.75rem;
}

h1,
h2,
.head p {
  margin: 0;
}

h1 {
  font-size: 1.7rem;
  letter-spacing: -0.01em;
}

h2 {
  font-size: 1.05rem;
}

.muted {
  color: var(--soft);
}

section {
  margin-top: 1.25rem;
  padding: 1rem 1.25rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}

section > table,
section > .empty {
  margin-top: 0.6rem;
}

.well {
  margin: 0.25rem 0 0;
}

.mark {
  display: inline-block;
  margin-right: 0.5rem;
  color: var(--good);
  font-weight: 700;
}

.attention {
  background: var(--bad-paper);
  border-color: transparent;
  border-left: 5px solid var(--bad);
}

.attention ul {
  margin: 0.3rem 0 0;
  padding-left: 1.2rem;
}

.attention a {
  color: var(--bad);
}

.empty {
  margin-bottom: 0;
  color: var(--soft);
}

table {
  width: 100%;
  border-collapse: collapse;
}

th,
td {
  padding: 0.55rem 1rem 0.55rem 0;
  text-align: left;
  vertical-align: top;
  border-top: 1px solid var(--line);
}

th:last-child,
td:last-child {
  padding-right: 0;
}

thead th {
  padding-top: 0;
  border-top: 0;
  color: var(--soft);
  font-size: 0.85rem;
  font-weight: 500;
}

tbody th {
  font-weight: 600;
}

.number {
  text-align: right;
  font-variant-numeric: tabular-nums;
}

.day th {
  padding-top: 0.9rem;
  color: var(--soft);
  font-size: 0.9rem;
}

.day th::first-letter {
  text-transform: uppercase;
}

time {
  font-variant-numeric: tabular-nums;
}

.note {
  max-width: 46rem;
  margin: 0.35rem 0 0;
  font-size: 0.9rem;
}

.pill {
  display: inline-block;
  padding: 0.05rem 0.6rem;
  border-radius: 999px;
  background: var(--paper);
  font-size: 0.9rem;
  white-space: nowrap;
}

.pill.ready,
.pill.done {
  background: var(--good-paper);
  color: var(--good);
}

.pill.limited,
.pill.unknown,
.pill.running {
  background: var(--warn-paper);
  color: var(--warn);
}

.pill.unusable,
.pill.failed {
  background: var(--bad-paper);
  color: var(--bad);
}

.kind {
  padding-left: 0.6rem;
  border-left: 4px solid var(--accent);
}

.kind.email {
  border-left-style: dotted;
}

.lane {
  display: inline-flex;
  align-items: center;
  gap: 0.5rem;
}

.lane b {
  font-weight: 600;
  white-space: nowrap;
}

.track {
  position: relative;
  width: 3rem;
  height: 2px;
  background: var(--accent);
}

.track::after {
  content: '';
  position: absolute;
  right: 0;
  top: -3px;
  border-left: 7px solid var(--accent);
  border-block: 4px solid transparent;
}

button {
  padding: 0.5rem 1.1rem;
  border: 1px solid var(--accent);
  border-radius: 8px;
  background: var(--accent);
  color: var(--card);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}

button:hover {
  filter: brightness(1.1);
}

button.quiet {
  padding: 0.25rem 0.7rem;
  border-color: var(--line);
  background: transparent;
  color: var(--ink);
  font-weight: 400;
}

.login {
  max-width: 26rem;
  margin: 8vh auto 0;
  padding: 1.75rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}

.login label {
  display: block;
  margin-top: 1rem;
  font-weight: 600;
}

.login input {
  width: 100%;
  margin-top: 0.35rem;
  padding: 0.6rem 0.7rem;
  border: 1px solid var(--soft);
  border-radius: 8px;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}

.fault {
  margin: 1rem 0 0;
  padding: 0.6rem 0.8rem;
  border-radius: 8px;
  background: var(--bad-paper);
  color: var(--bad);
}

.foot {
  margin-top: 1.25rem;
}

/* On a narrow screen each row becomes a small card; the roles in the markup keep it a table for screen readers. */
@media (max-width: 44rem) {
  thead {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  table,
  tbody,
  tr,
  th,
  td {
    display: block;
  }

  tr {
    padding: 0.6rem 0;
    border-top: 1px solid var(--line);
  }

  tbody:first-of-type tr:first-child {
    border-top: 0;
  }

  th,
  td,
  th:last-child {
    padding: 0.1rem 0;
    border-top: 0;
  }

  td[data-label] {
    display: grid;
    grid-template-columns: 7rem 1fr;
    gap: 0 0.75rem;
    text-align: left;
  }

  td[data-label]::before {
    content: attr(data-label);
    color: var(--soft);
    font-size: 0.9rem;
  }

  td[data-label] > * {
    grid-column: 2;
    justify-self: start;
    overflow-wrap: anywhere;
  }

  td[data-label] > .note {
    grid-column: 1 / -1;
  }

  .track {
    width: 1.5rem;
  }

  /* What is coming up reads as a diary: time, kind and case in one line, rule and site in the next. */
  .diary tr {
    display: grid;
    grid-template-columns: 3.25rem 1fr auto;
    gap: 0 0.75rem;
    padding: 0.4rem 0;
  }

  .diary .day {
    display: block;
  }

  .diary td[data-label] {
    display: block;
    padding: 0;
  }

  .diary td[data-label]::before {
    content: none;
  }

  .diary td.number::before {
    content: attr(data-label) ' ';
  }

  .diary td.number {
    grid-area: 1 / 3;
    text-align: right;
  }

  .diary .rule {
    grid-area: 2 / 2;
    overflow-wrap: anywhere;
  }

  .diary .site {
    grid-area: 2 / 3;
    color: var(--soft);
    text-align: right;
  }

  .day {
    padding-bottom: 0;
  }

  .day + tr {
    border-top: 0;
  }

  .login {
    margin-top: 0;
  }
}

@media (prefers-reduced-motion: no-preference) {
  html {
    scroll-behavior: smooth;
  }
}
`;
