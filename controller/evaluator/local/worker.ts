import { parentPort } from 'node:worker_threads';
import { type ErrorCode, toCallsheetError } from '../../diagnostics/errors.ts';
import type { Raster } from '../../picture/raster.ts';
import type { PictureFacts } from '../evaluator.ts';
import { type Look, takeLook } from './look/look.ts';
import { MobileNet } from './network/mobilenet.ts';

/** One picture for a thread of the pool. */
export interface LookRequest {
  readonly raster: Raster;
  readonly facts: PictureFacts;
}

export type LookResponse =
  | { readonly look: Look }
  | {
      readonly failure: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly hint: string | undefined;
      };
    };

/** The network is loaded with the first picture and kept; a load that failed is tried again with the next. */
let network: Promise<MobileNet> | undefined;

async function loadedNetwork(): Promise<MobileNet> {
  network ??= MobileNet.load();
  try {
    return await network;
  } catch (error) {
    network = undefined;
    throw error;
  }
}

async function answer({ raster, facts }: LookRequest): Promise<LookResponse> {
  try {
    return { look: takeLook(await loadedNetwork(), raster, facts) };
  } catch (error) {
    const { code, message, hint } = toCallsheetError(error);
    return { failure: { code, message, hint } };
  }
}

parentPort?.on('message', async (request: LookRequest) => parentPort?.postMessage(await answer(request)));
