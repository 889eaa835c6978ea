/** What the agent takes from its environment rather than from its configuration: where the store's master key may be. */
export interface KeySources {
	/** $CREDENTIALS_DIRECTORY: where systemd puts a service's credentials. null: systemd gave none. */
	readonly credentialsDirectory: string | null;
	/** $SHOWROOM_MASTER_KEY: the key itself, in base64. */
	readonly environmentKey: string | null;
}

let read: KeySources | undefined;

/**
 * Reads the environment once. The key is then taken out of it, so that no child process (a decoder, a recogniser) inherits it. The
 * answer keeps it out of JSON and `console.log`.
 */
export function keySources(): KeySources {
	if (read) return read;
	const { CREDENTIALS_DIRECTORY: credentialsDirectory = null, SHOWROOM_MASTER_KEY: environmentKey = null } = process.env;
	delete process.env.SHOWROOM_MASTER_KEY;
	read = { credentialsDirectory: credentialsDirectory || null, environmentKey: environmentKey || null };
	Object.defineProperty(read, 'environmentKey', { enumerable: false });
	return Object.freeze(read);
}
