import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const testdata = process.env.SHOWROOM_TESTDATA;
const root = join(import.meta.dirname, '../../..');
/** `showroom` with this one command, ending as `cli.ts` ends it. */
const script = `
	import { Command, CommanderError } from 'commander';
	import { register } from ${JSON.stringify(pathToFileURL(join(root, 'dist/edge-agent/cli/models.js')).href)};
	const program = new Command('showroom').exitOverride();
	register(program);
	try {
		await program.parseAsync();
	} catch (error) {
		if (!(error instanceof CommanderError)) process.stderr.write(error.message + '\\n');
		process.exitCode = !(error instanceof CommanderError) ? 1 : error.exitCode === 0 ? 0 : 2;
	}`;
let data: string;

beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), 'models-cli-'));
});
afterEach(() => rmSync(data, { recursive: true }));

function models(...args: string[]): { code: number | null; stdout: string; stderr: string } {
	const options = { cwd: root, encoding: 'utf8' } as const;
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['--input-type=module', '-e', script, '--', 'models', ...args, '--data', data],
		options,
	);
	return { code: status, stdout, stderr };
}

it('lists every network with its state, and what is in use', () => {
	const { code, stdout, stderr } = models('list', '--json');
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout.trimEnd()).not.toContain('\n');
	const answer = JSON.parse(stdout);
	expect(answer.active).toBe('face-api');
	expect(answer.models).toContainEqual(
		expect.objectContaining({ name: 'mobilefacenet', state: 'missing', legalNote: expect.stringContaining('MS-Celeb-1M') }),
	);
	expect(answer.recommended).toBe('sface');
	expect(answer.recognisers).toContainEqual(
		expect.objectContaining({
			name: 'face-api',
			advice: 'fallback',
			installed: true,
			why: expect.stringContaining('wrong for East Asian visitors'),
		}),
	);
	const said = models('list').stdout;
	expect(said).toMatch(/face-api-recogniser .* built when needed/);
	expect(said).toMatch(/sface +not fetched +RECOMMENDED: YuNet \+ SFace/);
	expect(said).toMatch(/face-api +in use/);
});

it('finds damage, and names it', () => {
	expect(models('verify').code).toBe(0);
	mkdirSync(join(data, 'models'));
	writeFileSync(join(data, 'models/yunet.onnx'), 'not a network');
	const { code, stdout, stderr } = models('verify', '--json');
	expect(code).toBe(1);
	expect(JSON.parse(stdout).models).toContainEqual({ name: 'yunet', state: 'damaged' });
	expect(stderr).toContain('yunet is damaged');
	expect(models('verify', 'sface').code).toBe(1);
});

it.each([
	[['use', 'facenet'], 'facenet is no recogniser'],
	[['use'], 'missing required argument'],
	[['fetch', 'yunet', '--use'], 'yunet is a network and no recogniser'],
	[['fetch', 'facenet'], 'no network called facenet'],
	[['verify', 'facenet'], 'no network called facenet'],
])('wrong usage, exit 2: %s', (args, message) => {
	const { code, stdout, stderr } = models(...args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toContain(message);
});

it('refuses a recogniser that is not there, saying how to get it', () => {
	const { code, stdout, stderr } = models('use', 'sface', '--json');
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toContain('showroom models fetch yunet');
});

it('fails when a folder holds none of it', () => {
	const { code, stderr } = models('fetch', '--from', join(root, 'models'));
	expect(code).toBe(1);
	expect(stderr).toContain('holds none of the known networks');
});

it.skipIf(!testdata)('takes networks from a folder and puts them to use', () => {
	const fetched = models('fetch', 'mobilefacenet', '--from', join(testdata ?? '', 'models'), '--json');
	expect(fetched.code).toBe(0);
	expect(JSON.parse(fetched.stdout).fetched).toEqual(expect.arrayContaining(['mobilefacenet', 'yunet']));
	const used = models('use', 'mobilefacenet', '--json');
	expect(JSON.parse(used.stdout)).toEqual({ active: 'mobilefacenet' });
	expect(used.stderr).toContain('In use: mobilefacenet, from the next start on');
	expect(JSON.parse(models('list', '--json').stdout).active).toBe('mobilefacenet');
	expect(models('fetch', 'sface', '--from', join(testdata ?? '', 'models')).stderr).toContain('does not hold sface');
});

it.skipIf(!testdata)('fetches and chooses in one go', () => {
	const { code, stdout, stderr } = models('fetch', 'mobilefacenet', '--use', '--from', join(testdata ?? '', 'models'), '--json');
	expect(code, stderr).toBe(0);
	expect(JSON.parse(stdout)).toMatchObject({ active: 'mobilefacenet', fetched: expect.arrayContaining(['yunet', 'mobilefacenet']) });
});
