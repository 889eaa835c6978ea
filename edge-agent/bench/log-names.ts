/**
 * Common surnames, and about how many of 1,000 people bear each. The last few are read otherwise than their characters alone, or have two.
 */
const surnames = [
	'王72 李72 张68 刘50 陈45 杨31 黄25 赵23 吴21 周20 徐16 孙15 马15 朱14 胡13 郭13 何13 林12 高11 罗11 郑9 梁9 谢8 宋8 唐7 许7 韩7 邓7',
	'冯6 曹6 彭6 曾6 肖6 田5 董5 潘5 袁5 蔡5 蒋5 余5 于4 杜4 叶4 程4 魏4 苏4 吕4 丁4 任4 卢4 单1 仇1 解1 欧阳1 司马1 诸葛1',
].flatMap((line) => line.split(' ').map((entry) => ({ surname: entry.replace(/\d+/, ''), per1000: Number(entry.replace(/\D+/, '')) })));
/** Each surname as often as it is borne. */
const drawn = surnames.flatMap(({ surname, per1000 }) => Array.from({ length: per1000 }, () => surname));
const given = [
	...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文志新春海燕红梅玲辉鹏飞宇轩子涵雨欣浩然梓晨思琪嘉怡佳俊',
	...'峰鑫博雅婷雪莹慧颖晓东云龙凯翔宁波林森瑞祥德福永康家豪立诚振兴一诺可欣若曦沐阳',
];

/**
 * A Chinese name: a surname, and after it two characters, or one (one name in six). Two people may bear the same.
 *
 * @param random uniform in [0, 1)
 */
export function drawnName(random: () => number): string {
	const one = (of: readonly string[]) => of[Math.floor(random() * of.length)] ?? '';
	return one(drawn) + one(given) + (random() < 1 / 6 ? '' : one(given));
}
