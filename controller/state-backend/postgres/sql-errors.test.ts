import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { sqlError } from './sql-errors.ts';

function stateError(state: string): DatabaseError {
  const error = new DatabaseError('value "secret" is wrong', 10, 'error');
  error.code = state;
  return error;
}

function systemError(code: string): Error {
  return Object.assign(new Error('secret'), { code });
}

describe('an error of the database', () => {
  it.each([
    [stateError('57P01'), 'unavailable'],
    [stateError('57014'), 'unavailable'],
    [stateError('08006'), 'unavailable'],
    [stateError('25006'), 'unavailable'],
    [stateError('40P01'), 'unavailable'],
    [stateError('53300'), 'unavailable'],
    [stateError('53100'), 'storage-full'],
    [stateError('28P01'), 'auth'],
    [stateError('28000'), 'auth'],
    [stateError('42501'), 'auth'],
    [stateError('3D000'), 'invalid-input'],
    [stateError('42P01'), 'unsupported'],
    [stateError('54000'), 'too-large'],
    [stateError('42601'), 'internal'],
    [systemError('ECONNREFUSED'), 'unavailable'],
    [systemError('ENOTFOUND'), 'unavailable'],
    [systemError('CERT_HAS_EXPIRED'), 'auth'],
    [systemError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'auth'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
  ])('%s has a code of ours', (error, code) => {
    const ours = sqlError(error, 'read a.json in', 'postgres://db:5432/x');

    expect(ours.code).toBe(code);
    expect(ours.message).toContain('Cannot read a.json in postgres://db:5432/x: ');
    expect(ours.message).not.toContain('secret');
  });
});
