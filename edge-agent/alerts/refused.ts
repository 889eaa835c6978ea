/** Why something asked for cannot be done. `taken`: by `staff`. `over`: greeted, closed or answered already. `asked`: `staff` is, already. `not-yours`: it is `staff`'s to answer. */
export type RefusalCode =
	| 'no-such-alert'
	| 'no-such-staff'
	| 'no-such-visit'
	| 'no-such-customer'
	| 'no-such-guest'
	| 'no-such-task'
	| 'taken'
	| 'over'
	| 'asked'
	| 'not-yours';

/** What was asked for cannot be done, and nothing has been written. */
export class Refused extends Error {
	override readonly name = 'Refused';

	/** @param staff who has taken the alert, or is not there */
	constructor(
		readonly code: RefusalCode,
		readonly staff: string | null = null,
	) {
		super(staff === null ? code : `${code} (${staff})`);
	}
}
