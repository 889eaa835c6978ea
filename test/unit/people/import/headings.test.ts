import { describe, expect, it } from 'vitest';
import { findHeadings, normalHeading } from '../../../../edge-agent/people/import/headings.js';
import type { TableRow } from '../../../../edge-agent/people/import/table.js';

const rows = (...lines: string[][]): TableRow[] => lines.map((cells, index) => ({ number: index + 1, cells }));
const person = ['王芳', '13800138000', '李雷'];

describe('the row of headings', () => {
	it.each([
		[
			['姓名', '手机', '销售顾问'],
			['name', 'telephone', 'consultant'],
		],
		[
			['客户姓名', '手机号', '所属顾问'],
			['name', 'telephone', 'consultant'],
		],
		[
			['* 客户名称（必填）', '联系电话 ', '归属顾问'],
			['name', 'telephone', 'consultant'],
		],
		[
			['Name', 'Mobile', 'Consultant'],
			['name', 'telephone', 'consultant'],
		],
		[
			['Customer Name', 'Phone No.', 'Sales Consultant'],
			['name', 'telephone', 'consultant'],
		],
		[
			['序号', '电话', '客户', '意向车型', '备注'],
			[null, 'telephone', 'name', 'model', 'note'],
		],
		// Of two columns that say the same, the first has it.
		[
			['姓名', '手机', '联系电话'],
			['name', 'telephone', null],
		],
	])('%j is understood', (headings, fields) => {
		expect(findHeadings(rows(headings, person), 'customers')).toMatchObject({ index: 0, fields });
	});

	it('is found below a title', () => {
		expect(findHeadings(rows(['客户档案表 2026'], ['导出时间', '2026-01-01'], ['姓名', '手机'], person), 'customers')?.index).toBe(2);
	});

	it('is the first row when nobody knows its words, so that somebody can say what they mean', () => {
		expect(findHeadings(rows(['Nombre', 'Teléfono'], ['Ana', '13800138000']), 'customers')).toMatchObject({
			index: 0,
			fields: [null, null],
		});
	});

	it('is missing when the first row is a person already', () => {
		expect(findHeadings(rows(person, person), 'customers')).toBe(null);
		expect(findHeadings([], 'customers')).toBe(null);
	});

	it('differs for staff', () => {
		expect(findHeadings(rows(['工号', '姓名', '岗位', '是否在职'], ['a1', '李雷', '销售顾问', '是']), 'staff')?.fields).toEqual([
			...['id', 'name', 'role', 'onDuty'],
		]);
	});

	it('is compared without signs, case and brackets', () => {
		expect(normalHeading(' *Mobile No.（required） ')).toBe('mobileno');
	});
});
