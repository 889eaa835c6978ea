import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import { openShowroomLog, type ShowroomLogClient } from '../log/showroom-log.js';
import { Access } from '../people/access.js';
import { AccessError, type AccessErrorCode } from '../people/access-error.js';
import { note } from './terminal.js';

const messages: Partial<Record<AccessErrorCode, string>> = {
	'weak-password':
		'the password is too short, too common or too plain: at least 10 characters, no common word, no row of keys, not the name',
	'id-taken': 'this id is taken: choose another one, or leave --id out',
	'last-administrator': 'this is the last administrator who can sign in: make another one first',
	'no-staff': 'there is no such member of staff: `showroom users list` prints all with their ids',
	'no-such-session': 'there is no such session: `showroom users sessions` prints all',
	'no-such-device': 'there is no such device: `showroom devices list` prints all',
	'not-for-phones': 'a phone is paired for a consultant, an adviser, reception or a manager only',
};

/**
 * Works on who may come in, as the data directory's only writer: while an agent runs, the console does the same.
 * @throws Error for people
 */
export async function withAccess<T>(dataDir: string, work: (access: Access, log: ShowroomLogClient) => Promise<T>): Promise<T> {
	const onProblem = (message: string, error: unknown) => note(`${message}: ${error instanceof Error ? error.message : String(error)}`);
	const log = openShowroomLog({ dataDir, onProblem });
	const access = new Access({ log, queries: log, now, newId: uuidv7, onProblem, storeName: () => 'Showroom Edge' });
	await log.start();
	try {
		await access.start();
		return await work(access, log);
	} catch (error) {
		const message = error instanceof AccessError ? messages[error.code] : undefined;
		throw message === undefined ? error : new Error(message);
	} finally {
		access.stop();
		await log.stop();
	}
}
