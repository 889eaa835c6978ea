import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig, parseConfig } from '../../../edge-agent/config/config.source.js';

async function file(text: string): Promise<string> {
	const path = join(await mkdtemp(join(tmpdir(), 'config-')), 'showroom.yaml');
	await writeFile(path, text);
	return path;
}

it('runs on defaults alone', async () => {
	const config = await loadConfig(undefined);
	expect(config.retention).toEqual({ templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 });
	expect(config.alerts).toEqual({
		...{ stepSeconds: 20, managerSeconds: 45, redSeconds: 60, at: [], greetSeconds: 120, handOverSeconds: 60 },
		storm: { alerts: 6, seconds: 60 },
	});
	expect(config.visits).toEqual({ maxHours: 12, absentMinutes: 240, partySeconds: 3, busyMinutes: 90, outcomeMinutes: 30 });
	expect(config.server.host).toBe('127.0.0.1');
});

it('is frozen all the way down', () => {
	const config = parseConfig({ entrances: [{ id: 'main', name: 'Main' }] }, 'test');
	expect(() => Object.assign(config.alerts, { stepSeconds: 1 })).toThrow(TypeError);
	expect(Object.isFrozen(config.entrances[0])).toBe(true);
});

it('names each wrong key', async () => {
	const path = await file('cameras:\n  - {id: a, name: A, source: x, rate: 400}\nalerts: {stepSecond: 3}\n');
	await expect(loadConfig(path)).rejects.toThrow(/cameras\[0\]\.rate: [\s\S]*alerts: .*stepSecond/);
});

it('never repeats a value, which could be a password', async () => {
	const path = await file('cameras:\n  - {id: "BAD ID", name: A, source: "rtsp://u:hunter2@cam/1", rate: hunter2}\n');
	const error = await loadConfig(path).catch(String);
	expect(error).toContain('cameras[0].id');
	expect(error).not.toContain('hunter2');
});

it.each([
	[
		'a word before the address',
		'{id: a, name: A, source: !address rtsp://u:hunter2@cam/1}',
		/not valid YAML at line 2 \(TAG_RESOLVE_FAILED\)/,
	],
	['no space after the colon', '{id: a, name: A, source:rtsp://u:hunter2@cam/1}', /cameras\[0\]: .*space after a colon missing/],
	['an asterisk', '{id: a, name: A, source: *hunter2}', /begins with \* .* Put it into quotes/],
])('nor a value that the parser takes for something else: %s', async (_, camera, said) => {
	const error = await loadConfig(await file(`cameras:\n  - ${camera}\n`)).catch(String);
	expect(error).toMatch(said);
	expect(error).not.toContain('hunter2');
});

it('says what names nothing and what is there twice', () => {
	const settings = {
		entrances: [{ id: 'main', name: 'Main' }],
		cameras: [
			{ id: 'a', name: 'A', source: 'x', entrance: 'side' },
			{ id: 'a', name: 'B', source: 'y', entrance: 'main', line: { x1: 0.5, y1: 0.5, x2: 0.5, y2: 0.5 } },
		],
	};
	expect(() => parseConfig(settings, 'test')).toThrow(
		/"a" is used twice[\s\S]*no entrance "side"; name one of: main[\s\S]*cameras\[1\]\.line/,
	);
});

it('says where the YAML breaks, and what to do about a missing file', async () => {
	await expect(loadConfig(await file('store:\n  name: "unclosed\n'))).rejects.toThrow(/not valid YAML at line/);
	await expect(loadConfig('/nowhere/showroom.yaml')).rejects.toThrow(/is not there\. Give --config/);
});
