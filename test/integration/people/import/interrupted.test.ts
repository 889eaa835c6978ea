import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { now } from '../../../../edge-agent/clock.js';
import type { ImportView } from '../../../../edge-agent/contract/import.api.js';
import type { Problem } from '../../../../edge-agent/contract/problem.api.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../../sockets/house.js';
import { dealerFile } from './dealer-files.js';
import { at, importRequests } from './requests.js';

let house: House;
let manager: string;
let remove: () => Promise<void> | void = () => {};
const { ask, uploaded, view, rowsOf, done, confirmed } = importRequests(
	() => house.url,
	() => manager,
);

async function open(): Promise<void> {
	const folder = await temporaryFolder();
	remove = () => removeFolder(folder);
	house = await openHouse(folder);
	manager = await house.cookie('ma');
}
afterEach(async () => {
	await house.close();
	await remove();
});
const imports = async () => ((await (await ask('GET', at)).json()) as { imports: ImportView[] }).imports;
const names = async () => (await house.log.customers()).map(({ name }) => name).filter((name) => name !== '李雷');

it('a browser that goes away while it sends leaves nothing behind, and is no fault of the agent', async () => {
	await open();
	const threads = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
	const before = threads();
	const headers = { cookie: manager, 'x-showroom': '1', 'content-type': 'application/octet-stream', 'content-length': 1_000_000 };
	const sending = request(`${house.url}${at}`, { method: 'POST', headers });
	sending.on('error', () => {});
	sending.write('姓名,手机\n王芳,13800138000\n');
	await expect.poll(threads).toBeGreaterThan(before);
	sending.destroy();
	await expect.poll(threads, { timeout: 5000 }).toBe(before);
	expect(await imports()).toEqual([]);
	expect(await names()).toEqual([]);
	expect(house.problems).toEqual([]);
});

it('of two managers who confirm at once the second waits, and then finds whom the first has brought', async () => {
	await open();
	await house.log.append([], [{ table: 'staff', id: 'mo', name: '莫愁', role: 'manager', onDuty: true }]);
	await house.access.stop();
	await house.access.start();
	const other = await house.cookie('mo');
	const file = await dealerFile(2000);
	const first = await uploaded(file, '甲.xlsx');
	const second = await uploaded(file, '乙.xlsx', at, other);
	expect(second.draft?.would).toEqual({ added: 2000, updated: 0, skipped: 0 });
	const answers = await Promise.all([
		ask('POST', `${at}/${first.id}/confirm`),
		ask('POST', `${at}/${second.id}/confirm`, undefined, other),
	]);
	expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
	const late = answers[0]?.status === 409 ? first.id : second.id;
	const refused = (await answers.find(({ status }) => status === 409)?.json()) as Problem;
	expect(refused).toMatchObject({ code: 'import-waits', detail: expect.stringContaining('try again in a moment') });
	expect((await done(late === first.id ? second.id : first.id)).result).toMatchObject({ added: 2000 });

	// Judged once more: nobody comes twice.
	expect(await (await ask('POST', `${at}/${late}/confirm`)).json()).toMatchObject({ code: 'import-not-ready' });
	expect((await view(late)).state).toBe('preview');
	expect(await (await ask('PATCH', `${at}/${late}`, {})).json()).toMatchObject({
		draft: { known: 2000, would: { added: 0, skipped: 2000 } },
	});
	expect((await names()).length).toBe(2000);
	expect(house.problems).toEqual([]);
});

it('a customer whom a file gives another consultant is that one’s at the next visit', async () => {
	await open();
	const known = (id: string, telephone: string) => ({ table: 'customers', id, name: `客${id}`, telephone, consultant: 'anna' }) as const;
	await house.log.append([], [known('c1', '13800138001'), known('c2', '13800138002')]);
	let track = 0;
	/** Who is told first. */
	const arrives = async (person: string) => {
		track += 1;
		const who = { person, kind: 'customer' } as const;
		await house.floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track, direction: 'in', who, at: now() });
		return (await house.log.alerts({ open: true })).find(({ customer }) => customer?.id === person)?.told[0];
	};
	expect(await arrives('c1')).toBe('anna');
	const draft = await uploaded('姓名,手机,销售顾问\n客c2,13800138002,薄一波\n');
	await ask('PATCH', `${at}/${draft.id}`, { duplicates: 'update' });
	expect((await confirmed(draft.id)).result).toEqual({ added: 0, updated: 1, skipped: 0 });
	expect(await arrives('c2')).toBe('bo');
});

const disk = mountSmallDisk();
afterAll(() => {
	if (!disk) return;
	execFileSync('umount', ['--lazy', disk]);
	rmSync(disk, { recursive: true });
});

function mountSmallDisk(): string | null {
	const directory = mkdtempSync(join(tmpdir(), 'showroom-full-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', directory], { stdio: 'ignore' });
		return directory;
	} catch {
		rmSync(directory, { recursive: true });
		return null;
	}
}

it.skipIf(!disk)('an import that meets a full disk says so, and takes back what was written as soon as there is room', async () => {
	const folder = String(disk);
	remove = () => {};
	mkdirSync(join(folder, 'data'));
	house = await openHouse(join(folder, 'data'));
	manager = await house.cookie('ma');
	const draft = await uploaded(await dealerFile(14_200), '客户.xlsx');
	expect((await rowsOf(draft.id)).total).toBe(14_200);
	await ask('POST', `${at}/${draft.id}/confirm`);
	while (((await view(draft.id)).progress?.done ?? 0) < 1000);
	// Somebody else takes whatever room there is.
	const ballast = join(folder, 'ballast');
	const others = setInterval(() => {
		const { bavail, bsize } = statfsSync(folder);
		try {
			appendFileSync(ballast, Buffer.alloc(bavail * bsize));
		} catch {
			// The agent was quicker.
		}
	}, 1);
	const failed = await done(draft.id);
	clearInterval(others);
	expect(failed).toMatchObject({ state: 'failed', failure: { reason: 'disk-full', takenBack: false }, result: null, draft: null });
	expect(house.problems.map((problem) => (problem as [string, unknown])[1])).toEqual([
		expect.objectContaining({ code: 'disk-full' }),
		expect.objectContaining({ code: 'disk-full' }),
	]);

	rmSync(ballast);
	await house.rooms.imports.sweep();
	expect(await view(draft.id)).toMatchObject({ state: 'failed', failure: { reason: 'disk-full', takenBack: true } });
	expect(await names()).toEqual([]);
	expect(await house.log.verify()).toMatchObject({ ok: true });
	const again = await uploaded('姓名,手机\n王芳,13800138000\n');
	expect((await confirmed(again.id)).state).toBe('done');
	expect(await names()).toEqual(['王芳']);
});
