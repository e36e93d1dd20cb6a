import type { Language } from '../config/index.ts';
import { english, type Messages } from './messages-en.ts';
import { french } from './messages-fr.ts';

export type { Messages };

const catalogues: Readonly<Record<Language, Messages>> = { en: english, fr: french };

export const messagesIn = (language: Language): Messages => catalogues[language];
