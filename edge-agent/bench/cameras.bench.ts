import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecogniserName } from '../../models/catalogue.js';
import type { CameraReport } from '../cameras/camera.types.js';
import { Cameras } from '../cameras/cameras.js';
import { monotonicMs } from '../clock.js';
import { persons } from '../demo/persons.js';
import { enrolmentPhotos } from '../demo/photos.js';
import { EnrolmentDesk } from '../gallery/enrolment.client.js';
import type { Template } from '../gallery/gallery.types.js';
import { Vision } from '../vision/vision.js';
import type { CameraStats } from '../vision/vision-messages.js';
import { clipSeconds, framesPerSecond, makeBenchClip } from './cameras-clip.source.js';
import type { ServerJob, ServerReady } from './cameras-server.process.js';
import { quantile } from './timing.js';

export interface CamerasBenchOptions {
	readonly cameras: number;
	readonly width: number;
	readonly height: number;
	/** Analysed frames a second at most. */
	readonly rate: number;
	readonly seconds: number;
	/** Empty rooms: nobody walks. */
	readonly idle: boolean;
	readonly recogniser: RecogniserName;
	readonly modelsDir: string;
	readonly ffmpeg: string;
}

/** What `showroom bench cameras --json` prints. */
export interface CamerasBench {
	readonly cameras: number;
	/** Frames that each camera's pipeline looked at, a second. */
	readonly analysedPerSecond: readonly number[];
	/** Frames that a newer one overtook. */
	readonly dropped: number;
	/** Cameras whose walker was known for who they are, and taken for nobody else. */
	readonly recognised: number;
	/** Of one core. The server that plays the cameras is a process of its own and not counted. */
	readonly cpuPercent: { readonly ffmpeg: number; readonly node: number };
	/** From a frame's arrival in shared memory until main knows whose face it shows; null when nobody was decided on. */
	readonly frameToDecisionMs: { readonly p50: number; readonly p95: number } | null;
	/** Tracks that were decided on: right, taken for somebody else, and for nobody. */
	readonly decisions: { readonly right: number; readonly wrong: number; readonly nobody: number };
	/** ms a second of all cameras, by what for; what is left of `node` takes the frames over from ffmpeg. */
	readonly visionMsPerSecond: { readonly motion: number; readonly detect: number; readonly describe: number };
	readonly detectionsPerSecond: number;
	readonly model: string;
}

/** Pixels between the walkers' eyes. */
const eyeDistance = 30;
/** Networks and the code around them get warm before anything counts. */
const warmSeconds = 6;
const liveWithinMs = 30_000;

/**
 * Cameras over RTSP through the agent's own cameras and vision rooms, as `start` runs them.
 *
 * @param note gets what is being done, for people
 */
export async function benchCameras(options: CamerasBenchOptions, note: (text: string) => void): Promise<CamerasBench> {
	const dir = await mkdtemp(join(tmpdir(), 'showroom-bench-'));
	const server = fork(new URL('./cameras-server.process.js', import.meta.url));
	try {
		const clips = await makeClips(options, dir, note);
		server.send({ clips, framesPerSecond } satisfies ServerJob);
		const [{ port }] = (await once(server, 'message')) as [ServerReady];
		const templates = options.idle ? [] : await enrol(options, note);
		return await run(options, port, templates, note);
	} finally {
		await end(server);
		await rm(dir, { recursive: true, force: true });
	}
}

/** One clip a camera; of empty rooms one is enough. */
async function makeClips(options: CamerasBenchOptions, dir: string, note: (text: string) => void): Promise<string[]> {
	const { width, height } = options;
	const clips: string[] = [];
	for (let i = 0; i < options.cameras; i++) {
		const walker = options.idle ? null : { look: lookOf(i), eyeDistance };
		if (options.idle && clips[0] !== undefined) {
			clips.push(clips[0]);
			continue;
		}
		note(`drawing and encoding ${clipSeconds} s for camera ${i + 1}`);
		const file = join(dir, `${i}.h264`);
		await makeBenchClip(options.ffmpeg, { width, height, walker, phase: i / options.cameras }, file);
		clips.push(file);
	}
	return clips;
}

/** Everybody in the pool is enrolled, so that walkers could be taken for others. */
async function enrol({ recogniser, modelsDir }: CamerasBenchOptions, note: (text: string) => void): Promise<Template[]> {
	note(`enrolling ${persons.length} drawn persons`);
	const desk = new EnrolmentDesk({ recogniser, modelsDir }, note);
	try {
		await desk.start();
		const templates: Template[] = [];
		for (const look of persons) {
			for (const photo of await enrolmentPhotos(look)) {
				const descriptor = await desk.describe(photo);
				templates.push({ person: look.id, kind: 'customer', modelId: desk.modelId, descriptor });
			}
		}
		return templates;
	} finally {
		await desk.stop();
	}
}

async function run(
	options: CamerasBenchOptions,
	port: number,
	templates: readonly Template[],
	note: (text: string) => void,
): Promise<CamerasBench> {
	const { recogniser, modelsDir } = options;
	const vision = new Vision({ workers: 2, threshold: null, recogniser, modelsDir, onProgress: note });
	const cameras = new Cameras({ ffmpeg: options.ffmpeg });
	const ids = Array.from({ length: options.cameras }, (_, i) => `camera-${i}`);
	const reports = new Map<string, { readonly report: CameraReport; readonly at: number }[]>();
	const decisions: { readonly camera: number; readonly person: string | null; readonly ms: number }[] = [];
	cameras.onReport((report) => reports.set(report.camera, [...(reports.get(report.camera) ?? []), { report, at: monotonicMs() }]));
	vision.onEvents((events) => {
		const at = monotonicMs();
		for (const event of events)
			if (event.kind === 'decided')
				decisions.push({ camera: ids.indexOf(event.camera), person: event.person?.person ?? null, ms: at - event.at });
	});
	try {
		await vision.start();
		await vision.setGallery(templates);
		await cameras.start();
		for (const [i, id] of ids.entries()) {
			const line = { x1: 0.5, y1: 1, x2: 0.5, y2: 0 };
			const reader = vision.addCamera({ id, pace: 'live', line, trigger: 'entrance', zone: null, masks: [] });
			await cameras.open({ id, url: `rtsp://127.0.0.1:${port}/${i}`, rate: options.rate, pace: 'live' }, reader);
		}
		await allLive(ids, reports);
		await sleep(warmSeconds * 1000);

		note(`measuring for ${options.seconds} s`);
		for (const id of ids) reports.delete(id);
		decisions.length = 0;
		const before = await vision.stats();
		const cpu = process.cpuUsage();
		const begun = performance.now();
		await sleep(options.seconds * 1000);
		const after = await vision.stats();
		const { user, system } = process.cpuUsage(cpu);
		const seconds = (performance.now() - begun) / 1000;

		const ffmpeg = ids.map((id) => decoderCores(reports.get(id) ?? [])).reduce((sum, cores) => sum + cores, 0);
		const perSecond = (what: (stats: CameraStats) => number): number[] =>
			ids.map((id) => (figure(after, id, what) - figure(before, id, what)) / seconds);
		const total = (what: (stats: CameraStats) => number): number => round(perSecond(what).reduce((sum, one) => sum + one, 0));
		const isRight = ({ camera, person }: (typeof decisions)[number]): boolean => person === lookOf(camera).id;
		const right = decisions.filter(isRight);
		const wrong = decisions.filter((one) => one.person !== null && !isRight(one));
		const times = right.map(({ ms }) => ms);
		return {
			cameras: ids.length,
			analysedPerSecond: perSecond(({ frames }) => frames).map(round),
			dropped: Math.round(total(({ dropped }) => dropped) * seconds),
			recognised: ids.filter((_, i) => right.some(({ camera }) => camera === i) && !wrong.some(({ camera }) => camera === i)).length,
			cpuPercent: { ffmpeg: round(100 * ffmpeg), node: round((100 * (user + system)) / 1e6 / seconds) },
			frameToDecisionMs: times.length > 0 ? { p50: round(quantile(times, 0.5)), p95: round(quantile(times, 0.95)) } : null,
			decisions: { right: right.length, wrong: wrong.length, nobody: decisions.length - right.length - wrong.length },
			visionMsPerSecond: {
				motion: total(({ motionMs }) => motionMs),
				detect: total(({ detectMs }) => detectMs),
				describe: total(({ describeMs }) => describeMs),
			},
			detectionsPerSecond: total(({ detections }) => detections),
			model: vision.model.modelId,
		};
	} finally {
		await cameras.stop();
		await vision.stop();
	}
}

function lookOf(camera: number) {
	const look = persons[camera % persons.length];
	if (!look) throw new Error('There are no drawn persons');
	return look;
}

/** @throws Error with what a camera says, when one does not come */
async function allLive(ids: readonly string[], reports: ReadonlyMap<string, readonly { readonly report: CameraReport }[]>): Promise<void> {
	const deadline = monotonicMs() + liveWithinMs;
	const last = (id: string) => reports.get(id)?.at(-1)?.report;
	while (!ids.every((id) => last(id)?.state === 'live')) {
		if (monotonicMs() > deadline)
			throw new Error(`The bench's cameras do not come: ${ids.map((id) => last(id)?.message ?? last(id)?.state).join('; ')}`);
		await sleep(100);
	}
}

/** Cores that a camera's ffmpeg kept busy between its first report and its last. */
function decoderCores(reports: readonly { readonly report: CameraReport; readonly at: number }[]): number {
	const [first, last] = [reports[0], reports.at(-1)];
	if (!first || !last || last.at <= first.at)
		throw new Error('The bench was too short to see what ffmpeg uses: give it 5 seconds at least');
	return (last.report.decoderCpuSeconds - first.report.decoderCpuSeconds) / ((last.at - first.at) / 1000);
}

function figure(stats: readonly CameraStats[], id: string, what: (stats: CameraStats) => number): number {
	const found = stats.find(({ camera }) => camera === id);
	return found ? what(found) : 0;
}

async function end(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const gone = once(server, 'exit');
	server.kill('SIGKILL');
	await gone;
}

const round = (value: number): number => Number(value.toFixed(1));
