// Generated from schemas/ by scripts/generate-validators.ts. Do not edit.
import type { ValidateFunction } from 'ajv';

export declare const Library: ValidateFunction;
export declare const Taxonomy: ValidateFunction;
export declare const Distribution: ValidateFunction;
export declare const PromptLibrary: ValidateFunction;
