import type OpenAI from 'openai';
import type {
  ChatCompletion,
  ChatCompletionCreateParamsNonStreaming,
} from 'openai/resources/chat/completions';
import { dataUrl, SCHEMA_NAME, type VisionApi, type VisionReply, type VisionSettings } from './vision-api.ts';

type ImageDetail = 'low' | 'high' | 'auto';

/** Chat Completions, as Ollama, vLLM and other servers with the same API speak it. */
export function createChatApi(
  client: OpenAI,
  { model, detail, reasoningEffort, temperature }: VisionSettings,
): VisionApi {
  return {
    async ask({ instructions, question, picture, schema, maxOutputTokens }, signal) {
      const request: ChatCompletionCreateParamsNonStreaming = {
        model,
        messages: [
          { role: 'system', content: instructions },
          {
            role: 'user',
            content: [
              { type: 'text', text: question },
              { type: 'image_url', image_url: { url: dataUrl(picture), detail: imageDetail(detail) } },
            ],
          },
        ],
        response_format: { type: 'json_schema', json_schema: { name: SCHEMA_NAME, strict: true, schema } },
        max_completion_tokens: maxOutputTokens,
        ...(reasoningEffort === undefined ? {} : { reasoning_effort: reasoningEffort }),
        ...(temperature === undefined ? {} : { temperature }),
      };
      const completion = await client.chat.completions.create(
        request,
        signal === undefined ? {} : { signal },
      );
      return { outcome: outcomeOf(completion), usage: usageOf(completion) };
    },
  };
}

/** Chat Completions know no `original`. */
function imageDetail(detail: VisionSettings['detail']): ImageDetail {
  return detail === 'original' ? 'high' : detail;
}

function outcomeOf(completion: ChatCompletion): VisionReply['outcome'] {
  const choice = completion.choices?.[0];
  if (choice?.finish_reason === 'content_filter' || choice?.message?.refusal) return { kind: 'refused' };
  if (choice?.finish_reason === 'length') return { kind: 'cut-off' };
  return { kind: 'answer', text: choice?.message?.content ?? '' };
}

function usageOf({ usage }: ChatCompletion): VisionReply['usage'] {
  return usage == null
    ? undefined
    : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}
