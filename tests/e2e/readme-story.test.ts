import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runGateway } from '../support/run-gateway.ts';

const root = join(import.meta.dirname, '../..');
const sample = 'src/local-appflow/sample-catalog.yaml';

interface Block {
  readonly language: string;
  readonly text: string;
}

it('the README’s story goes as it is told, command by command', async () => {
  const catalog = await copySample();
  const { gateway, lines } = await runGateway({ LOCAL_APPFLOW_CATALOG: catalog });
  const answers: string[] = [];
  for (const { language, text } of await blocksOf('## The story', 7)) {
    if (language === 'json') {
      expect(answers.pop()?.trim()).toBe(text.trim());
      continue;
    }
    const command = text.replaceAll('http://127.0.0.1:4000', gateway.url).replaceAll(sample, catalog);
    answers.push((await promisify(execFile)('sh', ['-ec', command])).stdout);
    if (text.includes(sample)) await vi.waitUntil(() => lines.some(line => line.includes('catalogue reloaded')), 5000);
  }
  expect(answers).toEqual(['']);
});

it('the README’s faults are struck as it is told', async () => {
  const { gateway } = await runGateway({ LOCAL_APPFLOW_CATALOG: await copySample(), LOCAL_APPFLOW_FAULTS: 'true' });
  const [start, ...blocks] = await blocksOf('### Faults on demand', 7);
  expect(start?.text).toBe('LOCAL_APPFLOW_FAULTS=true npm start\n');
  let answer = '';
  for (const { language, text } of blocks) {
    if (language === 'json') expect(answer.trim()).toBe(text.trim());
    const command = text
      .replaceAll('http://127.0.0.1:4000', gateway.url)
      .replaceAll('http://127.0.0.1:4001', gateway.localAppflow?.url ?? '');
    if (language === 'sh') answer = (await promisify(execFile)('sh', ['-ec', command])).stdout;
  }
});

async function blocksOf(heading: string, count: number): Promise<Block[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const story = readme.split(`\n${heading}\n`)[1]?.split('\n###')[0] ?? '';
  const blocks = [...story.matchAll(/```(sh|json)\n([\s\S]*?)```/g)];
  expect(blocks).toHaveLength(count);
  return blocks.map(([, language = '', text = '']) => ({ language, text }));
}

async function copySample(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'story-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const copy = join(directory, 'catalog.yaml');
  await copyFile(join(root, sample), copy);
  return copy;
}
