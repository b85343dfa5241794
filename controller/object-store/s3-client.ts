import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { CallsheetError } from '../diagnostics/errors.ts';
import { s3EndpointIn } from './s3-url.ts';

/** Milliseconds. */
export interface S3Timeouts {
  /** To reach the store. */
  readonly connectionMs: number;
  /** Without a byte either way. */
  readonly idleMs: number;
  /** From a request to the head of its answer. */
  readonly answerMs: number;
}

export interface S3ClientOptions {
  /** Environment variables; those of the process by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Instead of AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL. */
  readonly endpoint?: string;
  /** Of the bucket, where it is known; else what the environment and the SDK's configuration say. */
  readonly region?: string;
  /** Instead of the SDK's own chain and the two legacy variables. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly timeouts?: S3Timeouts;
  /** Of one request, the first included. */
  readonly maxAttempts?: number;
}

/** A pass over a library is ten thousand requests: one in a hundred that fails must not make it fail. */
const MAX_ATTEMPTS = 4;

const TIMEOUTS: S3Timeouts = { connectionMs: 5_000, idleMs: 15_000, answerMs: 60_000 };

/** The endpoint that is not AWS's own, where one is configured. */
export function s3EndpointOf(options: S3ClientOptions): string | undefined {
  return options.endpoint ?? s3EndpointIn(options.env ?? process.env);
}

/**
 * A client for S3 or a store that speaks its protocol. Credentials and region come from where the AWS SDK looks for them.
 *
 * @throws CallsheetError `invalid-input` when there is no region and no endpoint that makes one needless.
 */
export async function createS3Client(options: S3ClientOptions = {}): Promise<S3Client> {
  const client = new S3Client(configOf(options));
  for (const name of needlessSteps(options)) client.middlewareStack.remove(name);
  try {
    await client.config.region();
  } catch (error) {
    client.destroy();
    throw new CallsheetError('invalid-input', 'The AWS region is not known.', {
      hint: 'Set AWS_REGION, or "region" in ~/.aws/config; for a store that is not AWS set AWS_ENDPOINT_URL_S3.',
      cause: error,
    });
  }
  return client;
}

/**
 * Steps of the SDK that do nothing for us and take a quarter of its work per request: its debug log, a guard against Lambda functions that
 * call themselves, and, for a store that is not AWS's own, redirects between AWS's regions, its directory buckets and its statistics of clients.
 */
function needlessSteps(options: S3ClientOptions): string[] {
  const everywhere = ['loggerMiddleware', 'recursionDetectionMiddleware'];
  const elsewhere = [
    'regionRedirectMiddleware',
    'regionRedirectEndpointMiddleware',
    's3ExpressMiddleware',
    's3ExpressHttpSigningMiddleware',
    'getUserAgentMiddleware',
  ];
  return isAws(options) ? everywhere : [...everywhere, ...elsewhere];
}

function isAws(options: S3ClientOptions): boolean {
  const endpoint = s3EndpointOf(options);
  return endpoint === undefined || /\.amazonaws\.com(?:\.cn)?$/.test(new URL(endpoint).hostname);
}

function configOf(options: S3ClientOptions): S3ClientConfig {
  const env = options.env ?? process.env;
  const { connectionMs, idleMs, answerMs } = options.timeouts ?? TIMEOUTS;
  const endpoint = s3EndpointOf(options);
  const onAws = isAws(options);
  const region =
    options.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || (onAws ? undefined : 'us-east-1'));
  const credentials = options.credentials ?? legacyCredentials(env);
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(credentials === undefined ? {} : { credentials }),
    // Bucket names as host names need DNS, which a store of one's own seldom has.
    forcePathStyle: !onAws,
    followRegionRedirects: onAws,
    retryMode: 'standard',
    maxAttempts: options.maxAttempts ?? MAX_ATTEMPTS,
    // Many stores refuse the checksums that the SDK adds of its own accord, or do not keep them.
    requestChecksumCalculation: onAws ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectionMs,
      socketTimeout: idleMs,
      requestTimeout: answerMs,
      // Without this the SDK only writes a warning and goes on waiting.
      throwOnRequestTimeout: true,
    },
  };
}

/** The variables of older set-ups, where those of the SDK say nothing. */
function legacyCredentials(
  env: Readonly<Record<string, string | undefined>>,
): { accessKeyId: string; secretAccessKey: string } | undefined {
  if (env.AWS_ACCESS_KEY_ID || env.AWS_PROFILE) return undefined;
  const accessKeyId = env.AWS_ACCESS_KEY;
  const secretAccessKey = env.AWS_ACCESS_SECRET;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
}
