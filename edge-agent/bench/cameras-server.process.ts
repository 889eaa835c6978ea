import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { describe, type H264Clip, RtpPacketizer, readH264, rtpClock } from './cameras-rtp.js';

/** parent -> server. */
export interface ServerJob {
	/** H.264 files; /0 plays the first, /1 the second, …, each over and over. */
	readonly clips: readonly string[];
	readonly framesPerSecond: number;
}

/** server -> parent, once it listens. */
export interface ServerReady {
	readonly port: number;
}

/**
 * RTSP cameras for the bench, in a process of their own, so that their work is not counted: DESCRIBE, SETUP and PLAY over TCP on
 * this machine (RFC 2326). Ends with its parent.
 */
process.once('message', ({ clips, framesPerSecond }: ServerJob) => {
	const cameras = clips.map((path) => readH264(readFileSync(path)));
	const server = createServer((socket) => serve(socket, cameras, framesPerSecond));
	server.listen(0, '127.0.0.1', () => {
		const address = server.address();
		if (address !== null && typeof address === 'object') process.send?.({ port: address.port } satisfies ServerReady);
	});
});
process.once('disconnect', () => process.exit());

function serve(socket: Socket, cameras: readonly H264Clip[], framesPerSecond: number): void {
	let heard = '';
	let player: NodeJS.Timeout | null = null;
	const stop = () => {
		if (player) clearTimeout(player);
		player = null;
	};
	socket.setNoDelay(true);
	socket.on('error', () => socket.destroy());
	socket.on('close', stop);
	socket.on('data', (bytes) => {
		// What a client reports of its reception comes as packets in between; they hold no blank line that a request could be taken from.
		heard += bytes.toString('latin1');
		for (let end = heard.indexOf('\r\n\r\n'); end >= 0; end = heard.indexOf('\r\n\r\n')) {
			const request = /(?:OPTIONS|DESCRIBE|SETUP|PLAY|TEARDOWN|GET_PARAMETER) rtsp:[\s\S]*$/.exec(heard.slice(0, end))?.[0];
			heard = heard.slice(end + 4);
			if (request) answer(request);
		}
	});

	const answer = (request: string): void => {
		const [, method = '', url = ''] = /^(\S+) (\S+)/.exec(request) ?? [];
		const clip = cameras[Number(/^rtsp:\/\/[^/]+\/(\d+)/.exec(url)?.[1])];
		const reply = (status: string, headers: readonly string[] = [], body = '') => {
			const lines = [`RTSP/1.0 ${status}`, `CSeq: ${/^CSeq: *(\d+)/im.exec(request)?.[1] ?? 0}`, ...headers];
			if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
			socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
		};
		if (method === 'OPTIONS') reply('200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER']);
		else if (!clip) reply('404 Not Found');
		else if (method === 'DESCRIBE') reply('200 OK', ['Content-Type: application/sdp', `Content-Base: ${url}/`], describe(clip));
		else if (method === 'SETUP' && !/interleaved/i.test(request)) reply('461 Unsupported Transport');
		else if (method === 'SETUP') reply('200 OK', ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', 'Session: 1']);
		else if (method === 'PLAY') {
			reply('200 OK', ['Session: 1']);
			stop();
			play(clip);
		} else if (method === 'TEARDOWN') socket.end();
		else reply('200 OK', ['Session: 1']);
	};

	const play = (clip: H264Clip): void => {
		const packetizer = new RtpPacketizer();
		const begun = performance.now();
		const send = (index: number): void => {
			const picture = clip.pictures[index % clip.pictures.length] ?? [];
			socket.cork();
			for (const packet of packetizer.packets(picture, Math.round((index * rtpClock) / framesPerSecond))) socket.write(packet);
			socket.uncork();
			player = setTimeout(() => send(index + 1), begun + ((index + 1) * 1000) / framesPerSecond - performance.now());
		};
		send(0);
	};
}
