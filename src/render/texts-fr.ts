import { french } from './language.ts';
import type { DrawingTexts } from './texts-en.ts';

const days = (count: number): string => `${String(count)} ${count < 2 ? 'jour' : 'jours'}`;
const minus = (count: number): string => String(count).replace('-', '−');
const steps = (count: number): string => `${String(count)} ${count < 2 ? 'étape' : 'étapes'}`;

export const frenchTexts: DrawingTexts = {
  day: (day) => `Jour ${minus(day)}`,
  dayAxis: 'Jour',
  timelineOf: (title) => french`Chronologie : ${title}`,
  graphOf: (title) => french`Composition du type de dossier : ${title}`,
  span: (count, length) => `${steps(count)} ${length === 0 ? 'en un seul jour' : `sur ${days(length)}`}`,
  opensOn: (date) => `pour un dossier qui commence le ${date}`,
  caseOf: (date) => `Dossier ouvert le ${date}`,
  completedOn: (status, date) => `${status} le ${date}`,
  empty: french`Ce type de dossier n’a aucune série d’activités : l’ouverture d’un dossier ne crée rien.`,
  noSteps: 'Cette série d’activités n’a aucune étape.',
  noName: '(sans type d’activité)',
  lane: {
    opening: 'Se déroule à l’ouverture d’un dossier. Le jour 0 est le début du dossier.',
    added: 'S’ajoute à la main, au besoin. Le jour 0 est le jour de l’ajout.',
    unmarked: 'Ni chronologie ni séquence. Le jour 0 est le jour de l’ajout.',
    sequence: 'Commence à l’ouverture d’un dossier. Chaque étape apparaît quand la précédente est terminée.',
    'dead-sequence': french`Ne commence jamais : CiviCRM ne suit que la première séquence, et seulement si elle a des étapes.`,
    case: 'Ce qui figure au dossier, et quand. Le jour 0 est celui où il commence.',
  },
  base(base, offset, isOpening) {
    if (base.kind === 'by-hand') return 'ajoutée à la main';
    if (base.kind === 'sequence')
      return base.after === null
        ? 'première de la séquence'
        : french`suite de la séquence, après « ${base.after} »`;
    const event = isOpening ? 'le début du dossier' : 'l’ajout';
    const distance = `${days(Math.abs(offset))} ${offset < 0 ? 'avant' : 'après'}`;
    const fromStart =
      offset === 0
        ? isOpening
          ? 'le jour du début du dossier'
          : 'le jour de l’ajout'
        : `${distance} ${event}`;
    if (base.kind === 'start') return fromStart;
    if (base.kind === 'reference-missing') {
      return french`${fromStart}, car aucune étape antérieure ne crée « ${base.activityType} »`;
    }
    return offset === 0
      ? french`le même jour que « ${base.activityType} »`
      : french`${distance} « ${base.activityType} »`;
  },
  skipped: (limit) => french`ignorée : ${limit} au maximum par dossier`,
  notReached: french`non créée : CiviCRM s’arrête sur une erreur`,
  unknownStatus: (name) =>
    name === ''
      ? french`statut vide : enregistrée comme Terminée`
      : french`Terminée, si le site n’a pas le statut « ${name} »`,
  weekend: 'week-end',
  caseCloses: 'Quand toutes les activités du dossier sont terminées, CiviCRM clôt le dossier',
  who: {
    title: 'À qui revient l’étape',
    nobody: 'personne pour l’instant',
    creator: (roles) =>
      roles.length === 0
        ? 'la personne qui ouvre le dossier'
        : `la personne qui ouvre le dossier (${roles.join(', ')})`,
    contact: (id) => french`le contact n° ${id}`,
    relationship: (id) => french`selon la relation n° ${id}`,
  },
  key: {
    title: 'Comment lire',
    arrow: 'l’étape se compte à partir de l’origine de la flèche',
    missing: 'comptée à partir du début, faute de référence',
    skipped: 'l’étape est ignorée',
    notReached: 'l’étape n’est pas créée',
    completed: 'terminée ce jour-là',
    break: 'jours omis',
    scales: french`les échelles diffèrent : voir les jours au-dessus de chaque série`,
    weekend: 'week-end',
    holiday: 'jour férié',
  },
  graph: {
    caseType: 'Type de dossier',
    opening: 'à l’ouverture d’un dossier',
    added: 'ajoutée à la main',
    unmarked: 'ajoutée par son nom',
    sequence: 'étape par étape',
    deadSequence: 'ne commence jamais',
    manager: 'responsable du dossier',
    opener: 'donné à qui ouvre le dossier',
    roles: 'Rôles',
    group: 'Groupe',
    pickedFrom: 'choisi dans',
    assignees: 'attributions dans',
    statuses: 'Statuts de dossier',
    allStatuses: 'tous ceux du site',
    byHand: 'Activités ajoutées à la main',
    alone: 'Comptées à partir du début',
    limit: (limit) => french`${limit} au maximum`,
    offset: (offset) => `${offset < 0 ? '−' : '+'}${days(Math.abs(offset))}`,
    sameDay: 'même jour',
    arrows: french`Flèches :`,
  },
};
