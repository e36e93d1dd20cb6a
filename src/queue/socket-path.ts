import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included. */
const LONGEST_SOCKET_PATH = 103;

export interface SocketPath {
  readonly path: string;
  remove(): void;
}

/**
 * A path by which a client can reach a socket in a directory, however deep that lies: a longer path than the
 * kernel takes goes through a short link in the directory for temporary files.
 */
export function shortSocketPath(directory: string, socketName: string): SocketPath {
  const direct = join(directory, socketName);
  if (Buffer.byteLength(direct) <= LONGEST_SOCKET_PATH) return { path: direct, remove: () => undefined };
  // A fresh directory of our own (mode 0700): nobody else can have put another link in its place.
  const linkHome = mkdtempSync(join(tmpdir(), 'civicase-'));
  const link = join(linkHome, 'd');
  symlinkSync(directory, link);
  return {
    path: join(link, socketName),
    remove: () => rmSync(linkHome, { recursive: true, force: true }),
  };
}
