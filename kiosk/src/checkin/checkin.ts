import type { CheckIn, CheckInAnswer } from '../../../edge-agent/contract/api.js';
import type { Language, Purpose } from '../../../edge-agent/contract/vocabulary.js';

/** The questions, in order. */
export const steps = ['purpose', 'name', 'telephone', 'host', 'confirm'] as const;
export type Step = (typeof steps)[number];

/** A check-in as far as it goes. Lives in memory only and is dropped when the visitor leaves. */
export interface CheckInDraft {
	/** Made once a check-in: sent again with each try, so that a lost answer makes no second visit. */
	readonly id: string;
	readonly step: Step;
	/** The visitor came back from the confirmation to change one answer: afterwards the confirmation is next. */
	readonly changing: boolean;
	readonly purpose: Purpose | null;
	readonly name: string;
	readonly telephone: string;
	/** Whom they came to see; `{ id: null }`: anyone; null: not asked yet. */
	readonly host: { readonly id: string | null } | null;
	/** The id of a brochure. */
	readonly model: string | null;
	readonly sending:
		| { readonly state: 'no' }
		| { readonly state: 'sending' }
		| { readonly state: 'failed'; readonly error: string; readonly network: boolean };
	readonly answer: CheckInAnswer | null;
}

export type CheckInInput =
	| { readonly type: 'purpose'; readonly purpose: Purpose }
	| { readonly type: 'name'; readonly name: string }
	| { readonly type: 'telephone'; readonly telephone: string }
	| { readonly type: 'host'; readonly host: string | null }
	| { readonly type: 'next' }
	| { readonly type: 'back' }
	| { readonly type: 'change'; readonly step: Step }
	| { readonly type: 'send' }
	| { readonly type: 'answered'; readonly answer: CheckInAnswer }
	| { readonly type: 'failed'; readonly error: string; readonly network: boolean };

/** A new check-in; from a brochure its purpose and model are known. */
export function beginCheckIn(id: string, model: string | null): CheckInDraft {
	return {
		id,
		step: model === null ? 'purpose' : 'name',
		changing: false,
		purpose: model === null ? null : 'test-drive',
		name: '',
		telephone: '',
		host: null,
		model,
		sending: { state: 'no' },
		answer: null,
	};
}

export const maxNameLength = 40;

/** Pure. While it is being sent, and after it arrived, nothing can be changed. */
export function reduceCheckIn(draft: CheckInDraft, input: CheckInInput): CheckInDraft {
	if (input.type === 'answered') return { ...draft, sending: { state: 'no' }, answer: input.answer };
	if (input.type === 'failed') return { ...draft, sending: { state: 'failed', error: input.error, network: input.network } };
	if (draft.sending.state === 'sending' || draft.answer) return draft;
	switch (input.type) {
		case 'purpose':
			return forward({ ...draft, purpose: input.purpose });
		case 'name':
			return { ...draft, name: input.name.slice(0, maxNameLength) };
		case 'telephone':
			return { ...draft, telephone: cleanTelephone(input.telephone) };
		case 'host':
			return forward({ ...draft, host: { id: input.host } });
		case 'next':
			return mayLeave(draft) ? forward(draft) : draft;
		case 'back':
			return { ...draft, step: draft.changing ? 'confirm' : (steps[steps.indexOf(draft.step) - 1] ?? draft.step), changing: false };
		case 'change':
			return { ...draft, step: input.step, changing: true };
		case 'send':
			return checkInOf(draft, 'zh') ? { ...draft, sending: { state: 'sending' } } : draft;
	}
}

function forward(draft: CheckInDraft): CheckInDraft {
	const next = draft.changing ? 'confirm' : (steps[steps.indexOf(draft.step) + 1] ?? draft.step);
	return { ...draft, step: next, changing: false };
}

/** Whether the present question is answered well enough to go on. */
export function mayLeave(draft: CheckInDraft): boolean {
	switch (draft.step) {
		case 'purpose':
			return draft.purpose !== null;
		case 'name':
			return draft.name.trim() !== '';
		case 'telephone':
			return draft.telephone === '' || telephoneOk(draft.telephone);
		case 'host':
			return draft.host !== null;
		case 'confirm':
			return false;
	}
}

/** What is sent; null while an answer is missing. */
export function checkInOf(draft: CheckInDraft, language: Language): CheckIn | null {
	const name = draft.name.trim();
	if (draft.purpose === null || name === '' || draft.host === null) return null;
	if (draft.telephone !== '' && !telephoneOk(draft.telephone)) return null;
	return {
		id: draft.id,
		name,
		telephone: draft.telephone === '' ? null : draft.telephone,
		purpose: draft.purpose,
		host: draft.host.id,
		model: draft.model,
		language,
	};
}

const telephoneOk = (telephone: string) => /^\+?\d{5,15}$/.test(telephone);

/** Digits, with at most one plus in front; at most 15 digits (ITU-T E.164). Full-width digits, as Chinese keyboards give them, count. */
export function cleanTelephone(typed: string): string {
	const plain = typed.normalize('NFKC');
	const digits = plain.replace(/\D/g, '').slice(0, 15);
	return (plain.trimStart().startsWith('+') ? '+' : '') + digits;
}

/** A telephone in groups, as people read it aloud: Chinese mobiles as 138 0013 8000. */
export function formatTelephone(telephone: string): string {
	return /^1\d{3,10}$/.test(telephone)
		? [telephone.slice(0, 3), telephone.slice(3, 7), telephone.slice(7)].filter(Boolean).join(' ')
		: telephone;
}
