import type { EventDraft } from '../contract/events.js';
import type { Channel, Grade, Purpose } from '../contract/vocabulary.js';

/** The invented store: a consultant's id is `consultant-N`, a customer's `customer-N`. */
export const consultants = 14;
export const customers = 14_200;
/** Of 1, how many visitors are known. */
const known = 0.4;
/** Visits on Monday to Friday, and at the weekend: 548 a day over the week. */
const [weekday, weekend] = [457, 776];
/** Nobody comes before, or at this hour any more (local time). */
const [opens, closes] = [9, 20];
/** The first day, a Monday. */
const [year, month, day] = [2021, 0, 4];

const boot = 'b0076e00-0000-4000-8000-000000000000';
const purposes: readonly Purpose[] = [
	'look-around',
	'look-around',
	'look-around',
	'test-drive',
	'quote',
	'appointment',
	'pick-up',
	'service',
];
const channels: readonly Channel[] = ['walk-in', 'walk-in', 'invited', 'referral', 'online', 'telephone', 'returning'];
const grades: readonly Grade[] = ['H', 'A', 'B', 'C', 'D'];
const models = ['linglan-ev', 'qinghe-suv', 'yunling-sedan', 'haidong-mpv', 'xingye-coupe'];

export interface VisitDay {
	/** Local midnight, Unix ms. */
	readonly from: number;
	/** The next one. */
	readonly to: number;
	readonly visits: number;
}

/** The days over which so many visits are spread, oldest first. The last one may have fewer than such a day should. */
export function visitDays(visits: number): VisitDay[] {
	const days: VisitDay[] = [];
	for (let left = visits; left > 0; ) {
		const from = new Date(year, month, day + days.length);
		const to = new Date(year, month, day + days.length + 1);
		const most = from.getDay() % 6 === 0 ? weekend : weekday;
		days.push({ from: from.getTime(), to: to.getTime(), visits: Math.min(left, most) });
		left -= most;
	}
	return days;
}

/**
 * What a day's visits left in the log, eight events each, in the order of their times: visits overlap as they do.
 *
 * @param random uniform in [0, 1)
 */
export function dayOfEvents({ from, visits }: VisitDay, random: () => number): EventDraft[] {
	const hour = 3_600_000;
	const events = Array.from({ length: visits }, () => {
		// More come about the middle of the day than at its ends.
		const share = 0.7 * random() + 0.3 * ((random() + random()) / 2);
		return visitEvents(Math.round(from + (opens + share * (closes - opens)) * hour), random);
	});
	return events.flat().sort((a, b) => a.at.wall - b.at.wall);
}

/** One visit from the door (`openedAt`, Unix ms) to the form about it. */
export function visitEvents(openedAt: number, random: () => number): EventDraft[] {
	const below = (count: number) => Math.floor(random() * count);
	const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
	const after = (from: number, leastMs: number, mostMs: number) => Math.round(from + leastMs + random() * (mostMs - leastMs));

	const receivedAt = after(openedAt, 150, 900);
	const acknowledgedAt = after(receivedAt, 2_000, 18_000);
	const greetedAt = after(acknowledgedAt, 5_000, 40_000);
	const closedAt = after(greetedAt, 240_000, 5_400_000);
	const recordedAt = after(closedAt, 20_000, 1_200_000);

	const [visit, alert] = [timeId(openedAt, random), timeId(openedAt, random)];
	// Some come far more often than others.
	const customer = random() < known ? `customer-${Math.floor(customers * random() ** 1.5)}` : null;
	const turn = below(consultants);
	const [staff, next] = [`consultant-${turn}`, `consultant-${(turn + 1) % consultants}`];
	const purpose = random() < 0.6 ? one(purposes) : null;
	const device = `device-${turn}`;

	let cause: string | null = null;
	const draft = (wall: number, actor: EventDraft['actor'], subject: string) => {
		const id = timeId(wall, random);
		const envelope = { id, at: { wall, mono: wall - openedAt + 1_000, boot }, actor, subject, cause };
		cause = id;
		return envelope;
	};
	const face = customer === null ? ({ verdict: 'nobody', faces: 3 } as const) : evidence(random);
	return [
		{
			...draft(openedAt, 'camera:entrance', visit),
			type: 'visit.opened',
			body: { visit, source: 'crossing', entrance: 'main', customer, purpose: null, host: null, face, party: null },
		},
		{
			...draft(openedAt, 'system', alert),
			type: 'alert.opened',
			body: {
				...{ alert, visit, kind: 'arrival', from: null, customer, purpose, quiet: false, redAfterMs: 60_000 },
				steps: [
					{ afterMs: 0, staff: [staff] },
					{ afterMs: 20_000, staff: [next] },
					{ afterMs: 45_000, staff: ['manager-0'] },
				],
				turn: customer === null ? { rota: 'sales', staff, among: [staff, next] } : null,
				passed: [],
			},
		},
		{ ...draft(receivedAt, `staff:${staff}`, alert), type: 'alert.received', body: { alert, step: 0, staff, device } },
		{ ...draft(acknowledgedAt, `staff:${staff}`, alert), type: 'alert.acknowledged', body: { alert, staff } },
		{ ...draft(greetedAt, `staff:${staff}`, alert), type: 'alert.greeted', body: { alert, staff } },
		{ ...draft(greetedAt, `staff:${staff}`, visit), type: 'visit.greeted', body: { visit, staff } },
		{ ...draft(closedAt, 'camera:entrance', visit), type: 'visit.closed', body: { visit, reason: 'left' } },
		{
			...draft(recordedAt, `staff:${staff}`, visit),
			type: 'visit.outcome-recorded',
			body: {
				...{ visit, staff, result: one(['follow-up', 'follow-up', 'lost', 'served', 'ordered']), grade: one(grades) },
				...{ channel: one(channels), partySize: 1 + below(3), models: [one(models)], rivals: [], note: null },
				...{ testDrive: random() < 0.3, quote: random() < 0.35, contactLeft: customer !== null || random() < 0.5 },
			},
		},
	];
}

function evidence(random: () => number) {
	const [distance, second] = [0.3 + random() * 0.1, 0.8 + random() * 0.2];
	const measured = { faces: 3, eyeDistance: 42, distance, second, threshold: 0.46 };
	return { verdict: 'known', ...measured, model: 'mobilefacenet/fp32/a2', calibration: 'own' } as const;
}

/** An id that begins with its time (UUID version 7), as the agent's ids do: it is what puts new rows side by side. */
function timeId(wall: number, random: () => number): string {
	const hex = (digits: number) =>
		Math.floor(random() * 16 ** digits)
			.toString(16)
			.padStart(digits, '0');
	const time = wall.toString(16).padStart(12, '0');
	return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[Math.floor(random() * 4)]}${hex(3)}-${hex(6)}${hex(6)}`;
}
