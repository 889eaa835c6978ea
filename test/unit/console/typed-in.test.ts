import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraSource } from '../../../console/src/cameras/camera-source.js';
import { isTelephone, maskedTelephone } from '../../../console/src/customers/telephone.js';
import { passwordFault } from '../../../console/src/form/password.js';
import { parseSource } from '../../../edge-agent/cameras/source-url.js';

describe("a camera's address as typed", () => {
	it('carries any user name and password to the agent, whatever characters they have', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' }), (user, password) => {
				const source = cameraSource({ kind: 'network', address: 'rtsp://192.168.1.64:554/main?channel=1', user, password });
				const parsed = parseSource(source);
				const url = new URL(parsed.kind === 'rtsp' ? parsed.url : '');
				expect([decodeURIComponent(url.username), decodeURIComponent(url.password)]).toEqual([user, password]);
				expect(`${url.host}${url.pathname}${url.search}`).toBe('192.168.1.64:554/main?channel=1');
			}),
		);
	});

	it.each([
		['192.168.1.64/main', '', 'rtsp://192.168.1.64/main'],
		['rtsp://a:b@192.168.1.64/main', '', 'rtsp://a:b@192.168.1.64/main'],
		['rtsp://a:b@192.168.1.64/main', 'c', 'rtsp://c:d@192.168.1.64/main'],
		['192.168.1.64/user@home', 'c', 'rtsp://c:d@192.168.1.64/user@home'],
	])('%s with user "%s" is %s', (address, user, source) => {
		expect(cameraSource({ kind: 'network', address, user, password: user && 'd' })).toBe(source);
	});

	it('names a USB device and a file as the agent wants them', () => {
		expect(cameraSource({ kind: 'usb', address: ' /dev/video0 ', user: '', password: '' })).toBe('usb:/dev/video0');
		expect(cameraSource({ kind: 'file', address: '/films/a.mp4', user: '', password: '' })).toBe('/films/a.mp4');
	});
});

it('hides the middle of a telephone, never its end', () => {
	expect(maskedTelephone('13800138000')).toBe('138****8000');
	expect(maskedTelephone('+8613800138000')).toBe('+86138****8000');
	expect(maskedTelephone('62345678')).toBe('****5678');
	expect(maskedTelephone('12345')).toBe('*2345');
});

it('takes a telephone as people write it, or none', () => {
	expect(['', '138 0013-8000', '+8613800138000'].every(isTelephone)).toBe(true);
	expect(['12', '138a', '+', '1234567890123456'].some(isTelephone)).toBe(false);
});

it('says what is wrong with a new password', () => {
	expect(passwordFault('123456789', '123456789')).toBe('password.short');
	expect(passwordFault('0123456789', '0123456788')).toBe('password.differ');
	expect(passwordFault('0123456789', '0123456789')).toBeNull();
});
