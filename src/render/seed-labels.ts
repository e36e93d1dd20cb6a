import type { Language } from './language.ts';

/** What a fresh CiviCRM calls its own activity types and statuses in French, where it differs from the name. */
const FRENCH: Readonly<Record<string, string>> = {
  'Open Case': 'Ouverture du dossier',
  'Phone Call': 'Appel téléphonique',
  Meeting: 'Rencontre',
  Email: 'Courriel',
  'Inbound Email': 'Courriel reçu',
  SMS: 'SMS',
  'Print PDF Letter': 'Courrier PDF',
  'Follow up': 'Suivi',
  'Change Case Type': 'Changement de type de dossier',
  'Change Case Status': 'Changement de statut du dossier',
  'Change Case Start Date': 'Changement de date de début du dossier',
  'Change Case Subject': 'Changement d’objet du dossier',
  'Change Case Tags': 'Changement d’étiquettes du dossier',
  'Change Custom Data': 'Changement de données personnalisées',
  'Assign Case Role': 'Attribution d’un rôle',
  'Remove Case Role': 'Retrait d’un rôle',
  'Link Cases': 'Lien entre dossiers',
  'Merge Case': 'Fusion de dossiers',
  'Reassigned Case': 'Dossier réattribué',
  'Add Client To Case': 'Ajout d’un client au dossier',
  Scheduled: 'Prévue',
  Completed: 'Terminée',
  Cancelled: 'Annulée',
  'Left Message': 'Message laissé',
  Unreachable: 'Injoignable',
  'Not Required': 'Non requise',
  Available: 'Disponible',
  No_show: 'Absence',
  'Case Coordinator': 'Coordinateur du dossier',
  Supervisor: 'Superviseur',
};

/** The case statuses of the seed are labelled otherwise than they are named. */
const CASE_STATUSES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  Open: { en: 'Ongoing', fr: 'En cours' },
  Closed: { en: 'Resolved', fr: 'Résolu' },
  Urgent: { en: 'Urgent', fr: 'Urgent' },
};

/** A machine name as people of that language see it on a fresh CiviCRM; names of one's own stay as they are. */
export const nameLabel = (name: string, language: Language): string =>
  language === 'fr' && Object.hasOwn(FRENCH, name) ? (FRENCH[name] ?? name) : name;

export const caseStatusLabel = (name: string, language: Language): string =>
  (Object.hasOwn(CASE_STATUSES, name) ? CASE_STATUSES[name]?.[language] : undefined) ?? name;
