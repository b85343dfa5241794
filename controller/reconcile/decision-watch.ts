import type { StateBackend } from '../state-backend/state-backend.ts';
import { approvalPath } from '../usecases/approve-plan.ts';
import { rolloutPath } from './rollout.ts';

/** Notices that people have said something that decides on a plan that waits: of the plan itself, or of its rollout. */
export class DecisionWatch {
  private seen: string | undefined;

  /**
   * Whether anything has been said since the last look. A plan that was not looked at before counts: it may have been said before it was.
   *
   * @param revision of the rollout.
   */
  async look(state: StateBackend, plan: string, revision: string, signal: AbortSignal): Promise<boolean> {
    const paths = [approvalPath(plan), rolloutPath(revision)];
    const stored = await Promise.all(paths.map((path) => state.read(path, signal)));
    const said = JSON.stringify([paths, stored.map((document) => document?.version)]);
    const isNews = said !== this.seen;
    this.seen = said;
    return isNews;
  }
}
