import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Browser code, built into `dist/explorer`: one page, served by the gateway itself, that loads nothing from elsewhere. */
export default defineConfig({
  base: '/graphiql/',
  logLevel: 'warn',
  build: {
    outDir: '../../dist/explorer',
    emptyOutDir: true,
    rolldownOptions: {
      input: join(import.meta.dirname, 'graphiql.html'),
      // "use client" speaks to server rendering, which there is none of.
      checks: { moduleLevelDirective: false },
    },
    // The editor is loaded once and kept for good; its size is known.
    chunkSizeWarningLimit: 8_000,
    reportCompressedSize: false,
  },
  plugins: [compress()],
});

/** Writes `x.gz` beside every text asset, for the server to hand out as it is. */
function compress(): Plugin {
  return {
    name: 'compress',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(js|css)$/.test(fileName)) continue;
          const source = gzipSync(file.type === 'chunk' ? file.code : file.source);
          this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source });
        }
      },
    },
  };
}
