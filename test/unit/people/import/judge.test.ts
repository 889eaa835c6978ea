import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Duplicates, ImportField } from '../../../../edge-agent/contract/import.api.js';
import { Consultants } from '../../../../edge-agent/people/import/consultants.js';
import { byTelephone, judgeCustomers, type StoredCustomer } from '../../../../edge-agent/people/import/judge-customers.js';
import { judgeStaff } from '../../../../edge-agent/people/import/judge-staff.js';
import { wouldDo } from '../../../../edge-agent/people/import/judged.js';
import type { Cell } from '../../../../edge-agent/people/import/table.js';

const fields: ImportField[] = ['name', 'telephone', 'consultant', 'model', 'note'];
const staff = [
	{ id: 'lei', name: '李雷', role: 'consultant', onDuty: true },
	{ id: 'mei', name: '韩梅梅', role: 'consultant', onDuty: true },
	{ id: 'wei-1', name: '王伟', role: 'consultant', onDuty: true },
	{ id: 'wei-2', name: '王伟', role: 'adviser', onDuty: true },
] as const;
const stored: StoredCustomer[] = [
	{ id: 'c1', name: '王芳', telephone: '138 0013 8000', consultant: null, model: 'Y7', note: null },
	{ id: 'c2', name: '张三', telephone: '13900139000', consultant: 'lei', model: null, note: null },
	{ id: 'c3', name: '李四', telephone: '13700137000', consultant: null, model: null, note: null },
	{ id: 'c4', name: '李五', telephone: '+86 13700137000', consultant: null, model: null, note: null },
];

function judge(lines: Cell[][], { duplicates = 'fill' as Duplicates, chosen = {} as Record<string, string | null> } = {}) {
	const rows = lines.map((cells, index) => ({ number: index + 2, cells }));
	const judging = { fields, duplicates, consultants: new Map(Object.entries(chosen)) };
	return judgeCustomers(rows, judging, byTelephone(stored), new Consultants(staff));
}
const codes = (lines: Cell[][]) => judge(lines).map(({ issues }) => issues.map(({ code }) => code));

describe('a row of customers', () => {
	it('is written as it reads when all is right', () => {
		expect(judge([['新客', '138-1111-2222', '李雷', 'Y7', '周末来']])).toEqual([
			{
				...{ number: 2, state: 'ok', issues: [], known: null, repeats: false },
				values: { name: '新客', telephone: '13811112222', consultant: '李雷', model: 'Y7', note: '周末来' },
				write: {
					id: null,
					before: null,
					after: { name: '新客', telephone: '13811112222', consultant: 'lei', model: 'Y7', note: '周末来' },
				},
			},
		]);
	});

	it.each<[string, Cell[], string[], string]>([
		['without a name', ['', '13811112222'], ['name-missing'], 'error'],
		['with a name far too long', ['王'.repeat(41), '13811112222'], ['name-too-long'], 'error'],
		['with a shortened telephone', ['新客', '1.38E+10'], ['telephone-shortened'], 'error'],
		['with a formula', [{ text: '新客', mark: 'formula' }, '13811112222'], ['formula'], 'warning'],
		['with a formula never calculated', [{ text: '', mark: 'no-value' }, '13811112222'], ['formula-without-value'], 'error'],
		['with an error in a cell', ['#N/A', '13811112222'], ['cell-error'], 'error'],
		['with letters that cannot be read', ['\uFFFD芳', '13811112222'], ['not-readable'], 'error'],
		['without a telephone', ['新客', ''], ['telephone-missing'], 'warning'],
		['with columns mixed up', ['13811112222', '13811112223'], ['name-is-number'], 'warning'],
		['whose consultant is nobody’s name', ['新客', '13811112222', '不在的人'], ['consultant-unknown'], 'warning'],
		['whose consultant is two people', ['新客', '13811112222', '王伟'], ['consultant-ambiguous'], 'warning'],
		['with a note far too long', ['新客', '13811112222', '', '', 'x'.repeat(1001)], ['too-long'], 'error'],
	])('%s is told so', (_, cells, expected, state) => {
		expect(codes([cells])).toEqual([expected]);
		expect(judge([cells])[0]).toMatchObject({ state, write: state === 'error' ? null : {} });
	});

	it('finds consultants by name, id and as dealer systems write them', () => {
		for (const text of ['李雷', ' 李 雷', 'lei', '李雷(A01)', '李雷（销售一部）', '某人(lei)'])
			expect([text, judge([['新客', '13811112222', text]])[0]?.write?.after.consultant]).toEqual([text, 'lei']);
		expect(new Consultants(staff).find('李磊')).toEqual({ ambiguous: false, proposals: [{ id: 'lei', name: '李雷' }] });
		expect(new Consultants(staff).find('梅梅')).toMatchObject({ proposals: [{ id: 'mei' }] });
	});

	it('takes the consultant that somebody chose for a name', () => {
		expect(judge([['新客', '13811112222', '小李']], { chosen: { 小李: 'mei' } })[0]).toMatchObject({
			state: 'ok',
			write: { after: { consultant: 'mei' } },
		});
		expect(judge([['新客', '13811112222', '小李']], { chosen: { 小李: null } })[0]).toMatchObject({
			state: 'ok',
			write: { after: { consultant: null } },
		});
	});

	it.each<[Duplicates, object | null]>([
		['fill', { id: 'c1', after: { name: '王芳', telephone: '138 0013 8000', consultant: 'lei', model: 'Y7', note: '新备注' } }],
		['update', { id: 'c1', after: { name: '王小芳', telephone: '138 0013 8000', consultant: 'lei', model: 'Y9', note: '新备注' } }],
		['skip', null],
		['keep-both', { id: null, after: { name: '王小芳', telephone: '13800138000' } }],
	])('of somebody known, with %s', (duplicates, write) => {
		const [row] = judge([['王小芳', '13800138000', '李雷', 'Y9', '新备注']], { duplicates });
		expect(row).toMatchObject({ known: { id: 'c1', name: '王芳' }, state: 'ok' });
		if (write === null) expect(row?.write).toBe(null);
		else expect(row?.write).toMatchObject(write);
	});

	it('changes nothing when the store says the same already', () => {
		expect(judge([['张三', '13900139000', '李雷']], { duplicates: 'update' }).map(wouldDo)).toEqual(['skip']);
	});

	it('of a telephone that several have is the one of that name, or left alone', () => {
		expect(judge([['李五', '13700137000', '李雷']])[0]).toMatchObject({ known: { id: 'c4' }, write: { id: 'c4' } });
		expect(judge([['别人', '13700137000', '李雷']])[0]).toMatchObject({ issues: [{ code: 'known-several' }], write: null });
	});

	it('that comes again is skipped, unless both are to be kept', () => {
		const twice: Cell[][] = [
			['新客', '13811112222'],
			['', '13811112223'],
			['又一', '+86 138 1111 2222'],
			['丙', '13811112223'],
		];
		expect(judge(twice).map(wouldDo)).toEqual(['add', 'nothing', 'skip', 'add']);
		expect(judge(twice, { duplicates: 'keep-both' }).map(wouldDo)).toEqual(['add', 'nothing', 'add', 'add']);
	});

	it('never adds a telephone twice, and never loses what the store has, whatever the file holds', () => {
		const phone = fc.constantFrom('13800138000', '138-0013-8000', '13900139000', '13811112222', '13811112223', '1.38E+10', '');
		const line = fc.tuple(
			fc.constantFrom('王芳', '张三', '甲', '乙', ''),
			phone,
			fc.constantFrom('', '李雷', '无此人'),
			fc.constantFrom('', 'Y7'),
			fc.constantFrom('', 'n'),
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom<Duplicates>('fill', 'update', 'skip'), (lines, duplicates) => {
				const rows = judge(lines, { duplicates });
				const written = rows.flatMap(({ write }) => (write ? [write] : []));
				const added = written.filter(({ id }) => id === null).flatMap(({ after }) => after.telephone ?? []);
				expect(new Set(added).size).toBe(added.length);
				for (const { before, after } of written)
					for (const key of ['telephone', 'consultant', 'model', 'note'] as const) if (before?.[key]) expect(after[key]).not.toBe(null);
				expect(rows.every(({ state, write }) => state !== 'error' || write === null)).toBe(true);
				expect(rows.length).toBe(lines.length);
			}),
		);
	});
});

describe('a row of staff', () => {
	const judgeOne = (cells: string[], duplicates: Duplicates = 'fill') =>
		judgeStaff([{ number: 2, cells }], { fields: ['name', 'id', 'role', 'onDuty'], duplicates, consultants: new Map() }, [
			...staff,
			{ id: 'boss', name: '老板', role: 'administrator', onDuty: true },
		])[0];

	it.each([
		[['新人', 'a01', '销售顾问', '是'], { id: 'a01', after: { role: 'consultant', onDuty: true } }],
		[['新人', 'A02', '服务顾问', '离职'], { id: 'a02', after: { role: 'adviser', onDuty: false } }],
		[['新人', '', 'Manager', ''], { id: null, after: { role: 'manager', onDuty: true } }],
	])('%j is somebody new', (cells, write) => {
		expect(judgeOne(cells)).toMatchObject({ state: 'ok', write });
	});

	it.each([
		[['新人', '', '清洁工'], 'role-unknown', 'error'],
		[['新人', '', ''], 'role-missing', 'warning'],
		[['新人', '工号 1', '前台'], 'id-replaced', 'warning'],
		[['新人', '', '前台', '也许'], 'on-duty-unclear', 'warning'],
		[['王伟', '', '前台'], 'known-several', 'warning'],
	])('%j has %s: %s', (cells, code, state) => {
		expect(judgeOne(cells)).toMatchObject({ state, issues: [{ code }] });
	});

	it('of somebody known changes them only when told to, and no administrator’s role', () => {
		expect(judgeOne(['李雷', 'lei', '服务顾问', '否'])?.write).toBe(null);
		expect(judgeOne(['李雷', 'lei', '服务顾问', '否'], 'update')?.write).toMatchObject({
			id: 'lei',
			after: { role: 'adviser', onDuty: false },
		});
		expect(judgeOne(['老板', 'boss', '前台', '否'], 'update')?.write).toMatchObject({ after: { role: 'administrator', onDuty: false } });
	});
});
