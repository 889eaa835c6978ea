import { describe, expect, it } from 'vitest';
import { describe as describeClip, RtpPacketizer, readH264 } from '../../../edge-agent/bench/cameras-rtp.js';

const delimiter = [0, 0, 0, 1, 9, 0xf0];
const sps = [0, 0, 0, 1, 0x67, 1, 2, 3];
const pps = [0, 0, 1, 0x68, 4];
/** A coded slice of this many bytes without zeros, so that it holds no start code. */
const slice = (type: number, bytes: number): number[] => [0, 0, 1, type, ...Array.from({ length: bytes - 1 }, (_, i) => 1 + (i % 251))];

describe('H.264 over RTP', () => {
	it('takes a stream apart into pictures and parameter sets', () => {
		const clip = readH264(Uint8Array.from([...delimiter, ...sps, ...pps, ...slice(0x65, 50), ...delimiter, ...slice(0x41, 20)]));
		expect(clip.pictures.map((picture) => picture.map((unit) => unit.length))).toEqual([[4, 2, 50], [20]]);
		expect([...clip.sps]).toEqual([0x67, 1, 2, 3]);
		expect(describeClip(clip)).toContain('sprop-parameter-sets=ZwECAw==,aAQ=\r\n');
	});

	it('refuses what is none', () => {
		expect(() => readH264(new TextEncoder().encode('no video'))).toThrow(/no H.264/);
	});

	it('sends small units whole, cuts large ones, and marks the last packet of a picture', () => {
		const [picture = []] = readH264(Uint8Array.from([...delimiter, ...sps, ...pps, ...slice(0x65, 3000)])).pictures;
		const packets = new RtpPacketizer().packets(picture, 7200);
		expect(packets.map((packet) => packet.readUInt16BE(2))).toEqual([16, 14, 1414, 1414, 213]);
		expect(packets.map((packet) => packet.readUInt16BE(6))).toEqual([0, 1, 2, 3, 4]);
		expect(packets.map((packet) => (packet[5] ?? 0) >> 7)).toEqual([0, 0, 0, 0, 1]);
		for (const packet of packets)
			expect([packet[0], packet.readUInt32BE(8), packet.length]).toEqual([0x24, 7200, 4 + packet.readUInt16BE(2)]);
		const fragments = packets.slice(2);
		expect(fragments.map((packet) => [packet[16], packet[17]])).toEqual([
			[0x7c, 0x85],
			[0x7c, 0x05],
			[0x7c, 0x45],
		]);
		const joined = Buffer.concat([Buffer.of(0x65), ...fragments.map((packet) => packet.subarray(18))]);
		expect(joined.equals(Buffer.from(picture[2] ?? []))).toBe(true);
	});
});
