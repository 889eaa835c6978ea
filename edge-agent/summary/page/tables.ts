import { html } from 'hono/html';
import type { ConsultantFigures, Part, SummaryDetails } from '../../contract/figures.api.js';
import type { Html } from './bars.js';
import { clockOf, stay, wait } from './formats.js';
import type { PageWords } from './words.js';

type NameOf = (staff: string) => string;
/** Rows beyond these say little on a page of paper. */
const MOST_PARTS = 8;

/** Who left without anybody: when, and who had been told. */
export function unreceivedTable(all: SummaryDetails['unreceived'], words: PageWords, nameOf: NameOf): Html {
	const { title, columns, none } = words.unreceived;
	const rows = all.map(({ openedAt, leftAt, reason, persons, purpose, known, told }) => [
		...[clockOf(openedAt), stay(leftAt - openedAt, words), persons],
		[known ? words.knownCustomer : words.unknownVisitor, ...(purpose === null ? [] : [words.purpose[purpose]])].join(words.and),
		told.length > 0 ? told.map(nameOf).join(words.and) : words.nobody,
		words.closed[reason] ?? '',
	]);
	return section(
		title,
		rows.length > 0 ? table(columns, [false, true, true, false, false, false], rows) : html`<p class="none">${none}</p>`,
	);
}

export function consultantsTable(all: readonly ConsultantFigures[], words: PageWords, nameOf: NameOf): Html {
	const { title, columns } = words.consultants;
	const rows = all.map(({ staff, received, greetP50Ms, testDrives, orders, openOutcomes }) => [
		...[nameOf(staff), received, greetP50Ms === null ? '—' : wait(greetP50Ms, words)],
		...[testDrives, orders, openOutcomes],
	]);
	return rows.length > 0 ? section(title, table(columns, [false, true, true, true, true, true], rows)) : html``;
}

/** Visits by one thing that was said of them. */
export function partTable<T extends string>(of: string, parts: readonly Part<T | null>[], words: PageWords, name: (of: T) => string): Html {
	const rows = parts.slice(0, MOST_PARTS).map((part) => {
		return [part.of === null ? words.parts.unknown : name(part.of), part.visits, part.contacts, part.testDrives, part.orders];
	});
	return html`<section>${table([of, ...words.parts.columns], [false, true, true, true, true], rows)}</section>`;
}

/** Whose forms are missing, and of which visits: by when those came. */
export function openOutcomesTable(all: SummaryDetails['openOutcomes'], words: PageWords, nameOf: NameOf): Html {
	const { title, columns, none } = words.openOutcomes;
	const rows = all.map(({ staff, visits }) => [
		nameOf(staff),
		visits.length,
		visits.map(({ openedAt }) => clockOf(openedAt)).join(words.and),
	]);
	return section(title, rows.length > 0 ? table(columns, [false, true, false], rows) : html`<p class="none">${none}</p>`);
}

function section(title: string, contents: Html): Html {
	return html`<section><h2>${title}</h2>${contents}</section>`;
}

/** @param right whether each column's cells stand to the right, as numbers do */
function table(columns: readonly string[], right: readonly boolean[], rows: readonly (readonly (string | number)[])[]): Html {
	const classOf = (column: number) => (right[column] ? html` class="number"` : '');
	return html`<table>
<thead><tr>${columns.map((title, column) => html`<th scope="col"${classOf(column)}>${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
	(row) => html`<tr>${row.map((cell, column) => html`<td${classOf(column)}>${cell}</td>`)}</tr>
`,
)}</tbody>
</table>`;
}
