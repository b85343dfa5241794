import type { Usage } from './prices.ts';

/** One question about one picture. */
export interface VisionQuestion {
  readonly instructions: string;
  readonly question: string;
  /** JPEG. */
  readonly picture: Uint8Array;
  readonly schema: Record<string, unknown>;
  readonly maxOutputTokens: number;
}

/** What came back; `usage` is absent when the server does not account for it. */
export interface VisionReply {
  readonly outcome:
    | { readonly kind: 'answer'; readonly text: string }
    /** The model or a filter will not look at this picture. */
    | { readonly kind: 'refused' }
    /** The answer was cut off at its bound. */
    | { readonly kind: 'cut-off' };
  readonly usage: Usage | undefined;
}

/** Sent only where set, since many models and servers refuse what they do not know. */
export interface VisionSettings {
  readonly model: string;
  readonly detail: 'low' | 'high' | 'auto' | 'original';
  readonly reasoningEffort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' | undefined;
  readonly temperature?: number | undefined;
}

/** Port: asks a vision model once. Repeats nothing; errors are CallsheetErrors. */
export interface VisionApi {
  ask(question: VisionQuestion, signal?: AbortSignal): Promise<VisionReply>;
}

/** The name that structured output wants for a schema. */
export const SCHEMA_NAME = 'image_verdicts';

export function dataUrl(jpeg: Uint8Array): string {
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
}
