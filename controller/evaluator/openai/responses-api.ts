import type OpenAI from 'openai';
import type { Response } from 'openai/resources/responses/responses';
import { dataUrl, SCHEMA_NAME, type VisionApi, type VisionReply, type VisionSettings } from './vision-api.ts';

/** The Responses API, as api.openai.com speaks it. Nothing is stored at the provider. */
export function createResponsesApi(
  client: OpenAI,
  { model, detail, reasoningEffort, temperature }: VisionSettings,
): VisionApi {
  return {
    async ask({ instructions, question, picture, schema, maxOutputTokens }, signal) {
      const response = await client.responses.create(
        {
          model,
          instructions,
          input: [
            {
              role: 'user',
              content: [
                { type: 'input_text', text: question },
                { type: 'input_image', image_url: dataUrl(picture), detail },
              ],
            },
          ],
          text: { format: { type: 'json_schema', name: SCHEMA_NAME, strict: true, schema } },
          max_output_tokens: maxOutputTokens,
          store: false,
          ...(reasoningEffort === undefined ? {} : { reasoning: { effort: reasoningEffort } }),
          ...(temperature === undefined ? {} : { temperature }),
        },
        signal === undefined ? {} : { signal },
      );
      return { outcome: outcomeOf(response), usage: usageOf(response) };
    },
  };
}

function outcomeOf(response: Response): VisionReply['outcome'] {
  const reason = response.incomplete_details?.reason;
  if (reason === 'content_filter') return { kind: 'refused' };
  if (response.status === 'incomplete') return { kind: 'cut-off' };
  const parts = (response.output ?? []).flatMap((item) => (item.type === 'message' ? item.content : []));
  if (parts.some((part) => part.type === 'refusal')) return { kind: 'refused' };
  const text = parts.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
  return { kind: 'answer', text };
}

function usageOf({ usage }: Response): VisionReply['usage'] {
  return usage == null ? undefined : { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
}
