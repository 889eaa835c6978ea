import { uuidv7 } from 'uuidv7';
import { now } from '../edge-agent/clock.js';
import type { StaffRole } from '../edge-agent/contract/access.api.js';
import { openShowroomLog } from '../edge-agent/log/showroom-log.js';
import { Access } from '../edge-agent/people/access.js';

export interface Hired {
	readonly id: string;
	readonly name: string;
	readonly role: StaffRole;
}

/** How a test comes in to a showroom. */
export interface Keys {
	/** Of a session of each, by id. */
	readonly sessions: ReadonlyMap<string, string>;
	/** Of a paired kiosk. */
	readonly kiosk: string;
	/** Pairs one more kiosk, within ten minutes. */
	readonly kioskCode: string;
}

/** Of everybody hired here. */
export const password = 'eine lange Probefahrt';

/** Puts staff who may sign in (administrators are not on duty), and a kiosk, into a data directory that no showroom is running on. */
export async function hire(dataDir: string, staff: readonly Hired[]): Promise<Keys> {
	const onProblem = (message: string, error: unknown) => {
		throw new Error(message, { cause: error });
	};
	const log = openShowroomLog({ dataDir, onProblem });
	const access = new Access({ log, queries: log, now, newId: uuidv7, onProblem, storeName: () => 'test' });
	await log.start();
	try {
		await access.start();
		const sessions = new Map<string, string>();
		for (const person of staff) {
			await access.accounts.add({ ...person, onDuty: person.role !== 'administrator', password }, 'cli');
			const { token } = await access.sessions.open(person.id, 'link', { address: '127.0.0.1', browser: 'test' });
			sessions.set(person.id, `showroom-session=${token}`);
		}
		const code = async () => (await access.devices.pairingCode({ kind: 'kiosk', name: 'kiosk' })).code;
		const { token } = await access.devices.pair(await code(), '127.0.0.1');
		return { sessions, kiosk: `showroom-device=${token}`, kioskCode: await code() };
	} finally {
		access.stop();
		await log.stop();
	}
}
