import type { CiContext } from './ci-context.ts';
import type { ForgeClient } from './forge-client.ts';

interface PullRequest {
  readonly number: number;
  readonly merged_at?: string | null;
  readonly head?: { readonly sha?: string; readonly repo?: { readonly full_name?: string } | null };
}

/** The run of a workflow that made the plan which was reviewed before a commit was merged. */
export interface ReviewedRun {
  readonly change: number;
  readonly run: number;
}

/**
 * Finds the plan that reviewers of a merged pull request saw, on GitHub. Undefined when the commit was pushed directly, when no run has
 * kept a plan, and for pull requests from forks: whoever can change the workflow can make up a plan.
 *
 * @param artifact name under which the plan was kept.
 */
export async function findReviewedRun(
  client: ForgeClient,
  { project }: CiContext,
  commit: string,
  artifact: string,
): Promise<ReviewedRun | undefined> {
  const pulls = await client.get<PullRequest[]>(`/repos/${project}/commits/${commit}/pulls?per_page=100`);
  const merged = pulls.find(
    ({ merged_at, head }) => typeof merged_at === 'string' && head?.repo?.full_name === project,
  );
  const head = merged?.head?.sha;
  if (merged === undefined || head === undefined || !/^[0-9a-f]{40,64}$/.test(head)) return undefined;
  const { workflow_runs: runs } = await client.get<{ workflow_runs: { id: number }[] }>(
    `/repos/${project}/actions/runs?event=pull_request&head_sha=${head}&per_page=100`,
  );
  // The newest first: a run that was repeated has made a newer plan.
  for (const { id } of runs.toSorted((a, b) => b.id - a.id)) {
    const { artifacts } = await client.get<{ artifacts: { expired: boolean }[] }>(
      `/repos/${project}/actions/runs/${id}/artifacts?name=${encodeURIComponent(artifact)}`,
    );
    if (artifacts.some(({ expired }) => !expired)) return { change: merged.number, run: id };
  }
  return undefined;
}
