import type { Command } from 'commander';
import { type DeviceKind, deviceKindSchema, pairingSchema } from '../contract/access.api.js';
import { oneOf } from './options.js';
import { note } from './terminal.js';
import { theOne } from './users.js';
import { withAccess } from './with-access.js';

interface Data {
	readonly data: string;
	readonly json?: true;
}

/** `showroom devices`: kiosks, wall boards and phones. Runs only while no agent uses the data directory; the console does it meanwhile. */
export function register(program: Command): void {
	const devices = program.command('devices').description('kiosks, wall boards and phones');
	const command = (name: string, description: string) =>
		devices.command(name).description(description).option('--data <dir>', 'data directory', 'data').option('--json', 'one line of JSON');

	command('list', 'print all').action(async ({ data, json }: Data) => {
		const all = await withAccess(data, async (access) => access.devices.list());
		const text = all.map(
			({ id, kind, name, staff, seenAt }) =>
				`${id}  ${kind.padEnd(6)}  ${new Date(seenAt).toISOString()}  ${name}${staff ? `  (${staff})` : ''}\n`,
		);
		process.stdout.write(json ? `${JSON.stringify(all)}\n` : text.join(''));
	});

	command('pair', 'print a code to type into a device within ten minutes, once the agent runs')
		.requiredOption('--kind <kind>', deviceKindSchema.options.join(', '), oneOf(deviceKindSchema.options))
		.requiredOption('--name <name>', 'where it stands, or whose it is')
		.option('--staff <user>', 'with --kind phone: whose it is')
		.action(async ({ data, json, kind, name, staff }: Data & { kind: DeviceKind; name: string; staff?: string }) => {
			if ((kind === 'phone') !== (staff !== undefined)) throw new Error('--staff goes with --kind phone, and only with it');
			const code = await withAccess(data, (access) => {
				const owner = staff === undefined ? {} : { staff: theOne(access.accounts.list(), staff) };
				return access.devices.pairingCode(pairingSchema.parse({ kind, name, ...owner }));
			});
			process.stdout.write(json ? `${JSON.stringify(code)}\n` : `${code.code}\n`);
		});

	command('revoke <device>', 'the device is nobody from now on').action(async (device: string, { data }: Data) => {
		await withAccess(data, (access) => access.devices.revoke(device, 'cli'));
		note('revoked');
	});
}
