import type { FileHandle } from 'node:fs/promises';

export interface FileLine {
  readonly text: string;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** Its bytes, the end of line included. */
  readonly length: number;
}

const chunkBytes = 1024 * 1024;
const newline = 0x0a;

/**
 * The lines of a file that end in a newline, and where they are; an unfinished last one is left out. Only a newline ends a line:
 * Node's own readline takes U+2028 for one, too, which JSON may hold.
 */
export async function* readLines(file: FileHandle): AsyncGenerator<FileLine> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const position = offset + rest.length;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
      yield { text: rest.toString('utf8', 0, end), offset, length: end + 1 };
      rest = rest.subarray(end + 1);
      offset += end + 1;
    }
  }
}
