import { Argument, type Command, InvalidArgumentError } from 'commander';
import { now } from '../clock.js';
import type { StaffAccountView, StaffRole } from '../contract/access.api.js';
import { staffAddSchema, staffRoleSchema } from '../contract/access.api.js';
import { LogReader } from '../log/log-reader.store.js';
import { AccessBook } from '../people/access-book.js';
import { openForReading } from '../store/database.store.js';
import { registerImport } from './import.js';
import { oneOf } from './options.js';
import { checked } from './people.js';
import { askPassword } from './secret-input.js';
import { note } from './terminal.js';
import { withAccess } from './with-access.js';

interface Data {
	readonly data: string;
	readonly json?: true;
}

interface AddOptions extends Data {
	readonly name: string;
	readonly role: StaffAccountView['role'];
	readonly id?: string;
	readonly offDuty?: true;
	readonly password?: true;
}

/** `showroom users`: who works here and may sign in. What changes something runs only while no agent uses the data directory. */
export function register(program: Command): void {
	const users = program.command('users').description('who works here and may sign in');
	const command = (name: string, description: string, { isDefault = false } = {}) =>
		users
			.command(name, { isDefault })
			.description(description)
			.option('--data <dir>', 'data directory', 'data')
			.option('--json', 'one line of JSON');

	command('list', 'print all; works while the agent runs', { isDefault: true }).action(async ({ data, json }: Data) => {
		const all = await readStaff(data);
		process.stdout.write(json ? `${JSON.stringify(all)}\n` : all.map((person) => `${line(person)}\n`).join(''));
		if (!json) note(`${all.length} members of staff`);
	});

	command('add', 'add somebody')
		.requiredOption('--name <name>', 'as colleagues and visitors call them', (text) => checked(staffAddSchema.shape.name, text))
		.requiredOption('--role <role>', staffRoleSchema.options.join(', '), oneOf(staffRoleSchema.options))
		.option('--id <id>', 'small letters, digits and dashes; typed at sign-in, and stands in the log', staffIdentity)
		.option('--off-duty', 'not told of visitors for now')
		.option('--password', 'ask for a password (or read it from standard input), so that they can sign in')
		.action(async ({ data, json, name, role, id, offDuty, password }: AddOptions) => {
			const person = staffAddSchema.safeParse({
				...{ name, role, onDuty: offDuty !== true },
				...(id === undefined ? {} : { id }),
				...(password ? { password: await askPassword() } : {}),
			});
			if (!person.success) throw new Error(`wrong: ${person.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
			const added = await withAccess(data, (access) => access.accounts.add(person.data, 'cli'));
			process.stdout.write(json ? `${JSON.stringify(added)}\n` : `added ${added.name} (${added.id})\n`);
		});

	command('password <user>', 'give somebody a new password, asked for or read from standard input; ends their sessions').action(
		async (user: string, { data }: Data) => {
			const password = await askPassword();
			await changed(data, user, (access, id) => access.accounts.setPassword(id, password, 'cli'));
			note('the password is changed');
		},
	);

	command('code <user>', 'print a one-time code with which somebody chooses their first or a new password; good for 24 h').action(
		async (user: string, { data, json }: Data) => {
			const made = await withAccess(data, (access) => access.passwordCodes.make(theOne(access.accounts.list(), user), 'cli'));
			process.stdout.write(json ? `${JSON.stringify(made)}\n` : `${made.code}\n`);
			note('they type it in the console, under "I have a one-time code"');
		},
	);

	command('role', 'give somebody another role; ends their sessions')
		.argument('<user>')
		.addArgument(new Argument('<role>').choices(staffRoleSchema.options))
		.action(async (user: string, role: StaffRole, { data }: Data) => {
			await changed(data, user, (access, id) => access.accounts.change(id, { role }, 'cli'));
			note(`the role is ${role} now`);
		});

	command('disable <user>', 'somebody has left: signs in no more, is told of nothing').action(async (user: string, { data }: Data) => {
		await changed(data, user, (access, id) => access.accounts.change(id, { disabled: true }, 'cli'));
		note('disabled');
	});

	command('sessions', 'print who is signed in where').action(async ({ data, json }: Data) => {
		const sessions = await withAccess(data, async (access) => access.sessions.list(null));
		const text = sessions.map(
			({ id, staff, seenAt, address, browser }) => `${id}  ${new Date(seenAt).toISOString()}  ${staff}  ${address}  ${browser}\n`,
		);
		process.stdout.write(json ? `${JSON.stringify(sessions)}\n` : text.join(''));
	});

	command('revoke <session>', 'end a session').action(async (session: string, { data }: Data) => {
		await withAccess(data, (access) => access.sessions.end(session, 'revoked', 'cli'));
		note('ended');
	});

	registerImport(users, 'staff');
}

async function changed(
	data: string,
	user: string,
	change: (access: Parameters<Parameters<typeof withAccess>[1]>[0], id: string) => Promise<unknown>,
): Promise<void> {
	await withAccess(data, (access) => change(access, theOne(access.accounts.list(), user)));
}

/** @throws Error when nobody, or more than one, is called so */
export function theOne(all: readonly StaffAccountView[], wanted: string): string {
	const byId = all.find(({ id }) => id === wanted);
	const found = byId ? [byId] : all.filter(({ name }) => name === wanted);
	if (found.length === 1 && found[0]) return found[0].id;
	throw new Error(
		`${found.length === 0 ? 'nobody' : 'more than one'} is called "${wanted}": \`showroom users list\` prints all with their ids`,
	);
}

async function readStaff(dataDir: string): Promise<StaffAccountView[]> {
	const database = openForReading(dataDir);
	try {
		const reader = new LogReader(database);
		const nothing = { append: async () => [], onAppended: () => () => {} };
		const queries = { staff: async () => reader.staff(), accessRecords: async () => reader.accessRecords() };
		const book = new AccessBook({ log: nothing, queries, now, newId: () => '', onProblem: (message) => note(message) });
		await book.start();
		return book.accountViews();
	} finally {
		database.close();
	}
}

function line({ id, role, onDuty, disabled, canSignIn, totp, name }: StaffAccountView): string {
	const state = disabled ? 'disabled' : onDuty ? 'on duty' : 'off duty';
	return [id.padEnd(36), role.padEnd(14), state.padEnd(9), (canSignIn ? (totp ? 'password+code' : 'password') : '-').padEnd(14), name].join(
		'  ',
	);
}

function staffIdentity(text: string): string {
	const id = staffAddSchema.shape.id.safeParse(text);
	if (!id.success) throw new InvalidArgumentError('small letters, digits and dashes, at most 36');
	return text;
}
