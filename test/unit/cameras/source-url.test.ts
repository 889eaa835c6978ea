import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadSourceError, describeSource, parseSource, scrub, secretsOf } from '../../../edge-agent/cameras/source-url.js';

describe('parseSource', () => {
	it.each([
		['rtsp://cam/stream', { kind: 'rtsp', url: 'rtsp://cam/stream' }],
		['RTSPS://a:b@10.0.0.7:322/s?x=1', { kind: 'rtsp', url: 'rtsps://a:b@10.0.0.7:322/s?x=1' }],
		['rtsp://a:p@ss@cam/s', { kind: 'rtsp', url: 'rtsp://a:p%40ss@cam/s' }],
		['rtsp://[fe80::1]/s', { kind: 'rtsp', url: 'rtsp://[fe80::1]/s' }],
		['usb:/dev/video0', { kind: 'usb', device: '/dev/video0' }],
		['film.mp4', { kind: 'file', path: 'film.mp4' }],
		['/a b/walk.GIF', { kind: 'file', path: '/a b/walk.GIF' }],
		['file:///a%20b/c.mkv', { kind: 'file', path: '/a b/c.mkv' }],
		['C:\\film.mp4', { kind: 'file', path: 'C:\\film.mp4' }],
		['photo.JPG', { kind: 'image', path: 'photo.JPG' }],
		['./odd:name.png', { kind: 'image', path: './odd:name.png' }],
	])('understands %s', (text, source) => {
		expect(parseSource(text)).toEqual(source);
	});

	it.each([
		['', 'empty'],
		['http://host/x', '"http:"'],
		['concat:/etc/passwd|x', '"concat:"'],
		['pipe:0', '"pipe:"'],
		['rtsp:///nohost', 'RTSP address'],
		['rtsp://10.0.0.999/x', 'RTSP address'],
		['rtsp://user:geh/eim@cam/x', 'RTSP address'],
		['rtsp://user:geh#eim@cam/x', 'RTSP address'],
		['rtsp://cam/x\nfile /etc/passwd', 'line break'],
		['usb:0', 'usb:/dev/video0'],
		['usb:/dev/../etc/passwd', 'usb:/dev/video0'],
		['file://elsewhere/x', 'file:'],
	])('refuses %j and says why', (text, why) => {
		expect(() => parseSource(text)).toThrow(BadSourceError);
		expect(() => parseSource(text)).toThrow(why);
		expect(() => parseSource(text)).toThrow(/^(?!.*geh).*$/s);
	});
});

it('describes a source without its login', () => {
	expect(describeSource('rtsp://admin:geheim@cam:554/ch1')).toBe('rtsp://cam:554/ch1');
	expect(describeSource('rtsp://admin:ge/h@eim@cam/ch1')).toBe('rtsp://cam/ch1');
	expect(describeSource('rtsp://cam/user=admin&password=geheim&channel=1.sdp')).toBe('rtsp://cam/user=admin&password=***&channel=1.sdp');
	expect(describeSource('/films/a.mp4')).toBe('/films/a.mp4');
	expect(describeSource('http://u:geheim@h/')).not.toContain('geheim');
});

it('never lets a password through, however it is spelt', () => {
	const password = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((text) => text.isWellFormed());
	fc.assert(
		fc.property(password, (secret) => {
			const url = `rtsp://admin:${encodeURIComponent(secret)}@cam/ch1`;
			const secrets = secretsOf(url);
			const basic = Buffer.from(`admin:${secret}`).toString('base64');
			for (const spelling of [secret, encodeURIComponent(secret), new URL(url).password, basic]) {
				const line = scrub(`<${spelling}>`, secrets);
				expect(line).toBe('<***>');
			}
			expect(describeSource(url)).toBe('rtsp://cam/ch1');
			expect(scrub(`[tcp] opening ${url} failed`, secrets)).not.toContain(`:${encodeURIComponent(secret)}@`);
		}),
	);
});

it('scrubs logins of addresses that it has not been told', () => {
	expect(scrub('redirect to rtsp://a:b@host/x?pwd=c', [])).toBe('redirect to rtsp://***@host/x?pwd=***');
});
