// Follows the log to a webhook and appends alerts until it is killed, printing (to a file: a pipe may be full) the id of each that is acknowledged.
// node feed-loop.mjs DIRECTORY-OF-THE-COMPILED-AGENT DATA-DIR URL
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [compiled, dataDir, url] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${compiled}/${path}`).href);
const { openShowroomLog } = await load('log/showroom-log.js');
const { Webhooks } = await load('webhooks/webhooks.js');
const { now } = await load('clock.js');
const log = openShowroomLog({ dataDir });
await log.start();
const webhook = { id: 'dms', kind: 'json', url, secret: 's3cret', events: ['alert.closed'], names: 'none', mentions: {}, language: 'en' };
new Webhooks({
	...{ webhooks: [webhook], log, queries: log, now, newId: randomUUID, showroom: () => '城北店', cameras: () => [] },
	onProblem: () => {},
}).start();

for (;;) {
	const alert = randomUUID();
	const draft = { id: randomUUID(), type: 'alert.closed', at: now(), actor: 'system', subject: alert, cause: null };
	const [event] = await log.append([{ ...draft, body: { alert, reason: 'left', staff: null } }]);
	writeSync(1, `${event.seq} ${event.id}\n`);
	await new Promise((resolve) => setTimeout(resolve, 5));
}
