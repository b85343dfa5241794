import { expect, it } from 'vitest';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { emptyActorStatus } from '../status/status-document.ts';
import type { UntimedEvent } from './controller-ports.ts';
import { StatusStore } from './status-store.ts';

/** State with two documents, the second of which cannot be read. */
function store(
  error: CallsheetError,
  events: UntimedEvent[] = [],
  write = async (): Promise<void> => {},
): StatusStore {
  const state = {
    async *list() {
      yield* ['status/0001.json', 'status/0002.json'];
    },
    async read(path: string) {
      if (path !== 'status/0001.json') throw error;
      return { value: { ...emptyActorStatus('0001'), fruitless: 2 }, version: '1' };
    },
    async remove() {},
    write,
  };
  return new StatusStore(
    state as unknown as StateBackend,
    (event) => void events.push(event),
    () => undefined,
  );
}

it('takes no document that is out of reach for one that is not there: what it says would be lost', async () => {
  await expect(store(new CallsheetError('unavailable', 'the bucket is away')).load()).rejects.toThrow('away');
});

it('does without a document that is broken', async () => {
  const statuses = store(new CallsheetError('corrupt', 'this is no JSON'));
  await statuses.load();

  expect(statuses.all().map(({ actor, fruitless }) => [actor, fruitless])).toEqual([['0001', 2]]);
});

it('tells who is not there any more', async () => {
  const events: UntimedEvent[] = [];
  const statuses = store(new CallsheetError('corrupt', 'this is no JSON'), events);
  await statuses.load();
  statuses.keepOnly(new Set());
  await statuses.flush();

  expect(events).toEqual([{ type: 'actor-gone', actor: '0001' }]);
});

it('tells once that it cannot be written, and when it can again', async () => {
  const events: UntimedEvent[] = [];
  let isFull = true;
  const statuses = store(new CallsheetError('corrupt', 'this is no JSON'), events, async () => {
    if (isFull) throw new CallsheetError('storage-full', 'no space is left');
  });
  for (const actor of ['0003', '0004']) {
    statuses.set(emptyActorStatus(actor));
    await statuses.flush();
  }
  isFull = false;
  for (let times = 0; times < 2; times += 1) await statuses.flush();

  expect(events).toEqual([
    { type: 'warning', code: 'storage-full', message: 'the status could not be written: no space is left' },
    { type: 'trouble-over', message: 'the status is written again' },
  ]);
});
