import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import type { Consent } from '../consent/consent.js';
import { bytesOf, enrolled } from '../consent/enrolment.js';
import type { Grant } from '../contract/consent.api.js';
import type { EventDraft } from '../contract/events.js';
import type { EnrolmentDesk } from '../gallery/enrolment.client.js';
import type { RowChange, ShowroomLog } from '../log/log.types.js';
import { staff } from './cast.js';
import type { Look } from './drawing/look.js';
import { enrolmentPhotos } from './photos.js';
import type { DemoScript } from './script.js';

/**
 * Puts the demo's staff and its opted-in customers into the showroom, enrolled from drawn photographs like anybody else: each with a grant
 * of their own. Everybody in the film is drawn, so that comparing every face at the entrance is confirmed here, as an administrator would.
 */
export async function enrolCast(log: ShowroomLog, consent: Consent, desk: EnrolmentDesk, script: DemoScript): Promise<void> {
	await log.append(
		[],
		staff.map(({ id, name, role }) => ({ table: 'staff', id, name, role, onDuty: true })),
	);
	await enrol(log, consent, desk, { person: script.staff.id, kind: 'staff', look: script.staff.look }, []);
	for (const { id, name, telephone, consultant, look } of script.customers)
		await enrol(log, consent, desk, { person: id, kind: 'customer', look }, [{ table: 'customers', id, name, telephone, consultant }]);
	await consent.setTrigger('system', { trigger: 'entrance', assessment: true, sign: true });
}

async function enrol(
	log: ShowroomLog,
	consent: Consent,
	desk: EnrolmentDesk,
	{ person, kind, look }: { readonly person: string; readonly kind: 'customer' | 'staff'; readonly look: Look },
	rows: readonly RowChange[],
): Promise<void> {
	const notice = (await consent.currentNotice(kind)).hash;
	const paper: Grant = { notice, purposes: ['recognition'], via: 'paper', language: 'zh', under14: false, guardian: null };
	const grant = await consent.grantDraft('system', { person, kind }, paper);
	const faces: RowChange[] = [];
	for (const photo of await enrolmentPhotos(look)) {
		const descriptor = bytesOf(await desk.describe(photo));
		faces.push({ table: 'templates', id: uuidv7(), person, kind, modelId: desk.modelId, descriptor });
	}
	const envelope: Pick<EventDraft, 'id' | 'at' | 'actor'> = { id: uuidv7(), at: now(), actor: 'system' };
	await log.append(
		[grant.draft, enrolled(envelope, { person, kind, templates: faces.length, model: desk.modelId, doubt: null })],
		[...rows, ...grant.changes, ...faces],
	);
}
