import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { calibrate } from '../../calibration/calibration.js';
import { comparePhotos, verification } from '../../calibration/evaluation.js';
import { type GalleryPlan, galleryPlans } from '../../calibration/plan.js';
import { calibrationReport } from '../../calibration/report.js';
import { replaceFile } from '../../models/atomic-file.store.js';
import { assumedCalibration, shippedCalibration } from '../../models/catalogue.js';
import { openModelStore } from '../../models/model-store.js';
import { now } from '../clock.js';
import { loadConfig } from '../config/config.source.js';
import { seededRandom } from '../demo/random.js';
import { writeCalibration } from '../gallery/calibration.store.js';
import { MeasuringDesks } from '../gallery/measured-folder.js';
import { registerCamera } from './calibrate-camera.js';
import { chosenRecogniser, modelOption } from './recogniser.js';
import { note } from './terminal.js';

interface Options {
	readonly model?: string;
	readonly known: number;
	readonly strangers: number;
	readonly config?: string;
	readonly data: string;
	readonly json?: boolean;
}

const SEED = 1;

/** `showroom calibrate …` */
export function register(program: Command): void {
	const command = program.command('calibrate').description('set up recognition for this store, with a report');
	command
		.command('thresholds')
		.description('choose thresholds from photographs of staff and volunteers, or of customers whose consent names "accuracy of reception"')
		.argument('<dir>', 'a folder of photographs a person: at least 10 people, the more the better, three or more photographs of each')
		.option(...modelOption)
		.option('--known <n>', 'visitors a day who are in the gallery, for what to expect', visitors, 20)
		.option('--strangers <n>', 'visitors a day who are not', visitors, 80)
		.option('--config <file>', 'settings (YAML)')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'answer with one line of JSON')
		.action(thresholds);
	registerCamera(command);
}

async function thresholds(dir: string, options: Options, command: Command): Promise<void> {
	const { fpir } = (await loadConfig(options.config)).recognition;
	const modelsDir = join(options.data, 'models');
	const name = await chosenRecogniser(command, options);
	const models = openModelStore({ dir: modelsDir });
	const { sha256 } = await models.network((await models.recogniser(name)).network);
	const desks = new MeasuringDesks({ recogniser: name, modelsDir }, note);
	try {
		await desks.start();
		const { people, images, noFace } = await desks.measure(dir);
		const described = people.filter(({ photos }) => photos.some(({ descriptor }) => descriptor !== null));
		const { modelId: id, metric } = desks;
		note('comparing');
		const compared = comparePhotos(described, metric);
		const random = seededRandom(SEED);
		const shipped = shippedCalibration(id) ?? assumedCalibration;
		const calibration = calibrate(
			{
				model: { id, sha256 },
				madeAt: new Date(now().wall),
				people: described.length,
				images: images - noFace,
				...compared,
			},
			random,
		);
		const { intervals } = verification(compared, random);
		const day = { known: options.known, strangers: options.strangers };
		const plans = galleryPlans(calibration, shipped, fpir, day);
		const reports = join(options.data, 'reports');
		await mkdir(reports, { recursive: true });
		const report = join(reports, `thresholds-${name}-${calibration.madeAt.slice(0, 10)}.html`);
		const html = calibrationReport({ calibration, shipped, ...compared, eerInterval: intervals.eer, fpir, day, plans });
		await replaceFile(report, (file) => file.writeFile(html));
		const written = await writeCalibration(modelsDir, calibration);
		note('A running agent takes the calibration over when it is started again.');
		if (options.json) {
			const { model, people, images, comparisons, eer, smallestFmr, tail } = calibration;
			const answer = {
				model,
				people,
				images,
				comparisons,
				eer,
				eerInterval: intervals.eer,
				smallestFmr,
				tail: tail.estimate,
				fpir,
				day,
				plans,
			};
			process.stdout.write(`${JSON.stringify({ ...answer, calibration: written, report })}\n`);
		} else process.stdout.write(`${plans.map(planLine).join('')}Calibration: ${written}\nReport: ${report}\n`);
	} finally {
		await desks.stop();
	}
}

function planLine({ templates, threshold, fnir, missesADay, falseGreetingsADay }: GalleryPlan): string {
	const rests = threshold.extrapolated ? 'extrapolated' : 'seen';
	const misses = fnir === null ? '' : `, misses ${(fnir * 100).toFixed(1)} % (${missesADay?.toFixed(1)} a day)`;
	return `${String(templates).padStart(6)} templates: threshold ${threshold.distance.toFixed(3)} (${rests})${misses}, ${falseGreetingsADay.toPrecision(2)} false greetings a day\n`;
}

function visitors(text: string): number {
	const count = Number(text);
	if (!(count >= 0 && count <= 100_000)) throw new InvalidArgumentError('visitors a day are a number from 0 to 100000');
	return count;
}
