/** The report's words, Chinese and English side by side: one page that the manager and the installer both read. */
export const words = {
	title: ['人脸识别阈值标定报告', 'Face recognition: threshold calibration'],
	recogniser: ['识别模型', 'Recogniser'],
	made: ['标定时间', 'Made'],
	people: ['人数 / 照片数', 'People / photographs'],
	comparisons: ['同一人比对 / 不同人比对', 'Comparisons of one person / of two'],
	eer: ['等错误率（95 % 区间）', 'Equal error rate (95 % interval)'],
	smallest: ['数据能支持的最小误认率（30 法则）', 'Smallest FMR that the comparisons support (rule of 30)'],
	rule: ['30 法则', 'rule of 30'],
	shape: ['尾部形状参数（95 % 区间）', "Tail's shape (95 % interval)"],
	genuine: ['同一人', 'same person'],
	impostors: ['不同的人', 'different people'],
	distributions: ['距离分布', 'Distributions of distances'],
	distance: ['距离（越小越像）', 'distance (smaller is more alike)'],
	share: ['占比', 'share'],
	det: ['误差权衡曲线（DET）', 'Detection error trade-off (DET)'],
	fmr: ['误认率 FMR', 'false match rate FMR'],
	fnmr: ['漏认率 FNMR', 'false non-match rate FNMR'],
	tail: ['误认率与距离：实测与外推', 'False match rate by distance: seen and extrapolated'],
	seen: ['实测', 'seen'],
	extrapolated: ['外推（广义帕累托）', 'extrapolated (generalised Pareto)'],
	interval: ['外推的 95 % 区间', '95 % interval of the extrapolation'],
	openSet: ['不同名单规模下的漏识率与误识率', 'Misses (FNIR) against false alarms (FPIR) by gallery size'],
	fpir: ['误识率 FPIR（陌生人被当成会员）', 'FPIR: strangers taken for somebody'],
	fnir: ['漏识率 FNIR', 'FNIR: known people missed'],
	templates: ['模板数', 'Templates'],
	needed: ['所需误认率', 'FMR needed'],
	threshold: ['阈值', 'Threshold'],
	estimate: ['外推值（95 % 区间）', 'Extrapolation (95 % interval)'],
	missesADay: ['每天漏识', 'Misses a day'],
	falseADay: ['每天认错（95 % 区间）', 'False greetings a day (95 % interval)'],
	plan: ['阈值随名单规模变化', 'The threshold follows the gallery'],
	seenMark: ['实测', 'seen'],
	extrapolatedMark: ['外推', 'extrapolated'],
	notes: ['怎样理解这些数字', 'What these figures rest on'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

/** Sentences below the figures. */
export const notes: readonly (readonly [zh: string, en: string])[] = [
	[
		'数字只对标定照片里的人群成立。来客与他们在年龄、性别、族群或光线上不同时，误认率会不同；请用本店员工和志愿者的照片标定，人越多越好。',
		"The figures hold for people like those on the photographs. Where visitors differ in age, sex, origin or light, false matches differ: calibrate with this store's staff and volunteers, the more the better.",
	],
	[
		'30 法则：至少看到 30 次误认，误认率才可信到上下 30 %（九成把握）。更小的误认率由最近的 2 % 比对按广义帕累托分布外推，标为“外推”；区间来自对人的自助抽样（200 次）。',
		'Rule of 30: with 30 false matches seen, a rate is known to within 30 % in nine cases of ten. Smaller rates are extrapolated from the nearest 2 % of the comparisons by a generalised Pareto distribution and marked so; intervals come from drawing people with replacement, 200 times.',
	],
	[
		'外推时程序取区间里谨慎的一端（宁可漏识，不可认错）；人少时这一端过于谨慎，随附的阈值若落在谨慎端与外推值之间，就用随附的。',
		'Where it extrapolates, the program takes the careful end of the interval: rather a miss than a wrong name. With few people that end is needlessly careful; the shipped threshold serves where it lies between that end and the extrapolation.',
	],
	[
		'漏识率按单张照片估计；实际判断综合一个人经过时最好的几张脸，通常更低。每天次数按上面给出的客流计算。',
		'Misses are estimated from one photograph against one template; a decision uses the best few faces of somebody walking past and usually misses less. Counts a day follow from the visitors given above.',
	],
];
