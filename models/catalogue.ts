import { z } from 'zod';
import { networkSchema } from './convert.js';
import { ModelError } from './model-error.js';
import models from './models.json' with { type: 'json' };

/**
 * How far apart a recogniser sees different people, as a normal distribution: what thresholds are chosen by until a store has calibrated with
 * photographs of its own.
 */
const shippedSchema = z.strictObject({
	mean: z.number(),
	deviation: z.number().positive(),
	/** What the figures rest on. */
	basis: z.string(),
});

/** How far apart a recogniser sees different people, and what that rests on. */
export type ShippedCalibration = z.infer<typeof shippedSchema>;

const nameSchema = z.string().regex(/^[a-z0-9-]+$/);

const modelSchema = z.strictObject({
	/** What the rest of the program calls it; the file is called after it. */
	name: nameSchema,
	role: z.enum(['detector', 'landmarks', 'recogniser', 'presentation']),
	description: z.string(),
	/** Where the weights come from. */
	source: z.string(),
	/** SPDX identifier. */
	licence: z.string(),
	/** What a lawyer should know before it is used in a store. */
	legalNote: z.string().optional(),
	/** Made here from face-api's weights; fetched (`url` is null where nobody publishes this very file); or added by the store from a file. */
	origin: z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('converted'), choice: networkSchema }),
		z.strictObject({ kind: z.literal('fetched'), url: z.url().nullable() }),
		z.strictObject({ kind: z.literal('added') }),
	]),
	/** Size and checksum of the ONNX file. */
	bytes: z.int().positive(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	input: z.strictObject({
		type: z.enum(['uint8', 'float32']),
		layout: z.enum(['NHWC', 'NCHW']),
		/** YUV: in blocks of 2 x 2 pixels (`networks/blocks.ts`). */
		colour: z.enum(['RGB', 'BGR', 'YUV']),
		height: z.int().positive(),
		width: z.int().positive(),
		/** (pixel - mean) / deviation; of colours in the order above; absent where the network takes pixels as they are. */
		normalisation: z.strictObject({ mean: z.array(z.number()).length(3), deviation: z.array(z.number()).length(3) }).optional(),
	}),
	/** How a picture or face is laid into the input. */
	alignment: z.string(),
	/** A recogniser's, before the store has calibrated. */
	calibration: shippedSchema.optional(),
});

/** One network as models.json describes it. */
export type Model = z.infer<typeof modelSchema>;

const describedSchema = {
	/** What `models use` calls it. */
	name: nameSchema,
	/** Name, precision and alignment version of the descriptors: what templates and distances are of. */
	modelId: z.string().min(1),
	/** Numbers in a descriptor. */
	dimension: z.int().positive(),
	/** The network that makes descriptors. */
	network: nameSchema,
	/** after-review: good, once a lawyer has looked at its licence. own: added by the store, which has to calibrate it. */
	advice: z.enum(['recommended', 'after-review', 'fallback', 'own']),
	/** Why that is the advice. */
	why: z.string(),
};

/** A recogniser: its networks, and how a face gets from one to the next. */
const recogniserSchema = z.discriminatedUnion('alignment', [
	/** face-api: boxes, 68 points in each, a square around them. The detector of pictures as wide as cameras' is another than that of others. */
	z.strictObject({
		...describedSchema,
		alignment: z.literal('landmarks'),
		landmarks: nameSchema,
		detectors: z.strictObject({ camera: nameSchema, other: nameSchema }),
	}),
	/** A detector that finds eyes, nose and mouth corners; these are laid over `points` of the crop (default ArcFace's). */
	z.strictObject({
		...describedSchema,
		alignment: z.literal('five-points'),
		detector: nameSchema,
		points: z
			.array(z.strictObject({ x: z.number(), y: z.number() }))
			.length(5)
			.optional(),
	}),
]);

/** One recogniser as models.json, or the store's own added.json, describes it. */
export type RecogniserModel = z.infer<typeof recogniserSchema>;

/** The name of a recogniser: one of models.json's or one that the store added. */
export type RecogniserName = string;

const catalogueSchema = z.strictObject({ models: z.array(modelSchema), recognisers: z.array(recogniserSchema) });

/** All networks that are known, and the recognisers that they make, best advised first. */
export type Catalogue = z.infer<typeof catalogueSchema>;

/** A catalogue, checked. @throws ModelError naming `file` and what is wrong in it */
export function readCatalogue(source: unknown, file: string): Catalogue {
	const { success, data, error } = catalogueSchema.safeParse(source);
	if (!success) throw new ModelError(`${file} is not what it should be:\n${z.prettifyError(error)}`);
	return data;
}

let shipped: Catalogue | null = null;

/** models.json. */
export function shippedCatalogue(): Catalogue {
	shipped ??= readCatalogue(models, 'models.json');
	return shipped;
}

/** The networks that a recogniser runs. */
export function networksOf(recogniser: RecogniserModel): string[] {
	const { network } = recogniser;
	if (recogniser.alignment === 'five-points') return [recogniser.detector, network];
	return [recogniser.detectors.camera, recogniser.detectors.other, recogniser.landmarks, network];
}

/** Those of them that are not built here: they have to be fetched or added first. */
export function needsOf(recogniser: RecogniserModel, { models }: Pick<Catalogue, 'models'>): string[] {
	return networksOf(recogniser).filter((name) => models.find((model) => model.name === name)?.origin.kind !== 'converted');
}

/** What models.json knows of the distances between descriptors of this `modelId`; null of a recogniser that the store added. */
export function shippedCalibration(modelId: string): ShippedCalibration | null {
	const { models, recognisers } = shippedCatalogue();
	const network = recognisers.find((recogniser) => recogniser.modelId === modelId)?.network;
	return models.find(({ name }) => name === network)?.calibration ?? null;
}

/** What is taken for granted about a recogniser that the store added, beside its own calibration. */
export const assumedCalibration: ShippedCalibration = {
	mean: 0.93,
	deviation: 0.12,
	basis: 'not measured: taken for a recogniser that tells people apart less well than those in models.json do',
};
