import { createHmac } from 'node:crypto';

/** A message as the Standard Webhooks specification signs it. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since the epoch, in decimal. */
  readonly timestamp: string;
  readonly body: string | Uint8Array;
}

/** `v1,` and the signature in base64. @param secret `whsec_` and base64, or any other text as it is. */
export function standardSignature({ id, timestamp, body }: SignedMessage, secret: string): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body);
  return `v1,${mac.digest('base64')}`;
}

function keyOf(secret: string): Uint8Array {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');
}
