import { expect, it } from 'vitest';
import { fileError } from './file-errors.ts';

it.each([
  ['ENOENT', 'not-found'],
  ['EACCES', 'auth'],
  ['EPERM', 'auth'],
  ['EROFS', 'read-only'],
  ['ENOSPC', 'storage-full'],
  ['EDQUOT', 'storage-full'],
  ['ENAMETOOLONG', 'invalid-input'],
  ['ELOOP', 'unsupported'],
  ['EMFILE', 'unavailable'],
  ['EIO', 'unavailable'],
])('maps %s to %s and names the path', (system, code) => {
  const error = fileError(Object.assign(new Error(system), { code: system }), 'write', '/srv/library/a.png');

  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^Cannot write \/srv\/library\/a\.png: /);
});

it.each(['ENOSPC', 'EDQUOT'])(
  'tells nobody to run a command: a controller tries again by itself (%s)',
  (system) => {
    const error = fileError(
      Object.assign(new Error(system), { code: system }),
      'write',
      '/srv/library/a.png',
    );

    expect(error.hint).toMatch(
      /^Free space there.*; nothing was half-written, and the next try does the rest\.$/,
    );
  },
);
