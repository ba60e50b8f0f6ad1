import { expect, it } from 'vitest';
import { TokenLife } from '../../../src/local-appflow/faults/token-life.ts';
import { FakeClock } from '../../support/fake-clock.ts';

it('is over at once when nothing else is said', () => {
  const life = new TokenLife({ clock: new FakeClock() });
  life.begin('t');
  expect([life.isOver('t'), life.isOver('unheard of')]).toEqual([true, true]);
});

it('is over after so many uses, each token’s own', () => {
  const life = new TokenLife({ clock: new FakeClock(), afterUses: 2 });
  life.begin('t');
  expect([life.isOver('t'), life.isOver('t'), life.isOver('t'), life.isOver('t')]).toEqual([false, false, true, true]);
  expect(life.isOver('other')).toBe(false);
});

it('is over after so many seconds, counted from the plan for tokens older than that', () => {
  const clock = new FakeClock();
  const life = new TokenLife({ clock, afterSeconds: 10 });
  clock.advance(5000);
  life.begin('t');
  clock.advance(5000);
  expect([life.isOver('t'), life.isOver('older')]).toEqual([false, true]);
  clock.advance(5000);
  expect(life.isOver('t')).toBe(true);
});

it('begins anew when the token is answered again', () => {
  const life = new TokenLife({ clock: new FakeClock(), afterUses: 1 });
  life.begin('t');
  expect([life.isOver('t'), life.isOver('t')]).toEqual([false, true]);
  life.begin('t');
  expect(life.isOver('t')).toBe(false);
});

it('is not remembered for ever', () => {
  const life = new TokenLife({ clock: new FakeClock(), afterUses: 1 });
  life.begin('first');
  expect(life.isOver('first')).toBe(false);
  for (let n = 0; n < 10_000; n += 1) life.begin(`t${n}`);
  expect([life.isOver('t9999'), life.isOver('first')]).toEqual([false, false]);
});
