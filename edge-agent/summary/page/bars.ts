import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** A piece of a page, escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface Bar {
	readonly label: string;
	readonly value: number;
	/** Too long: in the colour of warning. */
	readonly late?: boolean;
}

const [WIDTH, HEIGHT] = [360, 120];
/** Where the bars stand, and how high the highest is. */
const [BASE, TALLEST] = [102, 84];

/** A chart of upright bars, with each value above its bar, as SVG. `title` is for those who cannot see it. */
export function bars(title: string, all: readonly Bar[]): Html {
	const most = Math.max(1, ...all.map(({ value }) => value));
	const slot = WIDTH / all.length;
	const width = Math.min(34, slot * 0.72);
	return html`<svg class="bars" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${all.map(({ label, value, late = false }, index) => {
	const middle = Math.round((index + 0.5) * slot * 10) / 10;
	const height = Math.round((value / most) * TALLEST * 10) / 10;
	const left = Math.round((middle - width / 2) * 10) / 10;
	return html`<g><rect class="${late ? 'late' : 'bar'}" x="${left}" y="${BASE - height}" width="${width}" height="${height}"></rect>${
		value > 0 ? html`<text class="value" x="${middle}" y="${BASE - height - 4}">${value}</text>` : ''
	}<text class="label" x="${middle}" y="${BASE + 14}">${label}</text></g>
`;
})}<line class="base" x1="0" y1="${BASE}" x2="${WIDTH}" y2="${BASE}"></line>
</svg>`;
}
