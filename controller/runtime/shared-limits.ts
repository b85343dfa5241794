/** Leave to start calls. */
export interface Grant {
  /** 0: none at the moment. */
  readonly calls: number;
  /** Unused ones are void from then on. Milliseconds since the epoch. */
  readonly untilMs: number;
  /** When there are none: how long until it is worth asking again. */
  readonly waitMs: number;
  /** Nobody starts a call before then. */
  readonly pausedUntilMs: number;
}

/** Port: what all processes that call one provider know together. */
export interface SharedLimits {
  /** Asks for up to `wanted` calls out of those that all processes may start in any 60 seconds. */
  grant(provider: string, wanted: number, perMinute: number, signal?: AbortSignal): Promise<Grant>;
  /** The provider wants to be left alone until then, or does not answer: nobody starts a call before. Never rejects. */
  pause(provider: string, untilMs: number): Promise<void>;
}
