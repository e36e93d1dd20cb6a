export { renderCaseTypeXsd } from './case-type-xsd.ts';
export { definitionJsonSchema, isDefinition } from './definition-schema.ts';
