import { createLog, type Log } from '../../src/base/log.ts';

/** A log whose lines a test reads, oldest first, parsed. */
export interface LogLines {
  readonly log: Log;
  readonly lines: readonly Record<string, unknown>[];
}

/** Creates a log that keeps everything from `debug` up in memory. */
export function createLogLines(): LogLines {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}
