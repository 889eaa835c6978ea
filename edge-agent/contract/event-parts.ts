import { z } from 'zod';

/** What events' bodies are made of: ids, counts and times, never a name or a free text. */
export const id = z.string().min(1).max(64);
export const count = z.number().int().nonnegative();
/** Unix ms. */
export const time = z.number().int();
