import { describe, expect, test } from 'vitest';
import type { ManifestEntry } from '../library/training-manifest.ts';
import type { ActorRecord, TrashRecord } from '../records/actor-record.ts';
import { emptyActorRecord } from '../records/actor-record.ts';
import { fingerprint } from './fingerprint.ts';
import { imageNumbers } from './image-numbers.ts';
import { joinObservation, type ObservedFacts } from './join.ts';

const VERDICT = { category: 'photorealistic', quality: 7, confidence: 0.9, uncertain: false };
const PICTURE = { width: 640, height: 480, format: 'jpeg', bytes: 1000 };

describe('an image of the set', () => {
  test('is usable when this evaluator has judged its content with enough confidence', () => {
    expect(image(facts())).toMatchObject({
      state: 'usable',
      category: 'photorealistic',
      quality: 7,
      width: 640,
      judgedBy: 'evaluator',
    });
  });

  test('is uncertain below the bound, and unknown to another evaluator', () => {
    expect(image(facts({ evaluations: { local: { d1: { ...VERDICT, uncertain: true } } } }))).toMatchObject({
      state: 'uncertain',
    });
    expect(image({ ...facts(), evaluator: 'other' })).toMatchObject({ state: 'unknown', digest: 'd1' });
  });

  test('is what a person said it is, whatever the evaluator says', () => {
    const judgements = { d1: { category: 'bw_stylized', by: 'mara@set', at: '2026-01-01T00:00:00Z' } };
    expect(image(facts({ judgements }))).toMatchObject({
      state: 'usable',
      category: 'bw_stylized',
      quality: 7,
      judgedBy: 'person',
    });
    expect(image(facts({ judgements, evaluations: {} }))).toMatchObject({ state: 'usable', quality: 5 });
  });

  test('is unknown when it could not be read this time, unreadable when it was read and is no picture', () => {
    expect(image({ ...facts(), failures: new Map([['1.jpg', 'time-out']]) })).toMatchObject({
      state: 'unknown',
    });
    const pictures = (problem: 'unreadable' | 'too-large') => ({ d1: { problem, message: 'no' } });
    expect(image(facts({ pictures: pictures('unreadable') }))).toMatchObject({ state: 'unreadable' });
    expect(image(facts({ pictures: pictures('too-large') }))).toMatchObject({ state: 'unknown' });
  });

  test('is pinned when any of its entries is', () => {
    const twice = { ...facts(), entries: [entry(0, '1.jpg'), { ...entry(1, '1.jpg'), pinned: true }] };
    expect(image(twice)).toMatchObject({ pinned: true });
    expect(joinObservation(twice).dangling).toEqual([
      { image: '1.jpg', entry: 1, pinned: true, why: 'repeated' },
    ]);
  });
});

test('what is listed and named by no entry is an orphan; what is named and not there is dangling', () => {
  const joined = joinObservation({ ...facts(), entries: [entry(0, 'gone.jpg')] });
  expect(joined.images).toEqual([]);
  expect(joined.orphans.map(({ image }) => image)).toEqual(['1.jpg']);
  expect(joined.dangling).toMatchObject([{ image: 'gone.jpg', why: 'missing' }]);
  expect(joined.problems.map(({ code }) => code)).toEqual(['dangling', 'orphan']);
});

test('an entry that names nothing usable holds a slot and is left alone', () => {
  const broken: ManifestEntry = {
    index: 1,
    raw: 7,
    pinned: false,
    problem: 'says neither s3_url, url nor key',
  };
  const joined = joinObservation({ ...facts(), entries: [entry(0, '1.jpg'), broken] });
  expect(joined.images.map(({ state }) => state)).toEqual(['usable', 'unknown']);
  expect([...imageNumbers(joined)]).toEqual([['1.jpg', 1]]);
});

describe('an image in the trash', () => {
  const record: TrashRecord = {
    id: 't1',
    image: 'old.jpg',
    trashed: 'trash/old.jpg',
    digest: 'd9',
    category: 'photorealistic',
    quality: 4,
    reason: 'over-target',
    run: 'r1',
    deletedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-02-01T00:00:00Z',
    entry: { key: 'old.jpg', prompt_number: 12 },
    index: 3,
  };
  const trash = (changes: Partial<ActorRecord> = {}, item: Partial<TrashRecord> = {}) =>
    joinObservation(facts({ trash: [{ ...record, ...item }], ...changes })).trash;

  test('may come back when it went for being too many', () => {
    expect(trash()).toEqual([
      {
        id: 't1',
        image: 'old.jpg',
        digest: 'd9',
        category: 'photorealistic',
        quality: 4,
        restorable: true,
        promptNumber: 12,
      },
    ]);
    expect(trash({}, { reason: 'rejected' })).toMatchObject([{ restorable: false }]);
  });

  test('is what it is taken for today, not on the day it was deleted', () => {
    const evaluations = { local: { d9: { ...VERDICT, category: 'bw_stylized' } } };
    expect(trash({ evaluations })).toMatchObject([{ category: 'bw_stylized', quality: 7 }]);
  });

  test('stays when a copy of it was rejected since, or nobody is sure of it any more', () => {
    expect(trash({ judgements: { d9: { rejected: 'blurred', by: 'x', at: '' } } })).toMatchObject([
      { restorable: false },
    ]);
    expect(trash({ evaluations: { local: { d9: { ...VERDICT, uncertain: true } } } })).toMatchObject([
      { restorable: false },
    ]);
  });

  test('is not offered after its retention', () => {
    expect(trash({}, { expiresAt: '2026-01-02T00:00:00Z' })).toEqual([]);
  });
});

describe('a fingerprint', () => {
  const base = joinObservation(facts());

  test('ignores order, names, places in the manifest and remarks', () => {
    const two = {
      ...facts(),
      entries: [entry(0, '1.jpg'), entry(1, '2.jpg')],
      found: new Set(['1.jpg', '2.jpg']),
    };
    const [forth, back] = [
      joinObservation(two),
      joinObservation({ ...two, entries: [entry(0, '2.jpg'), entry(1, '1.jpg')] }),
    ];
    expect(fingerprint(forth)).toBe(fingerprint(back));
    expect(fingerprint({ ...base, name: 'Mara', problems: [{ code: 'x', message: 'y' }] })).toBe(
      fingerprint(base),
    );
  });

  test.each([
    ['the content of an image', { images: [{ ...base.images[0]!, digest: 'other' }] }],
    ['what it is taken for', { images: [{ ...base.images[0]!, category: 'bw_stylized' }] }],
    ['how sure anybody is', { images: [{ ...base.images[0]!, confidence: 0.5 }] }],
    ['who else needs it', { images: [{ ...base.images[0]!, needed: 'base-image' }] }],
    ['a pin', { images: [{ ...base.images[0]!, pinned: true }] }],
    ['a pin on a dead entry', { dangling: [{ image: 'x', entry: 0, why: 'missing', pinned: true }] }],
    ['an image less', { images: [] }],
    ['the trash', { trash: [{ id: 't', image: 'x', digest: 'x', restorable: true }] }],
    ['pictures that were not accepted', { misses: 1 }],
    ['pictures that were', { hits: 1 }],
    ['the actor type', { type: 'extra' }],
  ] as const)('changes with %s', (_, change) => {
    expect(fingerprint({ ...base, ...change })).not.toBe(fingerprint(base));
  });
});

function facts(record: Partial<ActorRecord> = {}): ObservedFacts {
  return {
    actor: { id: '0042', type: 'lead', labels: {} } as ObservedFacts['actor'],
    entries: [entry(0, '1.jpg')],
    found: new Set(['1.jpg']),
    own: new Set(['1.jpg']),
    needed: new Map(),
    record: {
      ...emptyActorRecord('0042'),
      objects: { '1.jpg': { revision: 'r', digest: 'd1' } },
      pictures: { d1: PICTURE },
      evaluations: { local: { d1: VERDICT } },
      ...record,
    },
    evaluator: 'local',
    failures: new Map(),
    now: '2026-01-15T00:00:00Z',
  };
}

function entry(index: number, image: string): ManifestEntry {
  return { index, raw: image, image, pinned: false };
}

function image(given: ObservedFacts) {
  return joinObservation(given).images[0];
}
