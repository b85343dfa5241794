import type { Raster } from '../../picture/raster.ts';
import { answerRequests } from '../../runtime/worker-pool.ts';
import type { PictureFacts } from '../evaluator.ts';
import { type Look, takeLook } from './look/look.ts';
import { MobileNet } from './network/mobilenet.ts';

/** One picture for a thread of the pool. */
export interface LookRequest {
  readonly raster: Raster;
  readonly facts: PictureFacts;
}

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

answerRequests(
  async ({ raster, facts }: LookRequest): Promise<Look> => takeLook(await loadedNetwork(), raster, facts),
);
