import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { refuse } from '../refusal.ts';
import type { RequestVariables } from '../request-guard.ts';
import type { ServerContext } from '../server-context.ts';
import { addDecisions } from './decisions.ts';
import { FleetBoard } from './fleet-board.ts';
import { Notices } from './notices.ts';
import { Pictures } from './pictures.ts';
import { addActors } from './routes-actors.ts';
import { addFleet } from './routes-fleet.ts';
import { addLogIn } from './routes-log-in.ts';
import { addPlans, addRuns } from './routes-plans.ts';
import { answerError, type Dashboard } from './show-page.ts';

const MAX_FORM_BYTES = 256 * 1024;

/** Adds the pages for people, from `/` on, behind the guards that the server has. */
export function mountDashboard(app: Hono<RequestVariables>, context: ServerContext): void {
  const { library, clock, api } = context;
  const dashboard: Dashboard = {
    context,
    board: new FleetBoard({ library, clock, api }),
    pictures: new Pictures(),
    notices: new Notices(),
  };
  const pages = new Hono<RequestVariables>();
  pages.onError((error, c) => answerError(c, context, error));
  pages.use(async (c, next) => {
    c.set('route', 'dashboard');
    await next();
  });
  pages.use(
    bodyLimit({
      maxSize: MAX_FORM_BYTES,
      onError: () => {
        throw refuse('payload-too-large', `a form may have ${MAX_FORM_BYTES} bytes`);
      },
    }),
  );
  addLogIn(pages, context);
  addFleet(pages, dashboard);
  addActors(pages, dashboard);
  addPlans(pages, dashboard);
  addRuns(pages, dashboard);
  addDecisions(pages, dashboard);
  app.route('/', pages);
}
