import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { withdrawalLevelSchema } from '../contract/consent.api.js';

/** Somebody to be erased again from whatever older backup is restored: ids only. */
export const erasureSchema = z.object({
	/** The event's place in the log that it was appended to. */
	seq: z.number().int().positive(),
	event: z.string().min(1),
	person: z.string().min(1),
	level: withdrawalLevelSchema,
	/** Unix ms. */
	at: z.number().int(),
});
export type Erasure = z.infer<typeof erasureSchema>;

const lineSchema = erasureSchema.extend({ mac: z.string().regex(/^[0-9a-f]{64}$/) });

/** HMAC-SHA-256 of a text with the showroom's key for lists of erasures. */
export type Code = (text: string) => Buffer;

/** How far a list has been read. */
export interface ListEnd {
	readonly mac: string;
	/** Bytes up to here; what follows is a line that was never finished. */
	readonly bytes: number;
}

const START: ListEnd = { mac: 'showroom erasures 1', bytes: 0 };

/** What a list lacks. */
export interface ListTail {
	/** Where it goes, in bytes from the list's beginning: over a line that was never finished. */
	readonly at: number;
	/** Empty: the list is up to date. */
	readonly lines: string;
}

/** A list that this showroom's key has not made, or that was changed since. */
export class ErasureListError extends Error {
	override readonly name = 'ErasureListError';
}

/**
 * The lines to append for these erasures. A line is JSON: the erasure and `mac`, HMAC-SHA-256 with the showroom's key over the mac of the line
 * before and this one's values, so that no line can be changed, left out or moved without the key.
 */
export function erasureLines(code: Code, end: Pick<ListEnd, 'mac'>, erasures: readonly Erasure[]): string {
	let before = end.mac;
	const lines = erasures.map((erasure) => {
		before = macOf(code, before, erasure);
		return `${JSON.stringify({ ...erasure, mac: before })}\n`;
	});
	return lines.join('');
}

/**
 * Reads a whole list. A last line without its end (the power failed while it was written) does not count.
 * @throws ErasureListError naming the first line that is not right
 */
export function readErasures(code: Code, list: string): { readonly erasures: readonly Erasure[]; readonly end: ListEnd } {
	const lines = list.split('\n').slice(0, -1);
	let end = START;
	const erasures = lines.map((line, index) => {
		const parsed = lineSchema.safeParse(jsonOf(line));
		const wrong = () => new ErasureListError(`line ${index + 1} was changed, or was made with another showroom's key`);
		if (!parsed.success) throw wrong();
		const { mac, ...erasure } = parsed.data;
		const expected = macOf(code, end.mac, erasure);
		if (!timingSafeEqual(Buffer.from(mac), Buffer.from(expected))) throw wrong();
		end = { mac, bytes: end.bytes + Buffer.byteLength(line) + 1 };
		return erasure;
	});
	return { erasures, end };
}

/**
 * What a list lacks of the log's erasures. Told by their events' ids, not their places: after an older backup was restored the log goes on
 * from an earlier place than the list has seen.
 * @throws ErasureListError
 */
export function tailOf(code: Code, list: string, logged: readonly Erasure[]): ListTail {
	const { erasures, end } = readErasures(code, list);
	const known = new Set(erasures.map(({ event }) => event));
	const missing = logged.filter(({ event }) => !known.has(event));
	return { at: end.bytes, lines: erasureLines(code, end, missing) };
}

function macOf(code: Code, before: string, { seq, event, person, level, at }: Erasure): string {
	return code(JSON.stringify([before, seq, event, person, level, at])).toString('hex');
}

function jsonOf(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return null;
	}
}
