import { execFile } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { openModelStore } from '../../models/model-store.js';
import { loadConfig } from '../config/config.source.js';
import { notCalibrated, thresholdBasis } from '../gallery/threshold-basis.js';
import { LogReader } from '../log/log-reader.store.js';
import { openForReading } from '../store/database.store.js';
import { readMissing } from './missing.js';

interface Finding {
	readonly name: string;
	readonly state: 'ok' | 'warning' | 'fault';
	/** What is so, and what to do about it. */
	readonly message: string;
}

interface Options {
	readonly config?: string;
	readonly data: string;
	readonly json?: boolean;
}

const run = promisify(execFile);

export function register(program: Command): void {
	program
		.command('doctor')
		.description('say what is missing or wrong on this machine, and what to do about it')
		.option('--config <file>', 'settings (YAML)')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'answer with one line of JSON')
		.action(async (options: Options) => {
			const findings = await examine(options);
			if (options.json) process.stdout.write(`${JSON.stringify({ ok: !findings.some(isFault), findings })}\n`);
			else for (const { name, state, message } of findings) process.stdout.write(`${state.padEnd(8)} ${name.padEnd(15)} ${message}\n`);
			if (findings.some(isFault)) process.exitCode = 1;
		});
}

const isFault = ({ state }: Finding): boolean => state === 'fault';

async function examine({ config, data }: Options): Promise<Finding[]> {
	const examinations: readonly (readonly [string, () => Promise<Omit<Finding, 'name'>>])[] = [
		['node', node],
		['configuration', () => configuration(config)],
		['ffmpeg', () => ffmpeg(config)],
		['data directory', () => dataDirectory(data)],
		['showroom log', () => showroomLog(data)],
		['models', () => models(data)],
		['recogniser', () => recogniser(data)],
		['calibration', () => calibration(data, config)],
		['enrolment', () => enrolment(data)],
	];
	const findings: Finding[] = [];
	for (const [name, examination] of examinations) {
		const finding = await examination().catch((error: unknown): Omit<Finding, 'name'> => {
			return { state: 'fault', message: error instanceof Error ? error.message : String(error) };
		});
		findings.push({ name, ...finding });
	}
	return findings;
}

async function node(): Promise<Omit<Finding, 'name'>> {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const serves = (major === 20 && minor >= 19) || (major > 20 && major <= 26);
	return serves
		? { state: 'ok', message: process.version }
		: { state: 'fault', message: `${process.version}; install one from 20.19 to 26` };
}

async function configuration(path: string | undefined): Promise<Omit<Finding, 'name'>> {
	const { cameras } = await loadConfig(path);
	if (cameras.length > 0) return { state: 'ok', message: `${cameras.length} camera(s)` };
	return {
		state: 'warning',
		message: 'no camera: nobody is seen coming in; describe one in the file that --config names (docs/operations.md)',
	};
}

async function ffmpeg(path: string | undefined): Promise<Omit<Finding, 'name'>> {
	const program = await loadConfig(path).then(
		(config) => config.ffmpeg,
		() => 'ffmpeg',
	);
	try {
		const { stdout } = await run(program, ['-hide_banner', '-version']);
		return { state: 'ok', message: stdout.split('\n')[0] ?? program };
	} catch {
		const message = `${program} does not run; install it (Debian, Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg)`;
		return { state: 'fault', message };
	}
}

async function dataDirectory(dir: string): Promise<Omit<Finding, 'name'>> {
	try {
		await mkdir(dir, { recursive: true });
		await access(dir, constants.W_OK);
		return { state: 'ok', message: dir };
	} catch {
		return { state: 'fault', message: `${dir} cannot be written; change its permissions or give another one with --data` };
	}
}

async function showroomLog(dir: string): Promise<Omit<Finding, 'name'>> {
	try {
		await access(join(dir, 'showroom.db'));
	} catch {
		return { state: 'ok', message: 'not there yet; the first start makes it' };
	}
	const database = openForReading(dir);
	try {
		return { state: 'ok', message: `${new LogReader(database).lastSeq()} events` };
	} finally {
		database.close();
	}
}

async function models(dir: string): Promise<Omit<Finding, 'name'>> {
	const damaged = (await openModelStore({ dir: join(dir, 'models') }).verify()).filter(({ state }) => state === 'damaged');
	if (damaged.length === 0) return { state: 'ok', message: 'none damaged; missing conversions are built at the next start' };
	return {
		state: 'fault',
		message: `damaged: ${damaged.map(({ model }) => model.name).join(', ')}; delete the files in ${join(dir, 'models')}`,
	};
}

async function recogniser(dir: string): Promise<Omit<Finding, 'name'>> {
	const models = openModelStore({ dir: join(dir, 'models') });
	const { name, advice, why } = await models.recogniser();
	if (advice !== 'fallback') return { state: 'ok', message: `${name}: ${why}` };
	const better = (await models.recognisers()).filter((one) => one.advice === 'recommended' || one.advice === 'after-review');
	return {
		state: 'warning',
		message: `${name}: ${why}. Recommended: ${better.map((one) => `${one.name} (${one.why})`).join('; or ')}. Run \`showroom models fetch --use\` (without internet add --from DIR)`,
	};
}

async function calibration(dir: string, config: string | undefined): Promise<Omit<Finding, 'name'>> {
	const modelsDir = join(dir, 'models');
	const { name, modelId } = await openModelStore({ dir: modelsDir }).recogniser();
	const { threshold } = (await loadConfig(config)).recognition;
	const basis = await thresholdBasis(modelsDir, modelId, threshold);
	switch (basis.from) {
		case 'own': {
			const { madeAt, people, images, smallestFmr } = basis.calibration;
			const seen = `false matches seen down to ${smallestFmr.toExponential(1)}, extrapolated beyond`;
			return { state: 'ok', message: `the store's own, of ${madeAt.slice(0, 10)}: ${people} people, ${images} photographs; ${seen}` };
		}
		case 'settings':
			return { state: 'ok', message: `the settings' own threshold, ${threshold}, whatever the gallery's size` };
		case 'none':
			return { state: 'fault', message: notCalibrated(name) };
		case 'shipped':
			return {
				state: 'warning',
				message: `thresholds come from the shipped calibration of ${modelId}, which is careful and not measured on this store's visitors; run \`showroom calibrate thresholds DIR\` on photographs of staff and volunteers`,
			};
	}
}

async function enrolment(dir: string): Promise<Omit<Finding, 'name'>> {
	try {
		await access(join(dir, 'showroom.db'));
	} catch {
		return { state: 'ok', message: 'nobody yet' };
	}
	const { modelId } = await openModelStore({ dir: join(dir, 'models') }).recogniser();
	const missing = readMissing(dir, modelId);
	const waiting = missing.filter(({ reason }) => reason === 'waiting').length;
	if (missing.length === 0) return { state: 'ok', message: `everybody enrolled has templates by ${modelId}` };
	return {
		state: 'warning',
		message: `people enrolled whom ${modelId} does not recognise: ${missing.length} (${waiting} of them are enrolled again from kept photographs while the agent runs, the others must be photographed again; \`showroom enroll --missing\` lists them)`,
	};
}
