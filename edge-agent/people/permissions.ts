import type { Scope } from '../contract/access.api.js';
import type { Role } from '../contract/vocabulary.js';
import type { Principal } from './principal.js';

/**
 * Who an entry lets in. A role: members of staff who have it, signed in. `kiosk`, `board`: the paired device. `phone`: a consultant's
 * paired phone, if its owner's role is let in as well. `read:…`, `write:…`: API tokens with this scope. `everybody`: nobody signed in, too.
 */
export type Allowed = Role | 'board' | 'phone' | Scope | 'everybody';

const everybody: readonly Allowed[] = ['everybody'];
/** Everybody who works here. */
const staff: readonly Allowed[] = ['consultant', 'adviser', 'reception', 'manager', 'administrator', 'installer'];
/** Those who receive visitors, and their phones. */
const floor: readonly Allowed[] = ['consultant', 'adviser', 'reception', 'manager', 'administrator', 'phone'];
/** The same, at a screen of the house: not on a phone. */
const floorStaff: readonly Allowed[] = ['consultant', 'adviser', 'reception', 'manager', 'administrator'];
/** Those who walk up to a visitor, and their phones. */
const receiving: readonly Allowed[] = ['consultant', 'adviser', 'reception', 'manager', 'phone'];
const desk: readonly Allowed[] = ['reception', 'manager', 'administrator'];
const management: readonly Allowed[] = ['manager', 'administrator'];
const administrator: readonly Allowed[] = ['administrator'];
const installation: readonly Allowed[] = ['administrator', 'installer'];

/**
 * The one permission table: every HTTP route as `METHOD /path` as it is registered, every message a socket may send as `socket
 * /namespace message` (`connect` is the connection itself). The server does not start with a route or message that is not here, nor with an
 * entry that is no route or message.
 */
export const permissions: Readonly<Record<string, readonly Allowed[]>> = {
	// Pages hold no data; what they show they ask for.
	'GET /kiosk': everybody,
	'GET /kiosk/*': everybody,
	'GET /*': everybody,
	'GET /ca.crt': everybody,
	'GET /problems/:code': everybody,
	'GET /api/openapi.json': everybody,
	'GET /api/docs': everybody,
	'GET /healthz': everybody,
	'GET /readyz': everybody,
	'GET /metrics': [...management, 'read:metrics'],

	// Coming in
	'GET /api/me': everybody,
	'POST /api/setup': everybody,
	'POST /api/sign-in': everybody,
	'POST /api/sign-in/link': everybody,
	'POST /api/sign-in/password': everybody,
	'POST /api/pair': everybody,
	'POST /api/sign-out': staff,
	'POST /api/me/password': staff,
	'POST /api/me/totp': staff,
	'POST /api/me/totp/confirm': staff,
	'POST /api/me/totp/remove': staff,
	'GET /api/me/sessions': staff,
	'DELETE /api/me/sessions/:id': staff,

	// Who may come in
	'GET /api/staff': management,
	'POST /api/staff': administrator,
	'PATCH /api/staff/:id': administrator,
	'POST /api/staff/:id/password-code': administrator,
	'DELETE /api/staff/:id/totp': administrator,
	'GET /api/sessions': administrator,
	'DELETE /api/sessions/:id': administrator,
	'GET /api/devices': administrator,
	'POST /api/devices/codes': administrator,
	'DELETE /api/devices/:id': administrator,
	'GET /api/tokens': administrator,
	'POST /api/tokens': administrator,
	'DELETE /api/tokens/:id': administrator,

	// The floor
	'GET /api/showroom': [...floor, 'installer', 'board', 'read:visits'],
	'GET /api/visits': [...floor, 'read:visits'],
	'GET /api/alerts': [...floor, 'board', 'read:visits'],
	'POST /api/alerts/:id/accept': floor,
	'POST /api/alerts/:id/greet': floor,
	'POST /api/alerts/:id/decline': floor,
	'POST /api/alerts/:id/release': floor,
	'POST /api/alerts/:id/close': floor,
	'GET /api/alerts/:id/photograph': receiving,
	'POST /api/alerts/:id/assign': desk,
	'GET /api/alerts/:id/why': floor,
	'POST /api/visits': desk,
	'GET /api/visits/:id': [...floor, 'read:visits'],
	'POST /api/visits/:id/close': floor,
	'POST /api/visits/:id/hand-over': floor,
	'POST /api/visits/:id/notes': floor,
	'GET /api/visits/:id/outcome': floor,
	'POST /api/visits/:id/outcome': floor,
	'POST /api/visits/:id/reassign': desk,
	'POST /api/visits/:id/merge': management,
	'POST /api/visits/:id/split': management,
	'POST /api/visits/:id/correct': management,

	// Who takes visitors, who is expected, what is still to be done
	'GET /api/reception': [...floor, 'board'],
	'POST /api/duty': floor,
	'POST /api/duty/free': floor,
	'PUT /api/rotas/:id': management,
	'GET /api/customers/:id/wishes': floorStaff,
	'PUT /api/customers/:id/wishes': floorStaff,
	'GET /api/guests': floor,
	'POST /api/guests': floor,
	'POST /api/guests/:id/cancel': floor,
	'GET /api/tasks': floor,
	'POST /api/tasks/:id/done': floor,
	'GET /api/log': [...management, 'read:log'],
	'GET /api/figures': [...management, 'read:visits'],
	'GET /api/summaries': [...management, 'read:visits'],
	'GET /api/summaries/:day': [...management, 'read:visits'],
	'GET /api/summaries/:day/page': management,
	'socket /desk connect': [...floor, 'installer', 'board'],
	'socket /desk present': [...floor, 'installer', 'board'],
	'socket /desk watch': [...floor, 'installer'],
	'socket /desk calibrate': installation,

	// Customers
	'GET /api/customers': [...floorStaff, 'read:customers'],
	'GET /api/customers/:id': [...floorStaff, 'read:customers'],
	'POST /api/customers': [...floorStaff, 'write:customers'],
	'PATCH /api/customers/:id': [...floorStaff, 'write:customers'],

	// Setting the store up
	'GET /api/settings': installation,
	'POST /api/settings': installation,
	'GET /api/recogniser': installation,
	'POST /api/recogniser': installation,
	'POST /api/cameras': installation,
	'POST /api/cameras/:id': installation,
	'POST /api/cameras/:id/remove': installation,

	// Messages to group robots and other programs
	'GET /api/webhooks': installation,
	'POST /api/webhooks/:id/test': administrator,

	// The kiosk; reception and managers check visitors in by hand
	'POST /api/checkins': [...desk, 'kiosk', 'write:checkins'],
	'GET /api/hosts': [...desk, 'kiosk', 'write:checkins'],
	'GET /api/brochures': [...floor, 'kiosk'],
	'GET /api/brochures/:id/pictures/:name': [...floor, 'kiosk'],
	'POST /api/brochures/:id/views': [...desk, 'kiosk'],
	'GET /api/face-checkins': ['kiosk'],
	'POST /api/face-checkins': ['kiosk'],
	'POST /api/face-checkins/:id/frames': ['kiosk'],
	'DELETE /api/face-checkins/:id': ['kiosk'],
	'POST /api/face-checkins/:id/confirm': ['kiosk'],

	// Files in and out
	'GET /api/imports/customers': management,
	'POST /api/imports/customers': management,
	'GET /api/imports/customers/:id': management,
	'PATCH /api/imports/customers/:id': management,
	'DELETE /api/imports/customers/:id': management,
	'GET /api/imports/customers/:id/rows': management,
	'POST /api/imports/customers/:id/confirm': management,
	'POST /api/imports/customers/:id/undo': management,
	'GET /api/exports/customers': management,
	'GET /api/imports/staff': administrator,
	'POST /api/imports/staff': administrator,
	'GET /api/imports/staff/:id': administrator,
	'PATCH /api/imports/staff/:id': administrator,
	'DELETE /api/imports/staff/:id': administrator,
	'GET /api/imports/staff/:id/rows': administrator,
	'POST /api/imports/staff/:id/confirm': administrator,
	'POST /api/imports/staff/:id/undo': administrator,
	'GET /api/exports/staff': administrator,

	// Consent: whoever receives people may take it and must be able to take it back
	'GET /api/consent/notices': floorStaff,
	'GET /api/consent/notices/:hash': floorStaff,
	'POST /api/consent/notices': administrator,
	'GET /api/consent/summary': management,
	'GET /api/consent/expiring': desk,
	'GET /api/consent/missing': management,
	'GET /api/consent/people/:id': floorStaff,
	'POST /api/consent/people/:id/grants': floorStaff,
	'POST /api/consent/people/:id/withdrawals': floorStaff,
	'POST /api/consent/people/:id/photographs': floorStaff,
	'GET /api/consent/people/:id/records': management,
	'GET /api/recognition/trigger': [...management, 'installer'],
	'PUT /api/recognition/trigger': administrator,
};

/** Why somebody may not; null when they may. */
export type Refusal = 'sign-in-needed' | 'not-allowed';

/** What the table says to `principal` about one of its keys. A key that is not there lets nobody in. */
export function refusal(principal: Principal, key: string): Refusal | null {
	const allowed = Object.hasOwn(permissions, key) ? permissions[key] : undefined;
	if (allowed && (allowed.includes('everybody') || lets(allowed, principal))) return null;
	return principal.kind === 'nobody' ? 'sign-in-needed' : 'not-allowed';
}

function lets(allowed: readonly Allowed[], principal: Principal): boolean {
	switch (principal.kind) {
		case 'nobody':
			return false;
		case 'staff':
			// The role `kiosk` is the paired kiosk's and no person's.
			return principal.role !== 'kiosk' && allowed.includes(principal.role) && (principal.device === null || allowed.includes('phone'));
		case 'device':
			return allowed.includes(principal.deviceKind);
		case 'token':
			return principal.scopes.some((scope) => allowed.includes(scope));
	}
}

/**
 * Holds what is served against the table.
 * @throws Error naming each route or message without an entry, and each entry without a route or message
 */
export function checkPermissions(served: readonly string[], table: Readonly<Record<string, readonly Allowed[]>> = permissions): void {
	const keys = new Set(served);
	const missing = [...keys].filter((key) => !Object.hasOwn(table, key));
	const idle = Object.keys(table).filter((key) => !keys.has(key));
	if (missing.length === 0 && idle.length === 0) return;
	const lines = [
		...missing.map((key) => `  ${key}: has no entry, so nobody has decided who may use it`),
		...idle.map((key) => `  ${key}: has an entry, but nothing answers to it`),
	];
	throw new Error(`the permission table (edge-agent/people/permissions.ts) and what is served differ:\n${lines.join('\n')}`);
}
