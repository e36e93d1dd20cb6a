export { checkMapping } from './check-mapping.ts';
export { defaultContacts, mapContactsOf, mapSource, skippedKeys } from './map-source.ts';
export { EMPTY_MAPPING, MAPPING_VOCABULARY, type Mapping } from './mapping.ts';
export { renderSuggestions } from './render-mapping.ts';
export { suggestMapping } from './suggest-mapping.ts';
