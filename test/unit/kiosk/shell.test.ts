import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayNavigate, mayRequest } from '../../../kiosk/electron/navigation.js';
import { kioskPage, shellOptions } from '../../../kiosk/electron/options.js';
import { permissionAllowed } from '../../../kiosk/electron/permissions.js';
import { afterCrash, crashWindowMs, retryDelayMs } from '../../../kiosk/electron/recovery.js';
import { unreachablePage } from '../../../kiosk/electron/unreachable-page.js';

const agent = 'http://127.0.0.1:8080';

describe('where the shell may go', () => {
	it("is the agent's kiosk page only", () => {
		expect(mayNavigate(kioskPage(agent), agent)).toBe(true);
		expect(mayNavigate(`${agent}/kiosk/brochures?x=1#y`, agent)).toBe(true);
		for (const target of [
			`${agent}/`,
			`${agent}/kiosks/`,
			`${agent}/kiosk/../`,
			`${agent}/kiosk/%2e%2e/visits`,
			'https://127.0.0.1:8080/kiosk/',
			'http://127.0.0.1:8081/kiosk/',
			'http://127.0.0.1:8080.evil.example/kiosk/',
			'http://127.0.0.1:8080@evil.example/kiosk/',
			'http://user@127.0.0.1:8080/kiosk/',
			'file:///kiosk/',
			'data:text/html,x',
			'javascript:alert(1)',
			'about:blank',
			'',
		])
			expect(mayNavigate(target, agent), target).toBe(false);
	});

	it('asks nobody but the agent for anything', () => {
		for (const target of [`${agent}/api/hosts`, 'ws://127.0.0.1:8080/socket.io/', 'data:image/png;base64,x', `blob:${agent}/1`])
			expect(mayRequest(target, agent), target).toBe(true);
		for (const target of [
			'https://127.0.0.1:8080/',
			'wss://127.0.0.1:8080/',
			'http://example.com/',
			'file:///etc/passwd',
			'blob:http://x/1',
			'x',
		])
			expect(mayRequest(target, agent), target).toBe(false);
		expect(mayRequest('wss://box.lan/socket.io/', 'https://box.lan')).toBe(true);
	});
});

describe('permissions', () => {
	const ask = (permission: string, requester: string, ...mediaTypes: string[]) =>
		permissionAllowed({ permission, requester, mediaTypes }, agent);

	it('are the microphone for the agent, and nothing else', () => {
		expect(ask('media', `${agent}/kiosk/`, 'audio')).toBe(true);
		expect(ask('media', `${agent}/kiosk/`, 'audio', 'video')).toBe(false);
		expect(ask('media', `${agent}/kiosk/`, 'video')).toBe(false);
		expect(ask('media', `${agent}/kiosk/`)).toBe(false);
		expect(ask('media', 'http://example.com/', 'audio')).toBe(false);
		expect(ask('media', '', 'audio')).toBe(false);
	});

	it('are refused for every other name', () => {
		fc.assert(
			fc.property(fc.string(), (permission) => {
				fc.pre(permission !== 'media');
				expect(ask(permission, agent, 'audio')).toBe(false);
			}),
		);
		for (const permission of ['geolocation', 'notifications', 'openExternal', 'fullscreen', 'clipboard-read'])
			expect(ask(permission, agent, 'audio')).toBe(false);
	});
});

describe('recovery', () => {
	it('waits longer each time, up to 15 s', () => {
		expect([0, 1, 2, 3, 4, 100].map(retryDelayMs)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
	});

	it('reloads a crashed page, and starts anew when that did not help three times within five minutes', () => {
		let crashes: readonly number[] = [];
		const actions = [0, 1000, 2000, 3000].map((at) => {
			const decision = afterCrash(crashes, at);
			crashes = decision.crashes;
			return decision.action;
		});
		expect(actions).toEqual(['reload', 'reload', 'reload', 'relaunch']);
		expect(afterCrash(crashes, 3000 + crashWindowMs)).toMatchObject({ action: 'reload', crashes: [3000 + crashWindowMs] });
	});
});

describe('options', () => {
	it('take the last agent address, and the default without one', () => {
		expect(shellOptions(['electron', '.'])).toEqual({ agent, windowed: false });
		expect(shellOptions(['x', '--agent=http://a:1', '--agent=https://box.lan/somewhere', '--windowed', '--disable-gpu'])).toEqual({
			agent: 'https://box.lan',
			windowed: true,
		});
	});

	it('say what is wrong, and repeat no password', () => {
		for (const given of ['nonsense', 'file:///x', 'http://user:secret@box/'])
			expect(() => shellOptions([`--agent=${given}`])).toThrow(/--agent/);
		expect(() => shellOptions(['--agent=http://user:secret@box/'])).not.toThrow(/secret/);
	});
});

it('the page shown without an agent runs nothing and cannot be written into', () => {
	const html = decodeURIComponent(unreachablePage('http://"><script>alert(1)</script>', 4));
	expect(html).not.toMatch(/<script/i);
	expect(html).toContain("default-src 'none'");
	expect(html).toContain('4 秒');
});
