import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { makeAuthority, makeServerCertificate } from '../../../edge-agent/http/tls/certificate.js';
import { eventually, Showroom, webhooksOf } from './showroom.js';

it('a certificate that nobody trusts gets no message', async () => {
	const authority = await makeAuthority('somebody', Date.now());
	const { certificate, key } = await makeServerCertificate(authority, ['127.0.0.1'], Date.now());
	let asked = 0;
	const server = createServer({ cert: certificate, key }, (_, response) => {
		asked++;
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const showroom = new Showroom();
	const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
	const webhooks = await showroom.start(webhooksOf({ id: 'dms', kind: 'json', url }));
	await showroom.visitor('a1');
	await eventually(async () => (await webhooks.views('en'))[0]?.lastProblem?.code === 'certificate');
	expect(asked).toBe(0);
	expect((await webhooks.views('en'))[0]).toMatchObject({ state: 'retrying', lastDeliveredAt: null });
	await showroom.close();
	server.close();
});
