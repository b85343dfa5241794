import { isCallsheetError } from '../diagnostics/errors.ts';
import type { CiContext } from './ci-context.ts';
import type { ForgeClient } from './forge-client.ts';

interface MergeRequest {
  readonly iid: number;
  readonly state: string;
  readonly source_project_id?: number | null;
  readonly target_project_id?: number;
}

interface Job {
  readonly id: number;
  readonly name: string;
}

/** The plan that was reviewed before a commit was merged, as the job that made it has kept it. */
export interface ReviewedPlan {
  readonly change: number;
  readonly run: number;
  /** The plan file's content; whether it is a plan, and one of this library, is for `apply` to say. */
  readonly document: unknown;
}

/**
 * Fetches the plan that reviewers of a merged request saw, on GitLab. Undefined when the commit was pushed directly, when no job has kept a
 * plan, and for requests from forks: whoever can change the pipeline can make up a plan.
 *
 * @param job name of the job that plans.
 * @param file path of the plan among what the job keeps.
 */
export async function fetchReviewedPlan(
  client: ForgeClient,
  { project }: CiContext,
  commit: string,
  { job, file }: { readonly job: string; readonly file: string },
): Promise<ReviewedPlan | undefined> {
  const root = `/projects/${project}`;
  const requests = await client.get<MergeRequest[]>(`${root}/repository/commits/${commit}/merge_requests`);
  const merged = requests.find(
    ({ state, source_project_id: source, target_project_id: target }) =>
      state === 'merged' && String(source) === project && String(target) === project,
  );
  if (merged === undefined) return undefined;
  const pipelines = await client.get<{ id: number }[]>(`${root}/merge_requests/${merged.iid}/pipelines`);
  // The newest first: the last one was of what was merged.
  for (const { id } of pipelines.toSorted((a, b) => b.id - a.id)) {
    const jobs: Job[] = [];
    for await (const one of client.list<Job>(`${root}/pipelines/${id}/jobs`))
      if (one.name === job) jobs.push(one);
    for (const { id: run } of jobs.toSorted((a, b) => b.id - a.id)) {
      const document = await kept(client, `${root}/jobs/${run}/artifacts/${file}`);
      if (document !== undefined) return { change: merged.iid, run, document };
    }
  }
  return undefined;
}

/** Undefined when the job has kept no such file, or its time is over. */
async function kept(client: ForgeClient, path: string): Promise<unknown> {
  try {
    return await client.get<unknown>(path);
  } catch (error) {
    if (isCallsheetError(error, 'not-found')) return undefined;
    throw error;
  }
}
