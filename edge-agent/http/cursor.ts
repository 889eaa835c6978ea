import { z } from 'zod';
import type { VisitPlace } from '../log/visit-rows.store.js';

const count = z.number().int().nonnegative();
const place = z.tuple([count, count]);

/** The place as one word that programs hand back and do not read. */
export function cursorOf({ openedAt, openedSeq }: VisitPlace): string {
	return Buffer.from(JSON.stringify([openedAt, openedSeq])).toString('base64url');
}

/** The place that a cursor names; null: it is none of ours. */
export function placeOf(cursor: string): VisitPlace | null {
	let value: unknown;
	try {
		value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
	} catch {
		return null;
	}
	const read = place.safeParse(value);
	if (!read.success) return null;
	const found = { openedAt: read.data[0], openedSeq: read.data[1] };
	// The same place written otherwise (base64url is lenient) is no cursor that was ever handed out.
	return cursorOf(found) === cursor ? found : null;
}
