/** Logistic regression with an L2 penalty, fitted by L-BFGS. Deterministic. */

export interface Problem {
  readonly rows: readonly Float32Array[];
  /** 1 or 0 for each row. */
  readonly labels: readonly number[];
  /** How much each row counts. */
  readonly weights: readonly number[];
  /** Strength of the penalty on the squared weights. */
  readonly penalty: number;
}

export interface Solution {
  readonly weights: Float64Array;
  readonly bias: number;
}

const STEPS = 60;
const MEMORY = 8;
const ENOUGH = 1e-6;

/** Finds the weights of least penalised loss. The bias is not penalised. */
export function fitLogistic(problem: Problem): Solution {
  let point: Float64Array = new Float64Array(problem.rows[0]!.length + 1);
  let { loss, gradient } = evaluate(problem, point);
  const memory: { step: Float64Array; change: Float64Array }[] = [];
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const direction = descent(gradient, memory);
    const slope = dot(gradient, direction);
    let size = 1;
    let next = move(point, direction, size);
    let there = evaluate(problem, next);
    while (there.loss > loss - 1e-4 * size * slope && size > 1e-4) {
      size /= 2;
      next = move(point, direction, size);
      there = evaluate(problem, next);
    }
    const step = next.map((value, i) => value - point[i]!);
    const change = there.gradient.map((value, i) => value - gradient[i]!);
    const gained = loss - there.loss;
    point = next;
    loss = there.loss;
    gradient = there.gradient;
    if (gained < ENOUGH) break;
    if (dot(step, change) > 1e-12) memory.push({ step, change });
    if (memory.length > MEMORY) memory.shift();
  }
  return { weights: point.slice(0, -1), bias: point.at(-1)! };
}

function evaluate({ rows, labels, weights, penalty }: Problem, point: Float64Array) {
  const last = point.length - 1;
  const gradient = new Float64Array(point.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let loss = 0;
  for (const [i, row] of rows.entries()) {
    let logit = point[last]!;
    for (let j = 0; j < last; j++) logit += point[j]! * row[j]!;
    const share = weights[i]! / total;
    const probability = 1 / (1 + Math.exp(-logit));
    loss -= share * Math.log(Math.max(1e-12, labels[i] ? probability : 1 - probability));
    const error = share * (probability - labels[i]!);
    for (let j = 0; j < last; j++) gradient[j]! += error * row[j]!;
    gradient[last]! += error;
  }
  for (let j = 0; j < last; j++) {
    loss += (penalty / 2) * point[j]! ** 2;
    gradient[j]! += penalty * point[j]!;
  }
  return { loss, gradient };
}

/** The two-loop recursion: the gradient, bent by what the last steps told of the curvature. */
function descent(
  gradient: Float64Array,
  memory: readonly { step: Float64Array; change: Float64Array }[],
): Float64Array {
  const direction = gradient.slice();
  const pulls: number[] = [];
  for (const { step, change } of memory.toReversed()) {
    const pull = dot(step, direction) / dot(step, change);
    pulls.unshift(pull);
    add(direction, change, -pull);
  }
  const latest = memory.at(-1);
  const scale = latest
    ? dot(latest.step, latest.change) / dot(latest.change, latest.change)
    : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
  for (let j = 0; j < direction.length; j++) direction[j]! *= scale;
  for (const [k, { step, change }] of memory.entries()) {
    add(direction, step, pulls[k]! - dot(change, direction) / dot(step, change));
  }
  return direction;
}

function move(point: Float64Array, direction: Float64Array, size: number): Float64Array {
  return point.map((value, i) => value - size * direction[i]!);
}

function add(target: Float64Array, source: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j]! += factor * source[j]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
