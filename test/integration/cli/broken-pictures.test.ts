import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeChanceGallery } from '../../../edge-agent/demo/chance-gallery.source.js';
import { distances } from '../../../edge-agent/gallery/distance.js';
import { EnrolmentDesk } from '../../../edge-agent/gallery/enrolment.client.js';
import { type OddPicture, oddPictures, writeFolders } from './broken-pictures.js';
import { Command } from './command.js';

const dir = mkdtempSync(join(tmpdir(), 'showroom-broken-'));
const data = join(dir, 'data');
const people = join(dir, 'people');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Of the whole process, networks and threads included: what a box of 4 GB can spare. */
const MOST_MB = 1200;

interface Ran {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
	readonly mostMb: number;
}

/** Runs a command to its end and watches how much memory it took at most. */
async function run(...args: string[]): Promise<Ran> {
	const command = new Command([...args, '--data', data]);
	let mostMb = 0;
	const watch = setInterval(() => {
		try {
			const kept = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${command.pid}/status`, 'utf8'));
			mostMb = Math.max(mostMb, Number(kept?.[1] ?? 0) / 1024);
		} catch {
			// It has just ended.
		}
	}, 20);
	const code = await command.end();
	clearInterval(watch);
	return { code, out: command.out, err: command.err, mostMb };
}

const commands: Readonly<Record<string, readonly string[]>> = {
	enroll: ['enroll', '--gallery', people, '--consent', 'paper', '--notice', '1', '--anyway', '--json'],
	evaluate: ['evaluate', people, '--json'],
};
const files = [
	...['truncated.jpg', 'huge.png', 'wide.png', 'one.png', 'in-passes.jpg', 'text.jpg', 'empty.jpg', 'cmyk.jpg', 'animated.gif'],
	...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => `turned-${orientation}.jpg`),
];
let pictures: OddPicture[];

beforeAll(async () => {
	await writeChanceGallery(join(dir, 'drawn'), 1, 1);
	pictures = await oddPictures(join(dir, 'drawn', 'drawn-0001', '1.jpg'));
	expect(pictures.map(({ file }) => file)).toEqual(files);
	writeFolders(people, pictures);
}, 60_000);

describe.each(Object.entries(commands))('showroom %s', (name, args) => {
	let ran: Ran;
	beforeAll(async () => {
		ran = await run(...args);
	}, 180_000);

	it.each(files)('%s is handled, or refused by name', (file) => {
		const said = ran.err.split('\n').filter((line) => line.includes(file));
		const refused = pictures.find((picture) => picture.file === file)?.refused;
		if (refused) expect(said, ran.err).toEqual([expect.stringMatching(refused)]);
		else expect(said, ran.err).toEqual([]);
	});

	it('goes on to the end and takes no more memory than a box has', () => {
		expect(ran.code, ran.err).toBe(0);
		const [answer] = ran.out
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		const good = pictures.filter(({ refused }) => refused === null).length;
		if (name === 'enroll') expect(answer.enrolled).toHaveLength(good);
		else expect(answer.detector).toEqual({ images: good, noFace: 0, unreadable: files.length - good });
		expect(ran.mostMb).toBeGreaterThan(100);
		expect(ran.mostMb).toBeLessThan(MOST_MB);
	});
});

it('a face is the same however the telephone was held', async () => {
	const desk = new EnrolmentDesk({ recogniser: 'face-api', modelsDir: join(data, 'models') });
	await desk.start();
	try {
		const turned = pictures.filter(({ file }) => file.startsWith('turned-'));
		const [upright, ...others] = await Promise.all(turned.map(({ bytes }) => desk.describe(bytes)));
		expect(others).toHaveLength(7);
		for (const descriptor of others) expect(distances[desk.metric](upright ?? descriptor, descriptor)).toBeLessThan(0.06);
	} finally {
		await desk.stop();
	}
}, 60_000);
