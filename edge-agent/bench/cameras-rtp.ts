/** H.264 as it stands in a file and as RTP carries it (RFC 6184, packetization mode 1). Knows nothing of sockets. */

/** 90,000 ticks a second is RTP's clock for video. */
export const rtpClock = 90_000;

/** Bytes of H.264 a packet, so that a packet fits an Ethernet frame, as cameras send them. */
const payloadBytes = 1400;
const payloadType = 96;
/** H.264's NAL unit types (ITU-T H.264, table 7-1). */
const sps = 7;
const pps = 8;
const delimiter = 9;
const fragment = 28;

/** A coded clip: its pictures, each as its NAL units, and the parameter sets that describe it. */
export interface H264Clip {
	readonly pictures: readonly (readonly Uint8Array[])[];
	readonly sps: Uint8Array;
	readonly pps: Uint8Array;
}

/** @param bytes Annex B byte stream that has an access unit delimiter before each picture @throws Error where it has none */
export function readH264(bytes: Uint8Array): H264Clip {
	const pictures: Uint8Array[][] = [];
	const sets = new Map<number, Uint8Array>();
	for (const unit of nalUnits(bytes)) {
		const type = (unit[0] ?? 0) & 31;
		if (type === delimiter) pictures.push([]);
		else pictures.at(-1)?.push(unit);
		if (type === sps || type === pps) sets.set(type, unit);
	}
	const [first, second] = [sets.get(sps), sets.get(pps)];
	if (!first || !second || pictures.length === 0) throw new Error('This is no H.264 stream with parameter sets and access unit delimiters');
	return { pictures, sps: first, pps: second };
}

/** What stands between start codes (00 00 01); zeros before a start code belong to it. */
function nalUnits(bytes: Uint8Array): Uint8Array[] {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const code = Buffer.from([0, 0, 1]);
	const units: Uint8Array[] = [];
	for (let at = buffer.indexOf(code); at >= 0; ) {
		const begin = at + code.length;
		const next = buffer.indexOf(code, begin);
		let end = next < 0 ? buffer.length : next;
		while (end > begin && buffer[end - 1] === 0) end--;
		units.push(buffer.subarray(begin, end));
		at = next;
	}
	return units;
}

/** RTP packets of one session, each with the four bytes before it that tell them apart on RTSP's own connection (RFC 2326, 10.12). */
export class RtpPacketizer {
	#sequence = 0;

	/** @param timestamp of the picture, in ticks of `rtpClock` */
	packets(picture: readonly Uint8Array[], timestamp: number): Buffer[] {
		const packets: Buffer[] = [];
		for (const [index, unit] of picture.entries()) {
			const last = index === picture.length - 1;
			if (unit.length <= payloadBytes) packets.push(this.#packet([unit], timestamp, last));
			else packets.push(...this.#fragments(unit, timestamp, last));
		}
		return packets;
	}

	/** FU-A (RFC 6184, 5.8): the unit's first byte is spread over two that stand before each part. */
	#fragments(unit: Uint8Array, timestamp: number, last: boolean): Buffer[] {
		const header = unit[0] ?? 0;
		const packets: Buffer[] = [];
		for (let at = 1; at < unit.length; at += payloadBytes) {
			const part = unit.subarray(at, at + payloadBytes);
			const ends = at + part.length === unit.length;
			const place = (at === 1 ? 0x80 : 0) | (ends ? 0x40 : 0);
			packets.push(this.#packet([Uint8Array.of((header & 0xe0) | fragment, place | (header & 31)), part], timestamp, last && ends));
		}
		return packets;
	}

	#packet(payload: readonly Uint8Array[], timestamp: number, marker: boolean): Buffer {
		const header = Buffer.alloc(16);
		header[0] = 0x24;
		header.writeUInt16BE(12 + payload.reduce((sum, { length }) => sum + length, 0), 2);
		header[4] = 0x80;
		header[5] = (marker ? 0x80 : 0) | payloadType;
		header.writeUInt16BE(this.#sequence, 6);
		header.writeUInt32BE(timestamp >>> 0, 8);
		header.writeUInt32BE(0x53484f57, 12);
		this.#sequence = (this.#sequence + 1) & 0xffff;
		return Buffer.concat([header, ...payload]);
	}
}

/** How a clip is described to whoever asks for it (SDP, RFC 8866). */
export function describe({ sps: first, pps: second }: H264Clip): string {
	const sets = [first, second].map((unit) => Buffer.from(unit).toString('base64')).join(',');
	return [
		'v=0',
		'o=- 0 0 IN IP4 127.0.0.1',
		's=camera',
		'c=IN IP4 127.0.0.1',
		't=0 0',
		`m=video 0 RTP/AVP ${payloadType}`,
		`a=rtpmap:${payloadType} H264/${rtpClock}`,
		`a=fmtp:${payloadType} packetization-mode=1;sprop-parameter-sets=${sets}`,
		'a=control:video',
		'',
	].join('\r\n');
}
