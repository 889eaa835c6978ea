import { html } from 'hono/html';
import type { Figures } from '../../contract/figures.api.js';
import type { Html } from './bars.js';
import { percent, stay, wait } from './formats.js';
import type { PageWords } from './words.js';

interface Tile {
	readonly name: string;
	readonly value: string | number;
	/** Smaller, below. */
	readonly more: readonly string[];
	/** Somebody ought to do something about it. */
	readonly warn?: boolean;
}

/** The figures that a manager looks at first. */
export function tiles(figures: Figures, words: PageWords): Html {
	return html`<dl class="tiles">
${tilesOf(figures, words).map(
	({ name, value, more, warn = false }) =>
		html`<div class="tile${warn ? ' warn' : ''}"><dt>${name}</dt><dd>${value}<span class="more">${more.join(' · ')}</span></dd></div>
`,
)}</dl>`;
}

function tilesOf(figures: Figures, words: PageWords): Tile[] {
	const { tiles: names, of } = words;
	const { visits, known, sales, rates, greetMs, dwellMs, leftUnreceived, openOutcomes } = figures;
	const said = (count: number, text: (count: number) => string) => (count > 0 ? [text(count)] : []);
	return [
		{ name: names.visits, value: visits, more: [words.persons(figures.persons)] },
		{
			name: names.withinTarget,
			value: percent(rates.withinTarget),
			more: [of(figures.receivedWithinTarget, visits), words.withinTarget(figures.targetMs / 1000)],
		},
		{
			...{ name: names.unreceived, value: leftUnreceived, warn: leftUnreceived > 0 },
			more: [
				...[words.escalated(figures.escalated), ...said(figures.leftAsWished, words.asWished)],
				...said(figures.waiting, words.stillWaiting),
			],
		},
		{
			name: names.greet,
			value: greetMs ? wait(greetMs.p50, words) : '—',
			more: greetMs ? [words.within95(wait(greetMs.p95, words))] : [],
		},
		{ name: names.repeat, value: percent(rates.repeat), more: [of(figures.repeat, known)] },
		{ name: names.contacts, value: percent(rates.contacts), more: [of(figures.contacts, sales)] },
		{ name: names.testDrives, value: percent(rates.testDrives), more: [of(figures.testDrives, sales)] },
		{ name: names.orders, value: percent(rates.orders), more: [of(figures.orders, sales), words.quotes(figures.quotes)] },
		{
			name: names.dwell,
			value: dwellMs ? stay(dwellMs.p50, words) : '—',
			more: dwellMs ? [words.within95(stay(dwellMs.p95, words))] : [],
		},
		{ name: names.guests, value: `${figures.guestsArrived} / ${figures.guestsExpected}`, more: [] },
		{ name: names.received, value: of(figures.received, visits), more: [] },
		{ name: names.openOutcomes, value: openOutcomes, more: [], warn: openOutcomes > 0 },
	];
}
