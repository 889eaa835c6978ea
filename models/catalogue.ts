import { z } from 'zod';
import { networkSchema } from './convert.js';
import { ModelError } from './model-error.js';
import models from './models.json' with { type: 'json' };

const modelSchema = z.strictObject({
	/** What the rest of the program calls it; the file is called after it. */
	name: z.string().regex(/^[a-z0-9-]+$/),
	role: z.enum(['detector', 'landmarks', 'recogniser']),
	description: z.string(),
	/** Where the weights come from. */
	source: z.string(),
	/** SPDX identifier. */
	licence: z.string(),
	/** What a lawyer should know before it is used in a store. */
	legalNote: z.string().optional(),
	/** Made here from face-api's weights, or fetched; `url` is null where nobody publishes this very file. */
	origin: z.discriminatedUnion('kind', [
		z.strictObject({ kind: z.literal('converted'), choice: networkSchema }),
		z.strictObject({ kind: z.literal('fetched'), url: z.url().nullable() }),
	]),
	/** Size and checksum of the ONNX file. */
	bytes: z.int().positive(),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	input: z.strictObject({
		type: z.enum(['uint8', 'float32']),
		layout: z.enum(['NHWC', 'NCHW']),
		colour: z.enum(['RGB', 'BGR']),
		height: z.int().positive(),
		width: z.int().positive(),
		/** (pixel - mean) / deviation; of colours in the order above; absent where the network takes pixels as they are. */
		normalisation: z.strictObject({ mean: z.array(z.number()).length(3), deviation: z.array(z.number()).length(3) }).optional(),
	}),
	/** How a picture or face is laid into the input. */
	alignment: z.string(),
});

/** One network as models.json describes it. */
export type Model = z.infer<typeof modelSchema>;

/** Recognisers that a store can choose between. */
export const recognisers = ['face-api', 'sface', 'mobilefacenet'] as const;

export type RecogniserName = (typeof recognisers)[number];

const catalogueSchema = z.strictObject({
	models: z.array(modelSchema),
	/** For each recogniser: the fetched networks that it needs. */
	needs: z.record(z.enum(recognisers), z.array(z.string())),
});

/** All networks that are known, and what each choice of recogniser needs fetched. */
export type Catalogue = z.infer<typeof catalogueSchema>;

/** models.json, checked. */
export function readCatalogue(source: unknown = models): Catalogue {
	const { success, data, error } = catalogueSchema.safeParse(source);
	if (!success) throw new ModelError(`models.json is not what it should be:\n${z.prettifyError(error)}`);
	return data;
}
