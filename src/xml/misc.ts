import { isXmlSpace } from './chars.ts';
import type { XmlComment, XmlInstruction } from './node.ts';
import { fault, skip, takeName, takeUntil, type Scanner } from './scanner.ts';

export function takeComment(scanner: Scanner): XmlComment {
  const start = scanner.offset;
  skip(scanner, '<!--');
  const body = takeUntil(scanner, '-->', 'a comment');
  if (body.includes('--') || body.endsWith('-')) {
    throw fault(scanner, 'a comment may not hold "--"', start + 4 + body.indexOf('-'));
  }
  return { kind: 'comment', start, raw: scanner.text.slice(start, scanner.offset) };
}

export function takeInstruction(scanner: Scanner): XmlInstruction {
  const start = scanner.offset;
  skip(scanner, '<?');
  const target = takeName(scanner, 'a name after "<?"');
  if (target.toLowerCase() === 'xml') {
    throw fault(
      scanner,
      'the XML declaration must be the very first thing in the file: remove what stands before it',
      start,
    );
  }
  const body = takeUntil(scanner, '?>', 'a processing instruction');
  if (body !== '' && !isXmlSpace(body.slice(0, 1)))
    throw fault(scanner, `expected white space after "<?${target}"`, start);
  return { kind: 'instruction', start, raw: scanner.text.slice(start, scanner.offset), target };
}
