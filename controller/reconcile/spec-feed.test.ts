import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import { SpecFeed, type SpecFeedOptions } from './spec-feed.ts';

const SPECS: SpecSource = {
  load: async () => ({
    files: [
      {
        name: 'library.yaml',
        text: 'apiVersion: callsheet.dev/v1\nkind: Library\nmetadata: { name: feed }\nspec: {}\n',
      },
    ],
    diagnostics: [],
    revision: { kind: 'directory', id: 'sha256:1' },
    root: '/',
  }),
};

function feed(clock: FakeClock, options: Partial<SpecFeedOptions> = {}): SpecFeed {
  return new SpecFeed({
    source: SPECS,
    timer: clock,
    clock,
    random: () => 0.5,
    intervalMs: () => 3_600_000,
    settleMs: 0,
    onLoaded: async () => undefined,
    onProblem: () => undefined,
    ...options,
  });
}

it('tries a revision under which the library cannot be opened again soon, then less often', async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  let tries = 0;
  const onLoaded = async () => {
    tries += 1;
    if (tries < 4) throw new CallsheetError('unavailable', 'the state is away for a moment');
  };
  const running = feed(clock, { onLoaded }).run(stop.signal);

  await clock.advance(60_000);
  expect(tries).toBe(4);
  await clock.advance(3_000_000);
  expect(tries).toBe(4);
  stop.abort();
  await running;
});

it('says that specs do not stop changing instead of waiting for ever, and goes on when they do', async () => {
  const clock = new FakeClock();
  const stop = new AbortController();
  let isWritten = true;
  let revisions = 0;
  const source: SpecSource = {
    async load() {
      if (isWritten) revisions += 1;
      const { files, diagnostics, root } = await SPECS.load();
      return { files, diagnostics, root, revision: { kind: 'directory', id: `sha256:${revisions}` } };
    },
  };
  const taken: string[] = [];
  const problems: string[] = [];
  const running = feed(clock, {
    source,
    settleMs: 100,
    onLoaded: async ({ snapshot }) => void taken.push(snapshot.revision.id),
    onProblem: ({ reason, message }) => void problems.push(`${reason}: ${message}`),
  }).run(stop.signal);

  for (let passed = 0; passed < 12_000; passed += 100) await clock.advance(100);
  expect(taken).toEqual([]);
  expect(problems).toEqual([
    'SourceUnavailable: the specs do not stop changing. Find out what writes into their folder all the time.',
  ]);
  isWritten = false;
  for (let passed = 0; passed < 12_000; passed += 100) await clock.advance(100);
  expect(taken).toEqual([`sha256:${revisions}`]);
  stop.abort();
  await running;
});

it('answers at once who asks for a look when it has ended', async () => {
  const stop = new AbortController();
  const ended = feed(new FakeClock());
  stop.abort();
  await ended.run(stop.signal);

  await ended.poke();
});
