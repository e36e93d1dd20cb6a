import type { Language } from '../language.ts';
import { englishPage, type PageTexts } from './page-texts-en.ts';
import { frenchPage } from './page-texts-fr.ts';

const catalogues: Readonly<Record<Language, PageTexts>> = { en: englishPage, fr: frenchPage };

export const pageTexts = (language: Language): PageTexts => catalogues[language];
export type { PageTexts };
