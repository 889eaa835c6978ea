import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { renderClip } from '../../../edge-agent/demo/clip.source.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { countingLine } from '../../../edge-agent/demo/script.js';
import { buildModels } from '../agent/agent.js';
import { Command, childrenOf, processes, showroom } from './command.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let data: string;
let clip: string;

beforeAll(async () => {
	data = mkdtempSync(join(tmpdir(), 'showroom-watch-'));
	await buildModels(join(data, 'models'));
	const [look] = persons;
	if (!look) throw new Error('no drawn persons');
	const walk = { path: 'in', view: 'front', startMs: 0, pace: 1.5, lane: 0, sway: 0.1, phase: 0 } as const;
	const film = { durationMs: 9000, actors: [{ look, walks: [walk] }] };
	const options = { ffmpeg: 'ffmpeg', onProgress: () => {}, signal: new AbortController().signal, directory: join(data, 'clips') };
	clip = await renderClip(film, 'visitor', options);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

interface Summary {
	readonly summary: { readonly frames: number; readonly sightings: number; readonly crossings: number };
}

const { x1, y1, x2, y2 } = countingLine;

it.each([
	['the line', ['--line', `${x1},${y1},${x2},${y2}`], 1],
	['no line', [], 0],
])('counts who crosses: %s', async (_, line, crossings) => {
	const ran = await showroom(['watch', clip, ...line, '--json', '--data', data]);
	expect(ran).toMatchObject({ code: 0, err: '' });
	expect(ran.json<Summary>().at(-1)?.summary.crossings).toBe(crossings);
});

it('sums up what it has seen so far on Ctrl+C', async () => {
	const watch = new Command(['watch', clip, '--realtime', '--data', data]);
	for (const deadline = Date.now() + 20_000; childrenOf(watch.pid).filter(({ name }) => name === 'ffmpeg').length === 0; await wait(20))
		if (Date.now() > deadline) throw new Error(`no ffmpeg: ${watch.err}`);
	await wait(3000);
	const children = childrenOf(watch.pid);
	expect(await watch.ctrlC()).toBe(0);
	expect(watch.err).toBe('');
	expect(watch.out).toMatch(/^\d\d frames at [\d.]+\/s, \d+ dropped, \d sightings, 0 crossings, \d+ % CPU\n$/);
	const left = new Set(processes().map(({ pid }) => pid));
	expect(children.filter(({ pid }) => left.has(pid))).toEqual([]);
});
