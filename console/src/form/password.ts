import type { PASSWORD_MIN } from '../../../edge-agent/contract/access.api.js';

/** As the agent asks for; it also refuses common ones. */
export const passwordMin: typeof PASSWORD_MIN = 10;

/** What is wrong with a password and its repetition, if anything: a key of the texts. */
export function passwordFault(password: string, again: string): 'password.short' | 'password.differ' | null {
	if (password.length < passwordMin) return 'password.short';
	return password === again ? null : 'password.differ';
}
