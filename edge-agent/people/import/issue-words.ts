import type { ImportIssueCode } from '../../contract/import.api.js';
import type { Language } from '../../contract/vocabulary.js';

/** What is told people about a row. */
const words: { readonly [C in ImportIssueCode]: { readonly [L in Language]: string } } = {
	'name-missing': { zh: '没有姓名。', en: 'The name is missing.' },
	'name-too-long': { zh: '姓名超过 40 个字。', en: 'The name is longer than 40 characters.' },
	'telephone-shortened': {
		zh: 'Excel 把电话变成了科学计数（如 1.38E+10），号码已丢失。请把该列设为文本格式，重新导出。',
		en: 'Excel shortened the telephone (as in 1.38E+10); its digits are lost. Make the column text and export again.',
	},
	'telephone-masked': { zh: '电话被隐藏了一部分（*）。请导出完整号码。', en: 'Part of the telephone is hidden (*). Export whole numbers.' },
	'telephone-wrong': { zh: '这不是电话号码。', en: 'This is no telephone number.' },
	'telephone-digits': { zh: '电话位数不对（手机为 11 位）。', en: 'The telephone has too few or too many digits (a mobile has 11).' },
	'formula-without-value': {
		zh: '公式没有计算结果。请在 Excel 中打开并保存一次。',
		en: 'A formula that was never calculated. Open the file in Excel and save it.',
	},
	'cell-error': { zh: '单元格是错误值（如 #N/A）。', en: 'The cell holds an error (such as #N/A).' },
	'not-readable': { zh: '有无法识别的字符，编码可能选错了。', en: 'Some characters cannot be read: perhaps the encoding is another one.' },
	'role-unknown': { zh: '岗位不认识。', en: 'The role is not known.' },
	'too-long': { zh: '内容太长。', en: 'The text is too long.' },
	'telephone-missing': { zh: '没有电话，无法查重。', en: 'No telephone, so duplicates cannot be found.' },
	'telephone-zero-restored': { zh: 'Excel 去掉了区号前的 0，已补上。', en: 'Excel dropped the leading zero; it was put back.' },
	'telephone-first-of-several': { zh: '有多个电话，取第一个。', en: 'Several telephones; the first is taken.' },
	'name-is-number': { zh: '姓名是数字，列可能对应错了。', en: 'The name is a number: perhaps the columns are mixed up.' },
	formula: { zh: '单元格是公式，取其计算结果。', en: 'The cell is a formula; its result is taken.' },
	'formula-text': {
		zh: '内容像公式（以 = 或 @ 开头），按文字导入。',
		en: 'It looks like a formula (begins with = or @); imported as text.',
	},
	'consultant-unknown': { zh: '没有这位顾问，导入后不分配。', en: 'Nobody here has this name; the customer gets no consultant.' },
	'consultant-ambiguous': { zh: '有多位同名顾问，请选择。', en: 'Several people have this name; choose one.' },
	'known-several': { zh: '已有多位客户或员工与此相同，跳过。', en: 'Several people here match already; skipped.' },
	repeated: { zh: '与文件中前面的一行重复。', en: 'The same as an earlier row of the file.' },
	'id-replaced': { zh: '工号只能用字母、数字和短横，已换成新的。', en: 'An id has letters, digits and dashes only; it gets a new one.' },
	'role-missing': { zh: '没有岗位，按销售顾问导入。', en: 'No role; imported as a consultant.' },
	'on-duty-unclear': {
		zh: '看不出是否在岗，保持原样或按在岗导入。',
		en: 'Whether they are on duty is not clear; left as it is, or on duty.',
	},
};

export function issueMessage(code: ImportIssueCode, language: Language): string {
	return words[code][language];
}
