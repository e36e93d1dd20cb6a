/** What a case-type file may come to; the first two are libxml's own, so CiviCRM refuses the same. */
export const XML_LIMITS = {
  /** Elements that may be open at once. */
  depth: 257,
  /** Characters of one text, comment or attribute. */
  textLength: 10_000_000,
  /** References to entities inside entities inside one entity: about where libxml sees an explosion. */
  nestedEntities: 40,
  /** CiviCRM stores at most 64 KiB; far more is not a case type. */
  bytes: 16 * 1024 * 1024,
} as const;
