import { again, giveUp } from '../outcome.js';
import { plainText, type Robot, robotOutcome, withinBytes } from './robot.js';

const TEXT_BYTES = 2048;
const MARKDOWN_BYTES = 4096;
const MINUTE_MS = 60_000;

/**
 * 企业微信群机器人 (developer.work.weixin.qq.com/document/path/91770). It signs nothing: the key in its address is all there is. Text, since that can
 * mention people and shows in WeChat as well; a table of figures as Markdown.
 */
export const wecom: Robot = {
	compose(message, { url }) {
		const body = message.figures.length > 0 ? markdown(message) : text(message);
		return { url, headers: {}, body: JSON.stringify(body) };
	},
	outcome: (answer) =>
		robotOutcome(answer, (code, detail) => {
			switch (code) {
				case -1:
					return again('busy', detail);
				case 45009:
				case 45033:
					return again('rate-limited', detail, MINUTE_MS);
				case 93000:
				case 93004:
				case 93008:
					return giveUp('not-found', detail);
				default:
					return giveUp('refused', detail);
			}
		}),
};

function text(message: Parameters<Robot['compose']>[0]) {
	return {
		msgtype: 'text',
		text: { content: withinBytes(plainText(message), TEXT_BYTES), mentioned_list: message.mentions.map(({ account }) => account) },
	};
}

/** Its Markdown knows quotes and colours, and no tables. */
function markdown({ headline, figures, colon }: Parameters<Robot['compose']>[0]) {
	const rows = figures.map(([label, value]) => `> ${label}${colon}<font color="info">${value}</font>`);
	return { msgtype: 'markdown', markdown: { content: withinBytes([`**${headline}**`, ...rows].join('\n'), MARKDOWN_BYTES) } };
}
