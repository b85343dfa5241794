import { CallsheetError } from '../../diagnostics/errors.ts';
import { decodePicture } from '../../picture/decode.ts';
import { encodeTile } from '../../picture/tile.ts';
import type { GenerationOrder } from '../generator.ts';

/** What the model calls the three inputs that differ from order to order. A name that ends in `[]` takes a list. */
export interface InputMapping {
  readonly prompt: string;
  readonly image: string;
  readonly seed: string;
}

export interface InputSettings {
  readonly model: string;
  readonly mapping: InputMapping;
  /** Sent with every order as it is. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly outputFormat: 'jpg' | 'png';
  /** Bounds for reading base images. */
  readonly limits: { readonly maxPixels: number; readonly maxBytes: number };
}

/** flux-kontext models; set always, because their defaults have changed before. Prompts must not be rewritten at random. */
const KONTEXT_DEFAULTS = { aspect_ratio: 'match_input_image', safety_tolerance: 2, prompt_upsampling: false };

/** The model makes about one megapixel itself; more would only be uploaded and scaled down. */
const BASE_SIDE = 1024;
const BASE_QUALITY = 85;

/** The complete input of one order. Rejects with `invalid-input` when the base image cannot be used. */
export async function modelInput(
  settings: InputSettings,
  order: GenerationOrder,
  signal?: AbortSignal,
): Promise<Record<string, unknown>> {
  const { mapping, input } = settings;
  return {
    ...(isKontext(settings.model) ? { ...KONTEXT_DEFAULTS, output_format: settings.outputFormat } : {}),
    ...input,
    ...named(mapping.prompt, order.prompt),
    ...named(mapping.seed, order.seed),
    ...named(mapping.image, await baseImage(settings, order, signal)),
  };
}

function isKontext(model: string): boolean {
  return /^black-forest-labs\/flux-kontext-/.test(model);
}

function named(name: string, value: unknown): Record<string, unknown> {
  return name.endsWith('[]') ? { [name.slice(0, -2)]: [value] } : { [name]: value };
}

/** A URL that the provider can fetch, or the picture itself. */
async function baseImage(
  settings: InputSettings,
  order: GenerationOrder,
  signal?: AbortSignal,
): Promise<string> {
  const url = await order.baseImageUrl?.(signal);
  if (url !== undefined && isPublic(url)) return url;
  const decoded = await decodePicture(await order.baseImage(signal), settings.limits, { side: BASE_SIDE });
  if (decoded.status !== 'ok') {
    throw new CallsheetError(
      'invalid-input',
      `the base image of actor "${order.actor}" cannot be used: ${decoded.message}`,
      {
        hint: 'Let base_image of its actor manifest name a JPEG, PNG or WebP file.',
      },
    );
  }
  const jpeg = await encodeTile(decoded.raster, BASE_QUALITY);
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
}

/** A private or local address is out of the provider's reach, whatever is there. */
function isPublic(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' || !hostname.includes('.')) return false;
  return !/^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.|\[)|\.(local|internal|localhost|test)$/.test(
    hostname,
  );
}
