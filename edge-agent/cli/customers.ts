import { type Command, InvalidArgumentError } from 'commander';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { type CustomerView, checkInSchema, type StaffView } from '../contract/api.js';
import { LogReader } from '../log/log-reader.store.js';
import { LogWriter } from '../log/log-writer.store.js';
import { openForReading, openForWriting } from '../store/database.store.js';
import { registerImport } from './import.js';

interface AddOptions {
	readonly data: string;
	readonly name: string;
	readonly telephone?: string | null;
	readonly consultant?: string;
	readonly json?: true;
}

/** `showroom customers`: the customers the showroom knows. */
export function register(program: Command): void {
	const customers = program.command('customers').description('the customers the showroom knows');

	customers
		.command('list', { isDefault: true })
		.description('print all customers; works while the agent runs')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON: an array')
		.action(({ data, json }: { data: string; json?: true }) => {
			const { customers, staff } = readPeople(data);
			const names = new Map(staff.map(({ id, name }) => [id, name]));
			const consultant = (id: string | null) => (id === null ? '' : (names.get(id) ?? id));
			const lines = customers.map((customer) => `${customerLine(customer, consultant(customer.consultant))}\n`);
			process.stdout.write(json ? `${JSON.stringify(customers)}\n` : lines.join(''));
			if (!json) process.stderr.write(`${customers.length} customers\n`);
		});

	customers
		.command('add')
		.description('add a customer; not while an agent uses the data directory')
		.requiredOption('--name <name>', 'the customer as staff call them', (text) => checked(checkInSchema.shape.name, text))
		.option('--telephone <number>', 'digits, with or without +, spaces and dashes', (text) => checked(checkInSchema.shape.telephone, text))
		.option('--consultant <staff>', 'id or name of the consultant who looks after them')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action((options: AddOptions) => {
			const customer = addCustomer(options);
			process.stdout.write(options.json ? `${JSON.stringify(customer)}\n` : `added ${customer.name} (${customer.id})\n`);
		});

	registerImport(customers, 'customers');
}

/** @throws StoreError when there is no such data directory: a mistyped one is not made. */
function readPeople(dataDir: string): { customers: CustomerView[]; staff: StaffView[] } {
	const database = openForReading(dataDir);
	try {
		const reader = new LogReader(database);
		return { customers: reader.customers(), staff: reader.staff() };
	} finally {
		database.close();
	}
}

function addCustomer({ data, name, telephone = null, consultant }: AddOptions): CustomerView {
	const looksAfter = consultant === undefined ? null : findStaff(readPeople(data).staff, consultant);
	const customer = { id: uuidv7(), name, telephone, consultant: looksAfter };
	// Only a data directory that is there already.
	openForReading(data).close();
	const connection = openForWriting(data);
	try {
		const change = { table: 'customers', ...customer } as const;
		for (const outcome of new LogWriter(connection.database, connection.master.keys).commit([
			{ kind: 'append', drafts: [], changes: [change] },
		]))
			if ('error' in outcome) throw outcome.error;
	} finally {
		connection.close();
	}
	return { ...customer, templates: 0 };
}

function findStaff(staff: readonly StaffView[], wanted: string): string {
	const found = staff.filter(({ id, name }) => id === wanted || name === wanted);
	if (found.length === 1 && found[0]) return found[0].id;
	const known = staff.map(({ id, name }) => `${name} (${id})`).join(', ') || 'nobody yet';
	throw new Error(`${found.length === 0 ? 'no' : 'more than one'} member of staff is called "${wanted}"; there are: ${known}`);
}

/** Columns of one width first, so that they stand in line; names last, because Chinese ones are wider than their letters. */
function customerLine({ id, telephone, templates, name }: CustomerView, consultant: string): string {
	const faces = templates === 0 ? '' : `${templates} templates`;
	return [id.padEnd(36), (telephone ?? '').padEnd(16), faces.padEnd(14), name, consultant && `→ ${consultant}`].join('  ').trimEnd();
}

function checked<T>(schema: z.ZodType<T>, text: string): T {
	const result = schema.safeParse(text);
	if (!result.success) throw new InvalidArgumentError(result.error.issues.map(({ message }) => message).join('; '));
	return result.data;
}
