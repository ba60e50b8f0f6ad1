import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';

// Traces are for people, and cost more than everything else about an error.
Error.stackTraceLimit = 0;

/** Runs the seeds it is sent, one at a time, and answers each with what came of it. */
parentPort?.on('message', async (seed: number) => {
  const { emphasis } = workerData;
  parentPort?.postMessage(await simulate({ seed, emphasis }));
});
