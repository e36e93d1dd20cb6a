import type { Language } from './language.ts';
import { english, type DrawingTexts } from './texts-en.ts';
import { frenchTexts } from './texts-fr.ts';

const catalogues: Readonly<Record<Language, DrawingTexts>> = { en: english, fr: frenchTexts };

export const drawingTexts = (language: Language): DrawingTexts => catalogues[language];
export type { DrawingTexts };
