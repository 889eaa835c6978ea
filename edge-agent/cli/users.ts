import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { checkInSchema, type StaffView } from '../contract/api.js';
import { type Role, roleSchema } from '../contract/vocabulary.js';
import { databaseFile } from '../store/database.store.js';
import { oneOf } from './options.js';
import { checked, readPeople, writeRow } from './people.js';

interface AddOptions {
	readonly data: string;
	readonly name: string;
	readonly role: Role;
	readonly id?: string;
	readonly offDuty?: true;
	readonly json?: true;
}

const idSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use small letters, digits and dashes, at most 64');

/** `showroom users`: the staff, who get the alerts. */
export function register(program: Command): void {
	const users = program.command('users').description('the staff: who is told of visitors');

	users
		.command('list', { isDefault: true })
		.description('print all staff; works while the agent runs')
		.option('--data <dir>', 'data directory', 'data')
		.option('--json', 'one line of JSON: an array')
		.action(({ data, json }: { data: string; json?: true }) => {
			const { staff } = readPeople(data);
			process.stdout.write(json ? `${JSON.stringify(staff)}\n` : staff.map((person) => `${userLine(person)}\n`).join(''));
			if (!json) process.stderr.write(`${staff.length} members of staff\n`);
		});

	users
		.command('add')
		.description('add a member of staff; not while an agent uses the data directory')
		.requiredOption('--name <name>', 'as visitors and colleagues call them', (text) => checked(checkInSchema.shape.name, text))
		.requiredOption('--role <role>', roleSchema.options.join(', '), oneOf(roleSchema.options))
		.option('--id <id>', 'an id of your own choosing, for scripts', (text) => checked(idSchema, text))
		.option('--off-duty', 'not on duty yet: gets no alerts')
		.option('--data <dir>', 'data directory; made if missing', 'data')
		.option('--json', 'one line of JSON')
		.action((options: AddOptions) => {
			const person = addUser(options);
			process.stdout.write(options.json ? `${JSON.stringify(person)}\n` : `added ${person.name} (${person.id})\n`);
		});
}

function addUser({ data, name, role, id = uuidv7(), offDuty }: AddOptions): StaffView {
	const same = existsSync(databaseFile(data)) && readPeople(data).staff.find((one) => one.id === id);
	if (same) throw new Error(`${same.name} has the id ${id} already: choose another one, or leave --id out`);
	const person = { id, name, role, onDuty: !offDuty };
	writeRow(data, { table: 'staff', ...person });
	return person;
}

/** Columns of one width first, so that they stand in line; names last, because Chinese ones are wider than their letters. */
function userLine({ id, role, onDuty, name }: StaffView): string {
	return [id.padEnd(36), role.padEnd(13), (onDuty ? 'on duty' : 'off duty').padEnd(8), name].join('  ');
}
