import type { Workspace } from '../workspace.ts';

/** The library as somebody works on it: records name that person. */
export function onBehalf(workspace: Workspace, who: string): Workspace {
  return { ...workspace, who };
}
