import { z } from 'zod';
import { cameraSchema } from '../config/config.schema.js';
import { setupStepSchema } from '../contract/setup.api.js';

/** What was set in the console, as it is kept. The configuration file stands beside it and goes before it. */
export const settingsSchema = z.strictObject({
	/** null: as the configuration says. */
	storeName: z.string().min(1).nullable().default(null),
	/** Where the first-start assistant was left; null: nobody has used it. */
	step: setupStepSchema.nullable().default(null),
	cameras: z.array(cameraSchema).max(16).default([]),
});

export type Settings = z.infer<typeof settingsSchema>;
