/** Why something about consent was not done; stable, for programs. */
export type ConsentRefusal =
	| 'no-such-person'
	/** Another text is in force now: show that one. */
	| 'old-notice'
	| 'no-such-notice'
	/** Nothing is kept of a face without consent. */
	| 'no-consent'
	/** Members of staff can withdraw their face; the log keeps who did what. */
	| 'staff-stay'
	/** The gallery is not loaded yet. */
	| 'still-starting';

/** A refusal with a message for people. */
export class ConsentRefused extends Error {
	override readonly name = 'ConsentRefused';

	constructor(
		readonly code: ConsentRefusal,
		message: string,
	) {
		super(message);
	}
}
