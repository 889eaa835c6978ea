import { type Calibration, missRate, overDraws } from './calibration.js';
import type { DistanceCounts } from './counts.js';
import type { Interval } from './intervals.js';
import { page } from './page.js';
import type { Day, GalleryPlan } from './plan.js';
import { escaped, type Plot, plotSvg, type Series } from './plot.js';
import { type Comparisons, detCurve } from './rates.js';
import { notes, words } from './report-words.js';
import { tailFmr } from './tail.js';
import { fmrFor, type ShippedCalibration, thresholdAt } from './threshold.js';

export interface ReportData {
	readonly calibration: Calibration;
	readonly shipped: ShippedCalibration;
	readonly comparisons: Comparisons;
	readonly eerInterval: Interval | null;
	readonly fpir: number;
	readonly day: Day;
	readonly plans: readonly GalleryPlan[];
}

const blue = '#1d5fa8';
const red = '#b3261e';
const curves = ['#1d5fa8', '#2e7d32', '#b26a00', '#b3261e', '#6a1b9a'] as const;

const both = ([zh, en]: readonly [string, string]): string => `${zh} · ${en}`;
const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;
const percents = (within: Interval | null): string => (within ? ` (${percent(within[0])} – ${percent(within[1])})` : '');
const short = (value: number): string => (value === 0 ? '0' : value >= 0.01 ? value.toFixed(2) : value.toExponential(1));

/** One page of HTML that needs nothing else: figures and drawn plots, no photograph and nobody's name. Chinese and English, fit for printing. */
export function calibrationReport(data: ReportData): string {
	const { calibration: c, eerInterval, day, plans, fpir } = data;
	const shapes = overDraws(c, ({ shape }) => shape);
	const facts: readonly (readonly [readonly [string, string], string])[] = [
		[words.recogniser, `${c.model.id} (${c.model.sha256.slice(0, 16)}…)`],
		[words.made, c.madeAt.slice(0, 16).replace('T', ' ')],
		[words.people, `${c.people} / ${c.images}`],
		[words.comparisons, `${c.comparisons.genuine} / ${c.comparisons.impostors}`],
		[words.eer, c.eer === null ? '–' : percent(c.eer) + percents(eerInterval)],
		[words.smallest, c.smallestFmr.toExponential(1)],
		[words.shape, `${c.tail.estimate.shape.toFixed(2)}${shapes ? ` (${shapes[0].toFixed(2)} – ${shapes[1].toFixed(2)})` : ''}`],
	];
	const plots = [distributions(data), det(data), tail(data), openSet(data)];
	return page(
		words.title,
		`<table>${facts.map(([label, value]) => `<tr><th>${escaped(both(label))}</th><td>${escaped(value)}</td></tr>`).join('')}</table>
<section>
<h2>${escaped(both(words.plan))}</h2>
<p>FPIR ${percent(fpir)}; 每天 ${day.known} 位会员、${day.strangers} 位陌生人 · ${day.known} known visitors and ${day.strangers} strangers a day</p>
${planTable(plans)}
</section>
${plots.map((plot) => `<section><h2>${escaped(plot.title)}</h2>${plotSvg(plot)}</section>`).join('\n')}
<section><h2>${escaped(both(words.notes))}</h2>${notes.map(([zh, en]) => `<p>${escaped(zh)}<br>${escaped(en)}</p>`).join('')}</section>
`,
	);
}

function planTable(plans: readonly GalleryPlan[]): string {
	const heads = [words.templates, words.needed, words.threshold, words.estimate, words.fnir, words.missesADay, words.falseADay];
	const rows = plans.map(({ templates, threshold, fnir, missesADay, falseGreetingsADay, falseGreetingsInterval: greetings }) => {
		const mark = both(threshold.extrapolated ? words.extrapolatedMark : words.seenMark);
		const { estimate } = threshold;
		const [low, high] = estimate?.interval ?? [];
		return [
			escaped(String(templates)),
			`${escaped(threshold.fmr.toExponential(1))} <span class="mark">${escaped(mark)}</span>`,
			escaped(threshold.distance.toFixed(3)),
			estimate
				? escaped(
						`${estimate.distance.toFixed(3)}${low === undefined || high === undefined ? '' : ` (${low.toFixed(3)} – ${high.toFixed(3)})`}`,
					)
				: '–',
			fnir === null ? '–' : percent(fnir, 1),
			missesADay === null ? '–' : missesADay.toFixed(1),
			escaped(short(falseGreetingsADay) + (greetings ? ` (${short(greetings[0])} – ${short(greetings[1])})` : '')),
		];
	});
	const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
	return `<table><thead><tr>${heads.map(([zh, en]) => `<th>${escaped(zh)}<br><small>${escaped(en)}</small></th>`).join('')}</tr></thead>${cells.join('')}</table>`;
}

function distributions({ comparisons }: ReportData): Plot {
	const { genuine, impostors } = comparisons;
	const to = Math.max(impostors.quantile(1), genuine.quantile(1)) * 1.02;
	const bars = 60;
	const shares = (counts: DistanceCounts): [number, number][] => {
		const total = counts.total || 1;
		let before = 0;
		return Array.from({ length: bars }, (_, i) => {
			const within = counts.within(((i + 1) / bars) * to);
			const share = (within - before) / total;
			before = within;
			return [((i + 0.5) / bars) * to, share];
		});
	};
	const series: Series[] = [
		{ label: both(words.genuine), points: shares(genuine), colour: blue },
		{ label: both(words.impostors), points: shares(impostors), colour: red, dashed: true },
	];
	const top = Math.max(...series.flatMap(({ points }) => points.map(([, y]) => y)));
	return {
		title: both(words.distributions),
		x: { label: both(words.distance), from: 0, to, scale: 'linear' },
		y: { label: both(words.share), from: 0, to: top * 1.05, scale: 'linear' },
		series,
	};
}

function det({ calibration, comparisons }: ReportData): Plot {
	const least = Math.max(1e-7, 0.5 / calibration.comparisons.impostors);
	const points = detCurve(comparisons, 400)
		.filter(({ fmr }) => fmr > 0)
		.map(({ fmr, fnmr }): [number, number] => [fmr, fnmr]);
	return {
		title: both(words.det),
		x: { label: both(words.fmr), from: least, to: 1, scale: 'log' },
		y: { label: both(words.fnmr), from: Math.max(1e-4, 0.5 / Math.max(1, calibration.comparisons.genuine)), to: 1, scale: 'log' },
		series: [{ label: both(words.seen), points, colour: blue }],
		mark: { x: calibration.smallestFmr, label: both(words.rule) },
	};
}

function tail({ calibration, comparisons }: ReportData): Plot {
	const { estimate } = calibration.tail;
	const to = estimate.from * 1.15;
	const distances = Array.from({ length: 120 }, (_, i) => (to * (i + 1)) / 120);
	const below = distances.filter((distance) => distance <= estimate.from);
	const seen = distances.map((distance): [number, number] => [
		distance,
		comparisons.impostors.within(distance) / calibration.comparisons.impostors,
	]);
	const within = below.map((distance) => [distance, overDraws(calibration, (draw) => tailFmr(draw, distance)) ?? [0, 0]] as const);
	return {
		title: both(words.tail),
		x: { label: both(words.distance), from: 0, to, scale: 'linear' },
		y: { label: both(words.fmr), from: 1e-8, to: 1, scale: 'log' },
		series: [
			{ label: both(words.seen), points: seen.filter(([, fmr]) => fmr > 0), colour: blue },
			{
				label: both(words.extrapolated),
				points: below.map((distance) => [distance, tailFmr(estimate, distance)]),
				colour: red,
				dashed: true,
			},
			{
				label: both(words.interval),
				points: within.map(([distance, [low]]) => [distance, low]),
				area: within.map(([distance, [, high]]): [number, number] => [distance, high]).reverse(),
				colour: red,
			},
		],
	};
}

function openSet({ calibration, shipped, plans }: ReportData): Plot {
	const rates = Array.from({ length: 41 }, (_, i) => 10 ** (-4 + (3 * i) / 40));
	return {
		title: both(words.openSet),
		x: { label: both(words.fpir), from: 1e-4, to: 0.1, scale: 'log' },
		y: { label: both(words.fnir), from: 0, to: 1, scale: 'linear' },
		series: plans.map(({ templates }, i) => ({
			label: `${templates} ${both(words.templates)}`,
			colour: curves[i % curves.length] ?? blue,
			dashed: i % 2 === 1,
			points: rates.map((fpir) => [fpir, missRate(calibration, thresholdAt(fmrFor(fpir, templates), shipped, calibration).distance) ?? 0]),
		})),
	};
}
