import { join } from 'node:path';
import {
  type Controller,
  type ControllerOptions,
  createController,
} from '../../controller/reconcile/controller.ts';
import type { ControllerEvent } from '../../controller/reconcile/controller-ports.ts';
import { type Clock, systemClock } from '../../controller/runtime/clock.ts';
import { directorySpecSource } from '../../controller/spec-source/directory-spec-source.ts';
import type { Leases } from '../../controller/state-backend/lease.ts';
import { openWorkspace } from '../../controller/wire.ts';
import { recallSpecs } from '../../controller/wire-recall.ts';
import type { ColourGeneratorOptions } from './colour-generator.ts';
import { SwitchableEvaluator, SwitchableGenerator } from './switchable-providers.ts';

export interface WatchedController {
  readonly controller: Controller;
  readonly events: ControllerEvent[];
  readonly evaluator: SwitchableEvaluator;
  readonly generator: SwitchableGenerator;
  /** Starts it; the result stops it and waits for its end. */
  start(): () => Promise<void>;
  /** Resolves when everything that can be done now has been done; rejects after ten seconds. */
  idle(): Promise<void>;
}

export interface WatchedOptions extends Partial<Omit<ControllerOptions, 'open'>> {
  readonly generating?: Omit<ColourGeneratorOptions, 'books'>;
  readonly clock?: Clock;
  /** How long a lease lasts that is not renewed, in real milliseconds. As the state says unless given. */
  readonly leaseMs?: number;
}

/** A controller on a built library, with providers of colour pictures, whose events are kept. */
export function watchController(root: string, options: WatchedOptions = {}): WatchedController {
  const { generating, leaseMs, ...rest } = options;
  const evaluator = new SwitchableEvaluator();
  const events: ControllerEvent[] = [];
  const generator = new SwitchableGenerator({ ...generating, books: join(root, 'provider-books.jsonl') });
  const controller = createController({
    source: directorySpecSource({ directory: join(root, 'specs') }),
    async open(loaded) {
      const workspace = await openWorkspace({
        specs: join(root, 'specs'),
        version: '0.0.0-test',
        command: 'controller',
        loaded,
        ...(options.clock === undefined ? {} : { clock: options.clock }),
        providers: { evaluator: () => evaluator, generator: () => generator },
      });
      return leaseMs === undefined ? workspace : { ...workspace, leases: lasting(workspace.leases, leaseMs) };
    },
    recall: (head, signal) => recallSpecs(head, { key: root, env: {}, root, clock: systemClock }, signal),
    observer: { event: (event) => void events.push(event) },
    statePollMs: 50,
    ...rest,
  });
  return {
    controller,
    events,
    evaluator,
    generator,
    start() {
      const stop = new AbortController();
      const running = controller.run(stop.signal);
      return async () => {
        stop.abort();
        await running;
      };
    },
    async idle() {
      // What a test has just changed is looked at first.
      await controller.pokeState();
      for (let tries = 0; tries < 1_000; tries += 1) {
        if (await controller.isIdle()) return;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(
        `the controller did not come to rest; last events: ${JSON.stringify(events.slice(-5), null, 2)}`,
      );
    },
  };
}

function lasting(leases: Leases, ttlMs: number): Leases {
  return {
    acquire: (name, options) => leases.acquire(name, { ...options, ttlMs }),
    inspect: (name, signal) => leases.inspect(name, signal),
    forceUnlock: (name, signal) => leases.forceUnlock(name, signal),
  };
}
