import { BASE_STYLE } from './html-page.ts';

/** On screen a sheet of paper, on A4 or Letter the same sheet. */
export const PAGE_STYLE = `${BASE_STYLE}main {
  max-width: 60rem;
  margin: 1.5rem auto 3rem;
  padding: 2.25rem 2.5rem 2.5rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}
header .muted { margin-top: 0.35rem; font-size: 0.9rem; overflow-wrap: anywhere; }
.kind { margin: 0 0 0.25rem; color: var(--accent); font-weight: 650; }
section { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.wide { margin-top: 0.75rem; overflow-x: auto; }
.picture svg { min-width: 44rem; }
table { width: 100%; margin-top: 0.75rem; border-collapse: collapse; }
th, td { padding: 0.45rem 1rem 0.45rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; white-space: nowrap; color: var(--soft); font-size: 0.85rem; font-weight: 500; }
th, td { overflow-wrap: anywhere; }
tbody th { font-weight: 650; min-width: 9rem; }
td { min-width: 8.5rem; }
td.day { min-width: 0; overflow-wrap: normal; white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.not-created th, tr.not-created .day { text-decoration: line-through; color: var(--soft); }
ul, ol { margin: 0.5rem 0 0; padding-left: 1.4rem; }
li { margin-top: 0.2rem; overflow-wrap: anywhere; }
.names { columns: 16rem; }
.names li { margin: 0; break-inside: avoid; }
.links { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0 0 1.25rem; padding: 0; list-style: none; font-size: 0.9rem; }
.links li { margin: 0; }
.check { margin-top: 1rem; padding: 0.6rem 0.9rem; border-left: 5px solid var(--warn); background: var(--warn-paper); }
.signatures td { height: 3.6rem; border-bottom: 1px solid var(--ink); border-top: 0; }
.signatures td + td { border-left: 1rem solid transparent; }
.signatures thead th { padding-bottom: 0; }

@media (max-width: 44rem) {
  main { margin: 0; padding: 1.25rem; border: 0; border-radius: 0; }
  .wide table { min-width: 34rem; }
  .signatures td { min-width: 0; }
}

@media print {
  @page { margin: 14mm; }
  html { font-size: 9.5pt; }
  body { background: none; line-height: 1.4; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 20pt; }
  .skip, .links { display: none; }
  section { margin-top: 5mm; padding-top: 4mm; }
  h2, h3 { break-after: avoid; }
  h2 + p { break-after: avoid; }
  tr, li, .check { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  /* One sheet at most; the tables below tell the same in full size. */
  .picture { break-inside: avoid; }
  .picture svg { min-width: 0; width: auto; max-height: 225mm; margin: 0 auto; }
  .approval { break-inside: avoid; }
}
`;
