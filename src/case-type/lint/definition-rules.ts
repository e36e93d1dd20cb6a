import { ASSIGNEE_RULES } from './assignee-rules.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { MENU_RULES } from './menu-rules.ts';
import { NAME_RULES } from './name-rules.ts';
import { REFERENCE_RULES } from './reference-rules.ts';
import { ROLE_RULES } from './role-rules.ts';
import { SEQUENCE_RULES } from './sequence-rules.ts';
import { SET_RULES } from './set-rules.ts';
import { SITE_ROLE_RULES } from './site-role-rules.ts';
import { SITE_RULES } from './site-rules.ts';
import { STEP_RULES } from './step-rules.ts';

/** Every rule on what a definition says, in whatever form it came. */
export const DEFINITION_RULES: readonly DefinitionRule[] = [
  ...SET_RULES,
  ...STEP_RULES,
  ...REFERENCE_RULES,
  ...ASSIGNEE_RULES,
  ...SEQUENCE_RULES,
  ...MENU_RULES,
  ...ROLE_RULES,
  ...NAME_RULES,
  ...SITE_RULES,
  ...SITE_ROLE_RULES,
];
