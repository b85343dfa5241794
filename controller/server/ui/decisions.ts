import type { Hono } from 'hono';
import type { RequestContext, RequestVariables } from '../request-guard.ts';
import { type Deciding, type Done, readFields } from './decision.ts';
import { reconcile, reconcileAll, resume, suspend } from './library-decisions.ts';
import { noticeText } from './notices.ts';
import { guardForm } from './page-guard.ts';
import { judge, restore } from './picture-decisions.ts';
import { approve, reject, rollBack } from './plan-decisions.ts';
import { actorIn } from './routes-actors.ts';
import type { Dashboard } from './show-page.ts';

/** Everything that a person can decide, as forms: they work without a script, and scripts send the same forms. */
export function addDecisions(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const on = (address: string, decide: (deciding: Deciding) => Promise<Done>) =>
    pages.post(address, async (c) => {
      const who = guardForm(c, dashboard.context);
      const fields = readFields(await c.req.parseBody({ all: true }));
      return answer(c, dashboard, await decide({ c, dashboard, who, fields }));
    });
  on('/actors/:actor/images/:key/:verb', judge);
  on('/actors/:actor/restore', restore);
  on('/actors/:actor/plan', reconcile);
  on('/actors/:actor/suspend', (deciding) => suspend(deciding, actorIn(deciding.c)));
  on('/actors/:actor/resume', (deciding) => resume(deciding, actorIn(deciding.c)));
  on('/plans/:plan/approve', approve);
  on('/plans/:plan/reject', reject);
  on('/runs/:run/rollback', rollBack);
  on('/plan', reconcileAll);
  on('/suspend', (deciding) => suspend(deciding, undefined));
  on('/resume', (deciding) => resume(deciding, undefined));
}

function answer(c: RequestContext, { notices }: Dashboard, { code, to, undo }: Done): Response {
  if (c.req.header('accept')?.includes('application/json') === true) {
    return c.json({ code, text: noticeText(code), ...(undo === undefined ? {} : { undo }) });
  }
  const [address = '', fragment] = to.split('#');
  return c.redirect(
    `${address}?said=${notices.keep(code, undo)}${fragment === undefined ? '' : `#${fragment}`}`,
    303,
  );
}
