import { french } from '../language.ts';
import { frenchTexts } from '../texts-fr.ts';
import type { PageTexts } from './page-texts-en.ts';

const list = (names: readonly string[]): string =>
  new Intl.ListFormat('fr-FR').format(names.map((name) => french`« ${name} »`));

export const frenchPage: PageTexts = {
  caseType: 'Type de dossier',
  machineName: (name) => french`Nom technique dans CiviCRM : ${name}`,
  fingerprint: (hash) => french`Empreinte de cette définition : ${hash}`,
  skip: 'Aller au contenu',
  links: 'Liens',
  purpose: 'À quoi il sert',
  generated({ steps: count, length, roles }) {
    const opening =
      count === 0
        ? 'L’ouverture d’un dossier de ce type ne crée aucune activité.'
        : `L’ouverture d’un dossier de ce type crée ${frenchTexts.span(count, length)}.`;
    return roles.length === 0 ? opening : french`${opening} Personnes concernées : ${list(roles)}.`;
  },
  glance: 'En un coup d’œil',
  wide: 'Image de la chronologie, à faire défiler latéralement',
  people: {
    title: 'Qui intervient',
    role: 'Rôle',
    part: 'Place dans le dossier',
    pickedFrom: 'À choisir dans',
    anyone: 'tous les contacts',
    manager: 'Responsable du dossier',
    opener: 'Donné à la personne qui ouvre le dossier',
    byHand: 'Attribué à la main',
    none: 'Ce type de dossier n’a pas de rôle.',
    assignees: (groups) =>
      groups.length === 1
        ? `Les activités ne peuvent être attribuées qu’aux membres du groupe ${list(groups)}.`
        : `Les activités ne peuvent être attribuées qu’aux membres des groupes ${list(groups)}.`,
    users: 'Les activités ne peuvent être attribuées qu’à des personnes qui ont un compte sur le site.',
    anyAssignee: 'Les activités peuvent être attribuées à tout contact.',
  },
  opening: {
    title: 'Ce qui se passe à l’ouverture d’un dossier',
    nothing: french`Rien : aucune série d’activités n’est une chronologie.`,
    sentence: (count) =>
      count === 1
        ? french`CiviCRM crée aussitôt cette activité, avec sa date :`
        : french`CiviCRM crée aussitôt ces ${count} activités, chacune avec sa date :`,
    example: (date) => `Les dates sont celles d’un dossier qui commence le ${date}.`,
  },
  table: { day: 'Jour', date: 'Date', step: 'Quoi', who: 'Qui', status: 'Statut', why: 'Pourquoi ce jour' },
  further: {
    title: 'Les chronologies que l’on ajoute à la main',
    sentence: 'On les ajoute au dossier quand il le faut. Leurs jours se comptent à partir de l’ajout.',
  },
  sequence: {
    title: 'Pas à pas',
    sentence: (name) =>
      french`« ${name} » commence à l’ouverture d’un dossier. Chaque étape apparaît, datée de ce moment, quand la précédente est terminée :`,
    end: 'Quand la dernière étape et toutes les autres activités du dossier sont terminées, CiviCRM clôt le dossier.',
  },
  statuses: {
    title: 'Où peut en être un dossier',
    sentence: french`Un dossier de ce type a l’un de ces statuts :`,
    all: 'Un dossier de ce type peut avoir tous les statuts de dossier du site.',
  },
  activities: {
    title: 'Ce que l’on peut encore consigner',
    sentence: french`Le menu du dossier propose ces activités, qui ne se créent jamais d’elles-mêmes :`,
    limits: 'Limites',
    limitSentence: french`Un dossier ne peut compter plus d’activités de ces types, hors activités supprimées :`,
    limit: (name, limit) => french`${name} : ${limit}`,
  },
  wont: {
    title: 'Ce que CiviCRM ne fera pas',
    calendar: french`Sauter les week-ends et les jours fériés : tous les jours du calendrier comptent.`,
    later: french`Déplacer les étapes suivantes quand l’une est faite en avance ou en retard : les dates sont fixées à l’ouverture du dossier.`,
    mail: 'Envoyer un courriel quand il crée ces activités.',
    nobody: (names) =>
      names.length === 1
        ? french`Attribuer ${list(names)} : quelqu’un doit s’en charger.`
        : french`Attribuer ${list(names)} : quelqu’un doit se charger de ces étapes.`,
    addSets: (names) => `Ajouter de lui-même ${list(names)}.`,
    status: 'Changer de lui-même le statut du dossier.',
    statusBeforeEnd: 'Changer de lui-même le statut du dossier avant la fin de la séquence.',
    skipped: (name, set, limit) =>
      french`Créer « ${name} » dans « ${set} » : un dossier ne peut en avoir plus de ${limit}.`,
    missing: (name, reference) =>
      french`Compter « ${name} » à partir de « ${reference} » : aucune étape antérieure ne crée cette activité, c’est donc le début qui compte.`,
    notReached: french`Aller au bout de la chronologie : il s’arrête sur une erreur à une étape sans type d’activité.`,
    secondSequence: (name) =>
      french`Suivre « ${name} » : seule la première séquence compte, et seulement si elle a des étapes.`,
    manager: french`Montrer un responsable du dossier : aucun rôle n’est marqué comme tel.`,
  },
  check: (errors, warnings) => {
    const counts = [
      ...(errors === 0 ? [] : [`${String(errors)} ${errors === 1 ? 'erreur' : 'erreurs'}`]),
      ...(warnings === 0
        ? []
        : [`${String(warnings)} ${warnings === 1 ? 'avertissement' : 'avertissements'}`]),
    ];
    return french`La vérification automatique relève ${counts.join(' et ')}. « civicase xml lint » dit lesquels : réglez-les avant d’approuver.`;
  },
  approval: {
    title: 'Approbation',
    sentence: 'Les soussignés approuvent ce type de dossier tel que cette page le décrit.',
    name: 'Nom',
    office: 'Fonction',
    date: 'Date',
    signature: 'Signature',
  },
};
