import { html } from 'hono/html';
import type { Language } from '../../contract/vocabulary.js';
import { type DocsWords, docsWords } from './docs-words.js';
import type { JsonSchema } from './schemas.js';

type Html = ReturnType<typeof html>;

/** The fields of an object, a row each; for anything else what it is. */
export function schemaTable(schema: JsonSchema, language: Language): Html {
	const words = docsWords[language];
	const { properties, required = [] } = schema;
	if (!properties) return html`<p>${typeOf(schema, words)}${meaning(schema, language)}</p>`;
	return html`<table><tbody>${Object.entries(properties).map(
		([name, field]) => html`<tr>
			<th><code>${name}</code>${required.includes(name) ? html` <small>${words.required}</small>` : ''}</th>
			<td>${typeOf(field, words)}${meaning(field, language)}${inner(field, language)}</td>
		</tr>`,
	)}</tbody></table>`;
}

/** What somebody has to know of a field besides its type. */
export function meaning({ description, 'x-zh': zh }: Pick<JsonSchema, 'description' | 'x-zh'>, language: Language): Html | '' {
	const text = language === 'zh' ? (zh ?? description) : description;
	return text === undefined ? '' : html` <span class="meaning">${text}</span>`;
}

/** Objects within a field that have no name of their own. */
function inner(schema: JsonSchema, language: Language): Html | '' {
	const [only, ...more] = withoutNull(schema);
	const within = more.length === 0 ? (only?.items ?? only) : undefined;
	const [object, ...others] = within ? withoutNull(within) : [];
	return object?.properties && others.length === 0 ? schemaTable(object, language) : '';
}

function withoutNull(schema: JsonSchema): readonly JsonSchema[] {
	return (schema.anyOf ?? schema.oneOf ?? [schema]).filter(({ type }) => type !== 'null');
}

/** A type in short: `string (uuid)`, `list of VisitView, or null`. */
export function typeOf(schema: JsonSchema, words: DocsWords): Html {
	const kinds = withoutNull(schema);
	const all = kinds.map((kind) => oneType(kind, words));
	const nullable =
		kinds.length < (schema.anyOf ?? schema.oneOf ?? [schema]).length || (Array.isArray(schema.type) && schema.type.includes('null'));
	return html`${all.map((one, index) => html`${index > 0 ? ' | ' : ''}${one}`)}${nullable ? html`, <i>${words.orNull}</i>` : ''}`;
}

function oneType(schema: JsonSchema, words: DocsWords): Html {
	const { $ref, type, items, format, const: constant, enum: choices, minimum, maximum, minLength, maxLength } = schema;
	const name = $ref?.split('/').at(-1);
	if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`;
	if (choices) return html`${choices.map((choice, index) => html`${index > 0 ? ' | ' : ''}<code>${JSON.stringify(choice)}</code>`)}`;
	if (constant !== undefined) return html`<code>${JSON.stringify(constant)}</code>`;
	if (items) return html`${words.listOf}${typeOf(items, words)}`;
	const kind = (Array.isArray(type) ? type : [type ?? 'any']).filter((one) => one !== 'null').join(' | ');
	const bounds = [range(minimum, maximum, ''), range(minLength, maxLength, ` ${words.characters}`)].filter((one) => one !== '').join(', ');
	return html`${kind}${format === undefined ? '' : ` (${format})`}${bounds === '' ? '' : ` ${bounds}`}`;
}

function range(least: unknown, most: unknown, unit: string): string {
	if (least === undefined && most === undefined) return '';
	if (most === undefined) return `≥ ${least}${unit}`;
	return least === undefined ? `≤ ${most}${unit}` : `${least}–${most}${unit}`;
}
