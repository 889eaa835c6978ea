import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { attackFigures, type Presentation } from '../../calibration/attacks.js';
import type { Interval } from '../../calibration/intervals.js';
import { openModelStore } from '../../models/model-store.js';
import { loadConfig } from '../config/config.source.js';
import { seededRandom } from '../demo/random.js';
import { readCalibration } from '../gallery/calibration.store.js';
import { decisionThreshold } from '../gallery/decision-threshold.js';
import { distances } from '../gallery/distance.js';
import { createFaceEngine } from '../vision/engine.js';
import { beginChallenge, type Side } from '../vision/presentation/challenge.js';
import { type Clip, clipPictures, findClips } from '../vision/presentation/clips.source.js';
import { loadMiniFasNet } from '../vision/presentation/minifasnet.js';
import { PresentedFace, type PresentedFaceOptions } from '../vision/presentation/presented-face.js';
import { chosenRecogniser } from './recogniser.js';
import { note } from './terminal.js';

interface Options {
	readonly model?: string;
	readonly data: string;
	readonly json?: boolean;
}

/** The lots of clips whose names say nothing come out the same every time. */
const SEED = 1;
/** The gallery by whose threshold a face counts as the same as before: a usual store's. */
const GALLERY = 15_000;

const HELP = `
DIR/bona-fide holds films of people as they are, each other folder films of one kind of attack: DIR/print, DIR/replay, …; a presentation each.
Every film is shown to the challenge (and to MiniFASNet, where \`showroom models fetch --from\` has brought it) as the kiosk would send it: 8
pictures a second, 25 s at most. Whoever was filmed should have been asked for two sides; the file's name says which: anna.left-right.mp4.
Where it does not, the sides are drawn by lot.

APCER (ISO/IEC 30107-3) is the share of an attack's presentations that pass, of each kind by itself; BPCER the share of people who do not. They
are not pooled. Nobody is recognised here: an attack that passes has still to show a face that is enrolled. Intervals are Wilson's, 95 %.

--model, --data and --json are those of \`evaluate\`.`;

/** `showroom evaluate attacks …`; its options are those of `evaluate`, which has them first. */
export function registerAttacks(evaluate: Command): void {
	evaluate
		.command('attacks')
		.description('how well the kiosk tells people from pictures of people, by films of both')
		.argument('<dir>', 'a folder of films for people (bona-fide) and for each kind of attack')
		.addHelpText('after', HELP)
		.action((dir: string, _options: unknown, command: Command) => attacks(dir, command.optsWithGlobals(), command));
}

async function attacks(dir: string, options: Options, command: Command): Promise<void> {
	const clips = await findClips(dir);
	const { ffmpeg } = await loadConfig(undefined);
	const modelsDir = join(options.data, 'models');
	const models = openModelStore({ dir: modelsDir, onProgress: ({ message }) => note(message) });
	const engine = await createFaceEngine({ recogniser: await chosenRecogniser(command, options), models });
	const network = await loadMiniFasNet(models, note);
	try {
		const calibration = await readCalibration(modelsDir, engine.modelId);
		const threshold = decisionThreshold(engine.modelId, GALLERY, calibration).distance;
		const face: PresentedFaceOptions = { engine, distance: distances[engine.metric], threshold, network };
		const random = seededRandom(SEED);
		const presentations: Presentation[] = [];
		for (const clip of clips) {
			const outcome = await present(ffmpeg, clip, face, random);
			note(`${clip.file}: ${outcome}`);
			presentations.push({ kind: clip.kind, outcome });
		}
		const answer = { ...attackFigures(presentations), model: network ? 'MiniFASNet' : 'none', recogniser: engine.modelId };
		process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : table(resolve(dir), answer));
	} finally {
		await network?.stop();
		await engine.stop();
	}
}

/** Shows the film to the challenge. A film that ends before has not done what was asked in time. */
async function present(ffmpeg: string, clip: Clip, options: PresentedFaceOptions, random: () => number): Promise<string> {
	const [first, second] = clip.asked?.map(lotOf) ?? [random(), random()];
	const face = new PresentedFace(beginChallenge([first ?? 0, second ?? 0], 0), options);
	try {
		for await (const picture of clipPictures(ffmpeg, clip.file)) {
			const challenge = await face.look(picture, picture.mediaMs);
			if (challenge.state !== 'waiting') return challenge.state === 'failed' ? challenge.reason : challenge.state;
		}
		return 'too-slow';
	} finally {
		face.wipe();
	}
}

/** A number that the lot takes for this side. */
function lotOf(side: Side): number {
	return side === 'left' ? 0 : 0.5;
}

function table(dir: string, { apcer, bpcer, model, recogniser }: ReturnType<typeof attackFigures> & { model: string; recogniser: string }) {
	const percent = (share: number | null, [low, high]: Interval): string =>
		share === null ? 'none' : `${(share * 100).toFixed(1)} % (95 %: ${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;
	const told = (outcomes: Readonly<Record<string, number>>) =>
		Object.entries(outcomes)
			.map(([outcome, count]) => `${outcome} ${count}`)
			.join(', ');
	const lines = [
		`${dir}: challenge with ${recogniser}, network: ${model}`,
		...Object.entries(apcer).map(
			([kind, { presentations, apcer: share, interval, outcomes }]) =>
				`APCER ${kind.padEnd(22)} ${percent(share, interval)} of ${presentations}: ${told(outcomes)}`,
		),
		`BPCER ${'bona fide'.padEnd(22)} ${percent(bpcer.bpcer, bpcer.interval)} of ${bpcer.presentations}: ${told(bpcer.outcomes)}`,
	];
	return `${lines.join('\n')}\n`;
}
