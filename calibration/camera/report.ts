import { defaultRules, isFit } from '../../edge-agent/vision/decision-rules.js';
import { page } from '../page.js';
import { escaped, type Plot, plotSvg, type Series } from '../plot.js';
import { adviceSentences, verdictSentence } from './advice.js';
import { type CriterionName, needs, rangeText } from './needs.js';
import type { Look } from './observed.js';
import { type Criterion, measures, type Placement } from './placement.js';
import { type Both, criterionWords, reportWords, stateWords } from './words.js';

/** A picture in which strangers' faces are hidden already. */
export interface ReportPicture {
	readonly jpeg: Uint8Array;
	/** The coordinates' picture, pixels; the JPEG may be smaller. */
	readonly width: number;
	readonly height: number;
	readonly faces: readonly {
		readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
		readonly eyeDistance: number | null;
		readonly shown: boolean;
	}[];
}

export interface ReportData {
	/** The camera's address without a password. */
	readonly source: string;
	/** ISO time. */
	readonly madeAt: string;
	readonly seconds: number;
	readonly frames: number;
	readonly looks: readonly Look[];
	readonly placement: Placement;
	/** Null: there was none, or somebody in it could not be hidden. */
	readonly picture: ReportPicture | null;
}

const colours = { ok: '#2e7d32', weak: '#b26a00', bad: '#b3261e' } as const;
const blue = '#1d5fa8';
const both = ([zh, en]: Both): string => (zh === en ? zh : `${zh} · ${en}`);
const figure = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2))));

/** One page of HTML that needs nothing else, with nobody's name. Chinese and English, fit for printing. */
export function placementReport(data: ReportData): string {
	const { placement, looks, picture } = data;
	const { passes, readable, faces, picture: size } = placement;
	const facts: readonly (readonly [Both, string])[] = [
		[reportWords.source, data.source],
		[reportWords.made, data.madeAt.slice(0, 16).replace('T', ' ')],
		[reportWords.seen, `${data.seconds.toFixed(0)} s / ${data.frames} / ${faces}`],
		[reportWords.passes, `${passes} / ${readable}`],
		[reportWords.size, size ? `${size.width}×${size.height}` : '–'],
	];
	const advice = adviceSentences(placement);
	const plotted = (['eyes', 'sharpness', 'brightness', 'turn', 'down'] as const).map((name) => distribution(name, looks));
	return page(
		reportWords.title,
		`<table>${facts.map(([label, value]) => `<tr><th>${escaped(both(label))}</th><td>${escaped(value)}</td></tr>`).join('')}</table>
<section class="verdict" style="border-color: ${placement.verdict === 'unknown' ? '#777' : colours[placement.verdict]}">${paragraph(verdictSentence(placement))}</section>
${advice.length > 0 ? `<ol>${advice.map((sentence) => `<li>${sentence.map(escaped).join('<br>')}</li>`).join('')}</ol>` : ''}
${criteriaTable(placement.criteria)}
<section><h2>${escaped(both(reportWords.picture))}</h2>${picture ? stillSvg(picture) : paragraph(reportWords.noPicture)}${paragraph(reportWords.privacy)}</section>
<section><h2>${escaped(both(reportWords.places))}</h2>${placesSvg(looks)}${paragraph(reportWords.placesNote)}</section>
${plotted.map((plot) => `<section><h2>${escaped(plot.title)}</h2>${plotSvg(plot)}</section>`).join('\n')}
`,
	);
}

function paragraph(words: Both): string {
	return `<p>${words.map(escaped).join('<br>')}</p>`;
}

function criteriaTable(criteria: readonly Criterion[]): string {
	const { criterion, median, tenths, needed, good, state } = reportWords;
	const rows = criteria.map(({ name, measured, state: was, ...asked }) => {
		const { label, unit } = criterionWords[name];
		const mark = `<span class="mark" style="color: ${colours[was]}">${escaped(both(stateWords[was]))}</span>`;
		const cells = [
			figure(measured.median),
			`${figure(measured.p10)} … ${figure(measured.p90)}`,
			rangeText(asked.needed),
			rangeText(asked.good),
		];
		return `<tr><th>${escaped(both(label))}${unit[0] ? ` (${escaped(unit[1])})` : ''}</th>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}<td>${mark}</td></tr>`;
	});
	const heads = [criterion, median, tenths, needed, good, state].map(
		([zh, en]) => `<th>${escaped(zh)}<br><small>${escaped(en)}</small></th>`,
	);
	return `<table><thead><tr>${heads.join('')}</tr></thead>${rows.join('')}</table>`;
}

/** The picture, and a box around each face that was found in it. */
function stillSvg({ jpeg, width, height, faces }: ReportPicture): string {
	const data = Buffer.from(jpeg).toString('base64');
	const stroke = Math.max(2, width / 480);
	const boxes = faces.map(({ box, eyeDistance, shown }) => {
		const [x, y, w, h] = [box.x, box.y, box.width, box.height].map((value) => value.toFixed(0));
		const said =
			eyeDistance === null
				? ''
				: `<text x="${x}" y="${Number(y) - stroke * 2}" style="font-size: ${width / 45}px; fill: #fff; stroke: #000; paint-order: stroke">${eyeDistance.toFixed(0)} px</text>`;
		return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${shown ? '#5ee08a' : '#fff'}" stroke-width="${stroke}"/>${said}`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="data:image/jpeg;base64,${data}"/>${boxes.join('')}</svg>`;
}

/** Where in the picture faces were, and whether their eyes were far enough apart there. */
function placesSvg(looks: readonly Look[]): string {
	const { needed, good } = needs.eyes;
	const size = looks.at(-1) ?? { width: 16, height: 9 };
	const [width, height] = [720, (720 * size.height) / size.width];
	const dots = looks
		.flatMap(({ faces }) => faces)
		.map(({ x, y, eyeDistance }) => {
			const state = eyeDistance < (needed.least ?? 0) ? 'bad' : eyeDistance < (good.least ?? 0) ? 'weak' : 'ok';
			// Told apart by size as well as by colour.
			const radius = { bad: 3, weak: 5, ok: 7 }[state];
			return `<circle cx="${(x * width).toFixed(1)}" cy="${(y * height).toFixed(1)}" r="${radius}" fill="${colours[state]}" opacity="0.55"/>`;
		});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height.toFixed(0)}" role="img" aria-label="${escaped(both(reportWords.places))}"><rect width="${width}" height="${height.toFixed(0)}" fill="#f4f4f4" stroke="#333"/>${dots.join('')}</svg>`;
}

/** How the faces are spread, all of them and those that recognition can use, against what is needed. */
function distribution(name: Exclude<CriterionName, 'rate'>, looks: readonly Look[]): Plot {
	const seen = looks.flatMap(({ faces, brightness: around }) => faces.map((face) => ({ face, around })));
	const values = seen.map(measures[name]);
	const usable = seen.filter(({ face }) => isFit(face, defaultRules)).map(measures[name]);
	const { needed } = needs[name];
	const mark = needed.least ?? needed.most ?? 0;
	// The sharpest hundredth would press all others to the left.
	const most = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.98)] ?? 1;
	const [from, to] = name === 'down' ? [-60, 60] : name === 'brightness' ? [0, 255] : [0, name === 'turn' ? 1 : Math.max(most, mark) * 1.1];
	const bars = 40;
	const shares = (some: readonly number[]): Series['points'] =>
		Array.from({ length: bars }, (_, i) => {
			const [low, high] = [from + (i / bars) * (to - from), from + ((i + 1) / bars) * (to - from)];
			return [(low + high) / 2, some.filter((value) => value >= low && value < high).length / Math.max(1, values.length)];
		});
	const series: Series[] = [
		{ label: both(reportWords.allFaces), points: shares(values), colour: blue },
		{ label: both(reportWords.usable), points: shares(usable), colour: colours.ok, dashed: true },
	];
	return {
		title: both(criterionWords[name].label),
		x: { label: both(criterionWords[name].label), from, to, scale: 'linear' },
		y: { label: both(reportWords.share), from: 0, to: Math.max(0.05, ...shares(values).map(([, y]) => y)) * 1.05, scale: 'linear' },
		series,
		mark: { x: name === 'down' ? (needed.most ?? 0) : mark, label: both(reportWords.needed) },
	};
}
