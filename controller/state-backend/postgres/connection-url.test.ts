import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parsePostgresUrl } from './connection-url.ts';

const FULL = 'postgres://ada:s%40crt@db.internal:6432/studio?sslmode=verify-full&sslrootcert=/etc/ca.pem';

function errorOf(url: string, env: Record<string, string> = {}): Error {
  try {
    parsePostgresUrl(url, env);
  } catch (error) {
    return error as Error;
  }
  throw new Error('not refused');
}

describe('the URL of a database', () => {
  it('says where, who and how', () => {
    expect(parsePostgresUrl(`${FULL}&schema=blue&connections=3`)).toEqual({
      host: 'db.internal',
      port: 6432,
      database: 'studio',
      user: 'ada',
      password: 's@crt',
      tls: 'verify',
      authorities: '/etc/ca.pem',
      schema: 'blue',
      connections: 3,
      applicationName: 'callsheet',
      display: 'postgres://db.internal:6432/studio/blue',
    });
  });

  it('has defaults, and those of PG variables', () => {
    expect(parsePostgresUrl('postgresql://localhost/x')).toMatchObject({
      port: 5432,
      tls: 'off',
      schema: 'callsheet',
    });
    expect(
      parsePostgresUrl('postgres:///x', { PGHOST: 'h', PGPORT: '7', PGSSLMODE: 'require' }),
    ).toMatchObject({
      host: 'h',
      port: 7,
      tls: 'verify',
    });
    expect(parsePostgresUrl('postgres:///x?host=/var/run/postgresql').host).toBe('/var/run/postgresql');
    expect(parsePostgresUrl('postgres://[::1]/x').host).toBe('::1');
  });

  it('is DATABASE_URL where it names nothing', () => {
    for (const url of ['postgres:', 'postgres://', 'postgresql://']) {
      expect(parsePostgresUrl(url, { DATABASE_URL: FULL })).toEqual(parsePostgresUrl(FULL));
    }
    expect(errorOf('postgres:').message).toContain('DATABASE_URL');
    expect(errorOf('postgres:', { DATABASE_URL: '' }).message).toContain('not set');
  });

  it('takes the secret from DATABASE_URL where that names the same database, and only there', () => {
    const env = { DATABASE_URL: FULL };

    expect(parsePostgresUrl('postgres://db.internal:6432/studio?schema=blue', env)).toMatchObject({
      user: 'ada',
      password: 's@crt',
      tls: 'verify',
      schema: 'blue',
    });
    expect(parsePostgresUrl('postgres://bob@db.internal:6432/studio', env)).toMatchObject({ user: 'bob' });
    expect(parsePostgresUrl('postgres://bob@db.internal:6432/studio', env).password).toBeUndefined();
    expect(parsePostgresUrl('postgres://db.internal:6432/other', env).password).toBeUndefined();
  });

  it.each([
    ['http://db/x'],
    ['postgres://ada:hunter2%@db/x'],
    ['postgres://ada:hunter2@d b/x'],
    ['postgres://ada:hunter2@db'],
    ['postgres://ada:hunter2@db/x?sslmode=prefer'],
    ['postgres://ada:hunter2@db/x?sslmode=constructor'],
    ['postgres://ada:hunter2@db/x?schema=Robert;'],
    ['postgres://ada:hunter2@db/x?connections=0'],
    ['postgres://ada:hunter2@db/x?pool=9'],
  ])('is refused without being repeated: %s', (url) => {
    for (const error of [errorOf(url), errorOf('postgres:', { DATABASE_URL: url })]) {
      expect(error).toMatchObject({ code: 'invalid-input' });
      expect(inspect(error)).not.toContain('hunter2');
    }
  });
});
