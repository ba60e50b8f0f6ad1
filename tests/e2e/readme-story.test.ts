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
  for (const { language, text } of await storyBlocks()) {
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

async function storyBlocks(): Promise<Block[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const story = readme.split('\n## The story\n')[1]?.split('\n###')[0] ?? '';
  const blocks = [...story.matchAll(/```(sh|json)\n([\s\S]*?)```/g)];
  expect(blocks).toHaveLength(7);
  return blocks.map(([, language = '', text = '']) => ({ language, text }));
}

async function copySample(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'story-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const copy = join(directory, 'catalog.yaml');
  await copyFile(join(root, sample), copy);
  return copy;
}
