const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Routes whose answers are never kept: they hold a secret or a cookie, or their body is a file that goes by as it comes. Those under `/api`
 * in `METHOD /path`, as in the permission table.
 */
export const NEVER_KEPT: readonly string[] = [
	'POST /api/setup',
	'POST /api/sign-in',
	'POST /api/sign-in/link',
	'POST /api/sign-in/password',
	'POST /api/sign-out',
	'POST /api/pair',
	'POST /api/me/password',
	'POST /api/me/totp',
	'POST /api/me/totp/confirm',
	'POST /api/me/totp/remove',
	'POST /api/staff',
	'POST /api/staff/:id/password-code',
	'POST /api/devices/codes',
	'POST /api/tokens',
	'POST /api/imports/customers',
	'POST /api/imports/staff',
	'POST /api/face-checkins/:id/frames',
	'POST /api/consent/people/:id/photographs',
];

/** Whether a route heeds the header Idempotency-Key. */
export function keepsAnswers(route: string): boolean {
	return WRITES.includes(route.split(' ')[0] ?? '') && !NEVER_KEPT.includes(route);
}
