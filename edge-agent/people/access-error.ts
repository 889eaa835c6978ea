/** Why somebody does not come in, or what was asked about access cannot be done; the API answers with the same codes. */
export type AccessErrorCode =
	| 'wrong-sign-in'
	| 'code-needed'
	| 'wrong-code'
	| 'new-password-needed'
	| 'wrong-password'
	| 'weak-password'
	| 'too-many-tries'
	| 'set-up-already'
	| 'id-taken'
	| 'last-administrator'
	| 'no-staff'
	| 'no-such-session'
	| 'no-such-device'
	| 'no-such-token'
	| 'not-for-phones';

/** Nothing has been changed. Holds no secret and not what was typed. */
export class AccessError extends Error {
	override readonly name = 'AccessError';

	constructor(
		readonly code: AccessErrorCode,
		/** `too-many-tries`: when to try again. */
		readonly retryMs = 0,
	) {
		super(code);
	}
}
