import Handlebars from 'handlebars';
import type { Language } from '../config/index.ts';
import { messagesIn } from './messages.ts';
import type { StatusView } from './view-status.ts';
import { errorTemplate } from './views/error-template.ts';
import { layoutTemplate } from './views/layout-template.ts';
import { loginTemplate } from './views/login-template.ts';
import { statusTemplate } from './views/status-template.ts';

export interface Views {
  readonly login: (language: Language, view: LoginView) => string;
  readonly status: (language: Language, view: StatusView) => string;
  readonly error: (language: Language, view: ErrorView) => string;
}

interface LoginView {
  readonly title: string;
  readonly fault: string | null;
}

interface ErrorView {
  readonly title: string;
  readonly message: string;
}

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français' };

/** The pages, compiled once. Everything a template shows is escaped; none uses triple braces. */
export function createViews(): Views {
  const handlebars = Handlebars.create();
  handlebars.registerPartial('layout', layoutTemplate);
  const page = (template: string) => handlebars.compile<object>(template, { knownHelpersOnly: true });
  const templates = { login: page(loginTemplate), status: page(statusTemplate), error: page(errorTemplate) };

  const frame = (language: Language, loggedIn: boolean) => ({
    t: messagesIn(language),
    language,
    loggedIn,
    languages: Object.entries(LANGUAGE_NAMES).map(([code, name]) => ({
      code,
      name,
      current: code === language,
    })),
  });
  return {
    login: (language, view) => templates.login({ ...frame(language, false), ...view }),
    status: (language, view) =>
      templates.status({ ...frame(language, true), title: messagesIn(language).status.title, ...view }),
    error: (language, view) => templates.error({ ...frame(language, false), ...view }),
  };
}
