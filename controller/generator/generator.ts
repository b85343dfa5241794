/** One picture to make. The same order given twice must mean the same picture: `seed` and `prompt` identify it. */
export interface GenerationOrder {
  readonly actor: string;
  readonly category: string;
  /** The category's title and description, for generators that need more than the prompt. */
  readonly categoryDescription: string;
  readonly promptNumber: number;
  readonly prompt: string;
  /** 31-bit, different for every order: the correlation id at providers that have none. */
  readonly seed: number;
  /** Reads the actor's base image. */
  readonly baseImage: (signal?: AbortSignal) => Promise<Uint8Array>;
  /**
   * To be asked right before the call that costs, after whatever had to be waited for: throws `lease-lost` when somebody else has taken
   * over the actor, who has found that the order was never placed.
   */
  readonly assertHeld: () => void;
  /** A URL of the base image that the provider can fetch for some minutes, where the store can make one. Never logged. */
  readonly baseImageUrl?: (signal?: AbortSignal) => Promise<string | undefined>;
}

export interface GeneratedPicture {
  readonly bytes: Uint8Array;
  /** `image/jpeg`, `image/png` or `image/webp`. */
  readonly contentType: string;
  /** US dollars, by the provider's account or the configured price. */
  readonly costUsd: number;
}

/** Where an order stands at the provider. `ticket` is what the provider calls it (a prediction id). */
export type GenerationState =
  | { readonly status: 'succeeded'; readonly picture: GeneratedPicture }
  /** `charged` says whether to count the price as spent although there is no picture. */
  | {
      readonly status: 'failed';
      readonly message: string;
      readonly permanent: boolean;
      readonly charged: boolean;
    }
  /** The provider no longer has it (results are kept an hour, say): paid for, and lost. */
  | { readonly status: 'lost'; readonly message: string };

/**
 * Port: makes a picture of an actor. Split in steps so that a paid call can be journaled before and after: `submit` is called exactly
 * once for an order, and its ticket is stored before anything else happens.
 */
export interface Generator {
  /** Provider and model, as it is written into the manifest (`local`, `replicate:black-forest-labs/flux-kontext-pro`). */
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  /** US dollars a picture; 0 when free, undefined when nobody has written the price down (then nothing is submitted). */
  readonly priceUsd: number | undefined;
  /**
   * Places the order, without any repeat of its own. Rejects with a CallsheetError; code `unavailable` means that nobody knows
   * whether the order was accepted, and `find` must be asked before it is placed again. Every other code means: not accepted.
   */
  submit(order: GenerationOrder, signal?: AbortSignal): Promise<string>;
  /** Waits for the order's end, within a bound; repeats are harmless. */
  collect(ticket: string, order: GenerationOrder, signal?: AbortSignal): Promise<GenerationState>;
  /**
   * Looks for an order that may have been accepted although its answer was lost (same model, prompt and seed, placed after
   * `sinceMs`). `undefined`: it surely was not. Rejects with `unavailable` when that cannot be told.
   */
  find(order: GenerationOrder, sinceMs: number, signal?: AbortSignal): Promise<string | undefined>;
  [Symbol.asyncDispose]?(): Promise<void>;
}
