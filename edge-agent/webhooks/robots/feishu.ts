import { createHmac } from 'node:crypto';
import { again, giveUp } from '../outcome.js';
import { plainText, type Robot, robotOutcome, withinBytes } from './robot.js';

/** Feishu takes 20 KB of a request. */
const BYTES = 16_000;
const LIMITED_MS = 10_000;

/**
 * 飞书自定义机器人 (open.feishu.cn/document/client-docs/bot-v3/add-custom-bot). With a secret the body carries the time in seconds and the Base64 of
 * HMAC-SHA256("TIME\nSECRET", ''): what is signed elsewhere is the key here.
 */
export const feishu: Robot = {
	compose(message, { url, secret }, at) {
		const timestamp = String(Math.floor(at / 1000));
		const proof = secret === null ? {} : { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
		return { url, headers: {}, body: JSON.stringify({ ...proof, ...body(message) }) };
	},
	outcome: (answer) =>
		robotOutcome(answer, (code, detail, words) => {
			switch (code) {
				case 11232:
				case 11220:
					return again('rate-limited', detail, answer.retryAfterMs ?? LIMITED_MS);
				case 9499:
					// "Bad Request" as well as "too many request".
					return /too many/i.test(words) ? again('rate-limited', detail, LIMITED_MS) : giveUp('refused', detail);
				// Signature or time, address, keyword.
				case 19021:
				case 19022:
				case 19024:
					return giveUp('bad-signature', detail);
				case 19001:
					return /token/i.test(words) ? giveUp('not-found', detail) : giveUp('refused', detail);
				default:
					return answer.status >= 500 ? again('busy', detail) : giveUp('refused', detail);
			}
		}),
};

/** Text reads tags: whatever a visitor typed has lost its angle brackets by now, so that nobody calls a whole group. */
function body(message: Parameters<Robot['compose']>[0]) {
	const { headline, figures, mentions, colon } = message;
	if (figures.length === 0) {
		const called = mentions.map(({ account, name }) => `<at user_id="${account.replace(/["<>&]/g, '')}">${name}</at>`).join(' ');
		return { msg_type: 'text', content: { text: withinBytes(plainText(message), BYTES) + (called === '' ? '' : `\n${called}`) } };
	}
	const content = withinBytes(figures.map(([label, value]) => `${label}${colon}**${value}**`).join('\n'), BYTES);
	return {
		msg_type: 'interactive',
		card: {
			config: { wide_screen_mode: true },
			header: { title: { tag: 'plain_text', content: headline }, template: 'blue' },
			elements: [{ tag: 'div', text: { tag: 'lark_md', content } }],
		},
	};
}
