import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { isSigned, Receiver } from './receivers.js';
import { eventually, Showroom, webhooksOf } from './showroom.js';

const compiled = join(import.meta.dirname, '../../../dist/edge-agent');

it('kill -9 between a message and the cursor loses nothing: it comes again under the same id, and the order stays', async () => {
	const receiver = await new Receiver().listen();
	const showroom = new Showroom();
	const acknowledged: string[] = [];
	let killedInHand = 0;
	for (let round = 0; round < 5; round++) {
		const output = join(showroom.dataDir, `output-${round}`);
		const file = openSync(output, 'w');
		const before = receiver.arrived.length;
		// From some message on nothing is answered: it is surely in hand when the child dies.
		receiver.answer = (_, count) => (count >= before + 10 + 7 * round ? null : {});
		const child = spawn(process.execPath, [join(import.meta.dirname, 'feed-loop.mjs'), compiled, showroom.dataDir, `${receiver.url}/`], {
			stdio: ['ignore', file, 'inherit'],
		});
		const exit = once(child, 'exit');
		await eventually(() => child.exitCode !== null || receiver.arrived.length >= before + 10 + 7 * round);
		await sleep(20 * round);
		child.kill('SIGKILL');
		expect(await exit).toEqual([null, 'SIGKILL']);
		closeSync(file);
		killedInHand += receiver.arrived.length - before > 0 ? 1 : 0;
		for (const line of readFileSync(output, 'utf8').split('\n').slice(0, -1)) acknowledged.push(String(line.split(' ')[1]));
	}
	expect(killedInHand).toBe(5);

	receiver.answer = () => ({});
	await showroom.start(
		webhooksOf({
			id: 'dms',
			kind: 'json',
			url: `${receiver.url}/`,
			secret: 's3cret',
			events: ['alert.closed'],
			names: 'none',
			language: 'en',
		}),
	);
	const events = (await showroom.log.read(0, 5000)).filter(({ type }) => type === 'alert.closed');
	const arrived = () => new Set(receiver.deliveries);
	await eventually(() => arrived().size === events.length);
	expect([...arrived()]).toEqual(events.map(({ id }) => id));
	expect(acknowledged.filter((id) => !arrived().has(id))).toEqual([]);
	// What was in hand at each kill came again, and is told apart by its id alone.
	expect(receiver.arrived.length).toBeGreaterThanOrEqual(events.length + 5);
	expect(receiver.arrived.every((one) => isSigned(one, 's3cret'))).toBe(true);
	for (const id of arrived()) expect(new Set(receiver.arrived.filter((one) => one.body.id === id).map(({ raw }) => raw)).size).toBe(1);
	expect(await showroom.givenUp()).toEqual([]);
	await showroom.close();
	await receiver.close();
});
