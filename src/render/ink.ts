/** Colours of everything that is drawn: those of the console in daylight, since a drawing is printed too. */
export const INK = {
  paper: '#ffffff',
  text: '#1d2530',
  soft: '#4a5464',
  line: '#6b7686',
  grid: '#e6e3dc',
  band: '#eef3f1',
  bandEdge: '#c9d8d4',
  accent: '#17605a',
  dayOff: '#eceef2',
  warn: '#7a4b00',
} as const;
