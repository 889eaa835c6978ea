import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scopeSchema } from '../../../edge-agent/contract/access.api.js';
import { withMatrix } from '../../../edge-agent/people/permission-matrix.js';
import { checkPermissions, permissions, refusal } from '../../../edge-agent/people/permissions.js';

describe('the permission table', () => {
	it('stands in docs/security.md as it is; else: npm run build, npm run security-matrix', () => {
		const page = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8');
		expect(page).toBe(withMatrix(page));
	});

	it('has a use for every scope', () => {
		const used = new Set(Object.values(permissions).flat());
		for (const scope of scopeSchema.options) expect([scope, used.has(scope)]).toEqual([scope, true]);
	});

	it('names what is served without an entry, and entries that nothing answers to', () => {
		const table = { 'GET /api/a': ['everybody'], 'GET /api/b': [] } as const;
		expect(() => checkPermissions(['GET /api/a', 'GET /api/b'], table)).not.toThrow();
		expect(() => checkPermissions(['GET /api/a', 'GET /api/b', 'POST /api/c'], table)).toThrow('POST /api/c');
		expect(() => checkPermissions(['GET /api/a'], table)).toThrow('GET /api/b');
	});

	it('lets nobody in to what it does not name, not even by the names that every object has', () => {
		const administrator = { kind: 'staff', staff: 'a', role: 'administrator', session: 's', device: null } as const;
		for (const key of ['GET /api/none', 'constructor', '__proto__', 'toString']) expect(refusal(administrator, key)).toBe('not-allowed');
		expect(refusal({ ...administrator, role: 'kiosk' }, 'POST /api/checkins')).toBe('not-allowed');
	});

	it('limits a phone to the floor, and to what its owner may', () => {
		const phone = { kind: 'staff', staff: 'a', role: 'manager', session: null, device: 'd' } as const;
		expect(refusal(phone, 'POST /api/alerts/:id/accept')).toBeNull();
		expect(refusal(phone, 'GET /api/staff')).toBe('not-allowed');
		expect(refusal({ ...phone, role: 'installer' }, 'POST /api/alerts/:id/accept')).toBe('not-allowed');
	});
});
