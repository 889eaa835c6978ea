import { expect, it } from 'vitest';
import { searchKeys, searchScore } from '../../../edge-agent/log/customer-search.js';

const people: [string, string | null][] = [
	['王芳', '13812345678'],
	['王小芳', '13912340001'],
	['李雷', '+8613700001234'],
	['单小明', null],
	['曾国强', '021-64681234'],
	['吕布', null],
	['欧阳娜娜', '13500005678'],
	['John Smith', '+442079460958'],
];
const found = (text: string) =>
	people
		.map(([name, telephone]) => ({ name, score: searchScore(text)(searchKeys(name, telephone)) }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.map(({ name }) => name);

it.each([
	['王', ['王芳', '王小芳']],
	['芳', ['王芳', '王小芳']],
	['wangfang', ['王芳']],
	['Wang Fang', ['王芳']],
	['wang f', ['王芳']],
	['wangf', ['王芳']],
	['wxf', ['王小芳']],
	['wf', ['王芳']],
	['fang', ['王芳', '王小芳']],
	['wxfang', ['王小芳']],
	['shan', ['单小明']],
	['zeng', ['曾国强']],
	['lvbu', ['吕布']],
	['lübu', ['吕布']],
	['ouyang', ['欧阳娜娜']],
	['smith', ['John Smith']],
	['john s', ['John Smith']],
	['js', ['John Smith']],
	['5678', ['王芳', '欧阳娜娜']],
	['13812345678', ['王芳']],
	['+86 138 1234 5678', ['王芳']],
	['13700001234', ['李雷']],
	['1391', ['王小芳']],
	['6468', ['曾国强']],
	['zhang', []],
	['9999', []],
	['', []],
	['  ', []],
])('%j finds %j', (text, names) => {
	expect(found(text)).toEqual(names);
});

it('a better match comes first', () => {
	expect(found('王芳')).toEqual(['王芳']);
	expect(found('1234')[0]).toMatch(/李雷|曾国强/);
});
