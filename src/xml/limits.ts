/** What a case-type file may come to; depth and text length are libxml's own, so CiviCRM refuses the same. */
export const XML_LIMITS = {
  /** Elements that may be open at once. */
  depth: 257,
  /** Characters of one text, comment or attribute, and of all entities together. */
  textLength: 10_000_000,
  /** References to entities inside entities inside one entity: about where libxml sees an explosion. */
  nestedEntities: 40,
  /** Elements, texts, attributes, comments and so on, those inside entities each time they are used. */
  nodes: 200_000,
  /** CiviCRM stores at most 64 KiB; far more is not a case type. */
  bytes: 16 * 1024 * 1024,
} as const;

/** Of a file over `XML_LIMITS.bytes`; nobody needs to read it to say so. */
export const tooManyBytes = `the file has more than ${String(XML_LIMITS.bytes)} bytes, which is the most that is read (CiviCRM itself stores 65535): take out what is no part of the case type`;
