import type { WebhookConfig } from '../config/config.schema.js';
import type { Language } from '../contract/vocabulary.js';

/** Surnames of two characters, the common ones: without them 欧阳娜 would be a 欧. */
const COMPOUND = [
	...'欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 太叔 申屠 公孙 慕容'.split(' '),
	...'仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 呼延 东郭 拓跋 百里 轩辕 左丘 西门 南门 段干 纳兰 完颜'.split(' '),
];
/** What visitors write after a surname themselves. */
const TITLE = /(先生|女士|小姐|太太|总|老师|经理|医生|师傅)$/u;
const COURTESY = /^(mr|mrs|ms|miss|dr|prof)\.?\s+/i;
const AFTER = /,?\s+(jr|sr|ii|iii|iv|phd|md)\.?$/i;
const HAN = /^[\p{Script=Han}·•・]+$/u;
/** Numbers long enough to be a telephone's, however they are spaced, and spelt-out ones. */
const NUMBER = /\d(?:[^\p{L}\d]{0,3}\d){4,}|[〇零一二两三四五六七八九幺](?:[^\p{L}\d]{0,3}[〇零一二两三四五六七八九幺]){6,}/gu;
const LONGEST = 20;

/**
 * Text that somebody typed, fit for a group's message: one line, no telephone number, nothing that a robot takes for a mention or a tag.
 * '' when nothing is left.
 */
export function plainName(text: string): string {
	const words = text
		.normalize('NFKC')
		.replace(/[\p{C}\s]+/gu, ' ')
		.replace(/[<>@`*_[\]"\\]/gu, '')
		.replace(NUMBER, '')
		.trim();
	if (!/\p{L}/u.test(words)) return '';
	return Array.from(words).slice(0, LONGEST).join('').trim();
}

/**
 * What a visitor is called in a message: 王先生/女士, Mr/Ms Smith. A title that they wrote themselves stays (王女士). null: nobody knows, or nobody is
 * to.
 */
export function visitorName(name: string | null, names: WebhookConfig['names'], language: Language): string | null {
	const plain = name === null || names === 'none' ? '' : plainName(name);
	if (plain === '') return null;
	if (names === 'full') return plain;
	return HAN.test(plain) ? chinese(plain, language) : western(plain, language);
}

function chinese(name: string, language: Language): string {
	const title = TITLE.exec(name)?.[0] ?? '';
	const bare = title !== '' && name.length > title.length ? name.slice(0, -title.length) : name;
	const surname = surnameOf(bare.replace(/^[小老阿](?=.$)/u, ''));
	if (bare !== name) return `${surname}${title}`;
	return language === 'zh' ? `${surname}先生/女士` : `Mr/Ms ${surname}`;
}

/** 买买提·艾力 has none: they are called by what stands before the point. */
function surnameOf(name: string): string {
	const [first = name] = name.split(/[·•・]/u);
	if (first !== name) return first;
	return COMPOUND.find((surname) => name.startsWith(surname)) ?? Array.from(name)[0] ?? name;
}

function western(name: string, language: Language): string {
	const courtesy = COURTESY.exec(name)?.[1];
	const surname = name.replace(COURTESY, '').replace(AFTER, '').split(' ').at(-1) ?? name;
	if (language === 'zh') return `${surname}先生/女士`;
	return courtesy ? `${courtesy.charAt(0).toUpperCase()}${courtesy.slice(1).toLowerCase()} ${surname}` : `Mr/Ms ${surname}`;
}
