/** How long what is kept. */
export interface RetentionRules {
	/** A customer's templates, after their last visit (or their grant, if they have not come since). Calendar months. */
	readonly templateMonths: number;
	/** What visitors wrote when they checked in. */
	readonly checkinDays: number;
	readonly recordYears: number;
	/** Whose consent ends within this time stands in the list of reminders. */
	readonly reminderDays: number;
}

/** A valid grant as the upkeep looks at it. Times are Unix ms. */
export interface ValidGrant {
	readonly person: string;
	readonly kind: 'customer' | 'staff';
	readonly grantedAt: number;
	/** null: they have not come yet. */
	readonly lastVisitAt: number | null;
}

/** What is to be done now, and what is to come. */
export interface Upkeep {
	/** Whose grant has ended. */
	readonly expired: readonly string[];
	/** Whose grant ends within `reminderDays`, soonest first. */
	readonly expiring: readonly { readonly person: string; readonly expiresAt: number }[];
	/** Check-in texts written before this go. */
	readonly checkinsBefore: number;
	/** Processing records made before this go. */
	readonly recordsBefore: number;
}

const DAY_MS = 24 * 60 * 60_000;

/** When a grant ends unless the person comes again; null: never by itself (staff, whose grant ends with their employment). */
export function expiresAt({ kind, grantedAt, lastVisitAt }: Omit<ValidGrant, 'person'>, { templateMonths }: RetentionRules): number | null {
	return kind === 'staff' ? null : addMonths(Math.max(grantedAt, lastVisitAt ?? 0), templateMonths);
}

/** Looks through every valid grant; a moment at which several things are due decides all of them, in whatever order it comes after a restart. */
export function decideUpkeep(grants: readonly ValidGrant[], rules: RetentionRules, now: number): Upkeep {
	const ends = grants.flatMap((grant) => {
		const at = expiresAt(grant, rules);
		return at === null ? [] : [{ person: grant.person, expiresAt: at }];
	});
	return {
		expired: ends.filter((end) => end.expiresAt <= now).map(({ person }) => person),
		expiring: ends
			.filter((end) => end.expiresAt > now && end.expiresAt <= now + rules.reminderDays * DAY_MS)
			.sort((a, b) => a.expiresAt - b.expiresAt),
		checkinsBefore: now - rules.checkinDays * DAY_MS,
		recordsBefore: addMonths(now, -12 * rules.recordYears),
	};
}

/** The same day and time (UTC) so many months later; the month's last day where it has no such day. */
export function addMonths(ms: number, months: number): number {
	const from = new Date(ms);
	const day = from.getUTCDate();
	const to = new Date(ms);
	to.setUTCDate(1);
	to.setUTCMonth(to.getUTCMonth() + months);
	const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
	to.setUTCDate(Math.min(day, last));
	return to.getTime();
}
