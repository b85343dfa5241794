import { leftTodayUsd } from '../usecases/guard-policy.ts';
import type { Workspace } from '../workspace.ts';
import type { Term } from './term.ts';

/** Asks how much of the day's budget is left, and tells when it has changed: the evaluator spends too, and a day ends. */
export class BudgetWatch {
  private readonly emit: Term['emit'];
  private told: string | undefined;

  constructor({ emit }: Pick<Term, 'emit'>) {
    this.emit = emit;
  }

  /** Whether it has been asked for at all. */
  get hasLooked(): boolean {
    return this.told !== undefined;
  }

  /** US dollars; undefined without a daily budget. */
  async leftUsd(workspace: Workspace): Promise<number | undefined> {
    const limitUsd = workspace.settings.limits.budget.perDay;
    const leftUsd = await leftTodayUsd(workspace);
    const day = new Date(workspace.clock.now()).toISOString().slice(0, 10);
    const now = `${day} ${leftUsd} ${limitUsd}`;
    const isNews = now !== this.told;
    this.told = now;
    if (isNews && limitUsd !== undefined && leftUsd !== undefined)
      this.emit({ type: 'budget', day, spentUsd: limitUsd - leftUsd, limitUsd });
    return leftUsd;
  }
}
