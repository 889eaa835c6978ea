// Appends to the log of a data directory until it is killed, and prints (to a file: a pipe may be full) each event's number and id once it
// is acknowledged, and what its follower has acted on.
// node append-loop.mjs DIRECTORY-OF-THE-COMPILED-LOG DATA-DIR
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [compiled, dataDir] = process.argv.slice(2);
const { openShowroomLog } = await import(pathToFileURL(`${compiled}/showroom-log.js`).href);
const log = openShowroomLog({ dataDir });
await log.start();
log.follow('acted', async (events) => {
	for (const { seq } of events) writeSync(1, `acted ${seq}\n`);
});

async function appendForEver() {
	for (;;) {
		const visit = randomUUID();
		const at = { wall: Date.now(), mono: performance.now(), boot: 'test' };
		const rest = { at, actor: 'system', subject: visit, cause: null };
		const body = { visit, source: 'crossing', entrance: null, customer: null, purpose: null, host: null, face: null, party: null };
		const drafts = [
			{ id: randomUUID(), type: 'visit.opened', ...rest, body },
			{ id: randomUUID(), type: 'visit.closed', ...rest, body: { visit, reason: 'left' } },
		];
		const change = { table: 'checkin_texts', id: visit, name: visit, telephone: null };
		// One write, so that a kill never leaves half a line.
		for (const { seq, id } of await log.append(drafts, [change])) writeSync(1, `acknowledged ${seq} ${id}\n`);
	}
}
await Promise.all(Array.from({ length: 8 }, appendForEver));
