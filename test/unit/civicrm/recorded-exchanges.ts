import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a site answered, as `recordings/http/*.txt` keeps it. */
export interface RecordedExchange {
  readonly title: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export const recordingsFolder = join(import.meta.dirname, '../../../../shared/civicrm/recordings/http');
export const hasRecordings = existsSync(recordingsFolder);

/** `### title`, a `$ curl …` line, `-> HTTP/1.1 status | Content-Type: type`, the body. */
export function readCurlRecording(name: string): readonly RecordedExchange[] {
  return split(name, '### ').map((block) => {
    const [title = '', , answer = '', ...body] = block.split('\n');
    const head = /^-> HTTP\/1\.1 (\d+).*\| Content-Type: (.*)$/.exec(answer.trim());
    if (head === null) throw new Error(`${name}: cannot read "${title}"`);
    return {
      title,
      status: Number(head[1]),
      contentType: head[2] ?? '',
      body: body.join('\n').trimEnd(),
    };
  });
}

/** `-- title`, `status type milliseconds`, the body in one line, sometimes notes after it. */
export function readProbeRecording(name: string): readonly RecordedExchange[] {
  return split(name, '-- ').map((block) => {
    const [title = '', answer = '', body = ''] = block.split('\n');
    const head = /^(\d+) (.*) \d+ ms$/.exec(answer.trim());
    if (head === null) throw new Error(`${name}: cannot read "${title}"`);
    return {
      title,
      status: Number(head[1]),
      contentType: head[2] ?? '',
      body: body.replace(/^ {3}/, ''),
    };
  });
}

function split(name: string, mark: string): readonly string[] {
  const text = `\n${readFileSync(join(recordingsFolder, name), 'utf8')}`;
  return text.split(`\n${mark}`).slice(1);
}
