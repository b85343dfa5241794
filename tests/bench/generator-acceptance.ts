/**
 * How often the local evaluator takes a picture of the local generator for what it was ordered as, and what a picture costs:
 *
 *   node tests/bench/generator-acceptance.ts [--seeds N] [--every N] [--bases FOLDER] [--only WORD] [--save FOLDER]
 *
 * Every default prompt is drawn from base images that differ in the ways that matter: colour, grey, sepia, nearly dark, flat, small.
 * --every N takes each Nth of all the drawings; --bases works from the pictures in a folder of yours instead; --only takes the bases and
 * techniques with this word in their name; --save keeps what was drawn, named after technique, verdict and base.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import type { Evaluator, Verdict } from '../../controller/evaluator/evaluator.ts';
import { createLocalEvaluator } from '../../controller/evaluator/local/local-evaluator.ts';
import type { LocalCategory } from '../../controller/evaluator/local/style.ts';
import { createLocalGenerator } from '../../controller/generator/local/local-generator.ts';
import { createRandom } from '../../controller/generator/local/random.ts';
import { chooseTechnique } from '../../controller/generator/local/technique-choice.ts';
import { decodePicture } from '../../controller/picture/decode.ts';
import { sharp } from '../../controller/picture/sharp.ts';
import { EMBEDDED_SPECS } from '../../controller/spec/embedded-specs.generated.ts';
import { DEMO_ACTORS } from '../../examples/demo/actors.ts';
import { baseImage } from '../../examples/demo/pictures.ts';

interface Base {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Prompt {
  readonly number: number;
  readonly category: string;
  readonly text: string;
}

interface Outcome {
  readonly technique: string;
  readonly category: string;
  readonly base: string;
  readonly verdict: Verdict;
  readonly cpuMs: number;
}

const CATEGORIES = [
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
] as const satisfies readonly LocalCategory[];
const LIMITS = { maxPixels: 100_000_000, maxBytes: 50_000_000 };

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    every: { type: 'string', default: '1' },
    bases: { type: 'string' },
    only: { type: 'string', default: '' },
    save: { type: 'string' },
  },
});
if (options.save !== undefined) await mkdir(options.save, { recursive: true });
const generator = createLocalGenerator({ categories: CATEGORIES });
await using evaluator = createLocalEvaluator({ categories: CATEGORIES, threads: 1 });
report(await measure(options.bases === undefined ? await demoBases() : await basesIn(options.bases)));

async function measure(bases: readonly Base[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let counter = 0;
  for (const base of bases) {
    for (const prompt of defaultPrompts()) {
      for (let seed = 1; seed <= Number(options.seeds); seed++) {
        const named = `${base.name} ${techniqueOf(base, prompt, seed)}`;
        if (!named.includes(options.only) || counter++ % Number(options.every) !== 0) continue;
        outcomes.push(await attempt(base, prompt, seed));
      }
    }
  }
  return outcomes;
}

async function attempt(base: Base, prompt: Prompt, seed: number): Promise<Outcome> {
  const order = {
    actor: 'bench',
    category: prompt.category,
    categoryDescription: '',
    promptNumber: prompt.number,
    prompt: prompt.text,
    seed,
    assertHeld: () => {},
    baseImage: async () => base.bytes,
  };
  const before = process.cpuUsage();
  const state = await generator.collect(await generator.submit(order), order);
  const spent = process.cpuUsage(before);
  if (state.status !== 'succeeded') throw new Error(`${base.name}: ${state.message}`);
  const verdict = await judge(evaluator, state.picture.bytes);
  const technique = techniqueOf(base, prompt, seed);
  if (options.save !== undefined) {
    const right = verdict.category === prompt.category ? 'ok' : `bad-${verdict.category}`;
    const name = `${technique}-${right}-${base.name}-${prompt.number}-${seed}.jpg`;
    await writeFile(join(options.save, name), state.picture.bytes);
  }
  const cpuMs = (spent.user + spent.system) / 1000;
  return { technique, category: prompt.category, base: base.name, verdict, cpuMs };
}

/** Decoded and judged as `apply` does it. */
async function judge(by: Evaluator, bytes: Uint8Array): Promise<Verdict> {
  const decoded = await decodePicture(bytes, LIMITS);
  if (decoded.status !== 'ok') throw new Error(decoded.message);
  const { raster, facts } = decoded;
  const prepared = await by.prepare?.(raster, facts);
  const item = { number: 1, digest: 'picture', tile: raster, prepared, original: async () => bytes };
  const { verdicts } = await by.evaluate({ actor: 'bench', items: [item] });
  return verdicts.get('picture')!;
}

/** What the generator will choose: the first thing that its random numbers decide. */
function techniqueOf(base: Base, prompt: Prompt, seed: number): string {
  const digest = createHash('sha256').update(base.bytes).digest('hex');
  const style = CATEGORIES.find(({ name }) => name === prompt.category)!.local;
  return chooseTechnique(style, prompt.text, createRandom(digest, prompt.text, String(seed))).name;
}

function defaultPrompts(): Prompt[] {
  const { text } = EMBEDDED_SPECS.find(({ name }) => name === 'prompts.yaml')!;
  return (parse(text) as { spec: { prompts: Prompt[] } }).spec.prompts;
}

/** The demo's people, and each of them as a library might hold them at worst. */
async function demoBases(): Promise<Base[]> {
  const bases: Base[] = [];
  for (const actor of DEMO_ACTORS) {
    const bytes = await baseImage(actor);
    const small = sharp(bytes).resize(160, 160, { fit: 'inside' });
    const versions = {
      colour: bytes,
      grey: await sharp(bytes).grayscale().jpeg().toBuffer(),
      sepia: await sharp(bytes).tint('#c9a26b').jpeg().toBuffer(),
      dark: await sharp(bytes).linear(0.22, 2).jpeg().toBuffer(),
      flat: await sharp(bytes).linear(0.3, 100).modulate({ saturation: 0.5 }).jpeg().toBuffer(),
      small: await small.jpeg().toBuffer(),
    };
    for (const [version, content] of Object.entries(versions)) {
      bases.push({ name: `${actor.id}-${version}`, bytes: content });
    }
  }
  return bases;
}

async function basesIn(folder: string): Promise<Base[]> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

function report(outcomes: readonly Outcome[]): void {
  const { stdout } = process;
  for (const key of ['category', 'technique'] as const) {
    const rows = Object.entries(Object.groupBy(outcomes, (outcome) => outcome[key]));
    stdout.write(`\n${key}\n${rows.map(([name, of = []]) => row(name, of)).join('')}`);
  }
  const versions = Object.groupBy(
    outcomes,
    ({ category, base }) => `${base.replace(/^\d+-/, '')} ${category}`,
  );
  if (options.bases === undefined) {
    stdout.write(
      `\nbase\n${Object.entries(versions)
        .map(([name, of = []]) => row(name, of))
        .join('')}`,
    );
  }
}

function row(name: string, outcomes: readonly Outcome[]): string {
  const accepted = outcomes.filter(({ verdict, category }) => verdict.category === category);
  const uncertain = accepted.filter(({ verdict }) => verdict.uncertain);
  const wrong = Object.entries(
    Object.groupBy(
      outcomes.filter((outcome) => !accepted.includes(outcome)),
      ({ verdict }) => verdict.category,
    ),
  ).map(([category, of = []]) => `${of.length} ${category}`);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
  const ms = mean(outcomes.map(({ cpuMs }) => cpuMs)).toFixed(0);
  const quality = mean(outcomes.map(({ verdict }) => verdict.quality)).toFixed(1);
  const share = `${accepted.length}/${outcomes.length}`;
  return `  ${name.padEnd(24)} ${share.padEnd(9)} ${uncertain.length} uncertain, quality ${quality}, ${ms} ms CPU  ${wrong.join(', ')}\n`;
}
