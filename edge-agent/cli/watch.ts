import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Command, InvalidArgumentError } from 'commander';
import type { CameraReport } from '../cameras/camera.types.js';
import { Cameras } from '../cameras/cameras.js';
import { parseSource, secretsOf } from '../cameras/source-url.js';
import { type LineConfig, lineSchema } from '../config/config.schema.js';
import { describeGallery, type GalleryFolder } from '../gallery/folder-gallery.js';
import { type Sighting, SightingList } from '../vision/sightings.js';
import { Vision } from '../vision/vision.js';
import { chosenRecogniser, modelOption } from './recogniser.js';
import { untilStopped } from './start.js';
import { note } from './terminal.js';

interface Options {
	readonly gallery?: string;
	readonly model?: string;
	readonly rate: number;
	readonly line?: LineConfig;
	readonly data: string;
	readonly json?: boolean;
	readonly realtime?: boolean;
}

const CAMERA = 'watch';

export function register(program: Command): void {
	program
		.command('watch')
		.description('run one camera, video or picture through the real pipeline, in memory: a line per sighting, then a summary')
		.argument(
			'<source>',
			'rtsp://…, usb:/dev/video0, the path of a video or a picture; - reads it from the first line of stdin, so that a password stands in no process list',
		)
		.option('--gallery <dir>', 'people to recognise: a folder of photographs a person, named after them')
		.option(...modelOption)
		.option('--rate <fps>', 'frames a second that are looked at, at most', framesASecond, 12.5)
		.option(
			'--line <x1,y1,x2,y2>',
			'count who crosses this line, in fractions of the picture; coming in is from its left to its right',
			line,
		)
		.option('--realtime', 'play a file at its own speed; the newest frame wins, as with a camera')
		.option('--data <dir>', 'data directory, for its models', 'data')
		.option('--json', 'one line of JSON a sighting')
		.action(watch);
}

async function watch(address: string, options: Options, command: Command): Promise<void> {
	const url = address === '-' ? await firstLineOfStdin() : address;
	// Given as an argument, a password is in the process list: from now on it is not.
	if (secretsOf(address).length > 0) process.title = 'showroom watch';
	const source = parseSource(url);
	const isFile = source.kind === 'file' || source.kind === 'image';
	const pace = isFile && !options.realtime ? 'every-frame' : 'live';
	const modelsDir = join(options.data, 'models');
	const recogniser = await chosenRecogniser(command, options);
	const gallery: GalleryFolder | null =
		options.gallery === undefined ? null : await describeGallery(options.gallery, { recogniser, modelsDir }, note);

	const vision = new Vision({ workers: 1, threshold: null, recogniser, modelsDir, onProgress: note });
	const cameras = new Cameras({});
	const sightings = new SightingList();
	let [told, crossings] = [0, 0];
	let last: CameraReport | null = null;
	try {
		await vision.start();
		await vision.setGallery(gallery?.templates ?? []);
		const ended = new Promise<void>((resolve, reject) => {
			vision.onEvents((events) => {
				for (const event of events) {
					if (event.kind === 'crossing') crossings++;
					if (event.kind === 'ended') resolve();
					const sighting = sightings.take(event);
					if (!sighting) continue;
					told++;
					print(named(sighting, gallery), options);
				}
			});
			cameras.onReport((report) => {
				const before = last?.message ?? null;
				last = report;
				if (report.state === 'failed') reject(new Error(report.message ?? 'the source cannot be read'));
				else if (report.message !== null && report.message !== before) note(report.message);
				else if (report.state === 'live' && before !== null) note('the pictures are back');
			});
		});
		ended.catch(() => {});
		await cameras.start();
		const begun = performance.now();
		const cpu = process.cpuUsage();
		const port = vision.addCamera({ id: CAMERA, pace, line: options.line ?? null, trigger: 'entrance', zone: null, masks: [] });
		await cameras.open({ id: CAMERA, url, rate: options.rate, pace }, port);
		await Promise.race([ended, untilStopped()]);

		const seconds = (performance.now() - begun) / 1000;
		const { user, system } = process.cpuUsage(cpu);
		const [figures] = await vision.stats();
		const report = last as CameraReport | null;
		const summary = {
			frames: figures?.frames ?? 0,
			dropped: figures?.dropped ?? 0,
			fps: round((figures?.frames ?? 0) / seconds, 1),
			cpuPercent: round((((user + system) / 1e6 + (report?.decoderCpuSeconds ?? 0)) / seconds) * 100, 0),
			sightings: told,
			crossings,
			latencyMs: figures?.latencyMs ? { p50: round(figures.latencyMs.p50, 1), p95: round(figures.latencyMs.p95, 1) } : null,
		};
		if (options.json) process.stdout.write(`${JSON.stringify({ summary })}\n`);
		else
			process.stdout.write(
				`${summary.frames} frames at ${summary.fps}/s, ${summary.dropped} dropped, ${told} sightings, ${crossings} crossings, ${summary.cpuPercent} % CPU\n`,
			);
	} finally {
		await cameras.stop();
		await vision.stop();
	}
}

/** Gallery people go by number inside; outside by their folder's name. */
function named(sighting: Sighting, gallery: GalleryFolder | null): Sighting {
	return { ...sighting, person: sighting.person === null ? null : (gallery?.names.get(sighting.person) ?? sighting.person) };
}

function print({ t, track, person, score, box }: Sighting, { json }: Options): void {
	const rounded = { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
	const line = { t: round(t, 2), track, person, score: score === null ? null : round(score, 3), box: rounded };
	if (json) process.stdout.write(`${JSON.stringify(line)}\n`);
	else
		process.stdout.write(
			`${line.t.toFixed(2).padStart(8)} s  ${person ?? 'nobody known'}${line.score === null ? '' : ` (${line.score})`}\n`,
		);
}

function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}

/** The camera's address: the first line of stdin. @throws Error when there is none */
export async function firstLineOfStdin(): Promise<string> {
	if (process.stdin.isTTY) note("the camera's address, then Enter:");
	const lines = createInterface({ input: process.stdin });
	const [said] = await Promise.race([once(lines, 'line'), once(lines, 'close')]);
	lines.close();
	process.stdin.destroy();
	if (typeof said !== 'string') throw new Error('stdin held no address: write it as its first line');
	return said.trim();
}

function line(text: string): LineConfig {
	const [x1, y1, x2, y2, ...more] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
	const { data, success } = lineSchema.safeParse({ x1, y1, x2, y2 });
	if (!success || more.length > 0 || (data.x1 === data.x2 && data.y1 === data.y2))
		throw new InvalidArgumentError("give the line's two ends as four fractions from 0 to 1: 0.7,1,0.7,0");
	return data;
}

function framesASecond(text: string): number {
	const rate = Number(text);
	if (!(rate > 0 && rate <= 60)) throw new InvalidArgumentError('frames a second are a number from above 0 to 60');
	return rate;
}
