import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Agent } from '../main.js';
import { portNumber, untilStopped } from './start.js';
import { note } from './terminal.js';

interface Options {
	readonly once?: boolean;
	readonly seed: number;
	readonly data: string;
	readonly port?: number;
	readonly json?: boolean;
}

/** Between two showings of the film, so that people can look at what happened. */
const INTERVAL_MS = 15_000;

export function register(program: Command): void {
	program
		.command('demo')
		.description('the appliance on drawn visitors who walk in on a real H.264 video')
		.option('--once', 'play it through with screens that answer by themselves, and judge the stored log; exit 0 if all was right')
		.option('--seed <n>', 'other visitors, in another order', seedNumber, 1)
		.option('--data <dir>', "the demo's own data directory", join('data', 'demo'))
		.option('--port <n>', 'port of the console (--once: any free one)', portNumber)
		.option('--json', 'with --once: answer with one line of JSON')
		.action(async (options: Options) => {
			const stopping = new AbortController();
			const stopped = untilStopped().then(() => stopping.abort(new Error('stopped')));
			if (options.once) await once(options, stopping.signal);
			else await play(options, stopping.signal, stopped);
		});
}

async function once({ seed, data, port = 0, json }: Options, signal: AbortSignal): Promise<void> {
	const { playOnce } = await import('../demo/demo.js');
	const judgement = await playOnce({ seed, dataDir: data, port, ffmpeg: 'ffmpeg', say: note, signal });
	if (json) process.stdout.write(`${JSON.stringify(judgement)}\n`);
	else
		process.stdout.write(
			`${judgement.ok ? 'everybody was judged right' : 'wrong:'}\n${judgement.false.map((line) => `  ${line}\n`).join('')}`,
		);
	process.exitCode = judgement.ok ? 0 : 1;
}

async function play({ seed, data, port = 8080 }: Options, signal: AbortSignal, stopped: Promise<void>): Promise<void> {
	const { doorCamera, everybodyLeaves, filmEnded, prepareDemo } = await import('../demo/demo.js');
	const { agent, password } = await prepareDemo({ seed, dataDir: data, port, ffmpeg: 'ffmpeg', say: note, signal });
	await agent.start();
	await welcome(agent, password);
	try {
		while (!signal.aborted) {
			await filmEnded(agent, signal, () => {});
			note(`the film is over and starts again in ${INTERVAL_MS / 1000} s`);
			await wait(INTERVAL_MS, undefined, { signal });
			await everybodyLeaves(agent);
			await agent.reopen(doorCamera);
		}
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		await stopped;
		await agent.stop();
	}
}

/** Says how to come in: a link a person that signs in by itself, once, and the password for later. */
async function welcome(agent: Agent, password: string): Promise<void> {
	const { administrator, demoAccounts } = await import('../demo/demo-access.js');
	note('\nThe demo is running (Ctrl+C stops it). Open one of these; each link signs in once, within an hour:\n');
	for (const { id, role } of demoAccounts)
		note(`  ${id.padEnd(11)} ${role.padEnd(14)} ${agent.url}#sign-in=${await agent.access.signIn.link(id)}`);
	note(`\nLater: ${agent.url} as ${demoAccounts.map(({ id }) => id).join(', ')}; password of all, for this run: ${password}`);
	note(`Kiosk: ${agent.url}kiosk/ (in a browser signed in as ${administrator.id})\n`);
}

function seedNumber(text: string): number {
	const seed = Number(text);
	if (!Number.isSafeInteger(seed) || seed < 0) throw new InvalidArgumentError('a seed is a whole number from 0');
	return seed;
}
