import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { timePrecisionsHere } from '../bench/precisions.client.js';
import { loadConfig } from '../config/config.source.js';
import { notCalibrated, thresholdBasis } from '../gallery/threshold-basis.js';
import { readMissing } from './missing.js';
import { type ModelsOptions, openModels } from './open-models.js';
import { oneOf } from './options.js';
import { chosenRecogniser } from './recogniser.js';
import { answer, note } from './terminal.js';

interface UseOptions extends ModelsOptions {
	readonly config?: string;
}

type Three = readonly [number, number, number];

interface AddOptions extends ModelsOptions {
	readonly name: string;
	readonly licence: string;
	readonly source: string;
	readonly colour: 'RGB' | 'BGR';
	readonly mean: Three;
	readonly deviation: Three;
}

/** How long fp32 and int8 are timed against each other. */
const TIMING_MS = 3000;

const ADD_HELP = `
FILE is an ONNX file that takes one face, 112 x 112 pixels laid over ArcFace's five points, as float32 [1 or N, 3, 112, 112], and answers one
vector. It is tried, copied into the data directory and recorded there; \`evaluate\` and \`calibrate thresholds\` then take its name with --model.
It comes without a calibration: \`models use\` takes it once \`calibrate thresholds DIR --model NAME\` has made one. YuNet finds the faces.`;

/** `showroom models use`, `add` and `remove`. */
export function registerChoice(subcommand: (name: string, description: string) => Command): void {
	subcommand('use', 'choose the recogniser; changing it means enrolling everybody again')
		.argument('<name>', 'a recogniser that `models list` names')
		.option('--config <file>', 'settings (YAML)')
		.action((name: string, options: UseOptions, command: Command) => use(name, options, command));
	const asArcFace: Three = [127.5, 127.5, 127.5];
	subcommand('add', 'take in a recogniser of your own, of the kind of ArcFace')
		.argument('<file>', 'its ONNX file')
		.requiredOption('--name <name>', 'what to call it: small letters, digits and -')
		.requiredOption('--licence <spdx>', 'its licence, as SPDX writes it: MIT, Apache-2.0, LicenseRef-bought')
		.requiredOption('--source <text>', 'where it comes from')
		.option('--colour <order>', 'of the channels: RGB or BGR', oneOf(['RGB', 'BGR']), 'RGB')
		.option('--mean <a,b,c>', 'the network gets (pixel - mean) / deviation, pixels from 0 to 255', three(false), asArcFace)
		.option('--deviation <a,b,c>', 'see --mean', three(true), asArcFace)
		.addHelpText('after', ADD_HELP)
		.action(add);
	subcommand('remove', 'forget a recogniser that was added, with its file and calibration').argument('<name>', 'its name').action(remove);
}

/** Makes a recogniser the store's choice. `besides`: what else there is to answer. */
export async function use(model: string, options: UseOptions, command: Command, besides: object = {}): Promise<void> {
	const name = await chosenRecogniser(command, { data: options.data, model });
	const store = openModels(options);
	const { modelId } = await store.recogniser(name);
	const { threshold } = (await loadConfig(options.config)).recognition;
	if ((await thresholdBasis(join(options.data, 'models'), modelId, threshold)).from === 'none') throw new Error(notCalibrated(name));
	if (name === 'face-api-int8') await makeSureItIsFaster(options);
	const before = await store.active();
	await store.use(name);
	if (before !== name) {
		note(`In use: ${name}, from the next start on.`);
		for (const line of await afterChange(options.data, modelId)) note(line);
	}
	if (options.json) answer({ active: name, ...besides });
}

/** Without instructions for them, 8-bit integers are slower. @throws Error with both figures where they are here */
async function makeSureItIsFaster({ data }: ModelsOptions): Promise<void> {
	note('Timing face-api in 32-bit floats and in 8-bit integers on this machine');
	const { fp32, int8 } = await timePrecisionsHere(join(data, 'models'), TIMING_MS);
	const figures = `${int8.toFixed(1)} ms a frame of three faces in 8-bit integers, ${fp32.toFixed(1)} ms in 32-bit floats`;
	if (int8 >= fp32) throw new Error(`face-api-int8 is not faster on this machine (${figures}): use face-api`);
	note(`${figures}; the price: 0.1 points of TAR at FAR 0.01 on 1,000 drawn photographs`);
}

/** What changing the recogniser means to those who are enrolled. */
async function afterChange(data: string, modelId: string): Promise<string[]> {
	const there = await access(join(data, 'showroom.db')).then(
		() => true,
		() => false,
	);
	if (!there) return [];
	const missing = readMissing(data, modelId);
	const again = missing.filter(({ reason }) => reason === 'waiting').length;
	const come = missing.length - again;
	return [
		...(again > 0 ? [`People who are enrolled again from their kept photographs while the agent runs: ${again}`] : []),
		...(come > 0 ? [`People who must be photographed again (\`showroom enroll --missing\` lists them): ${come}`] : []),
	];
}

async function add(file: string, options: AddOptions): Promise<void> {
	const { name, licence, source, colour, mean, deviation } = options;
	const { modelId, dimension } = await openModels(options).add({ file, name, licence, source, colour, mean, deviation });
	note(`Added ${name}: ${dimension} numbers a face. Next: \`showroom models fetch yunet\` finds its faces, \`showroom evaluate DIR --model ${name}\`
tells how good it is, \`showroom calibrate thresholds DIR --model ${name}\` prepares it for use.`);
	if (options.json) answer({ added: name, modelId, dimension });
}

async function remove(name: string, options: ModelsOptions): Promise<void> {
	await openModels(options).remove(name);
	note(`Removed ${name}`);
	if (options.json) answer({ removed: name });
}

/** Three numbers of 0 to 255, parted by commas; `positive`: above 0. */
function three(positive: boolean): (text: string) => Three {
	return (text) => {
		const [a = Number.NaN, b = Number.NaN, c = Number.NaN, ...more] = text
			.split(',')
			.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
		const fit = [a, b, c].every((value) => value <= 255 && (positive ? value > 0 : value >= 0));
		if (!fit || more.length > 0)
			throw new InvalidArgumentError(`give three numbers ${positive ? 'above 0' : 'from 0'} to 255: 127.5,127.5,127.5`);
		return [a, b, c];
	};
}
