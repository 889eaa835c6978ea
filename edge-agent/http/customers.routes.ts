import { type Context, Hono } from 'hono';
import type { CustomerDetails } from '../contract/api.js';
import { type CustomersAnswer, customerChangeSchema, customersQuerySchema, newCustomerSchema } from '../contract/customers.api.js';
import { actorOf } from '../people/principal.js';
import { readsTelephones } from '../people/telephone-readers.js';
import { ApiError } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody, validQuery } from './valid.js';

/** Finding, showing, adding and correcting customers. */
export function customersRoutes({
	log,
	queries,
	processing,
	newId,
}: Pick<ServerRooms, 'log' | 'queries' | 'processing' | 'newId'>): Hono<HttpEnv> {
	const actor = (c: Context<HttpEnv>) => actorOf(c.get('principal'));
	const checkConsultant = async (id: string | null | undefined) => {
		if (id && !(await queries.staff()).some((person) => person.id === id)) throw new ApiError('no-such-staff');
	};
	/** Without what is not for programs that may write customers and not read them. */
	const shown = (c: Context<HttpEnv>, customer: CustomerDetails): CustomerDetails =>
		readsTelephones(c.get('principal')) ? customer : { ...customer, telephone: null, model: null, note: null };
	const known = async (id: string): Promise<CustomerDetails> => {
		const customer = await queries.customer(id);
		if (!customer) throw new ApiError('no-such-person');
		return customer;
	};

	return new Hono<HttpEnv>()
		.get('/customers', async (c) => {
			const { search, offset, limit } = validQuery(c, customersQuerySchema);
			const page: CustomersAnswer = await queries.customerPage(search, offset, limit);
			await processing.read(
				actor(c),
				page.customers.map(({ id }) => id),
				'customer-care',
			);
			return c.json(page);
		})
		.get('/customers/:id', async (c) => {
			const customer = await known(c.req.param('id'));
			await processing.read(actor(c), [customer.id], 'customer-care');
			return c.json(customer);
		})
		.post('/customers', async (c) => {
			const { id = newId(), name, telephone, consultant } = await validBody(c, newCustomerSchema);
			await checkConsultant(consultant);
			const before = await queries.customer(id);
			if (before) return c.json(shown(c, before), 201);
			if ((await queries.namesOf([id])).has(id)) throw new ApiError('id-taken');
			await log.append([], [{ table: 'customers', id, name, telephone, consultant }]);
			await processing.changed(actor(c), [id], 'customer-care');
			return c.json(shown(c, await known(id)), 201);
		})
		.patch('/customers/:id', async (c) => {
			const change = await validBody(c, customerChangeSchema);
			await checkConsultant(change.consultant);
			const { id, name, telephone, consultant } = await known(c.req.param('id'));
			const row = {
				name: change.name ?? name,
				telephone: change.telephone === undefined ? telephone : change.telephone,
				consultant: change.consultant === undefined ? consultant : change.consultant,
			};
			await log.append([], [{ table: 'customers', id, ...row }]);
			await processing.changed(actor(c), [id], 'customer-care');
			return c.json(shown(c, await known(id)));
		});
}
