import { exitCodeOfSignal, type InterruptSignal } from './exit-codes.ts';

/** What an interrupt does, apart from the process that receives it. */
export interface InterruptEffects {
  /** Tells the person. */
  say(text: string): void;
  /** Ends the process at once. */
  exitNow(code: number): void;
}

/**
 * Two-stage shutdown. The first interrupt aborts `signal`: nothing new begins, what is paid for or half done is finished. The second
 * ends the process at once; the journal is made for that too.
 */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly effects: InterruptEffects;
  private received: InterruptSignal | undefined;

  constructor(effects: InterruptEffects) {
    this.effects = effects;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** 130 or 143 after a signal, undefined without one. */
  get exitCode(): number | undefined {
    return this.received === undefined ? undefined : exitCodeOfSignal(this.received);
  }

  interrupt(signal: InterruptSignal): void {
    if (this.received !== undefined) {
      this.effects.exitNow(exitCodeOfSignal(signal));
      return;
    }
    this.received = signal;
    this.effects.say(
      `\n${signal === 'SIGINT' ? 'Interrupted' : 'Stopping'}: finishing what is in flight; press again to stop now.\n`,
    );
    this.controller.abort(new DOMException(`received ${signal}`, 'AbortError'));
  }
}
