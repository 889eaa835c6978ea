import type { ImportField, ImportKind } from '../../contract/import.api.js';
import { type TableRow, textOf } from './table.js';

/** How dealer systems head their columns; compared without spaces, signs and what stands in brackets. The first words are what an export writes. */
const words: { readonly [K in ImportKind]: { readonly [F in ImportField]?: readonly string[] } } = {
	customers: {
		name: [
			'姓名',
			'name',
			'客户姓名',
			'客户名称',
			'客户名',
			'客户',
			'联系人',
			'联系人姓名',
			'车主',
			'车主姓名',
			'潜客姓名',
			'顾客姓名',
			'customername',
			'customer',
			'fullname',
			'contact',
			'contactname',
			'clientname',
		],
		telephone: [
			'手机',
			'telephone',
			'手机号',
			'手机号码',
			'电话',
			'电话号码',
			'联系电话',
			'联系方式',
			'移动电话',
			'客户电话',
			'客户手机',
			'客户手机号',
			'联系人电话',
			'联系人手机',
			'主要电话',
			'电话1',
			'手机1',
			'mobile',
			'mobilephone',
			'mobilenumber',
			'mobileno',
			'phone',
			'phonenumber',
			'phoneno',
			'tel',
			'telno',
			'cell',
			'cellphone',
			'contactnumber',
		],
		consultant: [
			'销售顾问',
			'consultant',
			'所属顾问',
			'归属顾问',
			'所属销售',
			'归属销售',
			'跟进顾问',
			'负责顾问',
			'顾问',
			'顾问姓名',
			'销售顾问姓名',
			'销售员',
			'销售',
			'业务员',
			'负责人',
			'归属人',
			'跟进人',
			'所属人',
			'salesconsultant',
			'salesperson',
			'salesrep',
			'salesman',
			'sales',
			'owner',
			'assignedto',
			'adviser',
			'advisor',
		],
		model: [
			'意向车型',
			'model',
			'意向车系',
			'意向车',
			'车型',
			'车系',
			'关注车型',
			'关注车系',
			'拟购车型',
			'modelofinterest',
			'interestedmodel',
			'vehicle',
			'vehiclemodel',
			'carmodel',
			'car',
		],
		note: [
			'备注',
			'note',
			'备注信息',
			'备注说明',
			'说明',
			'跟进备注',
			'客户备注',
			'描述',
			'notes',
			'remark',
			'remarks',
			'comment',
			'comments',
			'memo',
		],
	},
	staff: {
		name: [
			'姓名',
			'name',
			'员工姓名',
			'员工',
			'员工名称',
			'顾问姓名',
			'人员姓名',
			'staffname',
			'employeename',
			'employee',
			'fullname',
			'staff',
		],
		id: [
			'工号',
			'id',
			'员工编号',
			'员工号',
			'人员编号',
			'编号',
			'账号',
			'用户名',
			'staffid',
			'employeeid',
			'employeeno',
			'username',
			'login',
		],
		role: ['岗位', 'role', '职位', '职务', '角色', '岗位名称', '职务名称', 'position', 'jobtitle', 'title', 'job'],
		onDuty: ['在岗', 'onduty', '是否在岗', '当班', '值班', '是否在职', '在职', '状态', 'active', 'status'],
	},
};

const byWord = {
	customers: index('customers'),
	staff: index('staff'),
};

/** The fields of a kind, in the order in which an export has them. */
export function fieldsOf(kind: ImportKind): readonly ImportField[] {
	return Object.keys(words[kind]) as ImportField[];
}

/** What an export writes above a field. */
export function headingOf(kind: ImportKind, field: ImportField, language: 'zh' | 'en'): string {
	return words[kind][field]?.[language === 'zh' ? 0 : 1] ?? field;
}

export interface Headings {
	/** Where in the rows they stand. */
	readonly index: number;
	/** The field of each column; of two columns that say the same, the first has it. */
	readonly fields: readonly (ImportField | null)[];
}

/** Headings may stand below a title. */
const SEARCHED_ROWS = 10;

/** The row of headings: of the first ten, the one with most words that are known; else the first, if it holds nothing but words. null: there is none. */
export function findHeadings(rows: readonly TableRow[], kind: ImportKind): Headings | null {
	const candidates = rows.slice(0, SEARCHED_ROWS).map((row, at) => {
		const fields = guessFields(row, kind);
		return { index: at, fields, known: fields.filter((field) => field !== null).length };
	});
	const best = candidates.toSorted((a, b) => b.known - a.known || a.index - b.index)[0];
	if (best && best.known > 0) return best;
	const first = rows[0];
	const texts = first?.cells.map(textOf).filter((text) => text !== '') ?? [];
	return best &&
		texts.length > 1 &&
		!texts.some((text) => /\d{5}/.test(text)) &&
		texts.every((text) => text.length <= 30) &&
		rows.length > 1 &&
		someNumbersBelow(rows)
		? best
		: null;
}

/** Whether what stands below the first row looks like people: then the first row does not, and heads them. */
function someNumbersBelow(rows: readonly TableRow[]): boolean {
	return rows.slice(1, SEARCHED_ROWS).some(({ cells }) => cells.some((cell) => /\d{5}/.test(textOf(cell))));
}

function guessFields(row: TableRow, kind: ImportKind): (ImportField | null)[] {
	const taken = new Set<ImportField>();
	return row.cells.map((cell) => {
		const field = byWord[kind].get(normalHeading(textOf(cell))) ?? null;
		if (field === null || taken.has(field)) return null;
		taken.add(field);
		return field;
	});
}

/** Without case, spaces, signs, and what stands in brackets: `*手机号码（必填）` is 手机号码. */
export function normalHeading(text: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
		.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function index(kind: ImportKind): ReadonlyMap<string, ImportField> {
	return new Map(fieldsOf(kind).flatMap((field) => words[kind][field]?.map((word) => [word, field] as const) ?? []));
}
