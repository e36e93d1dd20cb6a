import { french, type Language } from '../language.ts';

const english = {
  title: 'Case types',
  intro: 'What opening a case of each type brings about, drawn to scale and told in plain words.',
  skip: 'Skip to the case types',
  contents: 'All case types',
  roles: (roles: number): string => `${String(roles)} ${roles === 1 ? 'role' : 'roles'}`,
  page: 'Page to print and sign',
  timeline: 'Timeline',
  graph: 'Parts and references',
  xml: 'XML for CiviCRM',
  about: (text: string, title: string): string => `${text}: ${title}`,
  back: 'All case types',
  failed: 'This file could not be drawn:',
};

type GalleryTexts = typeof english;

const frenchTexts: GalleryTexts = {
  title: 'Types de dossier',
  intro: 'Ce qu’entraîne l’ouverture d’un dossier de chaque type, dessiné à l’échelle et dit simplement.',
  skip: 'Aller aux types de dossier',
  contents: 'Tous les types de dossier',
  roles: (roles) => `${String(roles)} ${roles < 2 ? 'rôle' : 'rôles'}`,
  page: 'Page à imprimer et à signer',
  timeline: 'Chronologie',
  graph: 'Composition et références',
  xml: 'XML pour CiviCRM',
  about: (text, title) => french`${text} : ${title}`,
  back: 'Tous les types de dossier',
  failed: french`Ce fichier n’a pas pu être dessiné :`,
};

const catalogues: Readonly<Record<Language, GalleryTexts>> = { en: english, fr: frenchTexts };

export const galleryTexts = (language: Language): GalleryTexts => catalogues[language];
