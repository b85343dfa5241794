import type { CallsheetError } from '../../controller/diagnostics/errors.ts';
import type { EvaluationRequest, EvaluationResult } from '../../controller/evaluator/evaluator.ts';
import type { GenerationOrder, GenerationState } from '../../controller/generator/generator.ts';
import { ColourEvaluator } from './colour-evaluator.ts';
import { ColourGenerator } from './colour-generator.ts';
import { colourPicture } from './colour-pictures.ts';

/** The evaluator of colour pictures, which can be down. */
export class SwitchableEvaluator extends ColourEvaluator {
  down: CallsheetError | undefined;

  override async evaluate(request: EvaluationRequest): Promise<EvaluationResult> {
    if (this.down !== undefined) throw this.down;
    return await super.evaluate(request);
  }
}

/** The generator of colour pictures, which can be down, or sell something else than was ordered. */
export class SwitchableGenerator extends ColourGenerator {
  down: CallsheetError | undefined;
  /** Sells only pictures of this category. */
  only: string | undefined;

  override async submit(order: GenerationOrder): Promise<string> {
    if (this.down !== undefined) throw this.down;
    return await super.submit(order);
  }

  override async collect(ticket: string, order: GenerationOrder): Promise<GenerationState> {
    const sold = await super.collect(ticket, order);
    if (this.only === undefined || sold.status !== 'succeeded') return sold;
    return { ...sold, picture: { ...sold.picture, bytes: await colourPicture(this.only, 8, order.seed) } };
  }
}
