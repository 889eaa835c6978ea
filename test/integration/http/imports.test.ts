import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerView } from '../../../edge-agent/contract/api.js';
import type { ImportsAnswer } from '../../../edge-agent/contract/import.api.js';
import type { Problem } from '../../../edge-agent/contract/problem.api.js';
import { gbkBytes } from '../../unit/people/import/gbk.js';
import { parts, zip } from '../../unit/people/import/workbooks.js';
import { customer, dealerFile, headings } from '../people/import/dealer-files.js';
import { at, importRequests } from '../people/import/requests.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';

let dataDir: string;
let house: House;
let manager: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = await house.cookie('ma');
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const { ask, send, uploaded, view, rowsOf, confirmed, undone } = importRequests(
	() => house.url,
	() => manager,
);
const refusal = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as Problem).code];
const plain = (customers: readonly CustomerView[]) => customers.map(({ name, telephone, consultant }) => [name, telephone, consultant]);
const everybody = async () => plain(await house.log.customers());
const events = async () =>
	(await house.log.read(0, 1000))
		.map(({ type, body }) => ({ type, body }))
		.filter(({ type }) => /import|exported|person\.changed/.test(type));

describe('a file of customers', () => {
	it('is previewed, and nothing is written until it is confirmed; then it is one event, and undone as one step', async () => {
		const draft = await uploaded(
			`${headings.join(',')}\r\n王芳,138 0013 8000,安娜,Y7,急\r\n,13900139000,,,\r\n张三,1.38E+10,,,\r\n赵六,13700137000,查无此人,,\r\n`,
		);
		expect(draft).toMatchObject({
			...{ kind: 'customers', state: 'preview', by: 'staff:ma', result: null },
			draft: {
				...{ file: '客户.csv', format: 'csv', encoding: 'utf-8', delimiter: ',', headingRow: 1, missing: [], duplicates: 'fill' },
				...{ rows: { total: 4, ok: 1, warning: 1, error: 2 }, would: { added: 2, updated: 0, skipped: 0 } },
				strangers: [{ text: '查无此人', rows: 1 }],
				columns: headings.map((heading, column) => ({ heading, field: ['name', 'telephone', 'consultant', 'model', 'note'][column] })),
			},
		});
		expect((await rowsOf(draft.id, '?show=error')).rows).toMatchObject([
			{ row: 3, would: 'nothing', issues: [{ code: 'name-missing', field: 'name', message: 'The name is missing.' }] },
			{
				row: 4,
				values: { name: '张三', telephone: '1.38E+10' },
				issues: [{ code: 'telephone-shortened', message: expect.stringContaining('text') }],
			},
		]);
		expect(await rowsOf(draft.id, '?offset=3&limit=1')).toMatchObject({ total: 4, rows: [{ row: 5 }] });
		expect(await everybody()).toEqual([['李雷', null, 'bo']]);
		expect(await events()).toEqual([]);

		const assigned = await (await ask('PATCH', `${at}/${draft.id}`, { consultants: { 查无此人: 'chen' } })).json();
		expect(assigned).toMatchObject({ draft: { rows: { warning: 0, ok: 2 } } });
		const finished = await confirmed(draft.id);
		expect(finished).toMatchObject({ state: 'done', undoable: true, result: { added: 2, updated: 0, skipped: 0 }, draft: null });
		expect(await everybody()).toEqual([
			['李雷', null, 'bo'],
			['王芳', '13800138000', 'anna'],
			['赵六', '13700137000', 'chen'],
		]);
		expect(await events()).toEqual([
			{ type: 'customers.imported', body: { import: draft.id, added: 2, updated: 0, skipped: 0 } },
			{ type: 'person.changed', body: { person: null, purpose: 'import' } },
		]);
		expect(JSON.stringify(await house.log.read(0, 1000))).not.toMatch(/王芳|13800138000|客户\.csv/);

		expect(await undone(draft.id)).toMatchObject({ state: 'undone', undone: { removed: 2, restored: 0, kept: 0 } });
		expect(await everybody()).toEqual([['李雷', null, 'bo']]);
		expect((await events()).at(-1)).toEqual({ type: 'import.undone', body: { import: draft.id, removed: 2, restored: 0, kept: 0 } });
		expect(await refusal(await ask('POST', `${at}/${draft.id}/undo`))).toEqual([409, 'import-not-undoable']);
		expect(((await (await ask('GET', at)).json()) as ImportsAnswer).imports).toMatchObject([{ id: draft.id, state: 'undone' }]);
	});

	it('finds whom the store has, and does with them what was chosen; undoing restores them unless they changed since', async () => {
		await house.log.append(
			[],
			[
				{ table: 'customers', id: 'c1', name: '王芳', telephone: '+86 138-0013-8000', consultant: null },
				{ table: 'customers', id: 'c2', name: '赵六', telephone: '13700137000', consultant: null },
			],
		);
		const before = await everybody();
		const file = '姓名,手机,销售顾问\n王小芳,13800138000,安娜\n赵六,13700137000,薄一波\n新客,13600136000,\n又来,13600136000,\n';
		const draft = await uploaded(file);
		expect(draft.draft).toMatchObject({ known: 2, repeated: 1, would: { added: 1, updated: 2, skipped: 1 } });
		for (const [duplicates, would] of [
			['skip', { added: 1, updated: 0, skipped: 3 }],
			['keep-both', { added: 4, updated: 0, skipped: 0 }],
			['update', { added: 1, updated: 2, skipped: 1 }],
		])
			expect(await (await ask('PATCH', `${at}/${draft.id}`, { duplicates })).json()).toMatchObject({ draft: { would } });
		await confirmed(draft.id);
		expect((await house.log.customer('c1'))?.name).toBe('王小芳');
		expect((await house.log.customer('c2'))?.consultant).toBe('bo');

		// Somebody corrects one of them by hand, and the other one is left alone.
		await ask('PATCH', '/api/customers/c2', { name: '赵小六' });
		expect(await undone(draft.id)).toMatchObject({
			undone: { removed: 1, restored: 1, kept: 1, keptPeople: [{ id: 'c2', name: '赵小六' }] },
		});
		const after = await everybody();
		expect(after).toEqual(
			before
				.map((row) => (row[0] === '赵六' ? ['赵小六', '13700137000', 'bo'] : row))
				.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
		);
	});

	it('keeps whom the import added and who came to the showroom since', async () => {
		const draft = await uploaded('姓名,手机\n甲,13800138001\n乙,13800138002\n');
		await confirmed(draft.id);
		const [first] = await house.log.customersByTelephone('13800138001');
		if (!first) throw new Error('not imported');
		const notice = await ask('GET', '/api/consent/notices');
		const { notices } = (await notice.json()) as { notices: { hash: string; audience: string; current: boolean }[] };
		const hash = notices.find(({ audience, current }) => audience === 'customer' && current)?.hash;
		await ask('POST', `/api/consent/people/${first.id}/grants`, {
			notice: hash,
			purposes: ['recognition'],
			via: 'paper',
			language: 'zh',
			under14: false,
			guardian: null,
		});
		expect(await undone(draft.id)).toMatchObject({ undone: { removed: 1, kept: 1, keptPeople: [{ id: first.id, name: '甲' }] } });
		expect((await house.log.customersByTelephone('13800138001')).length).toBe(1);
		expect((await house.log.customersByTelephone('13800138002')).length).toBe(0);
	});

	it('has its columns chosen by hand where nobody could guess them', async () => {
		const draft = await uploaded('Nombre;Móvil\nAna;13800138000\n', 'x.csv');
		expect(draft.draft).toMatchObject({
			delimiter: ';',
			missing: ['name'],
			columns: [{ letter: 'A', field: null, examples: ['Ana'] }, { field: null }],
		});
		expect(await refusal(await ask('POST', `${at}/${draft.id}/confirm`))).toEqual([409, 'import-not-ready']);
		const mapped = await (await ask('PATCH', `${at}/${draft.id}`, { columns: { 0: 'name', 1: 'telephone' } })).json();
		expect(mapped).toMatchObject({ draft: { missing: [], rows: { ok: 1 }, unused: ['consultant', 'model', 'note'] } });
		await confirmed(draft.id);
		expect(await everybody()).toContainEqual(['Ana', '13800138000', null]);
	});

	it('in GBK is read as such, and a wrong guess is put right', async () => {
		const draft = await uploaded(gbkBytes('客户姓名,联系电话\r\n王芳,13800138000\r\n'));
		expect(draft.draft).toMatchObject({ encoding: 'gb18030', rows: { ok: 1 } });
		const wrong = await (await ask('PATCH', `${at}/${draft.id}`, { encoding: 'utf-8' })).json();
		expect(wrong).not.toMatchObject({ draft: { missing: [] } });
		expect(await (await ask('PATCH', `${at}/${draft.id}`, { encoding: 'gb18030' })).json()).toMatchObject({
			draft: { missing: [], rows: { ok: 1 } },
		});
	});

	it('with formulas is marked by row, and refused where they were never calculated', async () => {
		const inline = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
		const file = zip(
			parts({
				客户:
					`<row r="1">${inline('姓名')}${inline('手机')}</row>` +
					`<row r="2"><c t="str"><f>A9</f><v>王芳</v></c><c><v>13800138000</v></c></row>` +
					`<row r="4"><c t="str"><f>A9</f></c><c><v>13800138001</v></c></row>`,
			}),
		);
		const draft = await uploaded(file, '客户.xlsx');
		expect((await rowsOf(draft.id)).rows).toMatchObject([
			{ row: 2, state: 'warning', values: { name: '王芳', telephone: '13800138000' }, issues: [{ code: 'formula' }] },
			{ row: 4, state: 'error', issues: [{ code: 'formula-without-value' }] },
		]);
	});

	it('is forgotten when cancelled, replaced by the next upload, and nobody else’s business', async () => {
		const first = await uploaded('姓名\n甲\n');
		const second = await uploaded('姓名\n乙\n');
		expect(await refusal(await ask('GET', `${at}/${first.id}`))).toEqual([404, 'no-such-import']);
		expect((await ask('DELETE', `${at}/${second.id}`)).status).toBe(204);
		expect(await refusal(await ask('POST', `${at}/${second.id}/confirm`))).toEqual([404, 'no-such-import']);
		expect(await everybody()).toEqual([['李雷', null, 'bo']]);
		for (const staff of ['anna', 'chen']) expect((await send('姓名\n甲\n', 'a.csv', at, await house.cookie(staff))).status).toBe(403);
		expect((await send('工号,姓名,岗位\na1,新人,销售顾问\n', 'a.csv', '/api/imports/staff')).status).toBe(403);
	});
});

describe('3,000 customers', () => {
	it('stop being written when cancelled, and none of them stays', async () => {
		const draft = await uploaded(await dealerFile(3000), '客户.xlsx');
		await ask('POST', `${at}/${draft.id}/confirm`);
		for (;;) {
			const { progress, state } = await view(draft.id);
			if (state !== 'writing') throw new Error('too fast to be cancelled');
			if ((progress?.done ?? 0) > 0) break;
		}
		expect((await house.log.customers()).length).toBeGreaterThan(1);
		expect((await ask('DELETE', `${at}/${draft.id}`)).status).toBe(204);
		expect(await everybody()).toEqual([['李雷', null, 'bo']]);
		expect(await events()).toEqual([]);
		expect(((await (await ask('GET', at)).json()) as ImportsAnswer).imports).toEqual([]);
	}, 60_000);
});

describe('everybody', () => {
	it.each(['xlsx', 'csv'] as const)('goes out as %s, recorded, and comes back as it was', async (format) => {
		const names = ['=1+1', '+86', '@SUM(A1)', 'constructor', '王"芳"', "O'Neil", '逗,号'];
		await house.log.append(
			[],
			names.map(
				(name, index) =>
					({ table: 'customers', id: `n${index}`, name, telephone: `1380013800${index}`, consultant: index % 2 ? 'anna' : null }) as const,
			),
		);
		await house.log.append([], [{ table: 'customer_notes', id: 'n4', model: 'Y7', note: '-急' }]);
		const answer = await ask('GET', `/api/exports/customers?format=${format}`);
		expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="customers.${format}"`);
		const bytes = new Uint8Array(await answer.arrayBuffer());
		if (format === 'csv') {
			expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
			const text = Buffer.from(bytes).toString();
			expect(text).toContain(`"'=1+1"`);
			expect(text).toContain(`"'@SUM(A1)"`);
		}
		expect(await events()).toEqual([{ type: 'person.exported', body: { person: null, purpose: 'export' } }]);

		const again = await uploaded(bytes, `customers.${format}`);
		await ask('PATCH', `${at}/${again.id}`, { duplicates: 'update' });
		// Whoever has a telephone is known and would not change.
		const { rows } = await rowsOf(again.id);
		expect(rows.filter(({ known }) => known).map(({ would, known, values }) => [would, known?.name, values.name])).toEqual(
			names.toSorted().map((name) => ['skip', name, name]),
		);
		expect(rows.find(({ values }) => values.name === '王"芳"')?.values).toMatchObject({ model: 'Y7', note: '-急' });
	});

	it('of the staff too, by administrators only', async () => {
		await house.log.append([], [{ table: 'staff', id: 'boss', name: '老板', role: 'administrator', onDuty: false }]);
		await house.access.stop();
		await house.access.start();
		const boss = await house.cookie('boss');
		const path = '/api/imports/staff';
		const draft = await uploaded(
			'工号,姓名,岗位,在岗\nx1,新人,销售顾问,是\nbo,薄一波,服务顾问,否\n,怪人,清洁工,\n',
			'员工.csv',
			path,
			boss,
		);
		expect(draft.draft).toMatchObject({ rows: { total: 3, error: 1 }, would: { added: 1, updated: 0, skipped: 1 } });
		expect(await refusal(await ask('PATCH', `${path}/${draft.id}`, { duplicates: 'keep-both' }, boss))).toEqual([400, 'invalid']);
		await ask('PATCH', `${path}/${draft.id}`, { duplicates: 'update' }, boss);
		await confirmed(draft.id, path, boss);
		const staff = async () => Object.fromEntries((await house.log.staff()).map(({ id, role, onDuty }) => [id, `${role} ${onDuty}`]));
		expect(await staff()).toMatchObject({ x1: 'consultant true', bo: 'adviser false' });
		expect(house.access.accounts.list().map(({ id }) => id)).toContain('x1');
		expect(await undone(draft.id, path, boss)).toMatchObject({ undone: { removed: 1, restored: 1 } });
		expect(await staff()).toMatchObject({ bo: 'consultant true' });
		expect(await staff()).not.toHaveProperty('x1');
		const csv = Buffer.from(await (await ask('GET', '/api/exports/staff?format=csv', undefined, boss)).arrayBuffer()).toString();
		expect(csv).toContain('"陈静","chen","adviser","yes"');
	});
});

it('the rows of the test file are those of a dealer', () => {
	expect(new Set(Array.from({ length: 14_200 }, (_, index) => customer(index)[1])).size).toBe(14_200);
});
