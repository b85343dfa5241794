/** A perceptron with one hidden layer for a yes-or-no question. Small, regularised, deterministic. */

export interface Perceptron {
  /** `units` rows of as many weights as there are inputs. */
  readonly hidden: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly output: Float32Array;
  readonly outputBias: number;
}

export interface Examples {
  readonly rows: readonly Float32Array[];
  /** 1 or 0 for each row. */
  readonly labels: readonly number[];
  /** How much each row counts; 1 on average. */
  readonly weights: readonly number[];
}

export interface Schedule {
  readonly units: number;
  readonly epochs: number;
  /** Share of hidden units left out at each step, so that none relies on another. */
  readonly dropout: number;
  /** Pull of the hidden weights towards zero. */
  readonly decay: number;
  readonly rate: number;
  readonly random: () => number;
}

const BATCH = 32;

/** Adam with a cosine schedule and decoupled weight decay. */
export function fitPerceptron(examples: Examples, schedule: Schedule): Perceptron {
  const inputs = examples.rows[0]!.length;
  const { units, epochs, random } = schedule;
  const parameters = new Float32Array(units * inputs + 2 * units + 1);
  const normal = () => Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
  for (let i = 0; i < units * inputs; i++) parameters[i] = normal() / Math.sqrt(inputs);
  for (let k = 0; k < units; k++) parameters[units * inputs + units + k] = normal() / Math.sqrt(units);
  const adam = new Adam(parameters, units * inputs, schedule.decay);
  const order = examples.rows.map((_, i) => i);
  const steps = epochs * Math.ceil(order.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += BATCH) {
      const gradient = new Float32Array(parameters.length);
      const batch = order.slice(from, from + BATCH);
      for (const i of batch) backpropagate(parameters, gradient, examples, i, batch.length, schedule);
      adam.step(gradient, (schedule.rate * (1 + Math.cos((Math.PI * step++) / steps))) / 2);
    }
  }
  return split(parameters, units, inputs);
}

function backpropagate(
  parameters: Float32Array,
  gradient: Float32Array,
  { rows, labels, weights }: Examples,
  example: number,
  batch: number,
  { units, dropout, random }: Schedule,
): void {
  const row = rows[example]!;
  const { hidden, hiddenBias, output, outputBias } = split(parameters, units, row.length);
  const slopes = split(gradient, units, row.length);
  const active = new Float32Array(units);
  const keep = Float32Array.from({ length: units }, () => (random() < dropout ? 0 : 1 / (1 - dropout)));
  let logit = outputBias;
  for (let k = 0; k < units; k++) {
    if (keep[k] === 0) continue;
    let sum = hiddenBias[k]!;
    for (let j = 0, at = k * row.length; j < row.length; j++, at++) sum += hidden[at]! * row[j]!;
    active[k] = Math.max(0, sum) * keep[k]!;
    logit += active[k]! * output[k]!;
  }
  const error = ((1 / (1 + Math.exp(-logit)) - labels[example]!) * weights[example]!) / batch;
  gradient[gradient.length - 1]! += error;
  for (let k = 0; k < units; k++) {
    slopes.output[k]! += error * active[k]!;
    if (active[k]! === 0) continue;
    const slope = error * output[k]! * keep[k]!;
    slopes.hiddenBias[k]! += slope;
    for (let j = 0, at = k * row.length; j < row.length; j++, at++) slopes.hidden[at]! += slope * row[j]!;
  }
}

/** Views of the four groups of parameters in their common array. */
function split(parameters: Float32Array, units: number, inputs: number): Perceptron {
  const end = units * inputs;
  return {
    hidden: parameters.subarray(0, end),
    hiddenBias: parameters.subarray(end, end + units),
    output: parameters.subarray(end + units, end + 2 * units),
    outputBias: parameters[end + 2 * units]!,
  };
}

class Adam {
  readonly #parameters: Float32Array;
  readonly #decayed: number;
  readonly #decay: number;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;
  #time = 0;

  /** The first `decayed` parameters are pulled towards zero. */
  constructor(parameters: Float32Array, decayed: number, decay: number) {
    this.#parameters = parameters;
    this.#decayed = decayed;
    this.#decay = decay;
    this.#mean = new Float32Array(parameters.length);
    this.#square = new Float32Array(parameters.length);
  }

  step(gradient: Float32Array, rate: number): void {
    this.#time++;
    const meanScale = 1 - 0.9 ** this.#time;
    const squareScale = 1 - 0.999 ** this.#time;
    for (let i = 0; i < gradient.length; i++) {
      this.#mean[i] = 0.9 * this.#mean[i]! + 0.1 * gradient[i]!;
      this.#square[i] = 0.999 * this.#square[i]! + 0.001 * gradient[i]! ** 2;
      const pull = i < this.#decayed ? this.#decay * this.#parameters[i]! : 0;
      const slope = this.#mean[i]! / meanScale / (Math.sqrt(this.#square[i]! / squareScale) + 1e-8);
      this.#parameters[i]! -= rate * (slope + pull);
    }
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}
