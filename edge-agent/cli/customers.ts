import type { Command } from 'commander';
import { uuidv7 } from 'uuidv7';
import { type CustomerView, checkInSchema } from '../contract/api.js';
import { registerImport } from './import.js';
import { checked, findStaff, readPeople, telephoneHelp, telephoneOf, writeRow } from './people.js';

interface AddOptions {
	readonly data: string;
	readonly name: string;
	readonly telephone?: string;
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
		.option('--telephone <number>', telephoneHelp)
		.option('--consultant <staff>', 'id or name of the consultant who looks after them')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON')
		.action(async (options: AddOptions, command: Command) => {
			const customer = addCustomer(options, await telephoneOf(options.telephone, command));
			process.stdout.write(options.json ? `${JSON.stringify(customer)}\n` : `added ${customer.name} (${customer.id})\n`);
		});

	registerImport(customers, 'customers');
}

function addCustomer({ data, name, consultant }: AddOptions, telephone: string | null): CustomerView {
	// Read in any case: only a data directory that is there already gets customers.
	const { staff } = readPeople(data);
	const customer = { id: uuidv7(), name, telephone, consultant: consultant === undefined ? null : findStaff(staff, consultant) };
	writeRow(data, { table: 'customers', ...customer });
	return { ...customer, templates: 0 };
}

/** Columns of one width first, so that they stand in line; names last, because Chinese ones are wider than their letters. */
function customerLine({ id, telephone, templates, name }: CustomerView, consultant: string): string {
	const faces = templates === 0 ? '' : `${templates} templates`;
	return [id.padEnd(36), (telephone ?? '').padEnd(16), faces.padEnd(14), name, consultant && `→ ${consultant}`].join('  ').trimEnd();
}
