import type { VisitView } from '../contract/api.js';
import type { OutcomeInput } from '../contract/reception.api.js';
import type { Channel } from '../contract/vocabulary.js';

/** The form about a visit: as it was filled in, or as far as the log knows. The remark is not told: whoever wrote it finds it with the visit. */
export function outcomeForm({ record, purpose, source, repeat, customer, checkin }: VisitView): OutcomeInput {
	const { result, grade, channel, partySize, models, rivals } = record;
	const filled = { grade, partySize, models: [...models], rivals: [...rivals], note: null };
	if (record.outcomeAt !== null && result !== null) {
		const { testDrive, quote, contactLeft } = record;
		return { ...filled, result, channel: channel ?? 'other', testDrive, quote, contactLeft };
	}
	return {
		...filled,
		result: purpose === 'service' || purpose === 'pick-up' ? 'served' : 'follow-up',
		channel: channel ?? likelyChannel(source, repeat),
		testDrive: purpose === 'test-drive',
		quote: purpose === 'quote',
		contactLeft: customer !== null || (checkin?.telephone ?? null) !== null,
	};
}

function likelyChannel(source: VisitView['source'], repeat: boolean | null): Channel {
	if (source === 'guest') return 'invited';
	return repeat ? 'returning' : 'walk-in';
}
