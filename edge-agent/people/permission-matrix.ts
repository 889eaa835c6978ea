import { scopeSchema, staffRoleSchema } from '../contract/access.api.js';
import type { Role } from '../contract/vocabulary.js';
import { permissions, refusal } from './permissions.js';
import { nobody, type Principal } from './principal.js';

export interface Column {
	readonly title: string;
	readonly principal: Principal;
}

const person = (role: Role, device: string | null): Principal => ({
	kind: 'staff',
	staff: role,
	role,
	session: device === null ? role : null,
	device,
});

/** Everybody whom the table tells apart: nobody, each role, each device, a token of each scope, and one without any. */
export const columns: readonly Column[] = [
	{ title: 'nobody', principal: nobody },
	...staffRoleSchema.options.map((role) => ({ title: role, principal: person(role, null) })),
	{ title: "consultant's phone", principal: person('consultant', 'phone') },
	...(['kiosk', 'board'] as const).map(
		(deviceKind): Column => ({ title: deviceKind, principal: { kind: 'device', device: deviceKind, deviceKind } }),
	),
	...scopeSchema.options.map((scope): Column => ({ title: `token ${scope}`, principal: { kind: 'token', token: scope, scopes: [scope] } })),
];

/** The permission table as Markdown, a row for each route and socket message. */
export function permissionMatrix(): string {
	const head = ['', ...columns.map(({ title }) => title)];
	const rows = Object.keys(permissions).map((key) => [
		`\`${key}\``,
		...columns.map(({ principal }) => (refusal(principal, key) === null ? '✓' : '')),
	]);
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, index) => (index === 0 ? '---' : ':-:'))), ...rows.map(line)].join('\n');
}

const BEGIN = '<!-- Made by `npm run security-matrix` from edge-agent/people/permissions.ts -->';
const END = '<!-- end -->';

/** A page with the matrix between its two marks as it is now. @throws Error when they are not there */
export function withMatrix(page: string): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error('the page has no place for the matrix');
	return `${page.slice(0, begin + BEGIN.length)}\n\n${permissionMatrix()}\n\n${page.slice(end)}`;
}
