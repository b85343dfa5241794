import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF } from '../../controller/runtime/backoff.ts';
import { FAIR_TURN } from '../../controller/runtime/ready-line.ts';
import {
  PRIORITY,
  type Priority,
  type QueueItem,
  type WorkQueue,
} from '../../controller/runtime/work-queue.ts';

/** An empty queue, and time as it knows it. */
export interface QueueBench {
  readonly queue: WorkQueue;
  /** Lets time pass. Milliseconds of the tests; a queue on real time takes them for longer, so that its own time never counts. */
  advance(ms: number): Promise<void>;
}

export interface QueueKind {
  /** @param random what the queue takes for chance; without it, its backoff is always the longest. */
  open(random?: () => number): Promise<QueueBench>;
  /** Milliseconds of the queue in one of the tests. */
  readonly scale: number;
  /** Of each property, at most. */
  readonly runs: number;
}

interface Wish {
  readonly priority: Priority;
  readonly dueMs: number;
}

/** What the queue owes, by key. */
interface Model {
  nowMs: number;
  takes: number;
  readonly ready: Map<string, Priority>;
  readonly delayed: Map<string, Wish>;
  readonly held: Set<string>;
  readonly again: Map<string, Priority>;
  readonly failures: Map<string, number>;
}

interface Real extends QueueBench {
  readonly scale: number;
}

type Command = fc.AsyncCommand<Model, Real>;

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const priority = fc.constantFrom<Priority>(...Object.values(PRIORITY));

function want(model: Model, name: string, wanted: Priority): void {
  const owed = model.held.has(name) ? model.again : model.ready;
  owed.set(name, Math.min(wanted, owed.get(name) ?? wanted) as Priority);
}

function letDueIn(model: Model): void {
  for (const [name, { dueMs, priority: wanted }] of model.delayed) {
    if (dueMs > model.nowMs) continue;
    model.delayed.delete(name);
    want(model, name, wanted);
  }
}

function delay(model: Model, name: string, wanted: Priority, afterMs: number): void {
  const before = model.delayed.get(name);
  const dueMs = Math.min(model.nowMs + afterMs, before?.dueMs ?? Number.POSITIVE_INFINITY);
  model.delayed.set(name, { dueMs, priority: Math.min(wanted, before?.priority ?? wanted) as Priority });
}

/** Asks for a key and gives up at once when there is none. */
async function takeNow(queue: WorkQueue): Promise<QueueItem | undefined> {
  const giveUp = new AbortController();
  const asked = queue.take(giveUp.signal);
  await new Promise((resolve) => setImmediate(resolve));
  giveUp.abort();
  return await asked;
}

function checkTaken(model: Model, item: QueueItem | undefined): void {
  if (model.ready.size === 0) {
    expect(item).toBeUndefined();
    return;
  }
  model.takes += 1;
  expect(item).toBeDefined();
  const { key: name, priority: given, failures } = item!;
  expect(model.held.has(name)).toBe(false);
  expect(given).toBe(model.ready.get(name));
  expect(failures).toBe(model.failures.get(name) ?? 0);
  if (model.takes % FAIR_TURN !== 0) expect(given).toBe(Math.min(...model.ready.values()));
  model.ready.delete(name);
  model.held.add(name);
}

const commands = [
  fc.tuple(key, priority, fc.constantFrom(0, 0, 10, 500, 60_000)).map(
    ([name, wanted, afterMs]): Command => ({
      check: () => true,
      run: async (model, { queue, scale }) => {
        await queue.add(name, { priority: wanted, afterMs: afterMs * scale, group: name < 'c' ? 'x' : 'y' });
        if (afterMs > 0) delay(model, name, wanted, afterMs);
        else want(model, name, wanted);
      },
      toString: () => `add(${name}, ${wanted}, ${afterMs})`,
    }),
  ),
  key.map(
    (name): Command => ({
      check: () => true,
      run: async (model, { queue, scale }) => {
        const failures = (model.failures.get(name) ?? 0) + 1;
        model.failures.set(name, failures);
        const afterMs = await queue.retry(name);
        expect(afterMs / scale).toBe(backoffMs(failures, 0));
        delay(model, name, PRIORITY.resync, afterMs / scale);
      },
      toString: () => `retry(${name})`,
    }),
  ),
  key.map(
    (name): Command => ({
      check: () => true,
      run: async (model, { queue }) => {
        await queue.forget(name);
        model.failures.delete(name);
      },
      toString: () => `forget(${name})`,
    }),
  ),
  fc.constant<Command>({
    check: () => true,
    run: async (model, { queue }) => {
      letDueIn(model);
      checkTaken(model, await takeNow(queue));
    },
    toString: () => 'take()',
  }),
  fc.nat(5).map(
    (index): Command => ({
      check: (model) => model.held.size > 0,
      run: async (model, { queue }) => {
        const name = [...model.held][index % model.held.size]!;
        await queue.done(name);
        model.held.delete(name);
        const again = model.again.get(name);
        model.again.delete(name);
        if (again !== undefined) want(model, name, again);
      },
      toString: () => `done(${index})`,
    }),
  ),
  fc.constantFrom(1, 400, 2_000, 120_000).map(
    (ms): Command => ({
      check: () => true,
      run: async (model, { advance }) => {
        model.nowMs += ms;
        letDueIn(model);
        await advance(ms);
      },
      toString: () => `advance(${ms})`,
    }),
  ),
];

function emptyModel(): Model {
  return {
    nowMs: 0,
    takes: 0,
    ready: new Map(),
    delayed: new Map(),
    held: new Set(),
    again: new Map(),
    failures: new Map(),
  };
}

/** Every key that is still owed must come out, once. */
async function drain(model: Model, { advance, queue }: Real): Promise<void> {
  for (const name of [...model.held]) {
    await queue.done(name);
    model.held.delete(name);
    const again = model.again.get(name);
    if (again !== undefined) want(model, name, again);
  }
  model.nowMs += 86_400_000;
  letDueIn(model);
  await advance(86_400_000);
  const owed = [...model.ready.keys()].sort();
  const handedOut: string[] = [];
  for (let item = await takeNow(queue); item !== undefined; item = await takeNow(queue)) {
    handedOut.push(item.key);
    await queue.done(item.key);
  }
  expect(handedOut.sort()).toEqual(owed);
  expect(await queue.measure()).toEqual({ ready: 0, delayed: 0, processing: 0 });
}

/** A key of a group that is asked for, several times at once; undefined: one is handed out. */
type Step = { readonly name: string; readonly priority: Priority; readonly times: number } | undefined;

/** A queue of many processes orders by numbers: one group may have its turn late in one round, the other early in the next. */
const MOST_AHEAD = 2;

const GROUPS = ['few', 'some', 'many'];

const add = fc.record({
  name: fc
    .tuple(fc.constantFrom('few', 'some', 'some', 'many', 'many', 'many'), fc.nat(9))
    .map(([group, n]) => `${group}-${n}`),
  priority,
  times: fc.constantFrom(1, 1, 1, 5, 10),
});

const steps = fc.array(fc.option(add, { nil: undefined, freq: 2 }), {
  minLength: 10,
  maxLength: 80,
  size: 'max',
});

const groupOf = (name: string): string => name.split('-')[0]!;

/** Does the steps, then takes the rest. Tells of every key that was asked for and of every one that was handed out. */
async function walk(
  queue: WorkQueue,
  all: readonly Step[],
  told: {
    readonly asked: (name: string, priority: Priority) => void;
    readonly taken: (item: QueueItem, isFair: boolean) => void;
  },
): Promise<void> {
  let takes = 0;
  const take = async (): Promise<boolean> => {
    const item = await takeNow(queue);
    if (item === undefined) return false;
    takes += 1;
    told.taken(item, takes % FAIR_TURN === 0);
    await queue.done(item.key);
    return true;
  };
  for (const step of all) {
    if (step === undefined) await take();
    else {
      told.asked(step.name, step.priority);
      const options = { priority: step.priority, group: groupOf(step.name) };
      await Promise.all(Array.from({ length: step.times }, () => queue.add(step.name, options)));
    }
  }
  while (await take());
}

/** What every work queue promises, whoever keeps it. */
export function describeWorkQueue(name: string, { open, scale, runs }: QueueKind): void {
  const start = async (random?: () => number): Promise<Real> => {
    const { queue, advance } = await open(random);
    return { queue, advance, scale };
  };

  describe(name, () => {
    it('hands a key to one worker at a time, merges repeats, loses nothing, and takes the most urgent first', async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (all) => {
          const model = emptyModel();
          const real = await start();
          await fc.asyncModelRun(() => ({ model, real }), all);
          await drain(model, real);
        }),
        { numRuns: runs },
      );
    });

    it('hands a key to one of several waiting workers, and every add to one that begins after it', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(key, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }),
          async (bursts) => {
            const { queue } = await start();
            const stop = new AbortController();
            const held = new Set<string>();
            const owed = new Set<string>();
            const work = async () => {
              for (let item = await queue.take(stop.signal); item !== undefined; ) {
                expect(held.has(item.key)).toBe(false);
                held.add(item.key);
                owed.delete(item.key);
                await new Promise((resolve) => setImmediate(resolve));
                held.delete(item.key);
                await queue.done(item.key);
                item = await queue.take(stop.signal);
              }
            };
            const workers = Promise.all(Array.from({ length: 4 }, work));
            for (const burst of bursts) {
              for (const name of burst) owed.add(name);
              await Promise.all(burst.map((name) => queue.add(name)));
              await new Promise((resolve) => setImmediate(resolve));
            }
            const isDone = async () => {
              const { ready, processing } = await queue.measure();
              return ready + processing === 0;
            };
            while (!(await isDone())) await new Promise((resolve) => setImmediate(resolve));
            stop.abort();
            await workers;
            expect([...owed]).toEqual([]);
          },
        ),
        { numRuns: Math.ceil(runs / 5) },
      );
    });

    it('starves nobody: a flood of urgent keys delays a patient one by a bounded number of hand-outs', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 6 }),
          async (patient, flood) => {
            const { queue } = await start();
            for (let n = 0; n < patient; n += 1)
              await queue.add(`patient-${n}`, { priority: PRIORITY.resync, group: `g${n % 3}` });
            for (let n = 0; n < flood; n += 1)
              await queue.add(`urgent-${n}`, { priority: PRIORITY.interactive });
            const seen = new Set<string>();
            for (let n = 0; n < FAIR_TURN * (patient + 1); n += 1) {
              const { key: name } = (await takeNow(queue))!;
              if (name.startsWith('patient')) seen.add(name);
              else await queue.add(name, { priority: PRIORITY.interactive });
              await queue.done(name);
            }
            expect(seen.size).toBe(patient);
          },
        ),
        { numRuns: Math.ceil(runs / 5) },
      );
    });

    it('lets groups take turns, so that a small one is through before a large one', async () => {
      const { queue } = await start();
      for (let n = 0; n < 50; n += 1)
        await queue.add(`large-${n}`, { priority: PRIORITY.change, group: 'large' });
      for (let n = 0; n < 5; n += 1)
        await queue.add(`small-${n}`, { priority: PRIORITY.change, group: 'small' });

      const order: string[] = [];
      for (let n = 0; n < 12; n += 1) order.push((await takeNow(queue))!.key);

      expect(order.filter((name) => name.startsWith('small'))).toHaveLength(5);
    });

    it('lets groups take turns: while two wait, neither gets far ahead of the other', async () => {
      await fc.assert(
        fc.asyncProperty(priority, steps, async (level, all) => {
          const { queue } = await start();
          const waiting = new Set<string>();
          /** By how many hand-outs the first of two groups was ahead of the second, at most, while both were waiting. */
          const leads = new Map<string, number>();
          const asked = (name: string) => void waiting.add(name);
          const taken = ({ key: name }: QueueItem, isFair: boolean) => {
            const group = groupOf(name);
            const present = new Set([...waiting].map(groupOf));
            expect(waiting.delete(name)).toBe(true);
            for (const other of GROUPS.filter((one) => one !== group)) {
              const [ahead, behind] = [`${group} ${other}`, `${other} ${group}`];
              const together = present.has(other);
              const lead = together ? (leads.get(ahead) ?? 0) + (isFair ? 0 : 1) : 0;
              expect(lead).toBeLessThanOrEqual(MOST_AHEAD);
              leads.set(ahead, lead);
              leads.set(behind, together ? Math.max(0, (leads.get(behind) ?? 0) - 1) : 0);
            }
          };
          await walk(
            queue,
            all.map((step) => step && { ...step, priority: level }),
            { asked, taken },
          );
          expect(waiting.size).toBe(0);
        }),
        { numRuns: Math.ceil(runs / 2) },
      );
    });

    it('hands out the keys of one group and urgency in the order in which they came, and more urgent ones before all of them', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const { queue } = await start();
          /** What waits, in the order in which it came to its urgency. */
          let line: { readonly name: string; readonly priority: Priority }[] = [];
          const asked = (name: string, wanted: Priority) => {
            const before = line.find((one) => one.name === name);
            if (before !== undefined && before.priority <= wanted) return;
            line = [...line.filter((one) => one.name !== name), { name, priority: wanted }];
          };
          const taken = ({ key: name, priority: given }: QueueItem, isFair: boolean) => {
            const peers = line.filter((one) => one.priority === given && groupOf(one.name) === groupOf(name));
            expect(peers[0]?.name).toBe(name);
            if (!isFair) expect(given).toBe(Math.min(...line.map((one) => one.priority)));
            line = line.filter((one) => one.name !== name);
          };
          await walk(queue, all, { asked, taken });
          expect(line).toEqual([]);
        }),
        { numRuns: Math.ceil(runs / 2) },
      );
    });

    it('takes no turn of a group for a key that waits already, however often it is asked for', async () => {
      const { queue } = await start();
      await queue.add('asked', { priority: PRIORITY.change, group: 'eager' });
      for (let n = 0; n < 20; n += 1) await queue.add('asked', { priority: PRIORITY.change, group: 'eager' });
      const together = Array.from({ length: 20 }, () =>
        queue.add('together', { priority: PRIORITY.change, group: 'eager' }),
      );
      await Promise.all(together);
      for (let n = 0; n < 6; n += 1)
        await queue.add(`calm-${n}`, { priority: PRIORITY.change, group: 'calm' });
      await queue.add('late', { priority: PRIORITY.change, group: 'eager' });

      const order: string[] = [];
      for (let n = 0; n < 6; n += 1) order.push((await takeNow(queue))!.key);

      expect(order.filter((name) => !name.startsWith('calm'))).toEqual(['asked', 'together', 'late']);
    });

    it('grows the delay with every failure, and begins again once forgotten', async () => {
      const { queue } = await start();
      const delays = [await queue.retry('a'), await queue.retry('a')];
      await queue.forget('a');
      expect([...delays, await queue.retry('a')].map((ms) => ms / scale)).toEqual([750, 1_500, 750]);
    });

    it('delays by failures in a row: doubled up to a bound, less what chance takes off, and not handed out before', async () => {
      const attempt = fc.record({
        name: fc.constantFrom('a', 'b'),
        chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
        forgets: fc.nat(9).map((n) => n === 0),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(attempt, { minLength: 1, maxLength: 30, size: 'max' }),
          async (attempts) => {
            let chance = 0;
            const { queue, advance } = await start(() => chance);
            const failures = new Map<string, number>();
            for (const { name, forgets, ...given } of attempts) {
              chance = given.chance;
              if (forgets) {
                await queue.forget(name);
                failures.delete(name);
              }
              const row = (failures.get(name) ?? 0) + 1;
              failures.set(name, row);
              const afterMs = (await queue.retry(name)) / scale;

              const full = Math.min(DEFAULT_BACKOFF.maxMs, DEFAULT_BACKOFF.baseMs * 2 ** (row - 1));
              expect(Math.abs(afterMs - full * (1 - DEFAULT_BACKOFF.jitter * chance))).toBeLessThanOrEqual(
                0.5,
              );
              await advance(Math.floor(afterMs / 2));
              expect(await takeNow(queue)).toBeUndefined();
              await advance(Math.ceil(afterMs / 2) + 1);
              expect(await takeNow(queue)).toMatchObject({ key: name, failures: row });
              await queue.done(name);
            }
          },
        ),
        { numRuns: Math.ceil(runs / 5) },
      );
    });

    it('wakes a worker that waits when a delayed key is due, and tells all to go home on shut-down', async () => {
      const { advance, queue } = await start();
      const first = queue.take();
      await queue.add('later', { afterMs: 5_000 * scale });
      await advance(4_999);
      expect((await queue.measure()).processing).toBe(0);
      await advance(1);
      expect((await first)?.key).toBe('later');

      const second = queue.take();
      let isOver = false;
      const over = queue.shutDown().then(() => {
        isOver = true;
      });
      expect(await second).toBeUndefined();
      expect(isOver).toBe(false);
      await queue.done('later');
      await over;
      expect(await queue.take()).toBeUndefined();
    });
  });
}
