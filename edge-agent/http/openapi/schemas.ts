import { z } from 'zod';

/** A JSON Schema (2020-12), as it stands in an OpenAPI document. */
export interface JsonSchema {
	readonly $ref?: string;
	readonly type?: string | readonly string[];
	readonly description?: string;
	/** The description in Chinese. */
	readonly 'x-zh'?: string;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly oneOf?: readonly JsonSchema[];
	readonly enum?: readonly unknown[];
	readonly const?: unknown;
	readonly format?: string;
	readonly [more: string]: unknown;
}

/** Where named schemas stand. */
const HOME = '#/components/schemas/';

/** Schemas as JSON Schema; those with a name (`meta({ id })`) are collected, once each. */
export class Schemas {
	readonly named = new Map<string, JsonSchema>();

	/** @param io what a body may say, or what an answer says */
	of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
		// A name means the same both ways, or there would be two of it: named schemas stand in answers, and take what they give.
		const {
			$schema: _,
			$defs = {},
			...root
		} = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: whole }) as JsonSchema & {
			readonly $defs?: Readonly<Record<string, JsonSchema>>;
		};
		for (const [name, definition] of Object.entries($defs)) if (!this.named.has(name)) this.named.set(name, moved(definition));
		return moved(root);
	}
}

/** Numbers that are whole need not be told how large JavaScript lets them be. */
function whole({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
	if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
	if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
	delete jsonSchema.id;
}

function moved(schema: JsonSchema): JsonSchema {
	return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', `"${HOME}`)) as JsonSchema;
}
