import { inspect } from 'node:util';
import { expect, it } from 'vitest';

it('reads the key once, takes it out of the environment that child processes inherit, and prints it nowhere', async () => {
	process.env.SHOWROOM_MASTER_KEY = 'a-key-in-base64';
	process.env.CREDENTIALS_DIRECTORY = '/run/credentials/showroom.service';
	const { keySources } = await import('../../../edge-agent/config/environment.source.js');
	const sources = keySources();
	expect(sources.environmentKey).toBe('a-key-in-base64');
	expect(sources.credentialsDirectory).toBe('/run/credentials/showroom.service');
	expect(process.env.SHOWROOM_MASTER_KEY).toBeUndefined();
	expect(keySources()).toBe(sources);
	expect(JSON.stringify(sources) + inspect(sources)).not.toContain('a-key-in-base64');
});
