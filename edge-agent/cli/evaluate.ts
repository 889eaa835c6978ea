import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { comparePhotos, type Identification, identification, type Verification, verification } from '../../calibration/evaluation.js';
import { type Interval, wilson } from '../../calibration/intervals.js';
import { openModelStore } from '../../models/model-store.js';
import { seededRandom } from '../demo/random.js';
import { type MeasuredFolder, MeasuringDesks } from '../gallery/measured-folder.js';
import { readPairs } from '../gallery/pairs.source.js';
import { registerAttacks } from './evaluate-attacks.js';
import { chosenRecogniser, modelOption } from './recogniser.js';
import { note } from './terminal.js';

interface Options {
	readonly model?: string;
	readonly pairs?: string;
	readonly strangers?: string;
	readonly data: string;
	readonly json?: boolean;
}

/** Intervals come out the same every time. */
const SEED = 1;

const HELP = `
DIR holds a folder of photographs a person. They are found, aligned and described as enrolment does it; of several faces in a photograph
the largest near the centre is meant. Photographs that cannot be read are named on stderr and count for nothing but "unreadable".

Verification compares each photograph with each, or the pairs of --pairs: a CSV file a,b,same (paths below DIR; 1 or 0), or LFW's pairs.txt.
A TAR is null where the pairs are too few to show its FAR.

Identification: every third person in byte order of name, and everybody with one photograph, is a stranger; with --strangers only the people
in that folder are. Of the others the first half of the photographs, rounded up, is enrolled, the rest search. "strangers" counts the strangers'
photographs; FNIR at an FPIR below 1 / strangers is null.

Intervals (95 %) come from drawing people with replacement, 200 times; that of photographs without a face is Wilson's.`;

export function register(program: Command): void {
	const command = program
		.command('evaluate')
		.description('how well a recogniser tells the people of a folder of photographs apart')
		.argument('<dir>', 'a folder of photographs a person')
		.option(...modelOption)
		.option('--pairs <csv>', 'the pairs to compare, instead of all')
		.option('--strangers <dir>', 'people who are not enrolled, instead of every third')
		.option('--data <dir>', 'data directory, for its models', 'data')
		.option('--json', 'answer with one line of JSON')
		.addHelpText('after', HELP)
		.action(evaluate);
	registerAttacks(command);
}

async function evaluate(dir: string, options: Options, command: Command): Promise<void> {
	const modelsDir = join(options.data, 'models');
	const name = await chosenRecogniser(command, options);
	const models = openModelStore({ dir: modelsDir });
	const { sha256 } = await models.network((await models.recogniser(name)).network);
	const pairs = options.pairs === undefined ? undefined : await readPairs(options.pairs, dir);
	const desks = new MeasuringDesks({ recogniser: name, modelsDir }, note);
	try {
		await desks.start();
		const known = await desks.measure(dir);
		if (known.images === 0)
			throw new Error(`${dir} holds no photographs that can be read; give a folder that holds a folder of .jpg or .png files a person`);
		const strangers = options.strangers === undefined ? null : await desks.measure(options.strangers);
		const { metric, modelId } = desks;
		note('comparing');
		const random = seededRandom(SEED);
		const verified = verification(comparePhotos(known.people, metric, pairs), random);
		const identified = identification(known.people, strangers?.people ?? null, metric, random);
		const model = { name, id: modelId, sha256, metric };
		const answer = figures(model, [known, ...(strangers ? [strangers] : [])], verified, identified);
		process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : table(resolve(dir), answer));
	} finally {
		await desks.stop();
	}
}

type Figures = ReturnType<typeof figures>;

function figures(
	model: { readonly name: string; readonly id: string; readonly sha256: string; readonly metric: string },
	folders: readonly MeasuredFolder[],
	{ intervals: verifiedWithin, ...verified }: Verification,
	{ intervals: identifiedWithin, ...identified }: Identification,
) {
	const sum = (figure: 'images' | 'noFace' | 'unreadable'): number => folders.reduce((total, folder) => total + folder[figure], 0);
	const [images, noFace, unreadable] = [sum('images'), sum('noFace'), sum('unreadable')];
	return {
		model,
		detector: { images, noFace, unreadable },
		verification: verified,
		identification: identified,
		intervals: {
			level: 0.95,
			method: 'bootstrap over people; noFace: Wilson',
			noFace: wilson(noFace, images),
			...verifiedWithin,
			...identifiedWithin,
		},
	};
}

function table(dir: string, { model, detector, verification: v, identification: i, intervals }: Figures): string {
	const percent = (share: number | null, interval: Interval | null): string => {
		if (share === null) return 'too few to say';
		const within = interval ? ` (95 %: ${(interval[0] * 100).toFixed(2)} to ${(interval[1] * 100).toFixed(2)})` : '';
		return `${(share * 100).toFixed(2)} %${within}`;
	};
	const lines: readonly (readonly [string, string])[] = [
		['photographs', `${detector.images} in ${dir}, ${detector.unreadable} more could not be read`],
		['without a face', percent(detector.images === 0 ? null : detector.noFace / detector.images, intervals.noFace)],
		['recogniser', model.id],
		['pairs', `${v.pairs.same} of the same person, ${v.pairs.different} of different people`],
		['EER', percent(v.eer, intervals.eer)],
		...(['0.01', '0.001'] as const).map((far) => [`TAR at FAR ${far}`, percent(v.tarAtFar[far], intervals.tarAtFar[far])] as const),
		['gallery', `${i.enrolled} people with ${i.templates} templates, ${i.probes} probes, ${i.strangers} photographs of strangers`],
		...(['0.003', '0.01', '0.1'] as const).map(
			(fpir) => [`FNIR at FPIR ${fpir}`, percent(i.fnirAtFpir[fpir], intervals.fnirAtFpir[fpir])] as const,
		),
	];
	return lines.map(([label, value]) => `${label.padEnd(20)}${value}\n`).join('');
}
