import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { CatalogError } from '../../../src/local-appflow/connectors/catalog-error.ts';
import { type CatalogWatch, watchCatalog } from '../../../src/local-appflow/connectors/watch-catalog.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { createLogLines } from '../../support/log-lines.ts';

describe('a catalogue that is watched', () => {
  let directory = '';
  let path = '';
  let watch: CatalogWatch | undefined;
  let { log, lines } = createLogLines();

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'catalog-'));
    path = join(directory, 'catalog.yaml');
    ({ log, lines } = createLogLines());
  });

  afterEach(async () => {
    watch?.close();
    await rm(directory, { recursive: true });
  });

  const start = async (onChange = vi.fn(), clock = systemClock): Promise<typeof onChange> => {
    watch = await watchCatalog({ path, clock, log, onChange });
    return onChange;
  };
  const entities = (): string[] => Object.keys(watch?.current().profiles['crm']?.entities ?? {});
  const said = (): unknown[] => lines.map(({ msg }) => msg);

  it('shows what was written into the file', async () => {
    await writeFile(path, catalogOf('Account'));
    const onChange = await start();
    expect(entities()).toEqual(['Account']);

    await writeFile(path, catalogOf('Account', 'Contact'));
    await vi.waitFor(() => expect(entities()).toEqual(['Account', 'Contact']));
    expect(onChange).toHaveBeenLastCalledWith(watch?.current());
    expect(lines).toContainEqual(
      expect.objectContaining({ catalog: 'catalog.yaml', msg: 'catalogue reloaded: 1 profiles, 2 entities' }),
    );
  });

  it('follows an editor that writes a new file and renames it, again and again', async () => {
    await writeFile(path, catalogOf('Account'));
    await start();
    for (const name of ['Contact', 'Lead', 'Case']) {
      await writeFile(`${path}~`, catalogOf(name));
      await rename(`${path}~`, path);
      await vi.waitFor(() => expect(entities()).toEqual([name]));
    }
  });

  it('follows an editor that removes the file first', async () => {
    await writeFile(path, catalogOf('Account'));
    await start();
    await rm(path);
    await vi.waitFor(() => expect(said()).toContain('catalogue cannot be read; the last good one stays'));
    expect(entities()).toEqual(['Account']);
    await writeFile(path, catalogOf('Lead'));
    await vi.waitFor(() => expect(entities()).toEqual(['Lead']));
  });

  it('says once that the file is gone, however often it looks, and that it is back even when nothing has changed', async () => {
    await writeFile(path, catalogOf('Account'));
    let looks = 0;
    const setTimer: Clock['setTimer'] = (delayMs, look) =>
      systemClock.setTimer(delayMs, () => {
        looks++;
        look();
      });
    const onChange = await start(vi.fn(), { ...systemClock, setTimer });
    const unreadable = 'catalogue cannot be read; the last good one stays';
    const readable = 'catalogue can be read again and is what it was';
    await rm(path);
    await vi.waitFor(() => expect(said()).toEqual([unreadable]));
    const looksSoFar = looks;
    await writeFile(join(directory, 'other.yaml'), 'x');
    await vi.waitFor(() => expect(looks).toBeGreaterThan(looksSoFar));
    await writeFile(path, catalogOf('Account'));
    await vi.waitFor(() => expect(said()).toEqual([unreadable, readable]));
    await rm(path);
    await vi.waitFor(() => expect(said()).toEqual([unreadable, readable, unreadable]));
    expect(onChange).not.toHaveBeenCalled();
  });

  it('follows a link to a file elsewhere, and a link that is swapped', async () => {
    for (const volume of ['one', 'two']) {
      await mkdir(join(directory, volume));
      await writeFile(join(directory, volume, 'catalog.yaml'), catalogOf(volume));
    }
    await symlink(join('one', 'catalog.yaml'), path);
    await start();
    await writeFile(join(directory, 'one', 'catalog.yaml'), catalogOf('edited'));
    await vi.waitFor(() => expect(entities()).toEqual(['edited']));
    await symlink(join('two', 'catalog.yaml'), `${path}~`);
    await rename(`${path}~`, path);
    await vi.waitFor(() => expect(entities()).toEqual(['two']));
  });

  it('keeps the last good one while the file is broken, says all that is wrong, and takes the next good one', async () => {
    await writeFile(path, catalogOf('Account'));
    const onChange = await start();

    await writeFile(path, 'profiles:\n  crm: { connector: Salesfroce, lable: x }\n');
    await vi.waitFor(() => expect(said()).toContain('catalogue is broken; the last good one stays'));
    expect(lines.at(-1)?.['problems']).toEqual([
      { line: 2, column: 21, message: expect.stringContaining('got "Salesfroce"') },
      { line: 2, column: 33, message: expect.stringContaining('got "lable"') },
    ]);
    expect(entities()).toEqual(['Account']);
    expect(onChange).not.toHaveBeenCalled();

    await writeFile(path, catalogOf('Lead'));
    await vi.waitFor(() => expect(entities()).toEqual(['Lead']));
  });

  it('waits for an editor to be done, and does not read on and on for others that write beside it', async () => {
    const clock = new FakeClock();
    const setTimer = vi.spyOn(clock, 'setTimer');
    await writeFile(path, catalogOf('Account'));
    await start(vi.fn(), clock);

    await writeFile(path, catalogOf('Lead'));
    await vi.waitFor(() => expect(setTimer).toHaveBeenCalled());
    clock.advance(49);
    expect(entities()).toEqual(['Account']);
    for (let passed = 49; passed < 500; passed += 49) {
      const calls = setTimer.mock.calls.length;
      await writeFile(join(directory, 'other.log'), `${passed}`);
      await vi.waitFor(() => expect(setTimer.mock.calls.length).toBeGreaterThan(calls));
      clock.advance(49);
    }
    await vi.waitFor(() => expect(entities()).toEqual(['Lead']));
  });

  it('says nothing about files beside it', async () => {
    await writeFile(path, catalogOf('Account'));
    const onChange = await start();
    await writeFile(join(directory, 'other.yaml'), 'x');
    await writeFile(`${path}~`, catalogOf('Lead'));
    await rename(`${path}~`, path);
    await vi.waitFor(() => expect(entities()).toEqual(['Lead']));
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(lines).toHaveLength(1);
  });

  it('survives an owner that fails on a change', async () => {
    await writeFile(path, catalogOf('Account'));
    const onChange = await start();
    onChange.mockImplementationOnce(() => {
      throw new Error('cannot');
    });
    await writeFile(path, catalogOf('Lead'));
    await vi.waitFor(() => expect(entities()).toEqual(['Lead']));
    await writeFile(path, catalogOf('Case'));
    await vi.waitFor(() => expect(entities()).toEqual(['Case']));
  });

  it('that is broken at the start is an error with everything that is wrong', async () => {
    await writeFile(path, 'profiles: 7\nextra: 1\n');
    await expect(start()).rejects.toThrow(
      /^The catalogue has 2 problems:\n {2}line 1, column 11: .*\n {2}line 2, column 1: /,
    );
  });

  it.each([
    ['nope.yaml', 'there is no such file (ENOENT).'],
    ['.', 'it is a directory (EISDIR).'],
    ['file/catalog.yaml', 'a part of its path is no directory (ENOTDIR).'],
  ])('that cannot be read at the start is an error of the catalogue: %s', async (name, reason) => {
    await writeFile(join(directory, 'file'), '');
    path = join(directory, name);
    const starting = start();
    await expect(starting).rejects.toBeInstanceOf(CatalogError);
    await expect(starting).rejects.toThrow(`The catalogue ${JSON.stringify(path)} cannot be read: ${reason}`);
  });

  it('is left alone once it is closed', async () => {
    await writeFile(path, catalogOf('Account'));
    const onChange = await start();
    watch?.close();
    await writeFile(path, catalogOf('Lead'));
    const other = await watchCatalog({ path, clock: systemClock, log, onChange: vi.fn() });
    await writeFile(path, catalogOf('Case'));
    await vi.waitFor(() => expect(Object.keys(other.current().profiles['crm']?.entities ?? {})).toEqual(['Case']));
    other.close();
    expect(onChange).not.toHaveBeenCalled();
  });
});

function catalogOf(...names: string[]): string {
  return `profiles:\n  crm:\n    connector: Salesforce\n    entities: { ${names.map(name => `${name}: {}`).join(', ')} }\n`;
}
