import type { Address } from '../contract/face-checkin.api.js';

/** The surnames of two characters that people in China bear most. */
const doubleSurnames =
	'欧阳 上官 皇甫 令狐 诸葛 司徒 司马 申屠 夏侯 尉迟 公孙 长孙 慕容 宇文 东方 独孤 南宫 端木 轩辕 百里 呼延 太史 澹台 濮阳 淳于 单于 仲孙 钟离 鲜于 闾丘 西门'.split(
		' ',
	);

const titles: readonly (readonly [RegExp, Address['title']])[] = [
	[/(先生|师傅)$/, 'mr'],
	[/(女士|小姐|太太)$/, 'ms'],
	[/^mr\.?\s+/i, 'mr'],
	[/^(ms|mrs|miss)\.?\s+/i, 'ms'],
];

/** How to address somebody of this name where others can read it: 王小明 is 王, 欧阳女士 is 欧阳 and `ms`, Ms Anna Smith is Smith and `ms`. */
export function addressOf(name: string): Address {
	const written = name.trim();
	const [pattern, title] = titles.find(([found]) => found.test(written)) ?? [null, null];
	const bare = (pattern ? written.replace(pattern, '') : written).trim() || written;
	const surname = /\p{Script=Han}/u.test(bare)
		? (doubleSurnames.find((double) => bare.startsWith(double)) ?? [...bare][0])
		: bare.split(/\s+/).at(-1);
	return { surname: surname ?? bare, title };
}
