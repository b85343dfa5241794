import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { emptyActorStatus } from '../status/status-document.ts';
import type { UntimedEvent } from './controller-ports.ts';
import { StatusStore } from './status-store.ts';

/** State with two documents, the second of which cannot be read. Nothing can be written to it while `isFull` says so. */
function store(
  error: CallsheetError,
  events: UntimedEvent[] = [],
  isFull: () => boolean = () => false,
): StatusStore {
  const state = {
    async *list() {
      yield* ['status/0001.json', 'status/0002.json'];
    },
    async read(path: string) {
      if (path !== 'status/0001.json') throw error;
      return { value: { ...emptyActorStatus('0001'), fruitless: 2 }, version: '1' };
    },
    async write() {
      if (isFull()) throw new CallsheetError('storage-full', 'the disk is full');
    },
    async remove() {},
  };
  return new StatusStore(
    state as unknown as StateBackend,
    { emit: (event) => void events.push(event), random: () => 0, timer: new FakeClock() },
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

it('tells once that nothing can be written, and that it works again', async () => {
  const events: UntimedEvent[] = [];
  let isFull = true;
  const statuses = store(new CallsheetError('corrupt', 'this is no JSON'), events, () => isFull);
  statuses.set(emptyActorStatus('0001'));
  await statuses.flush();
  await statuses.flush();
  isFull = false;
  await statuses.flush();
  await statuses.flush();

  expect(events).toEqual([
    {
      type: 'warning',
      code: 'storage-full',
      message: 'the status could not be written: the disk is full',
    },
    {
      type: 'trouble-over',
      message: expect.stringMatching(/^over after .*: the status could not be written$/),
    },
  ]);
});
