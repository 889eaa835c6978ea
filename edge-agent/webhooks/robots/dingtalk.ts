import { createHmac } from 'node:crypto';
import { again, giveUp } from '../outcome.js';
import { plainText, type Robot, robotOutcome, withinBytes } from './robot.js';

/** DingTalk takes 20,000 bytes of a message. */
const BYTES = 18_000;
const MINUTE_MS = 60_000;

/**
 * 钉钉自定义机器人 (open.dingtalk.com/document/robots/custom-robot-access). With a secret the address carries the time in ms and the Base64 of
 * HMAC-SHA256(secret, "TIME\nSECRET"). Whoever is mentioned has to stand in the text as well, as `@id`.
 */
export const dingtalk: Robot = {
	compose(message, { url, secret }, at) {
		return { url: secret === null ? url : signed(url, secret, at), headers: {}, body: JSON.stringify(body(message)) };
	},
	outcome: (answer) =>
		robotOutcome(answer, (code, detail, words) => {
			switch (code) {
				case -1:
					return again('busy', detail);
				case 130101:
				case 410100:
				case 90030:
					return again('rate-limited', detail, MINUTE_MS);
				// Keyword, signature, time or address: its words say which.
				case 310000:
					return giveUp('bad-signature', detail);
				case 300001:
					// In old answers also of sending too fast.
					return /fast|exceed|限流|频/i.test(words) ? again('rate-limited', detail, MINUTE_MS) : giveUp('not-found', detail);
				case 88:
				case 40035:
				case 300005:
				case 400013:
				case 400101:
				case 400102:
				case 400106:
					return giveUp('not-found', detail);
				default:
					return giveUp('refused', detail);
			}
		}),
};

function signed(url: string, secret: string, at: number): string {
	const address = new URL(url);
	address.searchParams.set('timestamp', String(at));
	// Base64 has characters that mean something in an address; searchParams writes them as %2B, %2F, %3D.
	address.searchParams.set('sign', createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64'));
	return address.href;
}

function body(message: Parameters<Robot['compose']>[0]) {
	const { headline, figures, mentions, colon } = message;
	const at = { atUserIds: mentions.map(({ account }) => account), isAtAll: false };
	const called = mentions.map(({ account }) => `@${account}`).join(' ');
	if (figures.length === 0) {
		const content = withinBytes(plainText(message), BYTES) + (called === '' ? '' : `\n${called}`);
		return { msgtype: 'text', text: { content }, at };
	}
	const rows = figures.map(([label, value]) => `- ${label}${colon}**${value}**`);
	return { msgtype: 'markdown', markdown: { title: headline, text: withinBytes([`#### ${headline}`, ...rows].join('\n'), BYTES) }, at };
}
