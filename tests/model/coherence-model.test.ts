import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureSpinTools, proveModel, refuteVariant } from './run-model.ts';
import { variants } from './variants.ts';

const spin = await ensureSpinTools();
const reason = 'missing' in spin ? ` (${spin.missing})` : '';

describe.skipIf('missing' in spin)(`the model of the coherence protocol${reason}`, { timeout: 120_000 }, () => {
  it('has no order of steps in which a read returns what an answered reset has forbidden', async () => {
    const { errors, isComplete, states, story, reached } = await proveModel({
      replicas: 2,
      resets: 2,
      redisRestarts: 1,
    });
    expect(story).toEqual([]);
    expect({ errors, isComplete }).toEqual({ errors: 0, isComplete: true });
    expect(states).toBeGreaterThan(500_000);
    // A model in which nothing happens would be right, too.
    const neverReached = Object.keys(reached).filter(name => reached[name] === 0);
    expect(neverReached).toEqual([]);
    expect(Object.keys(reached)).toHaveLength(15);
  });

  it.each(variants)('$name: that is found', async variant => {
    const { errors, story } = await refuteVariant(variant);
    expect(errors).toBe(1);
    expect(story).toContain('the reset is answered');
  });
});

describe('the list of broken variants', () => {
  it('names each that the model branches on, once', () => {
    const model = readFileSync(join(import.meta.dirname, 'coherence.pml'), 'utf8');
    const settings = ['REPLICAS', 'RESETS', 'LOSSES', 'COUNT'];
    const flags = new Set([...model.matchAll(/^#ifn?def (\w+)$/gm)].map(([, flag]) => flag ?? ''));
    expect([...flags].filter(flag => !settings.includes(flag)).sort()).toEqual(variants.map(({ flag }) => flag).sort());
  });
});
