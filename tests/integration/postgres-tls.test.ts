import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import { codeOf } from '../contract/object-store-contract.ts';
import { PostgresServer } from '../support/postgres-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'callsheet-'));
const certificate = join(folder, 'server.crt');
const key = join(folder, 'server.key');

/** A certificate for 127.0.0.1 that nobody but itself has signed; false where there is no openssl to make one with. */
function makeCertificate(): boolean {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=callsheet', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...curve, ...names, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

const isPossible = makeCertificate();
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!isPossible)('a database behind TLS', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await PostgresServer.start({
      tls: { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') },
    });
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  const open = (parameters: string, host = '127.0.0.1') =>
    openPostgresState({
      url: `${server.url().replace('127.0.0.1', host)}?application_name=tls&${parameters}`,
      env: {},
    });

  it.each([
    ['sslmode=verify-full&sslrootcert=ROOT', true],
    ['sslmode=require&sslrootcert=ROOT', true],
    ['sslmode=no-verify', true],
    ['sslmode=disable', false],
  ])('is spoken with as %s says', async (parameters, isEncrypted) => {
    await using state = await open(parameters.replace('ROOT', certificate));
    expect(state.url).toMatch(/^postgres:/);

    const sql = `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'tls'`;
    expect(await server.query(sql)).toEqual([{ ssl: isEncrypted }]);
  });

  it('is refused when its certificate is not to be trusted, at once', async () => {
    const started = performance.now();

    expect(await codeOf(open('sslmode=verify-full'))).toBe('auth');
    expect(await codeOf(open('sslmode=require'))).toBe('auth');
    expect(
      await codeOf(open(`sslmode=verify-full&sslrootcert=${certificate}`, 'localhost')),
      'for another name',
    ).toBe('auth');
    expect(await codeOf(open(`sslmode=verify-full&sslrootcert=${folder}/none`))).toBe('invalid-input');

    expect(performance.now() - started).toBeLessThan(1_400);
  });
});

describe.skipIf(!isPossible)('a database without TLS', () => {
  it('is not used in clear text where the URL asks for it', async () => {
    await using server = await PostgresServer.start();

    await expect(
      openPostgresState({ url: `${server.url()}?sslmode=verify-full`, env: {} }),
    ).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.stringContaining('TLS'),
    });
  });
});
