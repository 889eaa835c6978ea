import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { adviceSentences, verdictSentence } from '../../calibration/camera/advice.js';
import type { Look } from '../../calibration/camera/observed.js';
import { judgePlacement, type Placement } from '../../calibration/camera/placement.js';
import { placementReport } from '../../calibration/camera/report.js';
import { replaceFile } from '../../models/atomic-file.store.js';
import { openModelStore } from '../../models/model-store.js';
import type { CameraReport } from '../cameras/camera.types.js';
import { Cameras } from '../cameras/cameras.js';
import { describeSource, parseSource, secretsOf } from '../cameras/source-url.js';
import { now } from '../clock.js';
import type { CameraConfig, Config } from '../config/config.schema.js';
import { loadConfig } from '../config/config.source.js';
import { describeGallery } from '../gallery/folder-gallery.js';
import { PlacementDesk } from '../placement/placement-desk.client.js';
import { readSettings } from '../setup/settings.store.js';
import { untilStopped } from './start.js';
import { note } from './terminal.js';
import { firstLineOfStdin } from './watch.js';

interface Options {
	readonly seconds: number;
	readonly gallery?: string;
	readonly installer?: string;
	readonly config?: string;
	readonly data: string;
	readonly json?: boolean;
}

const CAMERA = 'placement';
/** Frames a second that a camera of the store is looked at by default. */
const RATE = 12.5;
/** A camera has this long to answer before the time runs, ms. */
const FIRST_PICTURE_MS = 20_000;
const PROGRESS_MS = 5000;

export function registerCamera(command: Command): void {
	command
		.command('camera')
		.description(
			'whether a camera hangs well for recognition: figures, a verdict in words and a report; walk through its picture meanwhile',
		)
		.argument(
			'<source>',
			'as `watch` takes it: rtsp://…, usb:/dev/video0, the path of a video or a picture; - reads it from the first line of stdin',
		)
		.option('--seconds <n>', 'how long to look; Ctrl+C ends it sooner', seconds, 60)
		.option('--gallery <dir>', 'people whose faces the report may show: a folder of photographs a person')
		.option('--installer <photo>', 'a photograph of whoever walks through the picture: their face is shown, too')
		.option('--config <file>', 'settings (YAML)')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'answer with one line of JSON')
		.action(calibrateCamera);
}

/** What has been seen so far. */
class Seen {
	readonly looks: Look[] = [];
	frames = 0;
	#first: { readonly ms: number; readonly seq: number } | null = null;
	#last = { ms: 0, seq: 0 };

	add(ms: number, seq: number, look: Look | null): void {
		this.frames++;
		this.#first ??= { ms, seq };
		this.#last = { ms, seq };
		if (look) this.looks.push(look);
	}

	/** Of the camera's own time. */
	get seconds(): number {
		return this.#first ? (this.#last.ms - this.#first.ms) / 1000 : 0;
	}

	/** Frames a second that came; null before there were two. */
	get rate(): number | null {
		return this.#first && this.seconds > 0 ? (this.#last.seq - this.#first.seq) / this.seconds : null;
	}

	judge(wanted: number): Placement {
		return judgePlacement(this.looks, this.rate === null ? null : { got: this.rate, wanted });
	}
}

async function calibrateCamera(address: string, options: Options): Promise<void> {
	const url = address === '-' ? await firstLineOfStdin() : address;
	// Given as an argument, a password is in the process list: from now on it is not.
	if (secretsOf(address).length > 0) process.title = 'showroom calibrate';
	const { kind } = parseSource(url);
	const config = await loadConfig(options.config);
	const camera = await cameraAt(url, config, options.data);
	const pace = kind === 'file' || kind === 'image' ? 'every-frame' : 'live';
	const modelsDir = join(options.data, 'models');
	const recogniser = await openModelStore({ dir: modelsDir }).active();
	const gallery = options.gallery === undefined ? [] : (await describeGallery(options.gallery, { recogniser, modelsDir }, note)).templates;

	const seen = new Seen();
	const wanted = camera?.rate ?? RATE;
	let enough = () => {};
	const looked = new Promise<void>((resolve) => {
		enough = resolve;
	});
	const desk = new PlacementDesk(
		{
			...{ recogniser, modelsDir, gallery, masks: camera?.masks ?? [], zone: camera?.zone ?? null },
			...{ installer: options.installer ?? null, threshold: config.recognition.threshold, fpir: config.recognition.fpir },
		},
		{
			progress: note,
			frame: (ms, seq, look) => {
				seen.add(ms, seq, look);
				if (seen.seconds >= options.seconds) enough();
			},
			ended: () => enough(),
		},
	);
	const cameras = new Cameras({ ffmpeg: config.ffmpeg });
	const telling = setInterval(() => note(progressLine(seen.seconds, seen.judge(wanted))), PROGRESS_MS);
	const silence = setTimeout(() => enough(), options.seconds * 1000 + FIRST_PICTURE_MS);
	try {
		await desk.start();
		await cameras.start();
		const failed = new Promise<never>((_, reject) => {
			let before: string | null = null;
			cameras.onReport(({ state, message }: CameraReport) => {
				if (state === 'failed') reject(new Error(message ?? 'the source cannot be read'));
				else if (message !== null && message !== before) note(message);
				before = message;
			});
		});
		await cameras.open({ id: CAMERA, url, rate: wanted, pace }, desk.camera(pace));
		await Promise.race([looked, failed, untilStopped()]);
		await cameras.stop();
		if (seen.frames === 0) throw new Error('no picture came, so there is nothing to judge');

		const picture = await desk.finish();
		const placement = seen.judge(wanted);
		const madeAt = new Date(now().wall).toISOString();
		const facts = { source: describeSource(url), seconds: Number(seen.seconds.toFixed(1)), frames: seen.frames };
		const reports = join(options.data, 'reports');
		await mkdir(reports, { recursive: true });
		const report = join(reports, `camera-${madeAt.slice(0, 19).replaceAll(':', '-')}.html`);
		const html = placementReport({ ...facts, madeAt, looks: seen.looks, placement, picture });
		await replaceFile(report, (file) => file.writeFile(html));
		print(placement, { ...facts, report }, options);
	} finally {
		clearInterval(telling);
		clearTimeout(silence);
		await cameras.stop();
		await desk.stop();
	}
}

/** The store's camera with this address, whatever login is written into it: its masks and its zone hold here, too. */
async function cameraAt(url: string, config: Config, dataDir: string): Promise<CameraConfig | null> {
	const { cameras } = await readSettings(dataDir);
	return [...config.cameras, ...cameras].find(({ source }) => placeOf(source) === placeOf(url)) ?? null;
}

/** Where a source is, however its address is written: without its login, with its port; a file's whole path. */
function placeOf(source: string): string {
	const parsed = parseSource(source);
	if (parsed.kind === 'usb') return parsed.device;
	if (parsed.kind !== 'rtsp') return resolve(parsed.path);
	const { hostname, port, pathname, search } = new URL(describeSource(parsed.url));
	return `${hostname.toLowerCase()}:${port || 554}${pathname}${search}`;
}

function progressLine(seconds: number, { faces, passes, readable, criteria }: Placement): string {
	const eyes = criteria.find(({ name }) => name === 'eyes')?.measured.median;
	const apart = eyes === undefined ? '' : `, eyes ${eyes.toFixed(0)} px apart`;
	return `${seconds.toFixed(0)} s: ${passes} passes, ${readable} with a usable face, ${faces} faces${apart}`;
}

function print(placement: Placement, facts: { readonly report: string }, { json }: Options): void {
	const { criteria, ...counts } = placement;
	const [zh, en] = verdictSentence(placement);
	const advice = adviceSentences(placement);
	if (json) {
		const words = { zh: [zh, ...advice.map(([chinese]) => chinese)], en: [en, ...advice.map(([, english]) => english)] };
		const named = Object.fromEntries(criteria.map(({ name, ...criterion }) => [name, criterion]));
		process.stdout.write(`${JSON.stringify({ ...facts, ...counts, criteria: named, words })}\n`);
		return;
	}
	process.stdout.write(`${[en, ...advice.map(([, english]) => `- ${english}`), `Report: ${facts.report}`].join('\n')}\n`);
}

function seconds(text: string): number {
	const count = Number(text);
	if (!(count > 0 && count <= 3600)) throw new InvalidArgumentError('seconds are a number from above 0 to 3600');
	return count;
}
