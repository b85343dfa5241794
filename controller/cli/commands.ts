import type { CommandDeclaration } from './command.ts';
import { applyCommand } from './commands/apply.ts';
import { approveCommand } from './commands/approve.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { ciCommand } from './commands/ci.ts';
import { completionCommand } from './commands/completion.ts';
import { controllerCommand } from './commands/controller.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { forceUnlockCommand } from './commands/force-unlock.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { pinCommand, rejectCommand, relabelCommand, unpinCommand } from './commands/judge.ts';
import { planCommand } from './commands/plan.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { resumeCommand } from './commands/resume.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { showCommand } from './commands/show.ts';
import { stateCommand } from './commands/state.ts';
import { statsCommand } from './commands/stats.ts';
import { statusCommand } from './commands/status.ts';
import { suspendCommand } from './commands/suspend.ts';
import { trashCommand } from './commands/trash.ts';
import { uiCommand } from './commands/ui.ts';
import { validateCommand } from './commands/validate.ts';

/** Every command, in the order in which help lists them: one file and one line each. */
export const COMMANDS: readonly CommandDeclaration[] = [
  initCommand,
  validateCommand,
  doctorCommand,
  statsCommand,
  evaluateCommand,
  calibrateCommand,
  planCommand,
  showCommand,
  statusCommand,
  historyCommand,
  uiCommand,
  approveCommand,
  applyCommand,
  rollbackCommand,
  controllerCommand,
  reconcileCommand,
  suspendCommand,
  resumeCommand,
  pinCommand,
  unpinCommand,
  relabelCommand,
  rejectCommand,
  trashCommand,
  stateCommand,
  forceUnlockCommand,
  ciCommand,
  completionCommand,
];
