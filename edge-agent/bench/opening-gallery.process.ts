import { monitorEventLoopDelay } from 'node:perf_hooks';
import { KnownPeople } from '../gallery/known-people.js';
import { openShowroomLog } from '../log/showroom-log.js';
import { Vision } from '../vision/vision.js';
import type { Opened, OpeningJob } from './opening-gallery.js';

/** Opens a store's gallery as the agent does at its start: reader's thread, main, two vision workers with their networks loaded. */
process.once('message', async ({ dataDir, modelsDir }: OpeningJob) => {
	const log = openShowroomLog({ dataDir, keys: { credentialsDirectory: null, environmentKey: null } });
	await log.start();
	const vision = new Vision({ recogniser: 'face-api', modelsDir, threshold: null, workers: 2 });
	await vision.start();
	const people = new KnownPeople({ queries: log, vision });
	const before = process.memoryUsage.rss();
	let most = before;
	const sampling = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 5);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const begun = performance.now();
	await people.read();
	const openMs = performance.now() - begun;
	delay.disable();
	most = Math.max(most, process.memoryUsage.rss());
	clearInterval(sampling);
	process.send?.({
		openMs: Math.round(openMs),
		rssMb: Math.round((most - before) / 2 ** 20),
		mainBusyMs: Number((delay.max / 1e6).toFixed(1)),
	} satisfies Opened);
	await vision.stop();
	await log.stop();
});
process.once('disconnect', () => process.exit());
