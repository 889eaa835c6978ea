import { z } from 'zod';
import type { CustomerView } from './api.js';

/** Customers over HTTP, all under `/api`. Who looks at whom, and who changes what, stands in the processing records. */

/**
 * GET /api/customers?search=&offset=0&limit=20: by part of the name, pinyin, initials or the last digits of the telephone, best match first;
 * without `search` everybody, by name.
 */
export const customersQuerySchema = z.object({
	search: z.string().trim().max(60).default(''),
	offset: z.coerce.number().int().nonnegative().default(0),
	limit: z.coerce.number().int().min(1).max(100).default(20),
});
export interface CustomersAnswer {
	/** How many fit; a search stops at 500. */
	readonly total: number;
	readonly customers: readonly CustomerView[];
}

const name = z.string().trim().min(1).max(40);
/** Digits as typed; spaces and dashes are dropped. */
const telephone = z
	.string()
	.transform((value) => value.replace(/[\s-]/g, ''))
	.pipe(z.string().regex(/^\+?\d{5,15}$/))
	.nullable();
const consultant = z.string().min(1).max(64).nullable();

/** GET /api/customers/:id: CustomerDetails. 404 `no-such-person`. */

/**
 * POST /api/customers: 201 CustomerDetails; to a program that may not read customers, with null for telephone, model and note. 400
 * `no-such-staff`.
 */
export const newCustomerSchema = z.object({ name, telephone: telephone.default(null), consultant: consultant.default(null) });
export type NewCustomer = z.input<typeof newCustomerSchema>;

/** PATCH /api/customers/:id: what is given changes. Answers the same. 404 `no-such-person`, 400 `no-such-staff`. */
export const customerChangeSchema = z.object({ name: name.optional(), telephone: telephone.optional(), consultant: consultant.optional() });
export type CustomerChange = z.input<typeof customerChangeSchema>;
