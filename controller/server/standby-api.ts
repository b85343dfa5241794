import type { ControllerApi, Readiness, SuspendTarget } from '../reconcile/controller-ports.ts';
import { NOT_LEADING } from '../reconcile/readiness.ts';
import type { StateApi } from './state-api.ts';

/**
 * A controller as the world sees it. While another one leads, this one knows nothing by itself: then what is told comes from the state
 * that the other writes, and what is asked is left there for it.
 */
export class StandbyApi implements ControllerApi {
  private readonly controller: ControllerApi;
  private readonly state: StateApi;

  constructor(controller: ControllerApi, state: StateApi) {
    this.controller = controller;
    this.state = state;
  }

  library() {
    return this.knowing.library();
  }

  actors() {
    return this.knowing.actors();
  }

  actor(id: string) {
    return this.knowing.actor(id);
  }

  plans() {
    return this.knowing.plans?.() ?? [];
  }

  reconcileNow(actors?: readonly string[]): Promise<{ readonly accepted: number }> {
    return this.knowing.reconcileNow(actors);
  }

  suspend(
    target: SuspendTarget,
    why: { readonly reason: string; readonly by: string; readonly until?: string },
  ): Promise<void> {
    return this.controller.suspend(target, why);
  }

  resume(target: SuspendTarget, by: string): Promise<void> {
    return this.controller.resume(target, by);
  }

  pokeSource(): Promise<void> {
    return this.controller.pokeSource();
  }

  pokeState(): Promise<void> {
    return this.knowing.pokeState();
  }

  ready(): Readiness {
    return this.controller.ready();
  }

  health(): Readiness {
    return this.controller.health();
  }

  private get knowing(): ControllerApi {
    const isLeading = this.controller.ready().reasons.every(({ code }) => !NOT_LEADING.has(code));
    return isLeading ? this.controller : this.state;
  }
}
