/** Why something asked for cannot be done. `taken`: by `staff`. `over`: greeted or closed already. */
export type RefusalCode = 'no-such-alert' | 'no-such-staff' | 'taken' | 'over';

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
