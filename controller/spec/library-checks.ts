import { Cron, CronPattern } from 'croner';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SpecDocumentOf } from './documents.ts';
import { type LibrarySettings, librarySettings } from './library-settings.ts';
import { modelEnd } from './models.ts';
import { type NodePath, type ProblemCode, problemAt, toDotted } from './problems.ts';

type LibraryDocument = SpecDocumentOf<'Library'>;
type Report = (code: ProblemCode, path: NodePath, detail: string, part?: 'key' | 'value') => void;

/** Below it a controller would do nothing but ask. */
const SHORTEST_INTERVAL_MS = 100;
const FLUX_KONTEXT = /^black-forest-labs\/flux-kontext-/;

/** What the schema cannot say of a Library. `nowMs`: since the epoch. */
export function libraryProblems(document: LibraryDocument, nowMs: number): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (code, path, detail, part) =>
    diagnostics.push(problemAt(document.at, code, path, detail, part));
  const settings = librarySettings(document.content.metadata.name, document.content.spec);
  checkPlaces(document, settings, report);
  checkEvaluator(document, settings, nowMs, report);
  checkGenerator(document, settings, report);
  checkInterval(settings, report);
  checkBudget(document, settings, report);
  checkWindows(settings, nowMs, report);
  checkNotifications(settings, report);
  return diagnostics;
}

function checkPlaces({ content }: LibraryDocument, settings: LibrarySettings, report: Report): void {
  for (const field of ['actors', 'manifests', 'images', 'state'] as const) {
    const path = ['spec', field];
    const url = settings[field];
    const foreign = [...url.matchAll(/\{[^}]*\}/g)]
      .map(([text]) => text)
      .find((text) => text !== '{actor}' || field === 'state');
    if (foreign !== undefined) {
      const advice =
        field === 'state' ? 'The state is one place for all actors.' : 'The only placeholder is {actor}.';
      report('unknown-placeholder', path, `${toDotted(path)} holds the placeholder ${foreign}. ${advice}`);
    }
    if (/^file:\/\/[^/]/.test(url)) {
      const detail = `${toDotted(path)} has two slashes after "file:", which makes the first folder a host name. Write "file:${url.slice('file://'.length)}" for a path from the library's root, or three slashes for an absolute one.`;
      report('file-url', path, detail);
    }
    if (/^postgres(ql)?:\/\/[^/@]*:[^/@]+@/.test(url)) {
      report(
        'secret-in-spec',
        path,
        `${toDotted(path)} holds a password, and specs are in git. Take it out and set DATABASE_URL.`,
      );
    }
  }
  if (settings.actors === settings.manifests) {
    const path = ['spec', content.spec.manifests === undefined ? 'actors' : 'manifests'];
    report(
      'same-place',
      path,
      'spec.actors and spec.manifests are the same file, but they are two different documents of an actor.',
    );
  }
}

function checkEvaluator(
  { content }: LibraryDocument,
  settings: LibrarySettings,
  nowMs: number,
  report: Report,
): void {
  const { provider, model } = settings.evaluator;
  const end = modelEnd(provider, model, nowMs);
  if (end === undefined) return;
  const path = ['spec', 'evaluator', content.spec.evaluator?.model === undefined ? 'provider' : 'model'];
  if (end.daysLeft <= 0) {
    report(
      'model-gone',
      path,
      `${model} was shut down on ${end.shutdown}. Write "model: ${end.successor}" and run callsheet calibrate.`,
    );
    return;
  }
  const detail = `${model} will be shut down on ${end.shutdown}, in ${end.daysLeft} day${end.daysLeft === 1 ? '' : 's'}. Its successor is ${end.successor}: compare the two with callsheet calibrate, then write "model: ${end.successor}".`;
  report('model-shutdown', path, detail);
}

function checkGenerator({ content }: LibraryDocument, settings: LibrarySettings, report: Report): void {
  const { provider, model, input, inputMapping, priceUsd } = settings.generator;
  const path = ['spec', 'generator'];
  if (provider !== 'replicate') return;
  for (const name of Object.values(inputMapping).map((text) => text.replace(/\[\]$/, ''))) {
    if (!Object.hasOwn(input, name)) continue;
    const at = [...path, 'input', name];
    report(
      'reserved-input',
      at,
      `${toDotted(at)} is set for every picture by Callsheet itself. Take it out.`,
      'key',
    );
  }
  const tolerance = input.safety_tolerance;
  if (
    FLUX_KONTEXT.test(model) &&
    tolerance !== undefined &&
    !(typeof tolerance === 'number' && tolerance >= 0 && tolerance <= 2)
  ) {
    const at = [...path, 'input', 'safety_tolerance'];
    report(
      'safety-tolerance',
      at,
      `${toDotted(at)} must be 0, 1 or 2: ${model} refuses more when it is given a base image.`,
    );
  }
  if (priceUsd === undefined && !/^black-forest-labs\/flux-kontext-(pro|max)$/.test(model)) {
    const detail = `The price of ${model} is not known, so no picture would be ordered from it. Write "priceUsd: " and what one picture costs in US dollars.`;
    report('unknown-price', content.spec.generator?.model === undefined ? path : [...path, 'model'], detail);
  }
}

function checkInterval({ intervalMs }: LibrarySettings, report: Report): void {
  if (intervalMs >= SHORTEST_INTERVAL_MS) return;
  report(
    'busy-interval',
    ['spec', 'interval'],
    `A controller would list the library and ask git every ${intervalMs} ms, and do nothing else. Write "interval: 10m"; a push webhook brings new specs at once all the same.`,
  );
}

function checkBudget({ content }: LibraryDocument, settings: LibrarySettings, report: Report): void {
  const paid = [
    ...(settings.generator.provider === 'replicate' ? ['generator'] : []),
    ...(settings.evaluator.provider === 'openai' ? ['evaluator'] : []),
  ];
  const { perRun, perDay } = settings.limits.budget;
  if (paid.length === 0 || perRun !== undefined || perDay !== undefined) return;
  const path =
    content.spec.limits?.budget === undefined ? ['spec', paid[0]!, 'provider'] : ['spec', 'limits', 'budget'];
  report(
    'no-budget',
    path,
    `The ${paid.join(' and the ')} cost money, and nothing bounds how much. Write "limits: { budget: { perRun: 5, perDay: 25 } }" with amounts in US dollars.`,
  );
}

function checkWindows(settings: LibrarySettings, nowMs: number, report: Report): void {
  settings.windows.forEach(({ schedule, timeZone }, index) => {
    const path = ['spec', 'windows', index];
    if (!isTimeZone(timeZone)) {
      report(
        'invalid-time-zone',
        [...path, 'timeZone'],
        `There is no time zone "${timeZone}". Write an IANA name such as Europe/Berlin or UTC.`,
      );
    }
    const bad = schedule.split(/\s+/).find((field, position) => !isCronField(field, position));
    if (bad !== undefined) {
      const detail = `"${bad}" is not allowed in this place of a cron expression. The places are minute, hour, day of month, month, day of week: "0 22 * * 1-5" is 22:00 from Monday to Friday.`;
      report('invalid-schedule', [...path, 'schedule'], detail);
    } else if (!isCron(schedule)) {
      const detail = `"${schedule}" cannot be read: a range goes from the smaller to the larger value ("22-23,0-5" in place of "22-5"), and a step stands behind "*" or a range and is not larger than what there is.`;
      report('invalid-schedule', [...path, 'schedule'], detail);
    } else if (neverOpens(schedule, nowMs)) {
      const detail = `No day of any year fits "${schedule}", so nothing would be applied in this window. The third place is the day of the month, the fourth the month: "0 0 28 2 *" is the 28th of February.`;
      report('window-never-opens', [...path, 'schedule'], detail);
    }
  });
}

function checkNotifications(settings: LibrarySettings, report: Report): void {
  settings.notifications.forEach(({ type, url, urlEnv }, index) => {
    const path = ['spec', 'notifications', index];
    if (url !== undefined && urlEnv !== undefined) {
      report(
        'notification-target',
        [...path, 'url'],
        `${toDotted(path)} has a url and a urlEnv. Keep one of the two.`,
        'key',
      );
    } else if (type !== 'github' && url === undefined && urlEnv === undefined) {
      report(
        'notification-target',
        path,
        `${toDotted(path)} does not say where to post. Write "url: " or "urlEnv: ".`,
      );
    }
    if (
      url !== undefined &&
      (/^https?:\/\/hooks\.slack\.com\//.test(url) || /^https?:\/\/[^/]*@/.test(url))
    ) {
      const detail = `${toDotted([...path, 'url'])} is a secret, and specs are in git. Put it into an environment variable and write "urlEnv: " with its name.`;
      report('secret-in-spec', [...path, 'url'], detail);
    }
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const CRON_RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const CRON_NAMES = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)$/i;

/** Whether what the windows are read with makes sense of it. */
function isCron(schedule: string): boolean {
  try {
    return new CronPattern(schedule, 'UTC') !== undefined;
  } catch {
    return false;
  }
}

function neverOpens(schedule: string, nowMs: number): boolean {
  return new Cron(schedule, { timezone: 'UTC', paused: true }).nextRun(new Date(nowMs)) === null;
}

/** Whether a field is a list of `*`, numbers, names and ranges, each with an optional step, inside the range of its place. */
function isCronField(field: string, position: number): boolean {
  const [least, most] = CRON_RANGES[position] ?? [0, 0];
  return field.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
    if (range === '*') return true;
    const ends = range.split('-');
    const named = (end: string) => position >= 3 && CRON_NAMES.test(end);
    return (
      ends.length <= 2 &&
      ends.every((end) => named(end) || (/^\d+$/.test(end) && Number(end) >= least && Number(end) <= most))
    );
  });
}
