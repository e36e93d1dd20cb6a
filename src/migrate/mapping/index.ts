export { checkMapping, type NameHint } from './check-mapping.ts';
export { mapContactsOf, mapSource, skippedKeys } from './map-source.ts';
export { EMPTY_MAPPING, MAPPING_VOCABULARY, type Mapping, type MappingFault } from './mapping.ts';
export { renderSuggestions } from './render-mapping.ts';
export { suggestMapping, type Suggestion } from './suggest-mapping.ts';
