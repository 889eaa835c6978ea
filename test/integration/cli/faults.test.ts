import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { buildModels } from '../agent/agent.js';
import { type CommandOptions, showroom } from './command.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Debian's `nobody`. */
const nobody = 65534;
/** They also have to reach this checkout: not where it lies in a folder of root's own. */
const canBecomeSomebodyElse =
	process.platform === 'linux' &&
	process.getuid?.() === 0 &&
	spawnSync(process.execPath, ['-e', `require('node:fs').accessSync(${JSON.stringify(import.meta.dirname)})`], { uid: nobody, cwd: '/' })
		.status === 0;

let folder: string;
let data: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'showroom-faults-'));
	chmodSync(folder, 0o755);
	data = path('data');
	mkdirSync(data);
	await buildModels(path('data/models'));

	const [li, wang] = persons;
	const [, portrait] = li ? await enrolmentPhotos(li) : [];
	const [, another] = wang ? await enrolmentPhotos(wang) : [];
	if (!portrait || !another) throw new Error('no drawn persons');
	writeFileSync(path('portrait.jpg'), portrait);
	await sharp({ create: { width: 640, height: 480, channels: 3, background: '#d9d6d0' } }).toFile(path('wall.jpg'));
	const half = { left: 240, top: 0, width: 480, height: 720 };
	await sharp({ create: { width: 960, height: 720, channels: 3, background: '#d9d6d0' } })
		.composite([
			{ input: await sharp(portrait).extract(half).toBuffer(), left: 0, top: 0 },
			{ input: await sharp(another).extract(half).toBuffer(), left: 480, top: 0 },
		])
		.toFile(path('couple.jpg'));
	writeFileSync(path('text.mp4'), 'This is no video.\n'.repeat(100));
	writeFileSync(path('text.jpg'), 'This is no picture.');
	mkdirSync(path('empty'));
	symlinkSync(path('gone'), path('dangling'));
	symlinkSync(path('gone.jpg'), path('dangling.jpg'));
	mkdirSync(path('closed'), { mode: 0o700 });
	writeFileSync(path('closed/li.jpg'), portrait);
	writeFileSync(path('closed.jpg'), portrait, { mode: 0o600 });
	for (const [name, files] of Object.entries({
		mixed: { 'Li Jing.jpg': portrait, 'Nobody.jpg': await sharp(path('wall.jpg')).toBuffer(), 'Text.jpg': Buffer.from('text') },
	})) {
		mkdirSync(path(name));
		for (const [file, bytes] of Object.entries(files)) writeFileSync(path(`${name}/${file}`), bytes);
	}
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whoever is enrolled has signed. */
const paper = ['--consent', 'paper', '--notice', '1'];

/** Runs a command that must fail; answers what it said, which is never a stack trace and holds no line twice. */
async function fails(code: number, args: readonly string[], options?: CommandOptions): Promise<string> {
	const ran = await showroom([...args, '--data', data], options);
	expect({ args, code: ran.code, err: ran.err, out: ran.out }).toMatchObject({ code, out: '' });
	expect(ran.err).not.toMatch(/\n\s+at /);
	const lines = ran.err.split('\n').map((line) => line.replace(/^(showroom|error): /, ''));
	expect(lines).toEqual([...new Set(lines)]);
	return ran.err;
}

describe('watch', () => {
	it.each([
		['a missing file', 'missing.mp4', /There is no file .*missing\.mp4\. Check the path/],
		['a missing picture', 'missing.png', /There is no file .*missing\.png\. Check the path/],
		['a dangling link', 'dangling.jpg', /There is no file .*dangling\.jpg\. Check the path/],
		['a text named .mp4', 'text.mp4', /text\.mp4 is not a video that can be read\. Give a video/],
		['a text named .jpg', 'text.jpg', /text\.jpg is not a picture that can be read\. Give a video .* or an image/],
		['a folder', 'empty', /empty is not a video that can be read\. Give a video/],
	])('says what is wrong with %s', async (_, name, message) => {
		expect(await fails(1, ['watch', path(name)])).toMatch(message);
	});

	it.each([
		['a missing gallery', 'missing', /the gallery .*missing is not there/],
		['a gallery that is a dangling link', 'dangling', /the gallery .*dangling is not there/],
		['a gallery that is a file', 'portrait.jpg', /the gallery .* is a file; give the folder/],
	])('says what is wrong with %s', async (_, name, message) => {
		expect(await fails(1, ['watch', path('portrait.jpg'), '--gallery', path(name)])).toMatch(message);
	});

	it('goes on with an empty gallery, having said so, and knows nobody', async () => {
		const ran = await showroom(['watch', path('portrait.jpg'), '--gallery', path('empty'), '--json', '--data', data]);
		expect(ran.code).toBe(0);
		expect(ran.err).toMatch(/the gallery .*empty is empty, so nobody will be recognised; put a folder of/);
		expect(ran.json()).toMatchObject([{ person: null }, { summary: { sightings: 1, crossings: 0 } }]);
	});

	it('names the photographs of a gallery that it cannot use, and goes on with the others', async () => {
		const ran = await showroom(['watch', path('portrait.jpg'), '--gallery', path('mixed'), '--json', '--data', data]);
		expect(ran.code).toBe(0);
		expect(ran.err).toMatch(/Nobody\.jpg: no face found; use a photograph/);
		expect(ran.err).toMatch(/Text\.jpg.*not a picture that can be read/);
		expect(ran.err).not.toMatch(/\n\s+at /);
		expect(ran.json()).toMatchObject([{ person: 'Li Jing' }, { summary: { sightings: 1 } }]);
	});

	it("leaves nothing in the user's folder: ONNX Runtime keeps no device number to report with", async () => {
		mkdirSync(path('home'));
		const env = { HOME: path('home'), XDG_CACHE_HOME: '', XDG_CONFIG_HOME: '' };
		expect(await showroom(['watch', path('portrait.jpg'), '--data', data], { env })).toMatchObject({ code: 0, err: '' });
		expect(readdirSync(path('home'))).toEqual([]);
	});

	it('refuses wrong usage with 2', async () => {
		const clip = path('portrait.jpg');
		expect(await fails(2, ['watch'])).toContain('source');
		expect(await fails(2, ['watch', clip, '--model', 'best'])).toContain('best is no recogniser; there are sface, mobilefacenet, face-api');
		expect(await fails(2, ['watch', clip, '--rate', '0'])).toContain('frames a second');
		expect(await fails(2, ['watch', clip, '--rat', '5'])).toContain('--rate');
		for (const line of ['0,0,1', '0,0,1,2', '0,0,0,0', 'a,b,c,d', '0,,1,1', '0,0,1,1,1'])
			expect(await fails(2, ['watch', clip, `--line=${line}`])).toContain('four fractions from 0 to 1');
		expect(await fails(2, ['wach', clip])).toContain('Did you mean watch?');
	});

	it('refuses an address that is none', async () => {
		expect(await fails(1, ['watch', 'http://127.0.0.1/video'])).toContain('not read over "http:"');
		expect(await fails(1, ['watch', '-'], { input: '' })).toContain('stdin held no address');
		expect(await fails(1, ['watch', '-'], { input: '\n' })).toMatch(/address is empty.*rtsp:/);
	});

	it('says how to get networks that are not there', async () => {
		expect(await fails(1, ['watch', path('portrait.jpg'), '--model', 'sface'])).toMatch(/yunet.*missing.*models fetch/is);
	});

	it('says how to install ffmpeg where there is none; so does doctor', async () => {
		const env = { PATH: '/nowhere' };
		expect(await fails(1, ['watch', path('text.mp4')], { env })).toMatch(/ffmpeg is not installed.*apt install ffmpeg/);
		const doctor = await showroom(['doctor', '--data', data], { env });
		expect(doctor.code).toBe(1);
		expect(doctor.out).toMatch(/^fault +ffmpeg +ffmpeg does not run; install it \(Debian/m);
	});
});

it('start names the camera whose address is none, and not its password', async () => {
	const cameras = [{ id: 'door', name: '正门', source: 'http://admin:geheim@127.0.0.1/video' }];
	writeFileSync(path('showroom.yaml'), JSON.stringify({ cameras }));
	const said = await fails(1, ['start', '--port', '0', '--config', path('showroom.yaml')]);
	expect(said).toMatch(/showroom\.yaml cannot be used:\n {2}cameras\[0\]\.source: Cameras are not read over "http:"/);
	expect(said).not.toContain('geheim');
});

describe('enroll', () => {
	const photo = (name: string) => ['enroll', ...paper, '--name', '刘洋', '--photo', path(name)];

	it.each([
		['missing', 'missing.jpg', /missing\.jpg cannot be read: is there such a file\?/],
		['a dangling link', 'dangling.jpg', /dangling\.jpg cannot be read: is there such a file\?/],
		['a text', 'text.jpg', /text\.jpg is not a picture that can be read; JPEG, PNG and WebP can/],
		['without a face', 'wall.jpg', /no face found; use a photograph that shows the face from the front/],
		['with two faces', 'couple.jpg', /2 faces found; use a photograph of this person alone/],
		['a folder', 'empty', /empty.*not a picture/],
	])('refuses a photograph that is %s', async (_, name, message) => {
		const said = await fails(1, photo(name));
		expect(said).toMatch(message);
		expect(said).toContain('nobody was enrolled; see above');
	});

	it.each([
		['missing', 'missing', /the gallery .*missing is not there/],
		['empty', 'empty', /the gallery .*empty holds no photographs; put a folder of \.jpg or \.png files a person in it/],
		['a file', 'portrait.jpg', /the gallery .* is a file; give the folder/],
	])('refuses a gallery that is %s', async (_, name, message) => {
		expect(await fails(1, ['enroll', ...paper, '--gallery', path(name)])).toMatch(message);
	});

	it('enrols whom it can, and names the other photographs', async () => {
		const ran = await showroom(['enroll', ...paper, '--gallery', path('mixed'), '--json', '--data', data]);
		expect(ran.code).toBe(0);
		expect(ran.json()).toMatchObject([
			{ enrolled: [{ name: 'Li Jing', templates: 1 }], refused: [{ photo: path('mixed/Nobody.jpg') }, { photo: path('mixed/Text.jpg') }] },
		]);
		const listed = await showroom(['customers', '--json', '--data', data]);
		expect(listed.json()).toMatchObject([[{ name: 'Li Jing', templates: 1 }]]);
	});

	it('refuses a paper with another notice than the one in force', async () => {
		const said = await fails(1, ['enroll', '--consent', 'paper', '--notice', '7', '--gallery', path('mixed')]);
		expect(said).toMatch(/the paper shows version 7 .* in force is version 1/);
	});

	it('says which agent is in the way', async () => {
		const agent = openShowroomLog({ dataDir: data });
		await agent.start();
		try {
			expect(await fails(1, photo('portrait.jpg'))).toContain(`in use by a running agent (process ${process.pid}): stop it first`);
		} finally {
			await agent.stop();
		}
	});

	it('refuses wrong usage with 2, and a consultant who is not there', async () => {
		const wrong = ['give either --name with --photo, or --gallery'] as const;
		expect(await fails(2, ['enroll', ...paper])).toContain(wrong[0]);
		expect(await fails(2, ['enroll', ...paper, '--name', '刘洋'])).toContain(wrong[0]);
		expect(await fails(2, [...photo('portrait.jpg'), '--gallery', path('mixed')])).toContain(wrong[0]);
		expect(await fails(2, [...photo('portrait.jpg'), '--telephone', '12'])).toContain('--telephone');
		expect(await fails(2, ['enroll', ...paper, '--gallery', path('mixed'), '--telephone', '19900000001'])).toContain('give it with --name');
		expect(await fails(2, ['enroll', ...paper, '--gallery', path('mixed'), '--guardian', '刘父'])).toContain('give it with --name');
		expect(await fails(2, ['enroll', '--gallery', path('mixed')])).toContain('--consent');
		expect(await fails(1, [...photo('portrait.jpg'), '--consultant', '李静'])).toMatch(/no member of staff is called "李静".*users add/);
	});

	it('says so when the data directory cannot be one', async () => {
		const ran = await showroom([...photo('portrait.jpg'), '--data', path('portrait.jpg')]);
		expect(ran.code).toBe(1);
		expect(ran.err).toContain('a part of its path is a file');
		expect(ran.err).not.toMatch(/\n\s+at /);
	});
});

describe.skipIf(!canBecomeSomebodyElse)('as a user who may not read them (needs root to become one)', () => {
	it('watch and enroll say so of folders and photographs', async () => {
		const as = { uid: nobody };
		const ownData = path('data of nobody');
		mkdirSync(ownData, { mode: 0o777 });
		chmodSync(ownData, 0o777);
		symlinkSync(join(data, 'models'), join(ownData, 'models'));
		const said = async (...args: string[]) => {
			const ran = await showroom([...args, '--data', ownData], as);
			expect({ args, code: ran.code }).toMatchObject({ code: 1 });
			expect(ran.err).not.toMatch(/\n\s+at /);
			return ran.err;
		};
		expect(await said('watch', path('portrait.jpg'), '--gallery', path('closed'))).toMatch(/closed may not be read by this user/);
		expect(await said('enroll', ...paper, '--gallery', path('closed'))).toMatch(
			/closed may not be read by this user; change its permissions/,
		);
		expect(await said('watch', path('closed.jpg'))).toMatch(/closed\.jpg may not be read\. Let the agent's user read it/);
		expect(await said('enroll', ...paper, '--name', '刘洋', '--photo', path('closed.jpg'))).toMatch(
			/closed\.jpg may not be read by this user/,
		);
		expect(await said('enroll', ...paper, '--name', '刘洋', '--photo', path('closed/li.jpg'))).toMatch(
			/li\.jpg may not be read by this user/,
		);
	});
});
