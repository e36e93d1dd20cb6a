import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AppError } from '../base/errors.ts';

const PROGRAMS = ['redis-server', 'valkey-server'] as const;

/**
 * The first redis-server or valkey-server on the search path.
 *
 * @throws AppError `not-found` that names the command which installs one.
 */
export function findRedisProgram(searchPath: string): string {
  for (const program of PROGRAMS) {
    for (const directory of searchPath.split(delimiter).filter((entry) => entry !== '')) {
      const candidate = join(directory, program);
      if (isExecutable(candidate)) return candidate;
    }
  }
  throw new AppError(
    'not-found',
    'Neither redis-server nor valkey-server is on the PATH, and no REDIS_URL is set. ' +
      'Install one (Debian: apt-get install redis-server; macOS: brew install redis), or set REDIS_URL to a Redis of yours.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
