// A process that does nothing: what every other one pays too. Run by start-up.ts.
import { measure } from './measure.ts';

await measure(async () => undefined);
