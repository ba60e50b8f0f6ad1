/**
 * Proves the coherence protocol by visiting every state of its model, in every size below, and shows that the proof can fail: each broken
 * variant has to be caught. Prints one line of JSON, each size and variant on stderr; exits with 1 when anything falls short.
 *
 *     tsx tests/model/prove-model.ts
 */
import { ensureSpinTools, type ModelRun, type ModelSize, proveModel, refuteVariant } from './run-model.ts';
import { variants } from './variants.ts';

const sizes: readonly ModelSize[] = [
  { replicas: 2, resets: 3, redisRestarts: 1 },
  { replicas: 3, resets: 1, redisRestarts: 1 },
];

const spin = await ensureSpinTools();
if ('missing' in spin) process.exit(1);

const startedAt = performance.now();
const shortcomings: string[] = [];
const proofs: (ModelSize & ModelRun)[] = [];
for (const size of sizes) {
  const proof = { ...size, ...(await proveModel(size)) };
  proofs.push(proof);
  process.stderr.write(`${JSON.stringify(proof)}\n`);
  shortcomings.push(...shortcomingsOf(proof));
}

let variantsCaught = 0;
for (const variant of variants) {
  const { errors, states, seconds, story } = await refuteVariant(variant);
  process.stderr.write(`${JSON.stringify({ variant: variant.name, errors, states, seconds, story })}\n`);
  if (errors > 0) variantsCaught += 1;
  else shortcomings.push(`not caught: ${variant.name}`);
}

const result = {
  proof: 'spin',
  states: proofs.reduce((sum, { states }) => sum + states, 0),
  errors: proofs.reduce((sum, { errors }) => sum + errors, 0),
  replicas: Math.max(...proofs.map(({ replicas }) => replicas)),
  resets: Math.max(...proofs.map(({ resets }) => resets)),
  crashes: 'any number',
  redisRestarts: Math.max(...proofs.map(({ redisRestarts }) => redisRestarts)),
  variantsCaught,
  variants: variants.length,
  seconds: Math.round((performance.now() - startedAt) / 1000),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
for (const shortcoming of shortcomings) process.stderr.write(`FAILED: ${shortcoming}\n`);
process.exit(shortcomings.length === 0 ? 0 : 1);

function shortcomingsOf({ replicas, resets, redisRestarts, ...run }: ModelSize & ModelRun): string[] {
  const size = `${replicas} replicas, ${resets} resets, ${redisRestarts} restarts`;
  const neverReached = Object.keys(run.reached).filter(name => run.reached[name] === 0);
  return [
    ...(run.errors === 0 ? [] : [`${size}: an old answer after this: ${run.story.join('; ')}`]),
    ...(run.isComplete ? [] : [`${size}: not every state was visited`]),
    ...neverReached.map(name => `${size}: ${name} was never reached`),
  ];
}
