/** Filled by its use case. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface MirrorTables {}
