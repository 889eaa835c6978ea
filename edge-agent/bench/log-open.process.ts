import { openShowroomLog } from '../log/showroom-log.js';
import { noKeySources, type OpenedLog, type OpeningLog } from './log-open.js';
import { timed } from './timing.js';

/** Opens a filled log as the agent does at its start, and asks for a day's visits with everybody's names in them. */
process.once('message', async ({ dataDir, day }: OpeningLog) => {
	const log = openShowroomLog({ dataDir, keys: noKeySources });
	const openMs = await timed(async () => {
		await log.start();
		await log.visits(day);
	});
	process.send?.({ openMs: Math.round(openMs) } satisfies OpenedLog);
	await log.stop();
	process.disconnect();
});
