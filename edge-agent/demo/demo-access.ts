import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { Access } from '../people/access.js';
import { newWord } from '../people/secrets.js';
import { staff } from './cast.js';

/** Who looks after the demo: not on duty, so that no alert is theirs. */
export const administrator = { id: 'admin', name: '管理员', role: 'administrator' } as const;

/** Everybody who can sign in to the demo, whoever sees most first. */
export const demoAccounts: readonly { readonly id: string; readonly name: string; readonly role: string }[] = [
	administrator,
	...staff.toReversed(),
];

/** Gives everybody an account, all with one password made for this run. Answers it. The log has to run. */
export async function openDemoAccounts(log: ShowroomLog & ShowroomQueries, storeName: string): Promise<string> {
	const onProblem = (message: string, error: unknown) => {
		throw new Error(message, { cause: error });
	};
	const access = new Access({ log, queries: log, now, newId: uuidv7, onProblem, storeName: () => storeName });
	const password = newWord(3);
	await access.start();
	try {
		await access.accounts.add({ ...administrator, onDuty: false, password }, 'system');
		for (const { id } of staff) await access.accounts.setPassword(id, password, 'system');
	} finally {
		access.stop();
	}
	return password;
}

/** Signs a screen of the demo in. Answers the cookie that it sends. */
export async function demoSession(access: Access, id: string): Promise<string> {
	const { token } = await access.sessions.open(id, 'link', { address: '127.0.0.1', browser: 'demo' });
	return `showroom-session=${token}`;
}
