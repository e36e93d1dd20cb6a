export { compileConfig, configJsonSchema, readConfig, type Config } from './read-config.ts';
export { readLintSettings } from './read-lint-settings.ts';
export { mappingJsonSchema, readMappingFile, type MappingFile } from './read-mapping.ts';
export {
  LANGUAGES,
  type Language,
  type PairSettings,
  type PromotionSettings,
  type SiteSettings,
} from './schema.ts';
export type { Environment } from './environment.ts';
