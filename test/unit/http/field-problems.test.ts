import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkInSchema } from '../../../edge-agent/contract/api.js';
import { newGuestSchema, outcomeSchema, rotaRowSchema } from '../../../edge-agent/contract/reception.api.js';
import { fieldProblems } from '../../../edge-agent/http/field-problems.js';

const schemas = [checkInSchema, newGuestSchema, outcomeSchema, rotaRowSchema];
const fields = new Set(['JSON', ...schemas.flatMap((schema) => Object.keys(schema.shape))]);
const marked = fc.string().map((text) => `¶${text}`);
const value = fc.oneof(marked, fc.integer(), fc.constant(null), fc.array(marked), fc.dictionary(marked, marked));
const input = fc.oneof(value, fc.dictionary(fc.oneof(fc.constantFrom(...fields), marked), value));

it('names fields of the schema, each once, and never what was typed, whatever comes', () => {
	fc.assert(
		fc.property(fc.constantFrom(...schemas), input, (schema, sent) => {
			const result = schema.safeParse(sent);
			const problems = fieldProblems(result.error?.issues ?? [], sent);
			expect(problems.length > 0).toBe(!result.success);
			expect(new Set(problems.map(({ field }) => field)).size).toBe(problems.length);
			for (const { field } of problems) expect(fields.has(field)).toBe(true);
			expect(JSON.stringify(problems)).not.toContain('¶');
		}),
	);
});
