import { afterEach, describe, expect, it, vi } from 'vitest';
import { createS3Client } from './s3-client.ts';

const LEGACY = { AWS_ACCESS_KEY: 'LEGACY', AWS_ACCESS_SECRET: 'legacy-secret' };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('createS3Client', () => {
  it('takes the legacy variables where those of the SDK are unset', async () => {
    const client = await createS3Client({ env: { ...LEGACY, AWS_REGION: 'eu-central-1' } });

    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'LEGACY' });
    expect(await client.config.region()).toBe('eu-central-1');
  });

  it('prefers the variables of the SDK', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'STANDARD');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'standard-secret');
    const client = await createS3Client({
      env: { ...process.env, ...LEGACY, AWS_DEFAULT_REGION: 'eu-west-1' },
    });

    expect(await client.config.credentials()).toMatchObject({ accessKeyId: 'STANDARD' });
    expect(await client.config.region()).toBe('eu-west-1');
  });

  it("needs no region for an endpoint of one's own, and uses path style there", async () => {
    const client = await createS3Client({
      env: { ...LEGACY, AWS_ENDPOINT_URL_S3: 'http://storage.local:9000' },
    });

    expect(await client.config.region()).toBe('us-east-1');
    expect(client.config.forcePathStyle).toBe(true);
    expect(await client.config.requestChecksumCalculation()).toBe('WHEN_REQUIRED');
  });

  it('uses bucket names as host names on AWS, also behind an explicit endpoint of AWS', async () => {
    const env = {
      ...LEGACY,
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com',
    };

    expect((await createS3Client({ env })).config.forcePathStyle).toBe(false);
    expect(await (await createS3Client({ env })).config.requestChecksumCalculation()).toBe('WHEN_SUPPORTED');
  });

  it('says what to set when there is no region', async () => {
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('AWS_DEFAULT_REGION', '');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');

    await expect(createS3Client({ env: LEGACY })).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('AWS_REGION'),
    });
  });
});
