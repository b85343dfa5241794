import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { UntimedEvent } from './controller-ports.ts';
import { SharedTrouble, Trouble } from './trouble.ts';

const AWAY = new CallsheetError('unavailable', 'the database does not answer');
const FULL = new CallsheetError('storage-full', 'the disk is full');

function teller(timer = new FakeClock()) {
  const told: string[] = [];
  const emit = (event: UntimedEvent) => {
    if (event.type === 'warning' || event.type === 'trouble-over')
      told.push(`${event.type}: ${event.message}`);
  };
  return { told, timer, emit, random: () => 0 };
}

it('tells of trouble when it begins, when its reason changes, and when it is over', async () => {
  const { told, timer, ...rest } = teller();
  const trouble = new Trouble('nothing works', { timer, ...rest });
  trouble.over();
  const pauses = [trouble.note(AWAY), trouble.note(AWAY), trouble.note(FULL)];
  await timer.advance(125_000);
  trouble.over();
  trouble.over();

  expect(told).toEqual([
    'warning: nothing works: the database does not answer',
    'warning: nothing works: the disk is full',
    'trouble-over: over after 2 min 5 s: nothing works',
  ]);
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
});

it('tells once of trouble that many meet, though some of them succeed meanwhile, and when none has failed for a while', async () => {
  const { told, timer, ...rest } = teller();
  const { signal } = new AbortController();
  const trouble = new SharedTrouble('nothing works', { timer, ...rest });
  for (let tries = 0; tries < 40; tries += 1) {
    trouble.note(AWAY, signal);
    await timer.advance(2_000);
  }
  await timer.advance(80_000);
  expect(told).toHaveLength(1);
  await timer.advance(10_000);

  expect(told).toEqual([
    'warning: nothing works: the database does not answer',
    'trouble-over: over after 1 min 18 s: nothing works',
  ]);
});
