import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One instruction, such as `COPY` and what follows it. */
export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

const text = readFileSync(join(import.meta.dirname, '../../deploy/Dockerfile'), 'utf8');

/** The text of deploy/Dockerfile. */
export const dockerfile: string = text;

/** Its stages, each from its FROM on. Every instruction is written on one line. */
export const stages: readonly (readonly Instruction[])[] = splitStages();

/** What follows a keyword in a stage, in order. */
export function restsOf(stage: readonly Instruction[] | undefined, keyword: string): string[] {
  return (stage ?? []).filter(instruction => instruction.keyword === keyword).map(({ rest }) => rest);
}

/** The environment that the image sets. */
export function imageEnvironment(): Record<string, string> {
  const pairs = restsOf(stages.at(-1), 'ENV').flatMap(rest => rest.split(' ').map(pair => pair.split('=')));
  return Object.fromEntries(pairs);
}

function splitStages(): Instruction[][] {
  const instructions = text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => ({ keyword: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
  const found: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM') found.push([]);
    found.at(-1)?.push(instruction);
  }
  return found;
}
