import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './tests/support/count-reporter.ts';

export default defineConfig({
  resolve: {
    // One realm of graphql-js: without the alias vitest takes the .mjs build for our code and the .js one for CommonJS libraries.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql/index.js') }],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/bench/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', new CountReporter()],
  },
});
