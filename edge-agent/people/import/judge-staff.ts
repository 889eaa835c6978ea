import type { Role } from '../../contract/vocabulary.js';
import { normalName } from './consultants.js';
import { type JudgedRow, type Judging, RowUnderJudgement, type StaffTexts, type Write } from './judged.js';
import type { TableRow } from './table.js';

export interface StoredStaff extends StaffTexts {
	readonly id: string;
}

/** What dealer systems call the roles; the first of each is what an export writes in Chinese. */
const roleWords: { readonly [R in Exclude<Role, 'kiosk'>]: readonly string[] } = {
	consultant: ['销售顾问', 'consultant', '顾问', '销售', '销售员', '销售专员', '高级销售顾问', 'salesconsultant', 'sales', 'salesperson'],
	adviser: ['服务顾问', 'adviser', 'advisor', '售后顾问', '售后', 'serviceadviser', 'serviceadvisor', 'service'],
	reception: ['前台', 'reception', '接待', '前台接待', '迎宾', 'receptionist', 'host'],
	manager: ['经理', 'manager', '销售经理', '展厅经理', '店长', '总经理', '销售主管', 'storemanager', 'salesmanager'],
	administrator: ['管理员', 'administrator', '系统管理员', 'admin'],
	installer: ['安装员', 'installer', '安装工程师', '实施'],
};
const roleOf = new Map(Object.entries(roleWords).flatMap(([role, words]) => words.map((word) => [word, role as Role] as const)));
const yes = new Set(['是', '在岗', '在职', '当班', '正常', '启用', 'y', 'yes', 'true', '1', 'active', 'on', 'onduty', '√']);
const no = new Set(['否', '不在岗', '离岗', '离职', '休假', '停用', '禁用', 'n', 'no', 'false', '0', 'inactive', 'off', 'offduty', '×']);

export function roleWord(role: Role, language: 'zh' | 'en'): string {
	return role === 'kiosk' ? role : (roleWords[role][language === 'zh' ? 0 : 1] ?? role);
}

/** Each row of staff: what is wrong with it, and what confirming would write. The role of an administrator is never changed by a file. */
export function judgeStaff(
	rows: readonly TableRow[],
	{ fields, duplicates }: Judging,
	stored: readonly StoredStaff[],
): JudgedRow<StaffTexts>[] {
	const seen = new Set<string>();
	return rows.map((row) => {
		const judging = new RowUnderJudgement(row, fields);
		const name = judging.name();
		const role = roleIn(judging);
		const onDuty = onDutyIn(judging);
		const id = idIn(judging);
		if (judging.failed) return judging.judged({ known: null, repeats: false, write: null });

		const key = id ?? normalName(name);
		const repeats = seen.has(key);
		seen.add(key);
		if (repeats) judging.warn('repeated', id === null ? 'name' : 'id');
		const matches = stored.filter((person) => (id === null ? normalName(person.name) === normalName(name) : person.id === id));
		const [known = null] = matches;
		if (matches.length > 1) judging.warn('known-several', 'name');
		const write = repeats || matches.length > 1 ? null : whatToWrite({ id, name, role, onDuty }, duplicates, known);
		return judging.judged({ known: known && { id: known.id, name: known.name }, repeats, write });
	});
}

function roleIn(judging: RowUnderJudgement): Role | null {
	const text = judging.text('role');
	if (text === null) {
		judging.warn('role-missing', 'role');
		return null;
	}
	const role = roleOf.get(normalName(text));
	if (role === undefined) judging.error('role-unknown', 'role');
	return role ?? null;
}

function onDutyIn(judging: RowUnderJudgement): boolean | null {
	const text = judging.text('onDuty');
	if (text === null) return null;
	const word = text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
	if (yes.has(word)) return true;
	if (no.has(word)) return false;
	judging.warn('on-duty-unclear', 'onDuty');
	return null;
}

function idIn(judging: RowUnderJudgement): string | null {
	const text = judging.text('id')?.toLowerCase() ?? null;
	if (text === null || /^[a-z0-9][a-z0-9-]{0,35}$/.test(text)) return text;
	judging.warn('id-replaced', 'id');
	return null;
}

interface InFile {
	readonly id: string | null;
	readonly name: string;
	readonly role: Role | null;
	readonly onDuty: boolean | null;
}

function whatToWrite(
	{ id, name, role, onDuty }: InFile,
	duplicates: Judging['duplicates'],
	known: StoredStaff | null,
): Write<StaffTexts> | null {
	if (known === null) return { id, before: null, after: { name, role: role ?? 'consultant', onDuty: onDuty ?? true } };
	// Nothing of a member of staff is ever empty.
	if (duplicates !== 'update') return null;
	const { id: knownId, ...before } = known;
	const after = { name, role: known.role === 'administrator' ? known.role : (role ?? known.role), onDuty: onDuty ?? known.onDuty };
	const same = after.name === before.name && after.role === before.role && after.onDuty === before.onDuty;
	return same ? null : { id: knownId, before, after };
}
