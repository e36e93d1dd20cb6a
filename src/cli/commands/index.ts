import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { applyCommand } from './apply.ts';
import { configCommand } from './config.ts';
import { doctorCommand } from './doctor.ts';
import { driftCommand } from './drift.ts';
import { followUpsCommand } from './followups.ts';
import { mapCommand } from './map.ts';
import { mirrorCommand } from './mirror.ts';
import { packCommand } from './pack.ts';
import { planCommand } from './plan.ts';
import { promoteCommand } from './promote.ts';
import { pullCommand } from './pull.ts';
import { remindersCommand } from './reminders.ts';
import { rollbackCommand } from './rollback.ts';
import { sandboxCommand } from './sandbox.ts';
import { upCommand } from './up.ts';
import { verifyCommand } from './verify.ts';
import { xmlCommand } from './xml.ts';

/** In the order of the help text: the way a new user goes. */
export const commands: readonly ((context: CommandContext) => Command)[] = [
  doctorCommand,
  pullCommand,
  mapCommand,
  planCommand,
  applyCommand,
  verifyCommand,
  driftCommand,
  promoteCommand,
  rollbackCommand,
  packCommand,
  mirrorCommand,
  followUpsCommand,
  remindersCommand,
  upCommand,
  sandboxCommand,
  xmlCommand,
  configCommand,
];
