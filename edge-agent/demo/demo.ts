import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../../models/model-store.js';
import { now } from '../clock.js';
import { parseConfig } from '../config/config.source.js';
import { Consent } from '../consent/consent.js';
import { EnrolmentDesk } from '../gallery/enrolment.client.js';
import { openShowroomLog } from '../log/showroom-log.js';
import { Agent } from '../main.js';
import { staff, walkingStaff } from './cast.js';
import { renderClip } from './clip.source.js';
import { demoSession, openDemoAccounts } from './demo-access.js';
import { prepareDemoFolder } from './demo-folder.store.js';
import { enrolCast } from './demo-people.js';
import { calibrateDemo } from './demo-threshold.js';
import { type Judgement, judge } from './judge.js';
import { DemoScreens } from './screens.client.js';
import { countingLine, scriptVersion, writeScript } from './script.js';
import { readStoredLog } from './stored-log.store.js';
import { type Truth, truthOf } from './truth.js';

export interface DemoOptions {
	readonly seed: number;
	readonly dataDir: string;
	readonly port: number;
	readonly ffmpeg: string;
	readonly say: (message: string) => void;
	readonly signal: AbortSignal;
}

/** A showroom with the film's cast, ready to be started. */
export interface DemoShowroom {
	readonly agent: Agent;
	readonly truth: Truth;
	/** Of every account, for this run. */
	readonly password: string;
}

/** The demo's one camera. */
export const doorCamera = 'door';
/** After the film's end, for the last alert to arrive. */
const SETTLE_MS = 1500;

/**
 * Draws the film, writes what is true of it, sets the threshold on other persons, enrols the cast.
 * @throws Error for people
 */
export async function prepareDemo(options: DemoOptions): Promise<DemoShowroom> {
	const { seed, dataDir, say, port, ffmpeg, signal } = options;
	await prepareDemoFolder(dataDir);
	const script = writeScript(seed);
	const truth = truthOf(script);
	await writeFile(join(dataDir, 'truth.json'), `${JSON.stringify(truth, null, '\t')}\n`);

	const clips = { directory: join(dataDir, 'clips'), ffmpeg, onProgress: progress(say, "drawing the visitors' film"), signal };
	const clip = await renderClip(script, `visitors-${seed}-v${scriptVersion}`, clips);

	const modelsDir = join(dataDir, 'models');
	const recogniser = await openModelStore({ dir: modelsDir }).active();
	const desk = new EnrolmentDesk({ recogniser, modelsDir }, say);
	const log = openShowroomLog({ dataDir });
	try {
		await desk.start();
		say('setting the threshold on drawn persons who are not in the film');
		const { threshold, genuineMax, impostorMin } = await calibrateDemo(desk, script.calibration, `calibration-${seed}-v${scriptVersion}`, {
			...clips,
			onProgress: () => {},
		});
		say(`threshold ${threshold.toFixed(3)} (own faces up to ${genuineMax.toFixed(3)} away, others' from ${impostorMin.toFixed(3)})`);
		await log.start();
		const config = parseConfig(
			{
				store: { name: '曜行汽车体验中心' },
				server: { port },
				ffmpeg,
				entrances: [{ id: 'main', name: '正门' }],
				cameras: [{ id: doorCamera, name: '正门', source: clip, entrance: 'main', line: countingLine }],
				recognition: { threshold, workers: 1 },
			},
			"the demo's configuration",
		);
		const { retention } = config;
		const consent = new Consent({
			...{ log, places: [dataDir], retention, storeName: config.store.name, now, newId: uuidv7 },
			modelId: async () => desk.modelId,
		});
		await consent.prepare();
		await enrolCast(log, consent, desk, script);
		const password = await openDemoAccounts(log, config.store.name);
		return { agent: new Agent({ config, dataDir, say }), truth, password };
	} finally {
		await desk.stop();
		await log.stop();
	}
}

/** Plays the film through once with screens that answer by themselves, and judges the stored log against the truth. */
export async function playOnce(options: DemoOptions): Promise<Judgement> {
	const { agent, truth } = await prepareDemo(options);
	let mediaZero = Number.POSITIVE_INFINITY;
	let screens: DemoScreens | undefined;
	try {
		await agent.start();
		screens = new DemoScreens(agent.url);
		const ended = filmEnded(agent, options.signal, (at, mediaMs) => {
			mediaZero = Math.min(mediaZero, at - mediaMs);
		});
		for (const { id } of staff) await screens.open(id, await demoSession(agent.access, id));
		options.say(`playing ${Math.round(truth.clip.durationMs / 1000)} s of film`);
		await ended;
		await wait(SETTLE_MS);
	} finally {
		await screens?.stop();
		await agent.stop();
	}
	return judge(truth, readStoredLog(options.dataDir), mediaZero, screens.shown);
}

/** Answers when the camera's file has been looked at to its end. */
export function filmEnded(agent: Agent, signal: AbortSignal, onFrame: (at: number, mediaMs: number) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), { once: true });
		const stop = agent.onSeen((events) => {
			for (const event of events) {
				onFrame(event.at, event.mediaMs);
				if (event.kind !== 'ended') continue;
				stop();
				resolve();
			}
		});
	});
}

/** Ends every visit, so that the same people can come in again. */
export async function everybodyLeaves(agent: Agent): Promise<void> {
	const visits = await agent.log.visits({ from: 0, to: Date.now() });
	for (const { id, closedAt } of visits) if (closedAt === null) await agent.floor.visits.close(id, walkingStaff, 'left');
}

/** Says every tenth part once. */
function progress(say: (message: string) => void, what: string): (done: number) => void {
	let said = -1;
	return (done) => {
		const tenths = Math.floor(done * 10);
		if (tenths === said) return;
		said = tenths;
		say(`${what}: ${tenths * 10} %`);
	};
}
