// Imports a file into a data directory, or takes the last import back, saying how far it is, until it is killed.
import { createReadStream } from 'node:fs';
import { uuidv7 } from 'uuidv7';

const [, , dist, dataDir, file] = process.argv;
const { openShowroomLog } = await import(`${dist}/edge-agent/log/showroom-log.js`);
const { Importer } = await import(`${dist}/edge-agent/people/import/importer.js`);
const { now } = await import(`${dist}/edge-agent/clock.js`);

const log = openShowroomLog({ dataDir });
await log.start();
const importer = new Importer({ dataDir, log, queries: log, now, newId: uuidv7, onProblem: () => {} });
await importer.start();
let id;
if (file === 'undo') {
	[{ id }] = await importer.list('customers');
	await importer.undo('customers', id, 'cli');
} else {
	({ id } = await importer.upload('customers', 'cli', file, createReadStream(file)));
	await importer.confirm('customers', id, 'cli');
}
for (let last = -1; ; await new Promise((resolve) => setTimeout(resolve, 1))) {
	const { state, progress } = await importer.view('customers', id);
	if ((progress?.done ?? 0) !== last) process.stdout.write(`${state} ${progress?.done ?? 0}\n`);
	last = progress?.done ?? 0;
	if (state === 'done' || state === 'undone') break;
}
