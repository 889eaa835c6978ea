import { setImmediate } from 'node:timers/promises';
import type { Figures, OpenOutcome, SummaryDetails, SummaryView, UnreceivedVisit } from '../contract/figures.api.js';
import type { Connection } from '../store/database.store.js';
import { figuresOf, leftUnreceivedBy } from './figures.js';
import { FIGURES_ROWS, type FiguresCells, figuresRow } from './figures-select.js';
import { type FiguresRow, grouped, owesOutcome, partiesOf } from './parties.js';

/** So much of the span is read at once; in between the thread does its other work. */
const SLICE_MS = 24 * 60 * 60_000;

interface SummaryRow {
	readonly day: string;
	readonly madeAt: number;
	readonly figures: string;
}

/** The managers' figures, and the summaries of days. */
export class FiguresRows {
	readonly #rows;
	readonly #guests;
	readonly #told;
	readonly #summaries;
	readonly #summary;

	constructor(database: Connection) {
		const visits = database.prepare<[number, number], FiguresCells>(FIGURES_ROWS).raw();
		this.#rows = (from: number, to: number) => visits.all(from, to).map(figuresRow);
		this.#guests = database.prepare<[number, number], { expected: number; arrived: number }>(`
			SELECT count(*) FILTER (WHERE state <> 'cancelled') AS expected, count(*) FILTER (WHERE state = 'arrived') AS arrived
			FROM guests WHERE expected_at >= ? AND expected_at < ?`);
		this.#told = database
			.prepare<[string], string>(`
				SELECT t.staff FROM alerts a JOIN alert_told t ON t.alert = a.id WHERE a.visit = ? AND a.kind = 'arrival' ORDER BY t.position`)
			.pluck();
		this.#summaries = database.prepare<[number], SummaryRow>(
			'SELECT day, made_at AS madeAt, figures FROM summaries ORDER BY day DESC LIMIT ?',
		);
		this.#summary = database.prepare<[string], SummaryRow>('SELECT day, made_at AS madeAt, figures FROM summaries WHERE day = ?');
	}

	/** Of the visits opened in [from, to) (Unix ms). */
	async figures(from: number, to: number, targetMs: number): Promise<Figures> {
		const rows: FiguresRow[] = [];
		for (let start = from; start < to; start += SLICE_MS) {
			rows.push(...this.#rows(start, Math.min(start + SLICE_MS, to)));
			await setImmediate();
		}
		return figuresOf({ from, to, targetMs, rows, guests: this.#guests.get(from, to) ?? { expected: 0, arrived: 0 } });
	}

	/** Who left without anybody, and whose forms are missing, of the visits opened in [from, to): a day. */
	looseEnds(from: number, to: number): Pick<SummaryDetails, 'unreceived' | 'openOutcomes'> {
		const rows = this.#rows(from, to);
		const unreceived = partiesOf(rows)
			.filter(leftUnreceivedBy)
			.map(({ visit, openedAt, left, persons, purpose, known }): UnreceivedVisit => {
				const told = [...new Set(this.#told.all(visit))];
				return { visit, openedAt, leftAt: left.at, reason: left.reason, persons, purpose, known, told };
			});
		const openOutcomes = [...grouped(rows.filter(owesOutcome), ({ receivedBy }) => [receivedBy])].map(([staff, owed]) => ({
			staff,
			visits: owed.map(({ id, openedAt, closedAt }): OpenOutcome => ({ visit: id, openedAt, closedAt })),
		}));
		return { unreceived, openOutcomes };
	}

	/** Days that have been summed up, newest first. */
	summaries(limit: number): SummaryView[] {
		return this.#summaries.all(limit).map(summaryView);
	}

	/** null: none was made of this day. */
	summary(day: string): SummaryView | null {
		const row = this.#summary.get(day);
		return row ? summaryView(row) : null;
	}
}

function summaryView({ figures, ...row }: SummaryRow): SummaryView {
	return { ...row, figures: JSON.parse(figures) as SummaryView['figures'] };
}
