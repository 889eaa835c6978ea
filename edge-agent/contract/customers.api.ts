import { z } from 'zod';
import { customerViewSchema } from './api.js';
import { type Answered, said } from './described.js';

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
export const customersAnswerSchema = z.object({
	total: z.number().int().meta(said('How many fit; a search stops at 500', '符合的总数；搜索最多 500')),
	customers: z.array(customerViewSchema),
});
export type CustomersAnswer = Answered<typeof customersAnswerSchema>;

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
 * POST /api/customers: 201 CustomerDetails, also where the id is a customer's already, who stays as they are; to a program that may not read customers, with null for telephone, model and note. 400
 * `no-such-staff`, 409 `id-taken` by a member of staff.
 */
export const newCustomerSchema = z.object({
	id: z
		.uuid()
		.optional()
		.meta(said('Made by the sender: sending it again makes no second customer', '由发送方生成：重发不会产生第二位客户')),
	name,
	telephone: telephone.default(null),
	consultant: consultant.default(null),
});
export type NewCustomer = z.input<typeof newCustomerSchema>;

/** PATCH /api/customers/:id: what is given changes. Answers the same. 404 `no-such-person`, 400 `no-such-staff`. */
export const customerChangeSchema = z.object({ name: name.optional(), telephone: telephone.optional(), consultant: consultant.optional() });
export type CustomerChange = z.input<typeof customerChangeSchema>;
