import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { CamerasBench } from '../bench/cameras.bench.js';
import { chosenRecogniser, modelOption } from './recogniser.js';
import { note } from './terminal.js';

interface Options {
	readonly cameras: number;
	readonly size: { readonly width: number; readonly height: number };
	readonly rate: number;
	readonly seconds: number;
	readonly idle?: boolean;
	readonly model?: string;
	readonly data: string;
	readonly json?: true;
}

/** `showroom bench cameras` */
export function registerCameras(bench: Command): void {
	bench
		.command('cameras')
		.description('cameras over RTSP on this machine, a known person walking in each, through the agent’s own pipeline')
		.option('--cameras <n>', 'how many', number(1, 16, true), 4)
		.option('--size <WxH>', 'of the pictures', size, { width: 1920, height: 1080 })
		.option('--rate <fps>', 'frames a second that are analysed, at most', number(1, 25, false), 10)
		.option('--seconds <n>', 'how long is measured', number(5, 86_400, false), 60)
		.option('--idle', 'empty rooms: nobody walks')
		.option(...modelOption)
		.option('--data <dir>', 'data directory, for its models', 'data')
		.option('--json', 'one line of JSON')
		.action(async ({ size, data, model, idle = false, json, ...options }: Options, command: Command) => {
			const { benchCameras } = await import('../bench/cameras.bench.js');
			const modelsDir = join(data, 'models');
			const recogniser = await chosenRecogniser(command, { data, model });
			const result = await benchCameras({ ...options, ...size, idle, recogniser, modelsDir, ffmpeg: 'ffmpeg' }, note);
			process.stdout.write(json ? `${JSON.stringify(result)}\n` : lines(result));
		});
}

function lines(result: CamerasBench): string {
	const { motion, detect, describe } = result.visionMsPerSecond;
	const times = result.frameToDecisionMs;
	return [
		`cameras      ${result.cameras}, analysed ${result.analysedPerSecond.join(', ')} a second, ${result.dropped} dropped (${result.model})`,
		`recognised   on ${result.recognised}: ${result.decisions.right} right, ${result.decisions.wrong} wrong, ${result.decisions.nobody} taken for nobody`,
		`CPU          ffmpeg ${result.cpuPercent.ffmpeg} %, Node ${result.cpuPercent.node} % of one core`,
		`in vision    motion ${motion}, detection ${detect}, description ${describe} ms a second; ${result.detectionsPerSecond} detections a second`,
		`decision     ${times ? `${times.p50} ms after the frame, 95 % within ${times.p95} ms` : 'none'}`,
		'',
	].join('\n');
}

function number(from: number, to: number, whole: boolean): (text: string) => number {
	return (text) => {
		const value = Number(text);
		if (text.trim() === '' || !(value >= from && value <= to) || (whole && !Number.isInteger(value)))
			throw new InvalidArgumentError(`give a ${whole ? 'whole ' : ''}number from ${from} to ${to}`);
		return value;
	};
}

function size(text: string): Options['size'] {
	const [width, height, ...more] = text.split('x').map(Number);
	const fits = (value: number | undefined): value is number =>
		value !== undefined && Number.isInteger(value) && value % 2 === 0 && value >= 320 && value <= 7680;
	if (!fits(width) || !fits(height) || more.length > 0) throw new InvalidArgumentError('give even numbers of pixels: 1920x1080');
	return { width, height };
}
