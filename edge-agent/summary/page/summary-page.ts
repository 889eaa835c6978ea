import { html, raw } from 'hono/html';
import type { SummaryDetails } from '../../contract/figures.api.js';
import type { Language } from '../../contract/vocabulary.js';
import { bars, type Html } from './bars.js';
import { clockOf, dayTitle, minutesOf, moment } from './formats.js';
import { style } from './style.js';
import { consultantsTable, openOutcomesTable, partTable, unreceivedTable } from './tables.js';
import { tiles } from './tiles.js';
import { pageWords } from './words.js';

export interface PageContents {
	readonly language: Language;
	readonly storeName: string;
	readonly details: SummaryDetails;
	/** What members of staff and models are called, by id. */
	readonly staff: ReadonlyMap<string, string>;
	readonly models: ReadonlyMap<string, string>;
	/** Unix ms. */
	readonly now: number;
}

/** Hours that the chart shows even if nobody came. */
const [FIRST_HOUR, LAST_HOUR] = [9, 17];

/** A day's summary to print: a whole page, without a script. Visitors have no names in it. */
export function summaryPage(contents: PageContents): Html {
	const { language, storeName, details, staff, models, now } = contents;
	const words = pageWords(language);
	const figures = details.now;
	const title = `${storeName} ${words.title} ${details.day}`;
	const nameOf = (id: string) => staff.get(id) ?? id;
	return html`<!doctype html>
<html lang="${words.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<header>
<div><h1>${words.title}</h1><div class="day">${storeName} · ${dayTitle(details.day, words.tag)}</div></div>
<p>${words.made(clockOf(details.madeAt))} <a class="screen" href="?lang=${language === 'zh' ? 'en' : 'zh'}">${words.other}</a></p>
</header>
<main>
${tiles(figures, words)}
<div class="pair">
<section><h2>${words.charts.arrivals}</h2>${arrivals(contents)}</section>
<section><h2>${words.charts.waits}</h2>${waits(contents)}</section>
</div>
${unreceivedTable(details.unreceived, words, nameOf)}
${consultantsTable(figures.byConsultant, words, nameOf)}
<div class="three">
${partTable(words.parts.purpose, figures.byPurpose, words, (purpose) => words.purpose[purpose])}
${partTable(words.parts.channel, figures.byChannel, words, (channel) => words.channel[channel])}
${partTable(words.parts.model, figures.byModel, words, (model) => models.get(model) ?? model)}
</div>
${openOutcomesTable(details.openOutcomes, words, nameOf)}
</main>
<footer>
${words.notes(figures.targetMs / 1000).map((note) => html`<p>${note}</p>`)}
<p>${words.printed(moment(now))} · ${words.atClosing(details.figures)}</p>
</footer>
</body>
</html>
`;
}

function arrivals({ language, details }: PageContents): Html {
	const all = details.now.byHour.map((value, hour) => ({ label: String(hour), value }));
	const shown = all.filter(
		({ value }, hour) =>
			value > 0 ||
			(hour >= FIRST_HOUR && hour <= LAST_HOUR) ||
			(all.slice(0, hour).some(({ value }) => value > 0) && all.slice(hour).some(({ value }) => value > 0)),
	);
	return bars(pageWords(language).charts.arrivals, shown);
}

function waits({ language, details }: PageContents): Html {
	const words = pageWords(language);
	const { greetMs, targetMs } = details.now;
	if (!greetMs) return html`<p class="none">${words.charts.noWaits}</p>`;
	const columns = greetMs.histogram.map(({ upToMs, visits }, index) => {
		const label = upToMs === null ? `> ${minutesOf(greetMs.histogram[index - 1]?.upToMs ?? 0)}` : minutesOf(upToMs);
		return { label, value: visits, late: (upToMs ?? Number.POSITIVE_INFINITY) > targetMs };
	});
	return bars(words.charts.waits, columns);
}
