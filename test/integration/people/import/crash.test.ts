import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../../../edge-agent/clock.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../../edge-agent/log/showroom-log.js';
import { Importer } from '../../../../edge-agent/people/import/importer.js';
import { removeFolder, temporaryFolder } from '../../sockets/house.js';
import { dealerFile } from './dealer-files.js';

const dist = join(import.meta.dirname, '../../../../dist');
const known = { table: 'customers', id: 'c1', name: '老客', telephone: '13910000000', consultant: null } as const;
let dataDir: string;
let file: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	file = join(dataDir, '客户.xlsx');
	await writeFile(file, await dealerFile(3000));
	await withStore(async (log) => {
		await log.append([], [{ table: 'staff', id: 'anna', name: '安娜', role: 'consultant', onDuty: true }, known]);
	});
});
afterEach(() => removeFolder(dataDir));

/** What people see once the agent has started. */
async function withStore<T>(work: (log: ShowroomLogClient, importer: Importer) => Promise<T>): Promise<T> {
	const problems: unknown[] = [];
	const onProblem = (message: string, error: unknown) => void problems.push([message, error]);
	const log = openShowroomLog({ dataDir, onProblem });
	await log.start();
	const importer = new Importer({ dataDir, log, queries: log, now, newId: uuidv7, onProblem });
	try {
		await importer.start();
		return await work(log, importer);
	} finally {
		await importer.stop();
		await log.stop();
		expect(problems).toEqual([]);
	}
}

/** Runs the import until it has done so many, and kills it with SIGKILL. Answers how far it said it was. */
function killed(what: string, atLeast: number): Promise<number> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'import-loop.mjs'), dist, dataDir, what], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let done = 0;
	createInterface({ input: child.stdout }).on('line', (line) => {
		done = Number(line.split(' ')[1]);
		if (done >= atLeast) child.kill('SIGKILL');
	});
	return new Promise((resolve) => child.on('exit', () => resolve(done)));
}

describe('kill -9', () => {
	it.each([1, 800, 2400])(
		'after %i of an import leaves nobody of it at the next start',
		async (atLeast) => {
			const done = await killed(file, atLeast);
			expect(done).toBeGreaterThanOrEqual(atLeast);
			expect(done).toBeLessThan(3000);
			await withStore(async (log, importer) => {
				expect((await log.customers()).map(({ id, name, consultant }) => ({ id, name, consultant }))).toEqual([
					{ id: 'c1', name: '老客', consultant: null },
				]);
				expect(await log.read(0, 10)).toEqual([]);
				expect(await importer.list('customers')).toEqual([]);
			});
		},
		60_000,
	);

	it('while it is taken back ends with it taken back', async () => {
		const id = await withStore(async (_, importer) => {
			const draft = await importer.upload('customers', 'cli', 'x.xlsx', createReadStream(file));
			await importer.confirm('customers', draft.id, 'cli');
			expect(await importer.settled(draft.id)).toMatchObject({ state: 'done', result: { added: 2999, updated: 1 } });
			return draft.id;
		});
		const done = await killed('undo', 1);
		expect(done).toBeLessThan(3000);
		await withStore(async (log, importer) => {
			expect(await log.customers()).toEqual([{ id: 'c1', name: '老客', telephone: '13910000000', consultant: null, templates: 0 }]);
			expect((await log.read(0, 10)).at(-1)).toMatchObject({
				type: 'import.undone',
				body: { import: id, removed: 2999, restored: 1, kept: 0 },
			});
			expect(await importer.view('customers', id)).toMatchObject({ state: 'undone', undoable: false });
		});
	}, 60_000);
});

describe('what is wiped', () => {
	it('the thread that read a file ends with its last draft', async () => {
		await withStore(async (_, importer) => {
			const threads = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;
			const before = threads();
			const draft = await importer.upload('customers', 'cli', 'x.xlsx', createReadStream(file));
			expect(threads()).toBeGreaterThan(before);
			await importer.cancel('customers', draft.id);
			await expect.poll(threads).toBe(before);
		});
	});

	it('a draft that nobody asked for in half an hour, and the file of it is on no disk', async () => {
		const log = openShowroomLog({ dataDir });
		await log.start();
		let later = 0;
		const clock = () => ({ ...now(), wall: now().wall + later });
		const importer = new Importer({ dataDir, log, queries: log, now: clock, newId: uuidv7, onProblem: () => {} });
		await importer.start();
		const draft = await importer.upload('customers', 'cli', 'x.csv', one('姓名,手机\n独一无二之人,13800138000\n'));
		later = 29 * 60_000;
		await importer.sweep();
		expect((await importer.view('customers', draft.id)).state).toBe('preview');
		later += 31 * 60_000;
		await importer.sweep();
		await expect(importer.view('customers', draft.id)).rejects.toMatchObject({ code: 'no-such-import' });
		await importer.stop();
		await log.stop();
		for (const name of await readdir(dataDir, { recursive: true, withFileTypes: true }))
			if (name.isFile()) expect((await readFile(join(name.parentPath, name.name))).includes('独一无二之人')).toBe(false);
	});
});

async function* one(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}
