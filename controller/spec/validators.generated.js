// Generated from schemas/ by scripts/generate-validators.ts. Do not edit.
import ucs2lengthModule from 'ajv/dist/runtime/ucs2length.js';
import equalModule from 'ajv/dist/runtime/equal.js';

export const Library = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/library.schema.json","title":"Library","description":"Where the actors and their images are, and how the work on them is done. At most one in a repository of specs.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"description":"Version of the format.","const":"callsheet.dev/v1"},"kind":{"description":"Kind of the document.","const":"Library"},"metadata":{"$ref":"metadata.schema.json"},"spec":{"title":"LibrarySpec","description":"Places, providers, limits and policy. Everything has a default.","type":"object","additionalProperties":false,"properties":{"actors":{"description":"Where the actor manifests are: one JSON file per actor. `{actor}` stands for the actor's id; what it matches in a listing is the id. Relative `file:` URLs start at the library's root, the folder that holds `specs/`.","type":"string","pattern":"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$","patternErrorMessage":"a `file:` or `s3://bucket/` URL with the placeholder {actor}, such as file:data/{actor}/ or s3://bucket/actors/{actor}/","default":"file:data/actor_manifests/{actor}.json","examples":["s3://studio/actor_manifests/{actor}.json"]},"manifests":{"description":"Where the training-data manifests are: one JSON file per actor, which the training job reads.","type":"string","pattern":"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$","patternErrorMessage":"a `file:` or `s3://bucket/` URL with the placeholder {actor}, such as file:data/{actor}/ or s3://bucket/actors/{actor}/","default":"file:data/actors/{actor}/training_data/manifest.json","examples":["s3://studio/actors/{actor}/training_data/manifest.json"]},"images":{"description":"The folder or prefix of each actor's training images. New images are stored here; objects here that no manifest names are adopted when they are needed.","type":"string","pattern":"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$","patternErrorMessage":"a `file:` or `s3://bucket/` URL with the placeholder {actor}, such as file:data/{actor}/ or s3://bucket/actors/{actor}/","default":"file:data/actors/{actor}/training_data/images/","examples":["s3://studio/actors/{actor}/training_data/"]},"state":{"description":"Where Callsheet keeps what it knows: evaluations, plans, runs, leases, money spent. A folder, a prefix or a Postgres database; its password belongs into DATABASE_URL, not here.","type":"string","pattern":"^(file:[^?#\\u0000-\\u001f]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\\u0000-\\u001f]*)?|postgres(ql)?:(//[^\\s]*)?)$","patternErrorMessage":"a `file:`, `s3://bucket/` or `postgres://` URL, such as file:state/","default":"file:state/","examples":["file:state/","s3://studio/callsheet-state/","postgres://db.internal/callsheet"]},"evaluator":{"$ref":"#/$defs/evaluator"},"generator":{"$ref":"#/$defs/generator"},"limits":{"$ref":"#/$defs/limits"},"guards":{"$ref":"#/$defs/guards"},"apply":{"description":"Whether `callsheet controller` applies what it plans (`auto`) or waits for `callsheet approve` (`manual`). The apply command asks in either case.","enum":["auto","manual"],"default":"manual","examples":["auto"]},"rollout":{"$ref":"#/$defs/rollout"},"windows":{"description":"When the controller may apply. Outside every window it still plans. None: always.","type":"array","default":[],"maxItems":50,"items":{"$ref":"#/$defs/window"}},"interval":{"description":"How often the controller looks at every actor again although nothing is known to have changed, and asks git for a new revision.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","default":"10m","examples":["10m","1h"]},"trash":{"$ref":"#/$defs/trash"},"history":{"$ref":"#/$defs/history"},"suspend":{"title":"Suspend","description":"Everything is planned, but nothing is applied: `true`, or a reason and perhaps an end.","type":["boolean","object"],"additionalProperties":false,"required":["reason"],"default":false,"examples":[true,{"reason":"New photographs arrive next week","until":"2027-01-31"}],"properties":{"reason":{"description":"Why, for whoever meets it later.","type":"string","minLength":1,"examples":["New photographs arrive next week"]},"until":{"description":"When it ends by itself: a date (that day's beginning, UTC) or a time with its zone. Without it, it lasts until it is taken out.","type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$","patternErrorMessage":"a date such as 2027-01-31, or a time with its zone such as 2027-01-31T18:00:00Z","examples":["2027-01-31","2027-01-31T18:00:00Z"]}}},"notifications":{"description":"Who is told of failures, recoveries and plans that wait for approval.","type":"array","default":[],"maxItems":50,"items":{"$ref":"#/$defs/notification"}}}}},"$defs":{"evaluator":{"title":"EvaluatorSpec","description":"Says what each image is and how good.","type":"object","additionalProperties":false,"properties":{"provider":{"description":"`local` works offline on this machine, free. `openai` asks a vision model of OpenAI, or of any server that speaks its API when OPENAI_BASE_URL is set; its key is read from OPENAI_API_KEY.","enum":["local","openai"],"default":"local","examples":["openai"]},"model":{"description":"Name of the vision model. For `openai` gpt-4.1-mini unless it is set. A change means that every image is evaluated again.","type":"string","minLength":1,"examples":["gpt-4.1-mini","gpt-6-luna"]},"thumbnail":{"description":"Side of one cell of the contact sheet, in pixels.","type":"integer","minimum":64,"maximum":1024,"default":200,"examples":[200]},"columns":{"description":"Cells in a row of the contact sheet.","type":"integer","minimum":1,"maximum":10,"default":5,"examples":[5]},"confirm":{"description":"Look once more, alone and closely, at an image that is about to be deleted or that got low confidence.","type":"boolean","default":true,"examples":[false]},"api":{"description":"Which API of `openai` to speak. Unless set: `responses` for api.openai.com, `chat` (Chat Completions) for any other base URL.","enum":["responses","chat"],"examples":["chat"]},"reasoningEffort":{"description":"How long a reasoning model thinks. Left out of the request unless it is set; `none` or `low` keeps the price of such models down.","enum":["none","minimal","low","medium","high","xhigh","max"],"examples":["low"]},"temperature":{"description":"Randomness of the answer. Left out of the request unless it is set; reasoning models refuse it.","type":"number","minimum":0,"maximum":2,"examples":[0]},"detail":{"description":"The resolution at which the model looks at pictures.","enum":["low","high","auto","original"],"default":"high","examples":["high"]},"minimumConfidence":{"description":"Below this confidence (0 to 1) a verdict is `uncertain`: such an image counts, but is never deleted for being too many. Each evaluator has its own bound unless it is set.","type":"number","minimum":0,"maximum":1,"examples":[0.7]},"pricePerMillionTokens":{"$ref":"#/$defs/tokenPrice"}}},"tokenPrice":{"title":"TokenPrice","description":"What a million tokens cost, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.","type":"object","additionalProperties":false,"required":["input","output"],"examples":[{"input":0.4,"output":1.6}],"properties":{"input":{"description":"Tokens sent, pictures included.","type":"number","minimum":0,"examples":[0.4]},"output":{"description":"Tokens received, reasoning included.","type":"number","minimum":0,"examples":[1.6]}}},"generator":{"title":"GeneratorSpec","description":"Makes new images of an actor from its base image and a prompt.","type":"object","additionalProperties":false,"properties":{"provider":{"description":"`local` derives pictures from the base image by image processing on this machine, free: a stand-in for those who have no key. `replicate` runs a model at Replicate, for money; its token is read from REPLICATE_API_TOKEN.","enum":["local","replicate"],"default":"local","examples":["replicate"]},"model":{"description":"The model at Replicate, as owner/name. For `replicate` black-forest-labs/flux-kontext-pro unless it is set.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$","patternErrorMessage":"owner/name, such as black-forest-labs/flux-kontext-pro","examples":["black-forest-labs/flux-kontext-pro"]},"input":{"title":"GeneratorInput","description":"Further input of the model, sent with every request as it is here.","type":"object","default":{},"propertyNames":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.-]*$","patternErrorMessage":"letters, digits, `_`, `-` and `.`, beginning with a letter"},"additionalProperties":true,"examples":[{"aspect_ratio":"match_input_image","safety_tolerance":2}]},"inputMapping":{"$ref":"#/$defs/inputMapping"},"priceUsd":{"description":"What one picture costs, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.","type":"number","minimum":0,"examples":[0.04]},"maxAttempts":{"description":"How often one picture is tried when it turns out to be of the wrong category or not good enough. Every attempt is paid for.","type":"integer","minimum":1,"maximum":10,"default":3,"examples":[3]},"outputFormat":{"description":"File format of new images.","enum":["jpg","png"],"default":"jpg","examples":["png"]}}},"inputMapping":{"title":"InputMapping","description":"What the model calls the three inputs that differ from picture to picture. Set it for models other than flux-kontext-pro.","type":"object","additionalProperties":false,"properties":{"prompt":{"description":"The input that takes the prompt.","type":"string","minLength":1,"default":"prompt","examples":["prompt"]},"image":{"description":"The input that takes the base image. A name that ends in [] takes a list of one.","type":"string","minLength":1,"default":"input_image","examples":["image","input_images[]"]},"seed":{"description":"The input that takes the seed.","type":"string","minLength":1,"default":"seed","examples":["seed"]}}},"limits":{"title":"Limits","description":"How much is done at once, and for how much money.","type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Actors in work at the same time.","type":"integer","minimum":1,"maximum":1000,"default":32,"examples":[32]},"perProvider":{"$ref":"#/$defs/perProvider"},"budget":{"$ref":"#/$defs/budget"},"maxImageBytes":{"description":"Larger image files are not read; they count as unknown.","type":"integer","minimum":1024,"maximum":1073741824,"default":52428800,"examples":[52428800]},"maxImagePixels":{"description":"Images with more pixels (width times height) are not decoded; they count as unknown.","type":"integer","minimum":4096,"maximum":1000000000,"default":100000000,"examples":[100000000]}}},"perProvider":{"title":"PerProvider","description":"Limits on the calls to each provider, over all actors. Unless set: OpenAI 32 at a time and 500 a minute, Replicate 16 at a time and 300 a minute.","type":"object","additionalProperties":false,"properties":{"openai":{"$ref":"#/$defs/providerLimit"},"replicate":{"$ref":"#/$defs/providerLimit"}}},"providerLimit":{"title":"ProviderLimit","description":"Limits on the calls to one provider.","type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Calls in flight at the same time.","type":"integer","minimum":1,"maximum":1000,"examples":[16]},"requestsPerMinute":{"description":"Calls started in a minute.","type":"integer","minimum":1,"maximum":100000,"examples":[300]}}},"budget":{"title":"Budget","description":"The most that may be spent, in US dollars. Money is reserved before each paid call; what would exceed the budget is not called. Left out: no bound.","type":"object","additionalProperties":false,"properties":{"perRun":{"description":"By one run.","type":"number","minimum":0,"examples":[5]},"perDay":{"description":"By all runs of a day (UTC).","type":"number","minimum":0,"examples":[25]}}},"guards":{"title":"Guards","description":"Bounds on what a single plan may delete. A plan over a bound is refused until a person lifts the guard for that plan.","type":"object","additionalProperties":false,"properties":{"maxDeletes":{"description":"Deletes in one plan. Left out: no bound.","type":"integer","minimum":0,"examples":[200]},"maxDeleteShare":{"description":"Deletes in one plan, as a percentage of the images it saw.","type":"number","minimum":0,"maximum":100,"default":50,"examples":[25]},"minUsable":{"description":"Images that every actor keeps.","type":"integer","minimum":0,"default":1,"examples":[10]}}},"rollout":{"title":"Rollout","description":"How the controller applies a change that touches many actors: some first, then the rest in batches.","type":"object","additionalProperties":false,"properties":{"canary":{"description":"Actors in the first wave. 0: no canary.","type":"integer","minimum":0,"default":5,"examples":[5]},"batch":{"description":"Actors in each further wave.","type":"integer","minimum":1,"default":50,"examples":[50]},"maxFailures":{"description":"Actors that may fail before the rollout halts and waits for a person.","type":"integer","minimum":0,"default":3,"examples":[0]}}},"window":{"title":"Window","description":"A time when applying is allowed.","type":"object","additionalProperties":false,"required":["schedule","duration"],"properties":{"schedule":{"description":"When it opens, as a cron expression: minute, hour, day of month, month, day of week.","type":"string","pattern":"^\\s*\\S+(\\s+\\S+){4}\\s*$","patternErrorMessage":"a cron expression of five fields, such as \"0 22 * * 1-5\"","examples":["0 22 * * 1-5"]},"duration":{"description":"How long it stays open.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","examples":["6h"]},"timeZone":{"description":"IANA name of the time zone that `schedule` is meant in.","type":"string","minLength":1,"default":"UTC","examples":["Europe/Berlin"]}}},"history":{"title":"History","description":"What becomes of the records of runs and of the plans that they used up. A controller removes old ones a few at a time; without one, `callsheet state prune` does.","type":"object","additionalProperties":false,"properties":{"retention":{"description":"How long a controller keeps them; never shorter than `spec.trash.retention`, so that a run can be undone as long as its images are there. A plan that is older is not applied any more.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","default":"365d","examples":["90d"]}}},"trash":{"title":"Trash","description":"What becomes of deleted images.","type":"object","additionalProperties":false,"properties":{"retention":{"description":"How long a deleted image can be brought back. After that it is gone for good.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","default":"30d","examples":["90d"]}}},"notification":{"title":"Notification","description":"One receiver of notifications.","type":"object","additionalProperties":false,"required":["type"],"properties":{"name":{"description":"What logs call it.","type":"string","minLength":1,"maxLength":63,"examples":["casting-channel"]},"type":{"description":"`webhook` posts JSON; `slack` posts a message that Slack, Mattermost and others understand; `github` sets the commit status of the applied revision.","enum":["webhook","slack","github"],"examples":["slack"]},"url":{"description":"Where to post. A URL that is itself a secret belongs into `urlEnv`.","type":"string","pattern":"^https?://[^\\s]+$","patternErrorMessage":"an http:// or https:// URL","examples":["https://hooks.example.com/callsheet"]},"urlEnv":{"description":"Name of the environment variable that holds the URL.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$","patternErrorMessage":"the name of an environment variable, such as SLACK_WEBHOOK_URL","examples":["SLACK_WEBHOOK_URL"]},"secretEnv":{"description":"Name of the environment variable that holds the key to sign webhooks with (HMAC SHA-256), or the token for `github`.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$","patternErrorMessage":"the name of an environment variable, such as WEBHOOK_SECRET","examples":["WEBHOOK_SECRET"]},"repository":{"description":"For `github`: owner/name of the repository. Unless set it is read from the URL of the specs.","type":"string","pattern":"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$","patternErrorMessage":"owner/name","examples":["studio/callsheet-specs"]},"events":{"description":"What to tell. Left out: everything, but `applying` and `applied` (a new revision is in force; every actor is as it says) only to `github`.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One sort of event.","enum":["failed","recovered","awaiting-approval","budget","guard-denied","run-summary","applying","applied"]},"examples":[["failed","recovered"]]}}}}};
const schema32 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/metadata.schema.json","title":"Metadata","description":"The name of a document, and notes on it.","type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"description":"Names the document; other documents refer to it by this name. Unique among documents of one kind.","type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$","patternErrorMessage":"lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit","examples":["default","leads","stunt-doubles"]},"description":{"description":"What it is for, in a sentence. For people only.","type":"string","examples":["Leads get more photographs than illustrations."]},"labels":{"description":"Free notes for your own tools. Callsheet keeps them and does not act on them.","type":"object","propertyNames":{"type":"string","pattern":"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$","patternErrorMessage":"letters, digits, `-`, `_`, `.` and `/`, beginning and ending with a letter or digit"},"additionalProperties":{"description":"The value of one label.","type":"string"},"examples":[{"team":"casting"}]}}};
const schema42 = {"title":"Guards","description":"Bounds on what a single plan may delete. A plan over a bound is refused until a person lifts the guard for that plan.","type":"object","additionalProperties":false,"properties":{"maxDeletes":{"description":"Deletes in one plan. Left out: no bound.","type":"integer","minimum":0,"examples":[200]},"maxDeleteShare":{"description":"Deletes in one plan, as a percentage of the images it saw.","type":"number","minimum":0,"maximum":100,"default":50,"examples":[25]},"minUsable":{"description":"Images that every actor keeps.","type":"integer","minimum":0,"default":1,"examples":[10]}}};
const schema43 = {"title":"Rollout","description":"How the controller applies a change that touches many actors: some first, then the rest in batches.","type":"object","additionalProperties":false,"properties":{"canary":{"description":"Actors in the first wave. 0: no canary.","type":"integer","minimum":0,"default":5,"examples":[5]},"batch":{"description":"Actors in each further wave.","type":"integer","minimum":1,"default":50,"examples":[50]},"maxFailures":{"description":"Actors that may fail before the rollout halts and waits for a person.","type":"integer","minimum":0,"default":3,"examples":[0]}}};
const schema44 = {"title":"Window","description":"A time when applying is allowed.","type":"object","additionalProperties":false,"required":["schedule","duration"],"properties":{"schedule":{"description":"When it opens, as a cron expression: minute, hour, day of month, month, day of week.","type":"string","pattern":"^\\s*\\S+(\\s+\\S+){4}\\s*$","patternErrorMessage":"a cron expression of five fields, such as \"0 22 * * 1-5\"","examples":["0 22 * * 1-5"]},"duration":{"description":"How long it stays open.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","examples":["6h"]},"timeZone":{"description":"IANA name of the time zone that `schedule` is meant in.","type":"string","minLength":1,"default":"UTC","examples":["Europe/Berlin"]}}};
const schema45 = {"title":"Trash","description":"What becomes of deleted images.","type":"object","additionalProperties":false,"properties":{"retention":{"description":"How long a deleted image can be brought back. After that it is gone for good.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","default":"30d","examples":["90d"]}}};
const schema46 = {"title":"History","description":"What becomes of the records of runs and of the plans that they used up. A controller removes old ones a few at a time; without one, `callsheet state prune` does.","type":"object","additionalProperties":false,"properties":{"retention":{"description":"How long a controller keeps them; never shorter than `spec.trash.retention`, so that a run can be undone as long as its images are there. A plan that is older is not applied any more.","type":"string","pattern":"^(\\d+(ms|s|m|h|d|w))+$","patternErrorMessage":"a duration such as 30s, 10m, 1h30m or 30d","default":"365d","examples":["90d"]}}};
const schema47 = {"title":"Notification","description":"One receiver of notifications.","type":"object","additionalProperties":false,"required":["type"],"properties":{"name":{"description":"What logs call it.","type":"string","minLength":1,"maxLength":63,"examples":["casting-channel"]},"type":{"description":"`webhook` posts JSON; `slack` posts a message that Slack, Mattermost and others understand; `github` sets the commit status of the applied revision.","enum":["webhook","slack","github"],"examples":["slack"]},"url":{"description":"Where to post. A URL that is itself a secret belongs into `urlEnv`.","type":"string","pattern":"^https?://[^\\s]+$","patternErrorMessage":"an http:// or https:// URL","examples":["https://hooks.example.com/callsheet"]},"urlEnv":{"description":"Name of the environment variable that holds the URL.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$","patternErrorMessage":"the name of an environment variable, such as SLACK_WEBHOOK_URL","examples":["SLACK_WEBHOOK_URL"]},"secretEnv":{"description":"Name of the environment variable that holds the key to sign webhooks with (HMAC SHA-256), or the token for `github`.","type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$","patternErrorMessage":"the name of an environment variable, such as WEBHOOK_SECRET","examples":["WEBHOOK_SECRET"]},"repository":{"description":"For `github`: owner/name of the repository. Unless set it is read from the URL of the specs.","type":"string","pattern":"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$","patternErrorMessage":"owner/name","examples":["studio/callsheet-specs"]},"events":{"description":"What to tell. Left out: everything, but `applying` and `applied` (a new revision is in force; every actor is as it says) only to `github`.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One sort of event.","enum":["failed","recovered","awaiting-approval","budget","guard-denied","run-summary","applying","applied"]},"examples":[["failed","recovered"]]}}};
const func1 = (ucs2lengthModule.default ?? ucs2lengthModule);
const func3 = Object.prototype.hasOwnProperty;
const func0 = (equalModule.default ?? equalModule);
const pattern4 = new RegExp("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", "u");
const pattern5 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$", "u");
const pattern6 = new RegExp("^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$", "u");
const pattern9 = new RegExp("^(file:[^?#\\u0000-\\u001f]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\\u0000-\\u001f]*)?|postgres(ql)?:(//[^\\s]*)?)$", "u");
const pattern12 = new RegExp("^\\s*\\S+(\\s+\\S+){4}\\s*$", "u");
const pattern13 = new RegExp("^(\\d+(ms|s|m|h|d|w))+$", "u");
const pattern17 = new RegExp("^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$", "u");
const pattern18 = new RegExp("^https?://[^\\s]+$", "u");
const pattern19 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern21 = new RegExp("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", "u");
const schema33 = {"title":"EvaluatorSpec","description":"Says what each image is and how good.","type":"object","additionalProperties":false,"properties":{"provider":{"description":"`local` works offline on this machine, free. `openai` asks a vision model of OpenAI, or of any server that speaks its API when OPENAI_BASE_URL is set; its key is read from OPENAI_API_KEY.","enum":["local","openai"],"default":"local","examples":["openai"]},"model":{"description":"Name of the vision model. For `openai` gpt-4.1-mini unless it is set. A change means that every image is evaluated again.","type":"string","minLength":1,"examples":["gpt-4.1-mini","gpt-6-luna"]},"thumbnail":{"description":"Side of one cell of the contact sheet, in pixels.","type":"integer","minimum":64,"maximum":1024,"default":200,"examples":[200]},"columns":{"description":"Cells in a row of the contact sheet.","type":"integer","minimum":1,"maximum":10,"default":5,"examples":[5]},"confirm":{"description":"Look once more, alone and closely, at an image that is about to be deleted or that got low confidence.","type":"boolean","default":true,"examples":[false]},"api":{"description":"Which API of `openai` to speak. Unless set: `responses` for api.openai.com, `chat` (Chat Completions) for any other base URL.","enum":["responses","chat"],"examples":["chat"]},"reasoningEffort":{"description":"How long a reasoning model thinks. Left out of the request unless it is set; `none` or `low` keeps the price of such models down.","enum":["none","minimal","low","medium","high","xhigh","max"],"examples":["low"]},"temperature":{"description":"Randomness of the answer. Left out of the request unless it is set; reasoning models refuse it.","type":"number","minimum":0,"maximum":2,"examples":[0]},"detail":{"description":"The resolution at which the model looks at pictures.","enum":["low","high","auto","original"],"default":"high","examples":["high"]},"minimumConfidence":{"description":"Below this confidence (0 to 1) a verdict is `uncertain`: such an image counts, but is never deleted for being too many. Each evaluator has its own bound unless it is set.","type":"number","minimum":0,"maximum":1,"examples":[0.7]},"pricePerMillionTokens":{"$ref":"#/$defs/tokenPrice"}}};
const schema34 = {"title":"TokenPrice","description":"What a million tokens cost, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.","type":"object","additionalProperties":false,"required":["input","output"],"examples":[{"input":0.4,"output":1.6}],"properties":{"input":{"description":"Tokens sent, pictures included.","type":"number","minimum":0,"examples":[0.4]},"output":{"description":"Tokens received, reasoning included.","type":"number","minimum":0,"examples":[1.6]}}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func3.call(schema33.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.provider !== undefined){
let data0 = data.provider;
if(!((data0 === "local") || (data0 === "openai"))){
const err1 = {instancePath:instancePath+"/provider",schemaPath:"#/properties/provider/enum",keyword:"enum",params:{allowedValues: schema33.properties.provider.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.provider.enum,parentSchema:schema33.properties.provider,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err2 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33.properties.model,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.model.type,parentSchema:schema33.properties.model,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.thumbnail !== undefined){
let data2 = data.thumbnail;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/thumbnail",schemaPath:"#/properties/thumbnail/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.thumbnail.type,parentSchema:schema33.properties.thumbnail,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1024 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/thumbnail",schemaPath:"#/properties/thumbnail/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1024},message:"must be <= 1024",schema:1024,parentSchema:schema33.properties.thumbnail,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data2 < 64 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/thumbnail",schemaPath:"#/properties/thumbnail/minimum",keyword:"minimum",params:{comparison: ">=", limit: 64},message:"must be >= 64",schema:64,parentSchema:schema33.properties.thumbnail,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data.columns !== undefined){
let data3 = data.columns;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err7 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema33.properties.columns.type,parentSchema:schema33.properties.columns,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 10 || isNaN(data3)){
const err8 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema33.properties.columns,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema33.properties.columns,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.confirm !== undefined){
let data4 = data.confirm;
if(typeof data4 !== "boolean"){
const err10 = {instancePath:instancePath+"/confirm",schemaPath:"#/properties/confirm/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.confirm.type,parentSchema:schema33.properties.confirm,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.api !== undefined){
let data5 = data.api;
if(!((data5 === "responses") || (data5 === "chat"))){
const err11 = {instancePath:instancePath+"/api",schemaPath:"#/properties/api/enum",keyword:"enum",params:{allowedValues: schema33.properties.api.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.api.enum,parentSchema:schema33.properties.api,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.reasoningEffort !== undefined){
let data6 = data.reasoningEffort;
if(!(((((((data6 === "none") || (data6 === "minimal")) || (data6 === "low")) || (data6 === "medium")) || (data6 === "high")) || (data6 === "xhigh")) || (data6 === "max"))){
const err12 = {instancePath:instancePath+"/reasoningEffort",schemaPath:"#/properties/reasoningEffort/enum",keyword:"enum",params:{allowedValues: schema33.properties.reasoningEffort.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.reasoningEffort.enum,parentSchema:schema33.properties.reasoningEffort,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.temperature !== undefined){
let data7 = data.temperature;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 2 || isNaN(data7)){
const err13 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2},message:"must be <= 2",schema:2,parentSchema:schema33.properties.temperature,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data7 < 0 || isNaN(data7)){
const err14 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.temperature,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/temperature",schemaPath:"#/properties/temperature/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema33.properties.temperature.type,parentSchema:schema33.properties.temperature,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.detail !== undefined){
let data8 = data.detail;
if(!((((data8 === "low") || (data8 === "high")) || (data8 === "auto")) || (data8 === "original"))){
const err16 = {instancePath:instancePath+"/detail",schemaPath:"#/properties/detail/enum",keyword:"enum",params:{allowedValues: schema33.properties.detail.enum},message:"must be equal to one of the allowed values",schema:schema33.properties.detail.enum,parentSchema:schema33.properties.detail,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.minimumConfidence !== undefined){
let data9 = data.minimumConfidence;
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1 || isNaN(data9)){
const err17 = {instancePath:instancePath+"/minimumConfidence",schemaPath:"#/properties/minimumConfidence/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema33.properties.minimumConfidence,data:data9};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data9 < 0 || isNaN(data9)){
const err18 = {instancePath:instancePath+"/minimumConfidence",schemaPath:"#/properties/minimumConfidence/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema33.properties.minimumConfidence,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/minimumConfidence",schemaPath:"#/properties/minimumConfidence/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema33.properties.minimumConfidence.type,parentSchema:schema33.properties.minimumConfidence,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.pricePerMillionTokens !== undefined){
let data10 = data.pricePerMillionTokens;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.input === undefined){
const err20 = {instancePath:instancePath+"/pricePerMillionTokens",schemaPath:"#/$defs/tokenPrice/required",keyword:"required",params:{missingProperty: "input"},message:"must have required property '"+"input"+"'",schema:schema34.required,parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data10.output === undefined){
const err21 = {instancePath:instancePath+"/pricePerMillionTokens",schemaPath:"#/$defs/tokenPrice/required",keyword:"required",params:{missingProperty: "output"},message:"must have required property '"+"output"+"'",schema:schema34.required,parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key1 in data10){
if(!((key1 === "input") || (key1 === "output"))){
const err22 = {instancePath:instancePath+"/pricePerMillionTokens",schemaPath:"#/$defs/tokenPrice/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data10.input !== undefined){
let data11 = data10.input;
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
const err23 = {instancePath:instancePath+"/pricePerMillionTokens/input",schemaPath:"#/$defs/tokenPrice/properties/input/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema34.properties.input,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/pricePerMillionTokens/input",schemaPath:"#/$defs/tokenPrice/properties/input/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema34.properties.input.type,parentSchema:schema34.properties.input,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data10.output !== undefined){
let data12 = data10.output;
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
const err25 = {instancePath:instancePath+"/pricePerMillionTokens/output",schemaPath:"#/$defs/tokenPrice/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema34.properties.output,data:data12};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/pricePerMillionTokens/output",schemaPath:"#/$defs/tokenPrice/properties/output/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema34.properties.output.type,parentSchema:schema34.properties.output,data:data12};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/pricePerMillionTokens",schemaPath:"#/$defs/tokenPrice/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema34.type,parentSchema:schema34,data:data10};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema35 = {"title":"GeneratorSpec","description":"Makes new images of an actor from its base image and a prompt.","type":"object","additionalProperties":false,"properties":{"provider":{"description":"`local` derives pictures from the base image by image processing on this machine, free: a stand-in for those who have no key. `replicate` runs a model at Replicate, for money; its token is read from REPLICATE_API_TOKEN.","enum":["local","replicate"],"default":"local","examples":["replicate"]},"model":{"description":"The model at Replicate, as owner/name. For `replicate` black-forest-labs/flux-kontext-pro unless it is set.","type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$","patternErrorMessage":"owner/name, such as black-forest-labs/flux-kontext-pro","examples":["black-forest-labs/flux-kontext-pro"]},"input":{"title":"GeneratorInput","description":"Further input of the model, sent with every request as it is here.","type":"object","default":{},"propertyNames":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_.-]*$","patternErrorMessage":"letters, digits, `_`, `-` and `.`, beginning with a letter"},"additionalProperties":true,"examples":[{"aspect_ratio":"match_input_image","safety_tolerance":2}]},"inputMapping":{"$ref":"#/$defs/inputMapping"},"priceUsd":{"description":"What one picture costs, in US dollars. Needed for models whose price Callsheet does not know: an unknown price is a refusal.","type":"number","minimum":0,"examples":[0.04]},"maxAttempts":{"description":"How often one picture is tried when it turns out to be of the wrong category or not good enough. Every attempt is paid for.","type":"integer","minimum":1,"maximum":10,"default":3,"examples":[3]},"outputFormat":{"description":"File format of new images.","enum":["jpg","png"],"default":"jpg","examples":["png"]}}};
const schema36 = {"title":"InputMapping","description":"What the model calls the three inputs that differ from picture to picture. Set it for models other than flux-kontext-pro.","type":"object","additionalProperties":false,"properties":{"prompt":{"description":"The input that takes the prompt.","type":"string","minLength":1,"default":"prompt","examples":["prompt"]},"image":{"description":"The input that takes the base image. A name that ends in [] takes a list of one.","type":"string","minLength":1,"default":"input_image","examples":["image","input_images[]"]},"seed":{"description":"The input that takes the seed.","type":"string","minLength":1,"default":"seed","examples":["seed"]}}};
const pattern10 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$", "u");
const pattern11 = new RegExp("^[A-Za-z][A-Za-z0-9_.-]*$", "u");

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "provider") || (key0 === "model")) || (key0 === "input")) || (key0 === "inputMapping")) || (key0 === "priceUsd")) || (key0 === "maxAttempts")) || (key0 === "outputFormat"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.provider !== undefined){
let data0 = data.provider;
if(!((data0 === "local") || (data0 === "replicate"))){
const err1 = {instancePath:instancePath+"/provider",schemaPath:"#/properties/provider/enum",keyword:"enum",params:{allowedValues: schema35.properties.provider.enum},message:"must be equal to one of the allowed values",schema:schema35.properties.provider.enum,parentSchema:schema35.properties.provider,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.model !== undefined){
let data1 = data.model;
if(typeof data1 === "string"){
if(!pattern10.test(data1)){
const err2 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$"+"\"",schema:"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9a-f]{64})?$",parentSchema:schema35.properties.model,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.model.type,parentSchema:schema35.properties.model,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.input !== undefined){
let data2 = data.input;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
const _errs7 = errors;
if(typeof key1 === "string"){
if(!pattern11.test(key1)){
const err4 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z][A-Za-z0-9_.-]*$",parentSchema:schema35.properties.input.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.properties.input.propertyNames.type,parentSchema:schema35.properties.input.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var valid1 = _errs7 === errors;
if(!valid1){
const err6 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema35.properties.input.propertyNames,parentSchema:schema35.properties.input,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/input",schemaPath:"#/properties/input/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.properties.input.type,parentSchema:schema35.properties.input,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.inputMapping !== undefined){
let data3 = data.inputMapping;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!(((key2 === "prompt") || (key2 === "image")) || (key2 === "seed"))){
const err8 = {instancePath:instancePath+"/inputMapping",schemaPath:"#/$defs/inputMapping/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data3.prompt !== undefined){
let data4 = data3.prompt;
if(typeof data4 === "string"){
if(func1(data4) < 1){
const err9 = {instancePath:instancePath+"/inputMapping/prompt",schemaPath:"#/$defs/inputMapping/properties/prompt/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.prompt,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/inputMapping/prompt",schemaPath:"#/$defs/inputMapping/properties/prompt/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.prompt.type,parentSchema:schema36.properties.prompt,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data3.image !== undefined){
let data5 = data3.image;
if(typeof data5 === "string"){
if(func1(data5) < 1){
const err11 = {instancePath:instancePath+"/inputMapping/image",schemaPath:"#/$defs/inputMapping/properties/image/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.image,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/inputMapping/image",schemaPath:"#/$defs/inputMapping/properties/image/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.image.type,parentSchema:schema36.properties.image,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data3.seed !== undefined){
let data6 = data3.seed;
if(typeof data6 === "string"){
if(func1(data6) < 1){
const err13 = {instancePath:instancePath+"/inputMapping/seed",schemaPath:"#/$defs/inputMapping/properties/seed/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36.properties.seed,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/inputMapping/seed",schemaPath:"#/$defs/inputMapping/properties/seed/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.properties.seed.type,parentSchema:schema36.properties.seed,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/inputMapping",schemaPath:"#/$defs/inputMapping/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema36.type,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.priceUsd !== undefined){
let data7 = data.priceUsd;
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 < 0 || isNaN(data7)){
const err16 = {instancePath:instancePath+"/priceUsd",schemaPath:"#/properties/priceUsd/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema35.properties.priceUsd,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/priceUsd",schemaPath:"#/properties/priceUsd/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema35.properties.priceUsd.type,parentSchema:schema35.properties.priceUsd,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.maxAttempts !== undefined){
let data8 = data.maxAttempts;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err18 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema35.properties.maxAttempts.type,parentSchema:schema35.properties.maxAttempts,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 10 || isNaN(data8)){
const err19 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema35.properties.maxAttempts,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data8 < 1 || isNaN(data8)){
const err20 = {instancePath:instancePath+"/maxAttempts",schemaPath:"#/properties/maxAttempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema35.properties.maxAttempts,data:data8};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
if(data.outputFormat !== undefined){
let data9 = data.outputFormat;
if(!((data9 === "jpg") || (data9 === "png"))){
const err21 = {instancePath:instancePath+"/outputFormat",schemaPath:"#/properties/outputFormat/enum",keyword:"enum",params:{allowedValues: schema35.properties.outputFormat.enum},message:"must be equal to one of the allowed values",schema:schema35.properties.outputFormat.enum,parentSchema:schema35.properties.outputFormat,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema35.type,parentSchema:schema35,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema37 = {"title":"Limits","description":"How much is done at once, and for how much money.","type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Actors in work at the same time.","type":"integer","minimum":1,"maximum":1000,"default":32,"examples":[32]},"perProvider":{"$ref":"#/$defs/perProvider"},"budget":{"$ref":"#/$defs/budget"},"maxImageBytes":{"description":"Larger image files are not read; they count as unknown.","type":"integer","minimum":1024,"maximum":1073741824,"default":52428800,"examples":[52428800]},"maxImagePixels":{"description":"Images with more pixels (width times height) are not decoded; they count as unknown.","type":"integer","minimum":4096,"maximum":1000000000,"default":100000000,"examples":[100000000]}}};
const schema41 = {"title":"Budget","description":"The most that may be spent, in US dollars. Money is reserved before each paid call; what would exceed the budget is not called. Left out: no bound.","type":"object","additionalProperties":false,"properties":{"perRun":{"description":"By one run.","type":"number","minimum":0,"examples":[5]},"perDay":{"description":"By all runs of a day (UTC).","type":"number","minimum":0,"examples":[25]}}};
const schema38 = {"title":"PerProvider","description":"Limits on the calls to each provider, over all actors. Unless set: OpenAI 32 at a time and 500 a minute, Replicate 16 at a time and 300 a minute.","type":"object","additionalProperties":false,"properties":{"openai":{"$ref":"#/$defs/providerLimit"},"replicate":{"$ref":"#/$defs/providerLimit"}}};
const schema39 = {"title":"ProviderLimit","description":"Limits on the calls to one provider.","type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Calls in flight at the same time.","type":"integer","minimum":1,"maximum":1000,"examples":[16]},"requestsPerMinute":{"description":"Calls started in a minute.","type":"integer","minimum":1,"maximum":100000,"examples":[300]}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "openai") || (key0 === "replicate"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.openai !== undefined){
let data0 = data.openai;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((key1 === "concurrency") || (key1 === "requestsPerMinute"))){
const err1 = {instancePath:instancePath+"/openai",schemaPath:"#/$defs/providerLimit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.concurrency !== undefined){
let data1 = data0.concurrency;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err2 = {instancePath:instancePath+"/openai/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.concurrency.type,parentSchema:schema39.properties.concurrency,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000 || isNaN(data1)){
const err3 = {instancePath:instancePath+"/openai/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema39.properties.concurrency,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err4 = {instancePath:instancePath+"/openai/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.concurrency,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data0.requestsPerMinute !== undefined){
let data2 = data0.requestsPerMinute;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/openai/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.requestsPerMinute.type,parentSchema:schema39.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100000 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/openai/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema39.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/openai/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
}
else {
const err8 = {instancePath:instancePath+"/openai",schemaPath:"#/$defs/providerLimit/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.replicate !== undefined){
let data3 = data.replicate;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!((key2 === "concurrency") || (key2 === "requestsPerMinute"))){
const err9 = {instancePath:instancePath+"/replicate",schemaPath:"#/$defs/providerLimit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data3.concurrency !== undefined){
let data4 = data3.concurrency;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err10 = {instancePath:instancePath+"/replicate/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.concurrency.type,parentSchema:schema39.properties.concurrency,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000 || isNaN(data4)){
const err11 = {instancePath:instancePath+"/replicate/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema39.properties.concurrency,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data4 < 1 || isNaN(data4)){
const err12 = {instancePath:instancePath+"/replicate/concurrency",schemaPath:"#/$defs/providerLimit/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.concurrency,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data3.requestsPerMinute !== undefined){
let data5 = data3.requestsPerMinute;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err13 = {instancePath:instancePath+"/replicate/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema39.properties.requestsPerMinute.type,parentSchema:schema39.properties.requestsPerMinute,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 100000 || isNaN(data5)){
const err14 = {instancePath:instancePath+"/replicate/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000",schema:100000,parentSchema:schema39.properties.requestsPerMinute,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err15 = {instancePath:instancePath+"/replicate/requestsPerMinute",schemaPath:"#/$defs/providerLimit/properties/requestsPerMinute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema39.properties.requestsPerMinute,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
else {
const err16 = {instancePath:instancePath+"/replicate",schemaPath:"#/$defs/providerLimit/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "concurrency") || (key0 === "perProvider")) || (key0 === "budget")) || (key0 === "maxImageBytes")) || (key0 === "maxImagePixels"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.concurrency !== undefined){
let data0 = data.concurrency;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.properties.concurrency.type,parentSchema:schema37.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 1000 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000",schema:1000,parentSchema:schema37.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema37.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
if(data.perProvider !== undefined){
if(!(validate26(data.perProvider, {instancePath:instancePath+"/perProvider",parentData:data,parentDataProperty:"perProvider",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.budget !== undefined){
let data2 = data.budget;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!((key1 === "perRun") || (key1 === "perDay"))){
const err4 = {instancePath:instancePath+"/budget",schemaPath:"#/$defs/budget/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data2.perRun !== undefined){
let data3 = data2.perRun;
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err5 = {instancePath:instancePath+"/budget/perRun",schemaPath:"#/$defs/budget/properties/perRun/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema41.properties.perRun,data:data3};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/budget/perRun",schemaPath:"#/$defs/budget/properties/perRun/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema41.properties.perRun.type,parentSchema:schema41.properties.perRun,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data2.perDay !== undefined){
let data4 = data2.perDay;
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 < 0 || isNaN(data4)){
const err7 = {instancePath:instancePath+"/budget/perDay",schemaPath:"#/$defs/budget/properties/perDay/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema41.properties.perDay,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/budget/perDay",schemaPath:"#/$defs/budget/properties/perDay/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema41.properties.perDay.type,parentSchema:schema41.properties.perDay,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/budget",schemaPath:"#/$defs/budget/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema41.type,parentSchema:schema41,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.maxImageBytes !== undefined){
let data5 = data.maxImageBytes;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err10 = {instancePath:instancePath+"/maxImageBytes",schemaPath:"#/properties/maxImageBytes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.properties.maxImageBytes.type,parentSchema:schema37.properties.maxImageBytes,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1073741824 || isNaN(data5)){
const err11 = {instancePath:instancePath+"/maxImageBytes",schemaPath:"#/properties/maxImageBytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1073741824},message:"must be <= 1073741824",schema:1073741824,parentSchema:schema37.properties.maxImageBytes,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(data5 < 1024 || isNaN(data5)){
const err12 = {instancePath:instancePath+"/maxImageBytes",schemaPath:"#/properties/maxImageBytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1024},message:"must be >= 1024",schema:1024,parentSchema:schema37.properties.maxImageBytes,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.maxImagePixels !== undefined){
let data6 = data.maxImagePixels;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/maxImagePixels",schemaPath:"#/properties/maxImagePixels/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema37.properties.maxImagePixels.type,parentSchema:schema37.properties.maxImagePixels,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000000000 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/maxImagePixels",schemaPath:"#/properties/maxImagePixels/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000",schema:1000000000,parentSchema:schema37.properties.maxImagePixels,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6 < 4096 || isNaN(data6)){
const err15 = {instancePath:instancePath+"/maxImagePixels",schemaPath:"#/properties/maxImagePixels/minimum",keyword:"minimum",params:{comparison: ">=", limit: 4096},message:"must be >= 4096",schema:4096,parentSchema:schema37.properties.maxImagePixels,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://callsheet.dev/schemas/v1/library.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("callsheet.dev/v1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "callsheet.dev/v1"},message:"must be equal to constant",schema:"callsheet.dev/v1",parentSchema:schema31.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Library" !== data1){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Library"},message:"must be equal to constant",schema:"Library",parentSchema:schema31.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
const err7 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.required,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "description")) || (key1 === "labels"))){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 === "string"){
if(func1(data3) > 63){
const err9 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern4.test(data3)){
const err11 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.name.type,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.description !== undefined){
let data4 = data2.description;
if(typeof data4 !== "string"){
const err13 = {instancePath:instancePath+"/metadata/description",schemaPath:"metadata.schema.json/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.labels !== undefined){
let data5 = data2.labels;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
const _errs14 = errors;
if(typeof key2 === "string"){
if(!pattern5.test(key2)){
const err14 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$",parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.propertyNames.type,parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid3 = _errs14 === errors;
if(!valid3){
const err16 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema32.properties.labels.propertyNames,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
for(const key3 in data5){
let data6 = data5[key3];
if(typeof data6 !== "string"){
const err17 = {instancePath:instancePath+"/metadata/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"metadata.schema.json/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.additionalProperties.type,parentSchema:schema32.properties.labels.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.labels.type,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.spec !== undefined){
let data7 = data.spec;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key4 in data7){
if(!(func3.call(schema31.properties.spec.properties, key4))){
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data7.actors !== undefined){
let data8 = data7.actors;
if(typeof data8 === "string"){
if(!pattern6.test(data8)){
const err21 = {instancePath:instancePath+"/spec/actors",schemaPath:"#/properties/spec/properties/actors/pattern",keyword:"pattern",params:{pattern: "^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"},message:"must match pattern \""+"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"+"\"",schema:"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$",parentSchema:schema31.properties.spec.properties.actors,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/spec/actors",schemaPath:"#/properties/spec/properties/actors/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.actors.type,parentSchema:schema31.properties.spec.properties.actors,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data7.manifests !== undefined){
let data9 = data7.manifests;
if(typeof data9 === "string"){
if(!pattern6.test(data9)){
const err23 = {instancePath:instancePath+"/spec/manifests",schemaPath:"#/properties/spec/properties/manifests/pattern",keyword:"pattern",params:{pattern: "^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"},message:"must match pattern \""+"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"+"\"",schema:"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$",parentSchema:schema31.properties.spec.properties.manifests,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/spec/manifests",schemaPath:"#/properties/spec/properties/manifests/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.manifests.type,parentSchema:schema31.properties.spec.properties.manifests,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data7.images !== undefined){
let data10 = data7.images;
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
const err25 = {instancePath:instancePath+"/spec/images",schemaPath:"#/properties/spec/properties/images/pattern",keyword:"pattern",params:{pattern: "^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"},message:"must match pattern \""+"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$"+"\"",schema:"^(file:|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/)[^?#\\u0000-\\u001f]*\\{actor\\}[^?#\\u0000-\\u001f]*$",parentSchema:schema31.properties.spec.properties.images,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/spec/images",schemaPath:"#/properties/spec/properties/images/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.images.type,parentSchema:schema31.properties.spec.properties.images,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data7.state !== undefined){
let data11 = data7.state;
if(typeof data11 === "string"){
if(!pattern9.test(data11)){
const err27 = {instancePath:instancePath+"/spec/state",schemaPath:"#/properties/spec/properties/state/pattern",keyword:"pattern",params:{pattern: "^(file:[^?#\\u0000-\\u001f]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\\u0000-\\u001f]*)?|postgres(ql)?:(//[^\\s]*)?)$"},message:"must match pattern \""+"^(file:[^?#\\u0000-\\u001f]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\\u0000-\\u001f]*)?|postgres(ql)?:(//[^\\s]*)?)$"+"\"",schema:"^(file:[^?#\\u0000-\\u001f]+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^?#\\u0000-\\u001f]*)?|postgres(ql)?:(//[^\\s]*)?)$",parentSchema:schema31.properties.spec.properties.state,data:data11};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/spec/state",schemaPath:"#/properties/spec/properties/state/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.state.type,parentSchema:schema31.properties.spec.properties.state,data:data11};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data7.evaluator !== undefined){
if(!(validate21(data7.evaluator, {instancePath:instancePath+"/spec/evaluator",parentData:data7,parentDataProperty:"evaluator",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data7.generator !== undefined){
if(!(validate23(data7.generator, {instancePath:instancePath+"/spec/generator",parentData:data7,parentDataProperty:"generator",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
}
if(data7.limits !== undefined){
if(!(validate25(data7.limits, {instancePath:instancePath+"/spec/limits",parentData:data7,parentDataProperty:"limits",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
if(data7.guards !== undefined){
let data15 = data7.guards;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key5 in data15){
if(!(((key5 === "maxDeletes") || (key5 === "maxDeleteShare")) || (key5 === "minUsable"))){
const err29 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/$defs/guards/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data:data15};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data15.maxDeletes !== undefined){
let data16 = data15.maxDeletes;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err30 = {instancePath:instancePath+"/spec/guards/maxDeletes",schemaPath:"#/$defs/guards/properties/maxDeletes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.maxDeletes.type,parentSchema:schema42.properties.maxDeletes,data:data16};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err31 = {instancePath:instancePath+"/spec/guards/maxDeletes",schemaPath:"#/$defs/guards/properties/maxDeletes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.maxDeletes,data:data16};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
if(data15.maxDeleteShare !== undefined){
let data17 = data15.maxDeleteShare;
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 100 || isNaN(data17)){
const err32 = {instancePath:instancePath+"/spec/guards/maxDeleteShare",schemaPath:"#/$defs/guards/properties/maxDeleteShare/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema42.properties.maxDeleteShare,data:data17};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data17 < 0 || isNaN(data17)){
const err33 = {instancePath:instancePath+"/spec/guards/maxDeleteShare",schemaPath:"#/$defs/guards/properties/maxDeleteShare/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.maxDeleteShare,data:data17};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/spec/guards/maxDeleteShare",schemaPath:"#/$defs/guards/properties/maxDeleteShare/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema42.properties.maxDeleteShare.type,parentSchema:schema42.properties.maxDeleteShare,data:data17};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data15.minUsable !== undefined){
let data18 = data15.minUsable;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
const err35 = {instancePath:instancePath+"/spec/guards/minUsable",schemaPath:"#/$defs/guards/properties/minUsable/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.minUsable.type,parentSchema:schema42.properties.minUsable,data:data18};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 < 0 || isNaN(data18)){
const err36 = {instancePath:instancePath+"/spec/guards/minUsable",schemaPath:"#/$defs/guards/properties/minUsable/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema42.properties.minUsable,data:data18};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
else {
const err37 = {instancePath:instancePath+"/spec/guards",schemaPath:"#/$defs/guards/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data:data15};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data7.apply !== undefined){
let data19 = data7.apply;
if(!((data19 === "auto") || (data19 === "manual"))){
const err38 = {instancePath:instancePath+"/spec/apply",schemaPath:"#/properties/spec/properties/apply/enum",keyword:"enum",params:{allowedValues: schema31.properties.spec.properties.apply.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.spec.properties.apply.enum,parentSchema:schema31.properties.spec.properties.apply,data:data19};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data7.rollout !== undefined){
let data20 = data7.rollout;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key6 in data20){
if(!(((key6 === "canary") || (key6 === "batch")) || (key6 === "maxFailures"))){
const err39 = {instancePath:instancePath+"/spec/rollout",schemaPath:"#/$defs/rollout/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data:data20};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data20.canary !== undefined){
let data21 = data20.canary;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
const err40 = {instancePath:instancePath+"/spec/rollout/canary",schemaPath:"#/$defs/rollout/properties/canary/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties.canary.type,parentSchema:schema43.properties.canary,data:data21};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 0 || isNaN(data21)){
const err41 = {instancePath:instancePath+"/spec/rollout/canary",schemaPath:"#/$defs/rollout/properties/canary/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema43.properties.canary,data:data21};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
if(data20.batch !== undefined){
let data22 = data20.batch;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err42 = {instancePath:instancePath+"/spec/rollout/batch",schemaPath:"#/$defs/rollout/properties/batch/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties.batch.type,parentSchema:schema43.properties.batch,data:data22};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 < 1 || isNaN(data22)){
const err43 = {instancePath:instancePath+"/spec/rollout/batch",schemaPath:"#/$defs/rollout/properties/batch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema43.properties.batch,data:data22};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data20.maxFailures !== undefined){
let data23 = data20.maxFailures;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err44 = {instancePath:instancePath+"/spec/rollout/maxFailures",schemaPath:"#/$defs/rollout/properties/maxFailures/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties.maxFailures.type,parentSchema:schema43.properties.maxFailures,data:data23};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 0 || isNaN(data23)){
const err45 = {instancePath:instancePath+"/spec/rollout/maxFailures",schemaPath:"#/$defs/rollout/properties/maxFailures/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema43.properties.maxFailures,data:data23};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
}
else {
const err46 = {instancePath:instancePath+"/spec/rollout",schemaPath:"#/$defs/rollout/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.type,parentSchema:schema43,data:data20};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data7.windows !== undefined){
let data24 = data7.windows;
if(Array.isArray(data24)){
if(data24.length > 50){
const err47 = {instancePath:instancePath+"/spec/windows",schemaPath:"#/properties/spec/properties/windows/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema31.properties.spec.properties.windows,data:data24};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len0 = data24.length;
for(let i0=0; i0<len0; i0++){
let data25 = data24[i0];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.schedule === undefined){
const err48 = {instancePath:instancePath+"/spec/windows/" + i0,schemaPath:"#/$defs/window/required",keyword:"required",params:{missingProperty: "schedule"},message:"must have required property '"+"schedule"+"'",schema:schema44.required,parentSchema:schema44,data:data25};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data25.duration === undefined){
const err49 = {instancePath:instancePath+"/spec/windows/" + i0,schemaPath:"#/$defs/window/required",keyword:"required",params:{missingProperty: "duration"},message:"must have required property '"+"duration"+"'",schema:schema44.required,parentSchema:schema44,data:data25};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
for(const key7 in data25){
if(!(((key7 === "schedule") || (key7 === "duration")) || (key7 === "timeZone"))){
const err50 = {instancePath:instancePath+"/spec/windows/" + i0,schemaPath:"#/$defs/window/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data:data25};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data25.schedule !== undefined){
let data26 = data25.schedule;
if(typeof data26 === "string"){
if(!pattern12.test(data26)){
const err51 = {instancePath:instancePath+"/spec/windows/" + i0+"/schedule",schemaPath:"#/$defs/window/properties/schedule/pattern",keyword:"pattern",params:{pattern: "^\\s*\\S+(\\s+\\S+){4}\\s*$"},message:"must match pattern \""+"^\\s*\\S+(\\s+\\S+){4}\\s*$"+"\"",schema:"^\\s*\\S+(\\s+\\S+){4}\\s*$",parentSchema:schema44.properties.schedule,data:data26};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/spec/windows/" + i0+"/schedule",schemaPath:"#/$defs/window/properties/schedule/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.schedule.type,parentSchema:schema44.properties.schedule,data:data26};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data25.duration !== undefined){
let data27 = data25.duration;
if(typeof data27 === "string"){
if(!pattern13.test(data27)){
const err53 = {instancePath:instancePath+"/spec/windows/" + i0+"/duration",schemaPath:"#/$defs/window/properties/duration/pattern",keyword:"pattern",params:{pattern: "^(\\d+(ms|s|m|h|d|w))+$"},message:"must match pattern \""+"^(\\d+(ms|s|m|h|d|w))+$"+"\"",schema:"^(\\d+(ms|s|m|h|d|w))+$",parentSchema:schema44.properties.duration,data:data27};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/spec/windows/" + i0+"/duration",schemaPath:"#/$defs/window/properties/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.duration.type,parentSchema:schema44.properties.duration,data:data27};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data25.timeZone !== undefined){
let data28 = data25.timeZone;
if(typeof data28 === "string"){
if(func1(data28) < 1){
const err55 = {instancePath:instancePath+"/spec/windows/" + i0+"/timeZone",schemaPath:"#/$defs/window/properties/timeZone/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema44.properties.timeZone,data:data28};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/spec/windows/" + i0+"/timeZone",schemaPath:"#/$defs/window/properties/timeZone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.timeZone.type,parentSchema:schema44.properties.timeZone,data:data28};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath:instancePath+"/spec/windows/" + i0,schemaPath:"#/$defs/window/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data:data25};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
else {
const err58 = {instancePath:instancePath+"/spec/windows",schemaPath:"#/properties/spec/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.windows.type,parentSchema:schema31.properties.spec.properties.windows,data:data24};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data7.interval !== undefined){
let data29 = data7.interval;
if(typeof data29 === "string"){
if(!pattern13.test(data29)){
const err59 = {instancePath:instancePath+"/spec/interval",schemaPath:"#/properties/spec/properties/interval/pattern",keyword:"pattern",params:{pattern: "^(\\d+(ms|s|m|h|d|w))+$"},message:"must match pattern \""+"^(\\d+(ms|s|m|h|d|w))+$"+"\"",schema:"^(\\d+(ms|s|m|h|d|w))+$",parentSchema:schema31.properties.spec.properties.interval,data:data29};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/spec/interval",schemaPath:"#/properties/spec/properties/interval/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.interval.type,parentSchema:schema31.properties.spec.properties.interval,data:data29};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data7.trash !== undefined){
let data30 = data7.trash;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key8 in data30){
if(!(key8 === "retention")){
const err61 = {instancePath:instancePath+"/spec/trash",schemaPath:"#/$defs/trash/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data:data30};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data30.retention !== undefined){
let data31 = data30.retention;
if(typeof data31 === "string"){
if(!pattern13.test(data31)){
const err62 = {instancePath:instancePath+"/spec/trash/retention",schemaPath:"#/$defs/trash/properties/retention/pattern",keyword:"pattern",params:{pattern: "^(\\d+(ms|s|m|h|d|w))+$"},message:"must match pattern \""+"^(\\d+(ms|s|m|h|d|w))+$"+"\"",schema:"^(\\d+(ms|s|m|h|d|w))+$",parentSchema:schema45.properties.retention,data:data31};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/spec/trash/retention",schemaPath:"#/$defs/trash/properties/retention/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.properties.retention.type,parentSchema:schema45.properties.retention,data:data31};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/spec/trash",schemaPath:"#/$defs/trash/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema45.type,parentSchema:schema45,data:data30};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data7.history !== undefined){
let data32 = data7.history;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key9 in data32){
if(!(key9 === "retention")){
const err65 = {instancePath:instancePath+"/spec/history",schemaPath:"#/$defs/history/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema46,data:data32};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data32.retention !== undefined){
let data33 = data32.retention;
if(typeof data33 === "string"){
if(!pattern13.test(data33)){
const err66 = {instancePath:instancePath+"/spec/history/retention",schemaPath:"#/$defs/history/properties/retention/pattern",keyword:"pattern",params:{pattern: "^(\\d+(ms|s|m|h|d|w))+$"},message:"must match pattern \""+"^(\\d+(ms|s|m|h|d|w))+$"+"\"",schema:"^(\\d+(ms|s|m|h|d|w))+$",parentSchema:schema46.properties.retention,data:data33};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/spec/history/retention",schemaPath:"#/$defs/history/properties/retention/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.properties.retention.type,parentSchema:schema46.properties.retention,data:data33};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/spec/history",schemaPath:"#/$defs/history/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data:data32};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data7.suspend !== undefined){
let data34 = data7.suspend;
if((typeof data34 !== "boolean") && (!(data34 && typeof data34 == "object" && !Array.isArray(data34)))){
const err69 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/type",keyword:"type",params:{type: schema31.properties.spec.properties.suspend.type},message:"must be boolean,object",schema:schema31.properties.spec.properties.suspend.type,parentSchema:schema31.properties.spec.properties.suspend,data:data34};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.reason === undefined){
const err70 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema31.properties.spec.properties.suspend.required,parentSchema:schema31.properties.spec.properties.suspend,data:data34};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
for(const key10 in data34){
if(!((key10 === "reason") || (key10 === "until"))){
const err71 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.spec.properties.suspend,data:data34};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data34.reason !== undefined){
let data35 = data34.reason;
if(typeof data35 === "string"){
if(func1(data35) < 1){
const err72 = {instancePath:instancePath+"/spec/suspend/reason",schemaPath:"#/properties/spec/properties/suspend/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema31.properties.spec.properties.suspend.properties.reason,data:data35};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/spec/suspend/reason",schemaPath:"#/properties/spec/properties/suspend/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.suspend.properties.reason.type,parentSchema:schema31.properties.spec.properties.suspend.properties.reason,data:data35};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data34.until !== undefined){
let data36 = data34.until;
if(typeof data36 === "string"){
if(!pattern17.test(data36)){
const err74 = {instancePath:instancePath+"/spec/suspend/until",schemaPath:"#/properties/spec/properties/suspend/properties/until/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$",parentSchema:schema31.properties.spec.properties.suspend.properties.until,data:data36};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/spec/suspend/until",schemaPath:"#/properties/spec/properties/suspend/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.spec.properties.suspend.properties.until.type,parentSchema:schema31.properties.spec.properties.suspend.properties.until,data:data36};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
}
if(data7.notifications !== undefined){
let data37 = data7.notifications;
if(Array.isArray(data37)){
if(data37.length > 50){
const err76 = {instancePath:instancePath+"/spec/notifications",schemaPath:"#/properties/spec/properties/notifications/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema31.properties.spec.properties.notifications,data:data37};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
const len1 = data37.length;
for(let i1=0; i1<len1; i1++){
let data38 = data37[i1];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.type === undefined){
const err77 = {instancePath:instancePath+"/spec/notifications/" + i1,schemaPath:"#/$defs/notification/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'",schema:schema47.required,parentSchema:schema47,data:data38};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
for(const key11 in data38){
if(!(((((((key11 === "name") || (key11 === "type")) || (key11 === "url")) || (key11 === "urlEnv")) || (key11 === "secretEnv")) || (key11 === "repository")) || (key11 === "events"))){
const err78 = {instancePath:instancePath+"/spec/notifications/" + i1,schemaPath:"#/$defs/notification/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data:data38};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data38.name !== undefined){
let data39 = data38.name;
if(typeof data39 === "string"){
if(func1(data39) > 63){
const err79 = {instancePath:instancePath+"/spec/notifications/" + i1+"/name",schemaPath:"#/$defs/notification/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema47.properties.name,data:data39};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(func1(data39) < 1){
const err80 = {instancePath:instancePath+"/spec/notifications/" + i1+"/name",schemaPath:"#/$defs/notification/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema47.properties.name,data:data39};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/spec/notifications/" + i1+"/name",schemaPath:"#/$defs/notification/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.name.type,parentSchema:schema47.properties.name,data:data39};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data38.type !== undefined){
let data40 = data38.type;
if(!(((data40 === "webhook") || (data40 === "slack")) || (data40 === "github"))){
const err82 = {instancePath:instancePath+"/spec/notifications/" + i1+"/type",schemaPath:"#/$defs/notification/properties/type/enum",keyword:"enum",params:{allowedValues: schema47.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema47.properties.type.enum,parentSchema:schema47.properties.type,data:data40};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data38.url !== undefined){
let data41 = data38.url;
if(typeof data41 === "string"){
if(!pattern18.test(data41)){
const err83 = {instancePath:instancePath+"/spec/notifications/" + i1+"/url",schemaPath:"#/$defs/notification/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://[^\\s]+$"},message:"must match pattern \""+"^https?://[^\\s]+$"+"\"",schema:"^https?://[^\\s]+$",parentSchema:schema47.properties.url,data:data41};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/spec/notifications/" + i1+"/url",schemaPath:"#/$defs/notification/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.url.type,parentSchema:schema47.properties.url,data:data41};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data38.urlEnv !== undefined){
let data42 = data38.urlEnv;
if(typeof data42 === "string"){
if(!pattern19.test(data42)){
const err85 = {instancePath:instancePath+"/spec/notifications/" + i1+"/urlEnv",schemaPath:"#/$defs/notification/properties/urlEnv/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema47.properties.urlEnv,data:data42};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/spec/notifications/" + i1+"/urlEnv",schemaPath:"#/$defs/notification/properties/urlEnv/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.urlEnv.type,parentSchema:schema47.properties.urlEnv,data:data42};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data38.secretEnv !== undefined){
let data43 = data38.secretEnv;
if(typeof data43 === "string"){
if(!pattern19.test(data43)){
const err87 = {instancePath:instancePath+"/spec/notifications/" + i1+"/secretEnv",schemaPath:"#/$defs/notification/properties/secretEnv/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema47.properties.secretEnv,data:data43};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/spec/notifications/" + i1+"/secretEnv",schemaPath:"#/$defs/notification/properties/secretEnv/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.secretEnv.type,parentSchema:schema47.properties.secretEnv,data:data43};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data38.repository !== undefined){
let data44 = data38.repository;
if(typeof data44 === "string"){
if(!pattern21.test(data44)){
const err89 = {instancePath:instancePath+"/spec/notifications/" + i1+"/repository",schemaPath:"#/$defs/notification/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$"},message:"must match pattern \""+"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$"+"\"",schema:"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$",parentSchema:schema47.properties.repository,data:data44};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
else {
const err90 = {instancePath:instancePath+"/spec/notifications/" + i1+"/repository",schemaPath:"#/$defs/notification/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.repository.type,parentSchema:schema47.properties.repository,data:data44};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data38.events !== undefined){
let data45 = data38.events;
if(Array.isArray(data45)){
if(data45.length < 1){
const err91 = {instancePath:instancePath+"/spec/notifications/" + i1+"/events",schemaPath:"#/$defs/notification/properties/events/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema47.properties.events,data:data45};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
const len2 = data45.length;
for(let i2=0; i2<len2; i2++){
let data46 = data45[i2];
if(!((((((((data46 === "failed") || (data46 === "recovered")) || (data46 === "awaiting-approval")) || (data46 === "budget")) || (data46 === "guard-denied")) || (data46 === "run-summary")) || (data46 === "applying")) || (data46 === "applied"))){
const err92 = {instancePath:instancePath+"/spec/notifications/" + i1+"/events/" + i2,schemaPath:"#/$defs/notification/properties/events/items/enum",keyword:"enum",params:{allowedValues: schema47.properties.events.items.enum},message:"must be equal to one of the allowed values",schema:schema47.properties.events.items.enum,parentSchema:schema47.properties.events.items,data:data46};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
let i3 = data45.length;
let j0;
if(i3 > 1){
outer0:
for(;i3--;){
for(j0 = i3; j0--;){
if(func0(data45[i3], data45[j0])){
const err93 = {instancePath:instancePath+"/spec/notifications/" + i1+"/events",schemaPath:"#/$defs/notification/properties/events/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)",schema:true,parentSchema:schema47.properties.events,data:data45};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err94 = {instancePath:instancePath+"/spec/notifications/" + i1+"/events",schemaPath:"#/$defs/notification/properties/events/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema47.properties.events.type,parentSchema:schema47.properties.events,data:data45};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/spec/notifications/" + i1,schemaPath:"#/$defs/notification/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema47.type,parentSchema:schema47,data:data38};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/spec/notifications",schemaPath:"#/properties/spec/properties/notifications/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.spec.properties.notifications.type,parentSchema:schema31.properties.spec.properties.notifications,data:data37};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.spec.type,parentSchema:schema31.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const Taxonomy = validate29;
const schema48 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/taxonomy.schema.json","title":"Taxonomy","description":"The classes of image that there are, in the words that an evaluator is given.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"description":"Version of the format.","const":"callsheet.dev/v1"},"kind":{"description":"Kind of the document.","const":"Taxonomy"},"metadata":{"$ref":"metadata.schema.json"},"spec":{"title":"TaxonomySpec","description":"The categories.","type":"object","additionalProperties":false,"required":["categories"],"properties":{"categories":{"description":"The categories by name, in the order in which every table shows them. Each image belongs to exactly one.","type":"object","minProperties":1,"maxProperties":20,"propertyNames":{"type":"string","maxLength":63,"pattern":"^[a-z][a-z0-9_-]*$","patternErrorMessage":"lower-case letters, digits, `_` and `-`, beginning with a letter"},"additionalProperties":{"$ref":"#/$defs/category"}}}}},"$defs":{"category":{"title":"TaxonomyCategory","description":"One class of image.","type":"object","additionalProperties":false,"required":["title","description"],"properties":{"title":{"description":"What people call it, in tables and reports.","type":"string","minLength":1,"maxLength":60,"examples":["B&W Stylized"]},"description":{"description":"What belongs to it and what does not. The evaluator decides by this text; changing it means that every image is evaluated again.","type":"string","minLength":1,"maxLength":4000},"examples":{"description":"Typical images, a few words each. Given to the evaluator together with the description.","type":"array","maxItems":20,"default":[],"items":{"description":"One typical image.","type":"string","minLength":1,"maxLength":400},"examples":[["a rain-slick street at night","a close-up portrait in natural light"]]},"local":{"$ref":"#/$defs/local"}}},"local":{"title":"LocalHints","description":"Tells the offline evaluator and generator, which read no text, which pictures the category stands for. A category without it is never chosen by the local evaluator.","type":"object","additionalProperties":false,"required":["medium"],"properties":{"medium":{"description":"Whether it is photographed or drawn.","enum":["photo","illustration"],"examples":["illustration"]},"colour":{"description":"Whether it is in colour.","enum":["colour","monochrome","any"],"default":"any","examples":["monochrome"]}}}}};
const pattern24 = new RegExp("^[a-z][a-z0-9_-]*$", "u");
const schema50 = {"title":"TaxonomyCategory","description":"One class of image.","type":"object","additionalProperties":false,"required":["title","description"],"properties":{"title":{"description":"What people call it, in tables and reports.","type":"string","minLength":1,"maxLength":60,"examples":["B&W Stylized"]},"description":{"description":"What belongs to it and what does not. The evaluator decides by this text; changing it means that every image is evaluated again.","type":"string","minLength":1,"maxLength":4000},"examples":{"description":"Typical images, a few words each. Given to the evaluator together with the description.","type":"array","maxItems":20,"default":[],"items":{"description":"One typical image.","type":"string","minLength":1,"maxLength":400},"examples":[["a rain-slick street at night","a close-up portrait in natural light"]]},"local":{"$ref":"#/$defs/local"}}};
const schema51 = {"title":"LocalHints","description":"Tells the offline evaluator and generator, which read no text, which pictures the category stands for. A category without it is never chosen by the local evaluator.","type":"object","additionalProperties":false,"required":["medium"],"properties":{"medium":{"description":"Whether it is photographed or drawn.","enum":["photo","illustration"],"examples":["illustration"]},"colour":{"description":"Whether it is in colour.","enum":["colour","monochrome","any"],"default":"any","examples":["monochrome"]}}};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.title === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.description === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'",schema:schema50.required,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "title") || (key0 === "description")) || (key0 === "examples")) || (key0 === "local"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.title !== undefined){
let data0 = data.title;
if(typeof data0 === "string"){
if(func1(data0) > 60){
const err3 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/maxLength",keyword:"maxLength",params:{limit: 60},message:"must NOT have more than 60 characters",schema:60,parentSchema:schema50.properties.title,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(func1(data0) < 1){
const err4 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.title,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.title.type,parentSchema:schema50.properties.title,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if(typeof data1 === "string"){
if(func1(data1) > 4000){
const err6 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema50.properties.description,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func1(data1) < 1){
const err7 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.description,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.description.type,parentSchema:schema50.properties.description,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.examples !== undefined){
let data2 = data.examples;
if(Array.isArray(data2)){
if(data2.length > 20){
const err9 = {instancePath:instancePath+"/examples",schemaPath:"#/properties/examples/maxItems",keyword:"maxItems",params:{limit: 20},message:"must NOT have more than 20 items",schema:20,parentSchema:schema50.properties.examples,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(func1(data3) > 400){
const err10 = {instancePath:instancePath+"/examples/" + i0,schemaPath:"#/properties/examples/items/maxLength",keyword:"maxLength",params:{limit: 400},message:"must NOT have more than 400 characters",schema:400,parentSchema:schema50.properties.examples.items,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(func1(data3) < 1){
const err11 = {instancePath:instancePath+"/examples/" + i0,schemaPath:"#/properties/examples/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema50.properties.examples.items,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/examples/" + i0,schemaPath:"#/properties/examples/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema50.properties.examples.items.type,parentSchema:schema50.properties.examples.items,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/examples",schemaPath:"#/properties/examples/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema50.properties.examples.type,parentSchema:schema50.properties.examples,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.local !== undefined){
let data4 = data.local;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.medium === undefined){
const err14 = {instancePath:instancePath+"/local",schemaPath:"#/$defs/local/required",keyword:"required",params:{missingProperty: "medium"},message:"must have required property '"+"medium"+"'",schema:schema51.required,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!((key1 === "medium") || (key1 === "colour"))){
const err15 = {instancePath:instancePath+"/local",schemaPath:"#/$defs/local/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.medium !== undefined){
let data5 = data4.medium;
if(!((data5 === "photo") || (data5 === "illustration"))){
const err16 = {instancePath:instancePath+"/local/medium",schemaPath:"#/$defs/local/properties/medium/enum",keyword:"enum",params:{allowedValues: schema51.properties.medium.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.medium.enum,parentSchema:schema51.properties.medium,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.colour !== undefined){
let data6 = data4.colour;
if(!(((data6 === "colour") || (data6 === "monochrome")) || (data6 === "any"))){
const err17 = {instancePath:instancePath+"/local/colour",schemaPath:"#/$defs/local/properties/colour/enum",keyword:"enum",params:{allowedValues: schema51.properties.colour.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.colour.enum,parentSchema:schema51.properties.colour,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/local",schemaPath:"#/$defs/local/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://callsheet.dev/schemas/v1/taxonomy.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema48.required,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("callsheet.dev/v1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "callsheet.dev/v1"},message:"must be equal to constant",schema:"callsheet.dev/v1",parentSchema:schema48.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Taxonomy" !== data1){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Taxonomy"},message:"must be equal to constant",schema:"Taxonomy",parentSchema:schema48.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
const err7 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.required,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "description")) || (key1 === "labels"))){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 === "string"){
if(func1(data3) > 63){
const err9 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern4.test(data3)){
const err11 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.name.type,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.description !== undefined){
let data4 = data2.description;
if(typeof data4 !== "string"){
const err13 = {instancePath:instancePath+"/metadata/description",schemaPath:"metadata.schema.json/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.labels !== undefined){
let data5 = data2.labels;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
const _errs14 = errors;
if(typeof key2 === "string"){
if(!pattern5.test(key2)){
const err14 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$",parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.propertyNames.type,parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid3 = _errs14 === errors;
if(!valid3){
const err16 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema32.properties.labels.propertyNames,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
for(const key3 in data5){
let data6 = data5[key3];
if(typeof data6 !== "string"){
const err17 = {instancePath:instancePath+"/metadata/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"metadata.schema.json/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.additionalProperties.type,parentSchema:schema32.properties.labels.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.labels.type,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.spec !== undefined){
let data7 = data.spec;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.categories === undefined){
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "categories"},message:"must have required property '"+"categories"+"'",schema:schema48.properties.spec.required,parentSchema:schema48.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key4 in data7){
if(!(key4 === "categories")){
const err21 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema48.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data7.categories !== undefined){
let data8 = data7.categories;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length > 20){
const err22 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/maxProperties",keyword:"maxProperties",params:{limit: 20},message:"must NOT have more than 20 properties",schema:20,parentSchema:schema48.properties.spec.properties.categories,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(Object.keys(data8).length < 1){
const err23 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema48.properties.spec.properties.categories,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key5 in data8){
const _errs24 = errors;
if(typeof key5 === "string"){
if(func1(key5) > 63){
const err24 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/propertyNames/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema48.properties.spec.properties.categories.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(!pattern24.test(key5)){
const err25 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9_-]*$"},message:"must match pattern \""+"^[a-z][a-z0-9_-]*$"+"\"",schema:"^[a-z][a-z0-9_-]*$",parentSchema:schema48.properties.spec.properties.categories.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema48.properties.spec.properties.categories.propertyNames.type,parentSchema:schema48.properties.spec.properties.categories.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
var valid6 = _errs24 === errors;
if(!valid6){
const err27 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema48.properties.spec.properties.categories.propertyNames,parentSchema:schema48.properties.spec.properties.categories,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
for(const key6 in data8){
if(!(validate30(data8[key6], {instancePath:instancePath+"/spec/categories/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.properties.spec.properties.categories.type,parentSchema:schema48.properties.spec.properties.categories,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.properties.spec.type,parentSchema:schema48.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const Distribution = validate32;
const schema52 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/distribution.schema.json","title":"Distribution","description":"The desired state: how many training images the actors that it selects should have, and of which categories.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"description":"Version of the format.","const":"callsheet.dev/v1"},"kind":{"description":"Kind of the document.","const":"Distribution"},"metadata":{"$ref":"metadata.schema.json"},"spec":{"title":"DistributionSpec","description":"Which actors, how many images, of what.","type":"object","additionalProperties":false,"required":["categories"],"properties":{"selector":{"$ref":"#/$defs/selector"},"total":{"description":"Training images an actor should have. May be left out when every category has a `count`.","type":"integer","minimum":1,"maximum":10000,"examples":[20]},"categories":{"description":"How much of each category of the taxonomy. A category that is not named gets none.","type":"object","minProperties":1,"additionalProperties":{"$ref":"#/$defs/category"},"examples":[{"photorealistic":{"share":65},"bw_stylized":{"share":20},"color_stylized":{"share":15}}]},"tolerance":{"$ref":"#/$defs/tolerance"},"rebalance":{"description":"Where to go once an actor is outside the tolerance: `exact` goes to the exact counts; `minimal` takes the cheapest plan that ends inside the tolerance.","enum":["exact","minimal"],"default":"exact","examples":["minimal"]},"quality":{"$ref":"#/$defs/quality"},"taxonomy":{"description":"Name of the Taxonomy that the categories belong to.","type":"string","minLength":1,"default":"default","examples":["default"]},"prompts":{"description":"Name of the PromptLibrary that new images are made from.","type":"string","minLength":1,"default":"default","examples":["default"]},"suspend":{"title":"Suspend","description":"Its actors are planned, but nothing is applied to them: `true`, or a reason and perhaps an end.","type":["boolean","object"],"additionalProperties":false,"required":["reason"],"default":false,"examples":[true,{"reason":"New photographs arrive next week","until":"2027-01-31"}],"properties":{"reason":{"description":"Why, for whoever meets it later.","type":"string","minLength":1,"examples":["New photographs arrive next week"]},"until":{"description":"When it ends by itself: a date (that day's beginning, UTC) or a time with its zone. Without it, it lasts until it is taken out.","type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$","patternErrorMessage":"a date such as 2027-01-31, or a time with its zone such as 2027-01-31T18:00:00Z","examples":["2027-01-31","2027-01-31T18:00:00Z"]}}}}}},"$defs":{"selector":{"title":"Selector","description":"The actors that it holds for. Without a selector it holds for every actor that no other distribution selects. An actor named in `actors` outranks one found by `types` and `labels`; two distributions of the same rank that find the same actor are an error.","type":"object","additionalProperties":false,"minProperties":1,"examples":[{"types":["lead"]},{"actors":["0042"]}],"properties":{"types":{"description":"Actors of one of these types (the `type` of the actor manifest). Together with `labels`: both have to hold.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One actor type.","type":"string","minLength":1},"examples":[["lead","supporting"]]},"labels":{"description":"Actors that have all these labels (the `labels` of the actor manifest) with these values.","type":"object","minProperties":1,"additionalProperties":{"description":"The value that the label must have.","type":"string"},"examples":[{"unit":"second"}]},"actors":{"description":"These actors, whatever their type. Write an id in quotes: an unquoted 0042 is the number 42 in YAML.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One actor's id.","type":"string","minLength":1},"examples":[["0042","0107"]]}}},"category":{"title":"CategoryShare","description":"How much of one category: a share or a count.","type":"object","additionalProperties":false,"examples":[{"share":65,"prompts":["1-15"]},{"count":13}],"properties":{"share":{"description":"Percentage of the total: 65 and \"65%\" mean the same. The shares of a distribution make 100.","type":["number","string"],"minimum":0,"maximum":100,"pattern":"^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$","patternErrorMessage":"a percentage such as 65 or \"65%\"","examples":[65,"65%"]},"count":{"description":"Images of this category, in place of a share. Either every category has a share or every category has a count.","type":"integer","minimum":0,"maximum":10000,"examples":[13]},"prompts":{"description":"Numbers or ranges of the prompts to use, instead of all prompts of the category.","type":"array","minItems":1,"items":{"description":"A prompt's number, or a range of numbers with both ends included.","type":["integer","string"],"minimum":1,"pattern":"^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$","patternErrorMessage":"a prompt's number such as 7, or a range such as \"1-15\""},"examples":[["1-15"],[3,5,"8-11"]]}}},"tolerance":{"title":"Tolerance","description":"How far a category may be from its share before an actor is out of balance. Exactly one of the three units.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"default":{"points":10},"examples":[{"points":10},{"images":1}],"properties":{"points":{"description":"Percentage points of the total: a share of 65 with 10 points allows 55 to 75 %.","type":"number","minimum":0,"maximum":100,"examples":[10]},"percent":{"description":"Percent of the share itself: a share of 20 with 10 percent allows 18 to 22 %.","type":"number","minimum":0,"maximum":100,"examples":[25]},"images":{"description":"Images more or fewer than the category's count.","type":"integer","minimum":0,"maximum":10000,"examples":[1]}}},"quality":{"title":"Quality","description":"What an image must be worth to count.","type":"object","additionalProperties":false,"properties":{"minimum":{"description":"Images with a lower quality (1 to 10) are replaced, and new ones below it are tried again. Left out: quality only decides which image goes first when there are too many.","type":"number","minimum":1,"maximum":10,"examples":[5]}}}}};
const schema54 = {"title":"Selector","description":"The actors that it holds for. Without a selector it holds for every actor that no other distribution selects. An actor named in `actors` outranks one found by `types` and `labels`; two distributions of the same rank that find the same actor are an error.","type":"object","additionalProperties":false,"minProperties":1,"examples":[{"types":["lead"]},{"actors":["0042"]}],"properties":{"types":{"description":"Actors of one of these types (the `type` of the actor manifest). Together with `labels`: both have to hold.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One actor type.","type":"string","minLength":1},"examples":[["lead","supporting"]]},"labels":{"description":"Actors that have all these labels (the `labels` of the actor manifest) with these values.","type":"object","minProperties":1,"additionalProperties":{"description":"The value that the label must have.","type":"string"},"examples":[{"unit":"second"}]},"actors":{"description":"These actors, whatever their type. Write an id in quotes: an unquoted 0042 is the number 42 in YAML.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"One actor's id.","type":"string","minLength":1},"examples":[["0042","0107"]]}}};
const schema55 = {"title":"CategoryShare","description":"How much of one category: a share or a count.","type":"object","additionalProperties":false,"examples":[{"share":65,"prompts":["1-15"]},{"count":13}],"properties":{"share":{"description":"Percentage of the total: 65 and \"65%\" mean the same. The shares of a distribution make 100.","type":["number","string"],"minimum":0,"maximum":100,"pattern":"^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$","patternErrorMessage":"a percentage such as 65 or \"65%\"","examples":[65,"65%"]},"count":{"description":"Images of this category, in place of a share. Either every category has a share or every category has a count.","type":"integer","minimum":0,"maximum":10000,"examples":[13]},"prompts":{"description":"Numbers or ranges of the prompts to use, instead of all prompts of the category.","type":"array","minItems":1,"items":{"description":"A prompt's number, or a range of numbers with both ends included.","type":["integer","string"],"minimum":1,"pattern":"^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$","patternErrorMessage":"a prompt's number such as 7, or a range such as \"1-15\""},"examples":[["1-15"],[3,5,"8-11"]]}}};
const schema56 = {"title":"Tolerance","description":"How far a category may be from its share before an actor is out of balance. Exactly one of the three units.","type":"object","additionalProperties":false,"minProperties":1,"maxProperties":1,"default":{"points":10},"examples":[{"points":10},{"images":1}],"properties":{"points":{"description":"Percentage points of the total: a share of 65 with 10 points allows 55 to 75 %.","type":"number","minimum":0,"maximum":100,"examples":[10]},"percent":{"description":"Percent of the share itself: a share of 20 with 10 percent allows 18 to 22 %.","type":"number","minimum":0,"maximum":100,"examples":[25]},"images":{"description":"Images more or fewer than the category's count.","type":"integer","minimum":0,"maximum":10000,"examples":[1]}}};
const schema57 = {"title":"Quality","description":"What an image must be worth to count.","type":"object","additionalProperties":false,"properties":{"minimum":{"description":"Images with a lower quality (1 to 10) are replaced, and new ones below it are tried again. Left out: quality only decides which image goes first when there are too many.","type":"number","minimum":1,"maximum":10,"examples":[5]}}};
const pattern27 = new RegExp("^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$", "u");
const pattern28 = new RegExp("^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$", "u");

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://callsheet.dev/schemas/v1/distribution.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema52.required,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("callsheet.dev/v1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "callsheet.dev/v1"},message:"must be equal to constant",schema:"callsheet.dev/v1",parentSchema:schema52.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("Distribution" !== data1){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "Distribution"},message:"must be equal to constant",schema:"Distribution",parentSchema:schema52.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
const err7 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.required,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "description")) || (key1 === "labels"))){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 === "string"){
if(func1(data3) > 63){
const err9 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern4.test(data3)){
const err11 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.name.type,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.description !== undefined){
let data4 = data2.description;
if(typeof data4 !== "string"){
const err13 = {instancePath:instancePath+"/metadata/description",schemaPath:"metadata.schema.json/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.labels !== undefined){
let data5 = data2.labels;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
const _errs14 = errors;
if(typeof key2 === "string"){
if(!pattern5.test(key2)){
const err14 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$",parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.propertyNames.type,parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid3 = _errs14 === errors;
if(!valid3){
const err16 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema32.properties.labels.propertyNames,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
for(const key3 in data5){
let data6 = data5[key3];
if(typeof data6 !== "string"){
const err17 = {instancePath:instancePath+"/metadata/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"metadata.schema.json/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.additionalProperties.type,parentSchema:schema32.properties.labels.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.labels.type,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.spec !== undefined){
let data7 = data.spec;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.categories === undefined){
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "categories"},message:"must have required property '"+"categories"+"'",schema:schema52.properties.spec.required,parentSchema:schema52.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key4 in data7){
if(!(func3.call(schema52.properties.spec.properties, key4))){
const err21 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema52.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data7.selector !== undefined){
let data8 = data7.selector;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err22 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/selector/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema54,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key5 in data8){
if(!(((key5 === "types") || (key5 === "labels")) || (key5 === "actors"))){
const err23 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/selector/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema54,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data8.types !== undefined){
let data9 = data8.types;
if(Array.isArray(data9)){
if(data9.length < 1){
const err24 = {instancePath:instancePath+"/spec/selector/types",schemaPath:"#/$defs/selector/properties/types/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema54.properties.types,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(typeof data10 === "string"){
if(func1(data10) < 1){
const err25 = {instancePath:instancePath+"/spec/selector/types/" + i0,schemaPath:"#/$defs/selector/properties/types/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema54.properties.types.items,data:data10};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/spec/selector/types/" + i0,schemaPath:"#/$defs/selector/properties/types/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.types.items.type,parentSchema:schema54.properties.types.items,data:data10};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
let i1 = data9.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data9[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err27 = {instancePath:instancePath+"/spec/selector/types",schemaPath:"#/$defs/selector/properties/types/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema54.properties.types,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err28 = {instancePath:instancePath+"/spec/selector/types",schemaPath:"#/$defs/selector/properties/types/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema54.properties.types.type,parentSchema:schema54.properties.types,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data8.labels !== undefined){
let data11 = data8.labels;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(Object.keys(data11).length < 1){
const err29 = {instancePath:instancePath+"/spec/selector/labels",schemaPath:"#/$defs/selector/properties/labels/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema54.properties.labels,data:data11};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key6 in data11){
let data12 = data11[key6];
if(typeof data12 !== "string"){
const err30 = {instancePath:instancePath+"/spec/selector/labels/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/selector/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.labels.additionalProperties.type,parentSchema:schema54.properties.labels.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/spec/selector/labels",schemaPath:"#/$defs/selector/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.properties.labels.type,parentSchema:schema54.properties.labels,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data8.actors !== undefined){
let data13 = data8.actors;
if(Array.isArray(data13)){
if(data13.length < 1){
const err32 = {instancePath:instancePath+"/spec/selector/actors",schemaPath:"#/$defs/selector/properties/actors/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema54.properties.actors,data:data13};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const len1 = data13.length;
for(let i2=0; i2<len1; i2++){
let data14 = data13[i2];
if(typeof data14 === "string"){
if(func1(data14) < 1){
const err33 = {instancePath:instancePath+"/spec/selector/actors/" + i2,schemaPath:"#/$defs/selector/properties/actors/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema54.properties.actors.items,data:data14};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/spec/selector/actors/" + i2,schemaPath:"#/$defs/selector/properties/actors/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema54.properties.actors.items.type,parentSchema:schema54.properties.actors.items,data:data14};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
let i3 = data13.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data13[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err35 = {instancePath:instancePath+"/spec/selector/actors",schemaPath:"#/$defs/selector/properties/actors/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema54.properties.actors,data:data13};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err36 = {instancePath:instancePath+"/spec/selector/actors",schemaPath:"#/$defs/selector/properties/actors/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema54.properties.actors.type,parentSchema:schema54.properties.actors,data:data13};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/selector/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema54.type,parentSchema:schema54,data:data8};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data7.total !== undefined){
let data15 = data7.total;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err38 = {instancePath:instancePath+"/spec/total",schemaPath:"#/properties/spec/properties/total/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema52.properties.spec.properties.total.type,parentSchema:schema52.properties.spec.properties.total,data:data15};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 10000 || isNaN(data15)){
const err39 = {instancePath:instancePath+"/spec/total",schemaPath:"#/properties/spec/properties/total/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema52.properties.spec.properties.total,data:data15};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data15 < 1 || isNaN(data15)){
const err40 = {instancePath:instancePath+"/spec/total",schemaPath:"#/properties/spec/properties/total/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema52.properties.spec.properties.total,data:data15};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
if(data7.categories !== undefined){
let data16 = data7.categories;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(Object.keys(data16).length < 1){
const err41 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema52.properties.spec.properties.categories,data:data16};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
for(const key7 in data16){
let data17 = data16[key7];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key8 in data17){
if(!(((key8 === "share") || (key8 === "count")) || (key8 === "prompts"))){
const err42 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/category/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema55,data:data17};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data17.share !== undefined){
let data18 = data17.share;
if((!((typeof data18 == "number") && (isFinite(data18)))) && (typeof data18 !== "string")){
const err43 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/share",schemaPath:"#/$defs/category/properties/share/type",keyword:"type",params:{type: schema55.properties.share.type},message:"must be number,string",schema:schema55.properties.share.type,parentSchema:schema55.properties.share,data:data18};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 100 || isNaN(data18)){
const err44 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/share",schemaPath:"#/$defs/category/properties/share/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema55.properties.share,data:data18};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data18 < 0 || isNaN(data18)){
const err45 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/share",schemaPath:"#/$defs/category/properties/share/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema55.properties.share,data:data18};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(typeof data18 === "string"){
if(!pattern27.test(data18)){
const err46 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/share",schemaPath:"#/$defs/category/properties/share/pattern",keyword:"pattern",params:{pattern: "^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$"},message:"must match pattern \""+"^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$"+"\"",schema:"^\\s*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)\\s*%\\s*$",parentSchema:schema55.properties.share,data:data18};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
if(data17.count !== undefined){
let data19 = data17.count;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err47 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/$defs/category/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema55.properties.count.type,parentSchema:schema55.properties.count,data:data19};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 10000 || isNaN(data19)){
const err48 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/$defs/category/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema55.properties.count,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if(data19 < 0 || isNaN(data19)){
const err49 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/$defs/category/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema55.properties.count,data:data19};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data17.prompts !== undefined){
let data20 = data17.prompts;
if(Array.isArray(data20)){
if(data20.length < 1){
const err50 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/prompts",schemaPath:"#/$defs/category/properties/prompts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema55.properties.prompts,data:data20};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
const len2 = data20.length;
for(let i4=0; i4<len2; i4++){
let data21 = data20[i4];
if((!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))) && (typeof data21 !== "string")){
const err51 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/prompts/" + i4,schemaPath:"#/$defs/category/properties/prompts/items/type",keyword:"type",params:{type: schema55.properties.prompts.items.type},message:"must be integer,string",schema:schema55.properties.prompts.items.type,parentSchema:schema55.properties.prompts.items,data:data21};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 < 1 || isNaN(data21)){
const err52 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/prompts/" + i4,schemaPath:"#/$defs/category/properties/prompts/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema55.properties.prompts.items,data:data21};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(typeof data21 === "string"){
if(!pattern28.test(data21)){
const err53 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/prompts/" + i4,schemaPath:"#/$defs/category/properties/prompts/items/pattern",keyword:"pattern",params:{pattern: "^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$"},message:"must match pattern \""+"^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$"+"\"",schema:"^\\s*[1-9]\\d{0,6}\\s*(-\\s*[1-9]\\d{0,6}\\s*)?$",parentSchema:schema55.properties.prompts.items,data:data21};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
else {
const err54 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/prompts",schemaPath:"#/$defs/category/properties/prompts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema55.properties.prompts.type,parentSchema:schema55.properties.prompts,data:data20};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/spec/categories/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/category/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema55.type,parentSchema:schema55,data:data17};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/spec/categories",schemaPath:"#/properties/spec/properties/categories/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.spec.properties.categories.type,parentSchema:schema52.properties.spec.properties.categories,data:data16};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data7.tolerance !== undefined){
let data22 = data7.tolerance;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(Object.keys(data22).length > 1){
const err57 = {instancePath:instancePath+"/spec/tolerance",schemaPath:"#/$defs/tolerance/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties",schema:1,parentSchema:schema56,data:data22};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(Object.keys(data22).length < 1){
const err58 = {instancePath:instancePath+"/spec/tolerance",schemaPath:"#/$defs/tolerance/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema56,data:data22};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
for(const key9 in data22){
if(!(((key9 === "points") || (key9 === "percent")) || (key9 === "images"))){
const err59 = {instancePath:instancePath+"/spec/tolerance",schemaPath:"#/$defs/tolerance/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema56,data:data22};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data22.points !== undefined){
let data23 = data22.points;
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 100 || isNaN(data23)){
const err60 = {instancePath:instancePath+"/spec/tolerance/points",schemaPath:"#/$defs/tolerance/properties/points/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema56.properties.points,data:data23};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data23 < 0 || isNaN(data23)){
const err61 = {instancePath:instancePath+"/spec/tolerance/points",schemaPath:"#/$defs/tolerance/properties/points/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema56.properties.points,data:data23};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
else {
const err62 = {instancePath:instancePath+"/spec/tolerance/points",schemaPath:"#/$defs/tolerance/properties/points/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema56.properties.points.type,parentSchema:schema56.properties.points,data:data23};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data22.percent !== undefined){
let data24 = data22.percent;
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 > 100 || isNaN(data24)){
const err63 = {instancePath:instancePath+"/spec/tolerance/percent",schemaPath:"#/$defs/tolerance/properties/percent/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema56.properties.percent,data:data24};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data24 < 0 || isNaN(data24)){
const err64 = {instancePath:instancePath+"/spec/tolerance/percent",schemaPath:"#/$defs/tolerance/properties/percent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema56.properties.percent,data:data24};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/spec/tolerance/percent",schemaPath:"#/$defs/tolerance/properties/percent/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema56.properties.percent.type,parentSchema:schema56.properties.percent,data:data24};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data22.images !== undefined){
let data25 = data22.images;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err66 = {instancePath:instancePath+"/spec/tolerance/images",schemaPath:"#/$defs/tolerance/properties/images/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema56.properties.images.type,parentSchema:schema56.properties.images,data:data25};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 10000 || isNaN(data25)){
const err67 = {instancePath:instancePath+"/spec/tolerance/images",schemaPath:"#/$defs/tolerance/properties/images/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000",schema:10000,parentSchema:schema56.properties.images,data:data25};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if(data25 < 0 || isNaN(data25)){
const err68 = {instancePath:instancePath+"/spec/tolerance/images",schemaPath:"#/$defs/tolerance/properties/images/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema56.properties.images,data:data25};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
}
else {
const err69 = {instancePath:instancePath+"/spec/tolerance",schemaPath:"#/$defs/tolerance/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema56.type,parentSchema:schema56,data:data22};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data7.rebalance !== undefined){
let data26 = data7.rebalance;
if(!((data26 === "exact") || (data26 === "minimal"))){
const err70 = {instancePath:instancePath+"/spec/rebalance",schemaPath:"#/properties/spec/properties/rebalance/enum",keyword:"enum",params:{allowedValues: schema52.properties.spec.properties.rebalance.enum},message:"must be equal to one of the allowed values",schema:schema52.properties.spec.properties.rebalance.enum,parentSchema:schema52.properties.spec.properties.rebalance,data:data26};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data7.quality !== undefined){
let data27 = data7.quality;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key10 in data27){
if(!(key10 === "minimum")){
const err71 = {instancePath:instancePath+"/spec/quality",schemaPath:"#/$defs/quality/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema57,data:data27};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data27.minimum !== undefined){
let data28 = data27.minimum;
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 10 || isNaN(data28)){
const err72 = {instancePath:instancePath+"/spec/quality/minimum",schemaPath:"#/$defs/quality/properties/minimum/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10},message:"must be <= 10",schema:10,parentSchema:schema57.properties.minimum,data:data28};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if(data28 < 1 || isNaN(data28)){
const err73 = {instancePath:instancePath+"/spec/quality/minimum",schemaPath:"#/$defs/quality/properties/minimum/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema57.properties.minimum,data:data28};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
else {
const err74 = {instancePath:instancePath+"/spec/quality/minimum",schemaPath:"#/$defs/quality/properties/minimum/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema57.properties.minimum.type,parentSchema:schema57.properties.minimum,data:data28};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/spec/quality",schemaPath:"#/$defs/quality/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema57.type,parentSchema:schema57,data:data27};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data7.taxonomy !== undefined){
let data29 = data7.taxonomy;
if(typeof data29 === "string"){
if(func1(data29) < 1){
const err76 = {instancePath:instancePath+"/spec/taxonomy",schemaPath:"#/properties/spec/properties/taxonomy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema52.properties.spec.properties.taxonomy,data:data29};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/spec/taxonomy",schemaPath:"#/properties/spec/properties/taxonomy/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.spec.properties.taxonomy.type,parentSchema:schema52.properties.spec.properties.taxonomy,data:data29};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data7.prompts !== undefined){
let data30 = data7.prompts;
if(typeof data30 === "string"){
if(func1(data30) < 1){
const err78 = {instancePath:instancePath+"/spec/prompts",schemaPath:"#/properties/spec/properties/prompts/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema52.properties.spec.properties.prompts,data:data30};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/spec/prompts",schemaPath:"#/properties/spec/properties/prompts/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.spec.properties.prompts.type,parentSchema:schema52.properties.spec.properties.prompts,data:data30};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data7.suspend !== undefined){
let data31 = data7.suspend;
if((typeof data31 !== "boolean") && (!(data31 && typeof data31 == "object" && !Array.isArray(data31)))){
const err80 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/type",keyword:"type",params:{type: schema52.properties.spec.properties.suspend.type},message:"must be boolean,object",schema:schema52.properties.spec.properties.suspend.type,parentSchema:schema52.properties.spec.properties.suspend,data:data31};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(data31 && typeof data31 == "object" && !Array.isArray(data31)){
if(data31.reason === undefined){
const err81 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema52.properties.spec.properties.suspend.required,parentSchema:schema52.properties.spec.properties.suspend,data:data31};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
for(const key11 in data31){
if(!((key11 === "reason") || (key11 === "until"))){
const err82 = {instancePath:instancePath+"/spec/suspend",schemaPath:"#/properties/spec/properties/suspend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema52.properties.spec.properties.suspend,data:data31};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data31.reason !== undefined){
let data32 = data31.reason;
if(typeof data32 === "string"){
if(func1(data32) < 1){
const err83 = {instancePath:instancePath+"/spec/suspend/reason",schemaPath:"#/properties/spec/properties/suspend/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema52.properties.spec.properties.suspend.properties.reason,data:data32};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
else {
const err84 = {instancePath:instancePath+"/spec/suspend/reason",schemaPath:"#/properties/spec/properties/suspend/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.spec.properties.suspend.properties.reason.type,parentSchema:schema52.properties.spec.properties.suspend.properties.reason,data:data32};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data31.until !== undefined){
let data33 = data31.until;
if(typeof data33 === "string"){
if(!pattern17.test(data33)){
const err85 = {instancePath:instancePath+"/spec/suspend/until",schemaPath:"#/properties/spec/properties/suspend/properties/until/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$"},message:"must match pattern \""+"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$"+"\"",schema:"^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$",parentSchema:schema52.properties.spec.properties.suspend.properties.until,data:data33};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/spec/suspend/until",schemaPath:"#/properties/spec/properties/suspend/properties/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.properties.spec.properties.suspend.properties.until.type,parentSchema:schema52.properties.spec.properties.suspend.properties.until,data:data33};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
}
}
else {
const err87 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.properties.spec.type,parentSchema:schema52.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
}
else {
const err88 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema52.type,parentSchema:schema52,data};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const PromptLibrary = validate33;
const schema58 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://callsheet.dev/schemas/v1/prompt-library.schema.json","title":"PromptLibrary","description":"Numbered prompts for the generator, each for one category.","type":"object","additionalProperties":false,"required":["apiVersion","kind","metadata","spec"],"properties":{"apiVersion":{"description":"Version of the format.","const":"callsheet.dev/v1"},"kind":{"description":"Kind of the document.","const":"PromptLibrary"},"metadata":{"$ref":"metadata.schema.json"},"spec":{"title":"PromptLibrarySpec","description":"The prompts.","type":"object","additionalProperties":false,"required":["prompts"],"properties":{"prompts":{"description":"The prompts. An actor gets different ones before any repeats.","type":"array","minItems":1,"maxItems":10000,"items":{"$ref":"#/$defs/prompt"}}}}},"$defs":{"prompt":{"title":"LibraryPrompt","description":"One prompt.","type":"object","additionalProperties":false,"required":["number","category","text"],"properties":{"number":{"description":"Its number, unique in this library. Written into the manifest entry of every image made from it: do not give it to another prompt later.","type":"integer","minimum":1,"maximum":1000000,"examples":[1,16]},"category":{"description":"The category of the taxonomy that the image is meant for. An image that turns out to be of another one is tried again.","type":"string","minLength":1,"maxLength":63,"examples":["photorealistic"]},"title":{"description":"A few words that tell it from the others, for people.","type":"string","minLength":1,"maxLength":80,"examples":["Rainy street at night"]},"text":{"description":"What the image model is told, together with the actor's base image.","type":"string","minLength":1,"maxLength":4000,"examples":["This person walks down a rain-slick street at night, neon reflected in the puddles, 35mm film."]}}}}};
const schema60 = {"title":"LibraryPrompt","description":"One prompt.","type":"object","additionalProperties":false,"required":["number","category","text"],"properties":{"number":{"description":"Its number, unique in this library. Written into the manifest entry of every image made from it: do not give it to another prompt later.","type":"integer","minimum":1,"maximum":1000000,"examples":[1,16]},"category":{"description":"The category of the taxonomy that the image is meant for. An image that turns out to be of another one is tried again.","type":"string","minLength":1,"maxLength":63,"examples":["photorealistic"]},"title":{"description":"A few words that tell it from the others, for people.","type":"string","minLength":1,"maxLength":80,"examples":["Rainy street at night"]},"text":{"description":"What the image model is told, together with the actor's base image.","type":"string","minLength":1,"maxLength":4000,"examples":["This person walks down a rain-slick street at night, neon reflected in the puddles, 35mm film."]}}};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="https://callsheet.dev/schemas/v1/prompt-library.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'",schema:schema58.required,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'",schema:schema58.required,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'",schema:schema58.required,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'",schema:schema58.required,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if("callsheet.dev/v1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/properties/apiVersion/const",keyword:"const",params:{allowedValue: "callsheet.dev/v1"},message:"must be equal to constant",schema:"callsheet.dev/v1",parentSchema:schema58.properties.apiVersion,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if("PromptLibrary" !== data1){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/const",keyword:"const",params:{allowedValue: "PromptLibrary"},message:"must be equal to constant",schema:"PromptLibrary",parentSchema:schema58.properties.kind,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.name === undefined){
const err7 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema32.required,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "description")) || (key1 === "labels"))){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.name !== undefined){
let data3 = data2.name;
if(typeof data3 === "string"){
if(func1(data3) > 63){
const err9 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func1(data3) < 1){
const err10 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern4.test(data3)){
const err11 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$"+"\"",schema:"^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$",parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/metadata/name",schemaPath:"metadata.schema.json/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.name.type,parentSchema:schema32.properties.name,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.description !== undefined){
let data4 = data2.description;
if(typeof data4 !== "string"){
const err13 = {instancePath:instancePath+"/metadata/description",schemaPath:"metadata.schema.json/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.labels !== undefined){
let data5 = data2.labels;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
const _errs14 = errors;
if(typeof key2 === "string"){
if(!pattern5.test(key2)){
const err14 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$"+"\"",schema:"^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$",parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.propertyNames.type,parentSchema:schema32.properties.labels.propertyNames,data:key2,propertyName:key2};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var valid3 = _errs14 === errors;
if(!valid3){
const err16 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid",schema:schema32.properties.labels.propertyNames,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
for(const key3 in data5){
let data6 = data5[key3];
if(typeof data6 !== "string"){
const err17 = {instancePath:instancePath+"/metadata/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"metadata.schema.json/properties/labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.labels.additionalProperties.type,parentSchema:schema32.properties.labels.additionalProperties,data:data6};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/metadata/labels",schemaPath:"metadata.schema.json/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.properties.labels.type,parentSchema:schema32.properties.labels,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/metadata",schemaPath:"metadata.schema.json/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data:data2};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.spec !== undefined){
let data7 = data.spec;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.prompts === undefined){
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/required",keyword:"required",params:{missingProperty: "prompts"},message:"must have required property '"+"prompts"+"'",schema:schema58.properties.spec.required,parentSchema:schema58.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
for(const key4 in data7){
if(!(key4 === "prompts")){
const err21 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema58.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data7.prompts !== undefined){
let data8 = data7.prompts;
if(Array.isArray(data8)){
if(data8.length > 10000){
const err22 = {instancePath:instancePath+"/spec/prompts",schemaPath:"#/properties/spec/properties/prompts/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items",schema:10000,parentSchema:schema58.properties.spec.properties.prompts,data:data8};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data8.length < 1){
const err23 = {instancePath:instancePath+"/spec/prompts",schemaPath:"#/properties/spec/properties/prompts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema58.properties.spec.properties.prompts,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.number === undefined){
const err24 = {instancePath:instancePath+"/spec/prompts/" + i0,schemaPath:"#/$defs/prompt/required",keyword:"required",params:{missingProperty: "number"},message:"must have required property '"+"number"+"'",schema:schema60.required,parentSchema:schema60,data:data9};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data9.category === undefined){
const err25 = {instancePath:instancePath+"/spec/prompts/" + i0,schemaPath:"#/$defs/prompt/required",keyword:"required",params:{missingProperty: "category"},message:"must have required property '"+"category"+"'",schema:schema60.required,parentSchema:schema60,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data9.text === undefined){
const err26 = {instancePath:instancePath+"/spec/prompts/" + i0,schemaPath:"#/$defs/prompt/required",keyword:"required",params:{missingProperty: "text"},message:"must have required property '"+"text"+"'",schema:schema60.required,parentSchema:schema60,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key5 in data9){
if(!((((key5 === "number") || (key5 === "category")) || (key5 === "title")) || (key5 === "text"))){
const err27 = {instancePath:instancePath+"/spec/prompts/" + i0,schemaPath:"#/$defs/prompt/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema60,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data9.number !== undefined){
let data10 = data9.number;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err28 = {instancePath:instancePath+"/spec/prompts/" + i0+"/number",schemaPath:"#/$defs/prompt/properties/number/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema60.properties.number.type,parentSchema:schema60.properties.number,data:data10};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 1000000 || isNaN(data10)){
const err29 = {instancePath:instancePath+"/spec/prompts/" + i0+"/number",schemaPath:"#/$defs/prompt/properties/number/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema60.properties.number,data:data10};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data10 < 1 || isNaN(data10)){
const err30 = {instancePath:instancePath+"/spec/prompts/" + i0+"/number",schemaPath:"#/$defs/prompt/properties/number/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema60.properties.number,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data9.category !== undefined){
let data11 = data9.category;
if(typeof data11 === "string"){
if(func1(data11) > 63){
const err31 = {instancePath:instancePath+"/spec/prompts/" + i0+"/category",schemaPath:"#/$defs/prompt/properties/category/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema60.properties.category,data:data11};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if(func1(data11) < 1){
const err32 = {instancePath:instancePath+"/spec/prompts/" + i0+"/category",schemaPath:"#/$defs/prompt/properties/category/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60.properties.category,data:data11};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/spec/prompts/" + i0+"/category",schemaPath:"#/$defs/prompt/properties/category/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.category.type,parentSchema:schema60.properties.category,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data9.title !== undefined){
let data12 = data9.title;
if(typeof data12 === "string"){
if(func1(data12) > 80){
const err34 = {instancePath:instancePath+"/spec/prompts/" + i0+"/title",schemaPath:"#/$defs/prompt/properties/title/maxLength",keyword:"maxLength",params:{limit: 80},message:"must NOT have more than 80 characters",schema:80,parentSchema:schema60.properties.title,data:data12};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(func1(data12) < 1){
const err35 = {instancePath:instancePath+"/spec/prompts/" + i0+"/title",schemaPath:"#/$defs/prompt/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60.properties.title,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/spec/prompts/" + i0+"/title",schemaPath:"#/$defs/prompt/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.title.type,parentSchema:schema60.properties.title,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data9.text !== undefined){
let data13 = data9.text;
if(typeof data13 === "string"){
if(func1(data13) > 4000){
const err37 = {instancePath:instancePath+"/spec/prompts/" + i0+"/text",schemaPath:"#/$defs/prompt/properties/text/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema60.properties.text,data:data13};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(func1(data13) < 1){
const err38 = {instancePath:instancePath+"/spec/prompts/" + i0+"/text",schemaPath:"#/$defs/prompt/properties/text/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema60.properties.text,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/spec/prompts/" + i0+"/text",schemaPath:"#/$defs/prompt/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.text.type,parentSchema:schema60.properties.text,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/spec/prompts/" + i0,schemaPath:"#/$defs/prompt/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data:data9};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/spec/prompts",schemaPath:"#/properties/spec/properties/prompts/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema58.properties.spec.properties.prompts.type,parentSchema:schema58.properties.spec.properties.prompts,data:data8};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/spec",schemaPath:"#/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.properties.spec.type,parentSchema:schema58.properties.spec,data:data7};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.type,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

