import { MAX_FILE_BYTES, MAX_ROWS } from './limits.js';

/** Everything that can be wrong with a file as a whole: what it is and what to do, `what` being a place or a name in it. */
const problems = {
	empty: [() => '文件是空的。请选择有内容的文件。', () => 'The file is empty. Choose one that has rows.'],
	'too-large': [
		() => `文件超过 ${MAX_FILE_BYTES >> 20} MB。请分成几个文件导入。`,
		() => `The file is larger than ${MAX_FILE_BYTES >> 20} MB. Import it in parts.`,
	],
	'too-many-rows': [
		() => `文件超过 ${MAX_ROWS} 行。请分成几个文件导入。`,
		() => `The file has more than ${MAX_ROWS} rows. Import it in parts.`,
	],
	bomb: [
		() => '文件解压后大得不合理，已拒绝。请在 Excel 中打开它，把客户表另存为一个新文件。',
		() =>
			'Unpacked, the file would be unreasonably large, so it was refused. Open it in Excel and save the table of customers as a new file.',
	],
	'named-xlsx': [
		() => '文件名是 .xlsx，内容却不是 Excel 文件。如果是文本，请改名为 .csv；否则请在 Excel 中另存为 .xlsx。',
		() => 'The file is named .xlsx but is no Excel file. If it is text, rename it to .csv; else save it again as .xlsx in Excel.',
	],
	'old-xls': [() => '这是旧的 .xls 格式。请在 Excel 中另存为 .xlsx。', () => 'This is the old .xls format. Save it as .xlsx in Excel.'],
	html: [
		() => '文件内容是网页表格。请在 Excel 中打开，另存为 .xlsx。',
		() => 'The file holds a web page. Open it in Excel and save it as .xlsx.',
	],
	password: [
		() => '文件有密码保护。请在 Excel 中取消密码后再保存。',
		() => 'The file is protected by a password. Remove the password in Excel and save it again.',
	],
	damaged: [() => '文件已损坏，无法读取。请重新导出或另存一次。', () => 'The file is damaged and cannot be read. Export or save it again.'],
	binary: [() => '这不是表格文件。可以导入 .xlsx 和 .csv。', () => 'This is no table. Files in .xlsx and .csv can be imported.'],
	'cut-off': [() => '文件没有完整传到。请重新上传。', () => 'The file did not arrive whole. Send it again.'],
	'no-sheet': [() => '没有这个工作表，请另选一个。', () => 'There is no such sheet: choose another.'],
	'empty-sheet': [() => '工作表是空的。', () => 'The sheet is empty.'],
	'no-rows': [() => '只有标题行，没有数据。', () => 'There is a row of headings and nothing below it.'],
	'no-headings': [
		() => '找不到标题行（如 姓名、手机）。请在第一行写上各列的标题。',
		() => 'There is no row of headings (such as name, telephone). Write what each column holds into the first row.',
	],
	'open-quote': [
		(what) => `第 ${what} 行的引号没有结束。请检查这一行，或在 Excel 中另存一次。`,
		(what) => `A quotation mark in line ${what} is never closed. Mend that line, or save the file again in Excel.`,
	],
} satisfies Record<string, [zh: (what: string) => string, en: (what: string) => string]>;

export type BadFileCode = keyof typeof problems;

/** A file that cannot be imported at all. */
export class BadFileError extends Error {
	override readonly name = 'BadFileError';

	constructor(
		readonly code: BadFileCode,
		readonly what = '',
	) {
		super(badFileMessage(code, what, 'en'));
	}
}

export function badFileMessage(code: BadFileCode, what: string, language: 'zh' | 'en'): string {
	const [zh, en] = problems[code];
	return language === 'zh' ? zh(what) : en(what);
}
