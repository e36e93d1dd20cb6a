import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Whether this run writes the golden files instead of comparing with them: `npm run golden`. */
const isWriting = process.env['UPDATE_GOLDEN'] === '1';

/** Compares a text with a golden file, or writes it there. */
export function expectGolden(file: URL, actual: string): void {
  const path = fileURLToPath(file);
  if (isWriting) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path) || readFileSync(path, 'utf8') !== actual) writeFileSync(path, actual);
    return;
  }
  expect(existsSync(path), `${path} is missing; "npm run golden" writes it`).toBe(true);
  expect(actual).toBe(readFileSync(path, 'utf8'));
}
