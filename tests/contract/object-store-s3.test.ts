import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, describe } from 'vitest';
import { createS3Client } from '../../controller/object-store/s3-client.ts';
import { openS3ObjectStore } from '../../controller/object-store/s3-object-store.ts';
import { S3Server } from '../support/s3-server.ts';
import { describeObjectStore } from './object-store-contract.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('with a store that keeps conditions', () => {
  let server: S3Server;

  beforeAll(async () => {
    server = await S3Server.start();
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  describeObjectStore('S3', async () => ({
    store: await openS3ObjectStore({
      bucket: 'bucket',
      prefix: `${randomUUID()}/`,
      endpoint: server.url,
      credentials,
    }),
    honoursConditions: true,
  }));
});

describe('with a store that ignores conditions', () => {
  let app: ReturnType<typeof buildApp>;
  let endpoint: string;

  beforeAll(async () => {
    app = buildApp({ logger: false });
    await app.listen({ port: 0, host: '127.0.0.1' });
    endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    await fetch(`${endpoint}/bucket`, {
      method: 'PUT',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/s3/aws4_request' },
    });
  });

  afterAll(async () => {
    await app.close();
  });

  describeObjectStore('fauxqs', async () => ({
    store: await openS3ObjectStore({ bucket: 'bucket', prefix: randomUUID(), endpoint, credentials }),
    honoursConditions: false,
  }));
});

const endpoint = process.env.CALLSHEET_TEST_S3_ENDPOINT;

/** Any real store: with the usual credentials, in the bucket named by CALLSHEET_TEST_S3_BUCKET, which is left as it was. */
describe.skipIf(endpoint === undefined)('with the store at CALLSHEET_TEST_S3_ENDPOINT', () => {
  const bucket = process.env.CALLSHEET_TEST_S3_BUCKET ?? 'callsheet-test';
  const prefix = `contract-${randomUUID()}/`;

  afterAll(async () => {
    const client = await createS3Client({ endpoint: endpoint ?? '' });
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
  });

  describeObjectStore('the configured endpoint', async () => ({
    store: await openS3ObjectStore({ bucket, prefix: `${prefix}${randomUUID()}/`, endpoint: endpoint ?? '' }),
    honoursConditions: process.env.CALLSHEET_TEST_S3_CONDITIONS !== 'ignored',
  }));
});
