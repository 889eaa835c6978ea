import { normaliseTelephone } from '../../store/telephone.js';
import { type Consultants, normalName } from './consultants.js';
import { type CustomerTexts, type JudgedRow, type Judging, RowUnderJudgement, type Write } from './judged.js';
import type { TableRow } from './table.js';
import { readTelephone } from './telephones.js';

export interface StoredCustomer extends CustomerTexts {
	readonly id: string;
}

/** The store's customers by telephone, as numbers are compared. */
export function byTelephone(customers: readonly StoredCustomer[]): ReadonlyMap<string, readonly StoredCustomer[]> {
	const found = new Map<string, StoredCustomer[]>();
	for (const customer of customers) {
		if (customer.telephone === null) continue;
		const key = normaliseTelephone(customer.telephone);
		const same = found.get(key);
		if (same) same.push(customer);
		else found.set(key, [customer]);
	}
	return found;
}

/** Each row of customers: what is wrong with it, and what confirming would write. */
export function judgeCustomers(
	rows: readonly TableRow[],
	{ fields, duplicates, consultants }: Judging,
	stored: ReadonlyMap<string, readonly StoredCustomer[]>,
	staff: Consultants,
): JudgedRow<CustomerTexts>[] {
	const seen = new Set<string>();
	return rows.map((row) => {
		const judging = new RowUnderJudgement(row, fields);
		const name = judging.name();
		const telephone = telephoneOf(judging);
		const consultant = consultantOf(judging, consultants, staff);
		const texts = { name, telephone, consultant, model: judging.text('model'), note: judging.text('note') };
		if (judging.failed) return judging.judged({ known: null, repeats: false, write: null });

		const key = telephone === null ? null : normaliseTelephone(telephone);
		const repeats = key !== null && seen.has(key);
		if (key !== null) seen.add(key);
		if (repeats) judging.warn('repeated', 'telephone');
		const { known, several } = knownAs(name, (key !== null && stored.get(key)) || []);
		if (several) judging.warn('known-several', 'telephone');
		const write = repeats && duplicates !== 'keep-both' ? null : whatToWrite(texts, duplicates, known, several);
		return judging.judged({ known: known && { id: known.id, name: known.name }, repeats, write });
	});
}

function telephoneOf(judging: RowUnderJudgement): string | null {
	if (judging.failedIn('telephone')) return null;
	const { telephone, issue } = readTelephone(judging.cell('telephone'));
	if (telephone !== null) judging.values.telephone = telephone;
	if (issue === null) return telephone;
	if (telephone !== null || issue === 'telephone-missing') judging.warn(issue, 'telephone');
	else judging.error(issue, 'telephone');
	return telephone;
}

function consultantOf(judging: RowUnderJudgement, chosen: Judging['consultants'], staff: Consultants): string | null {
	const text = judging.text('consultant');
	if (text === null) return null;
	const choice = chosen.get(text);
	if (choice !== undefined) {
		const person = choice === null ? null : staff.byId(choice);
		judging.values.consultant = person?.name ?? '';
		return person?.id ?? null;
	}
	const meant = staff.find(text);
	if ('staff' in meant) {
		judging.values.consultant = meant.staff.name;
		return meant.staff.id;
	}
	judging.warn(meant.ambiguous ? 'consultant-ambiguous' : 'consultant-unknown', 'consultant');
	return null;
}

/** Whom the store has under this telephone; of several the only one of this name. */
function knownAs(name: string, matches: readonly StoredCustomer[]): { readonly known: StoredCustomer | null; readonly several: boolean } {
	const [only] = matches;
	if (!only || matches.length === 1) return { known: only ?? null, several: false };
	const named = matches.filter((customer) => normalName(customer.name) === normalName(name));
	return named.length === 1 ? { known: named[0] ?? null, several: false } : { known: only, several: true };
}

function whatToWrite(
	texts: CustomerTexts,
	duplicates: Judging['duplicates'],
	known: StoredCustomer | null,
	several: boolean,
): Write<CustomerTexts> | null {
	if (known === null || duplicates === 'keep-both') return { id: null, before: null, after: texts };
	if (duplicates === 'skip' || several) return null;
	const { id, ...before } = known;
	// The number is the same, however it is written.
	const after = duplicates === 'fill' ? filledIn(before, texts) : { ...filledIn(texts, before), telephone: before.telephone };
	const same = (Object.keys(after) as (keyof CustomerTexts)[]).every((key) => after[key] === before[key]);
	return same ? null : { id, before, after };
}

/** `first`, and where it has nothing, `second`. */
function filledIn(first: CustomerTexts, second: CustomerTexts): CustomerTexts {
	return {
		name: first.name,
		telephone: first.telephone ?? second.telephone,
		consultant: first.consultant ?? second.consultant,
		model: first.model ?? second.model,
		note: first.note ?? second.note,
	};
}
