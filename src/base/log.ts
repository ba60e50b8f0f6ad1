import { type DestinationStream, type Logger, pino } from 'pino';

/** Structured log: `log.info({ what }, 'sentence')`, one JSON object a line. Never secrets, never variables of a query. */
export type Log = Logger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Creates the process's log.
 *
 * @param destination Where lines go; stdout by default.
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: nameLevel } };
  return destination ? pino(options, destination) : pino(options);
}

function nameLevel(label: string): { level: string } {
  return { level: label };
}
