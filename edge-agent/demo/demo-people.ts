import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import type { EnrolmentDesk } from '../gallery/enrolment.client.js';
import type { RowChange, ShowroomLog } from '../log/log.types.js';
import { staff } from './cast.js';
import type { Look } from './drawing/look.js';
import { enrolmentPhotos } from './photos.js';
import type { DemoScript } from './script.js';

/** Puts the demo's staff and its opted-in customers into the showroom, enrolled from drawn photographs like anybody else. */
export async function enrolCast(log: ShowroomLog, desk: EnrolmentDesk, script: DemoScript): Promise<void> {
	await log.append(
		[],
		staff.map(({ id, name, role }) => ({ table: 'staff', id, name, role, onDuty: true })),
	);
	await log.append([], await templates(desk, script.staff.id, 'staff', script.staff.look));
	for (const { id, name, telephone, consultant, look } of script.customers) {
		const faces = await templates(desk, id, 'customer', look);
		await log.append(
			[
				{
					id: uuidv7(),
					type: 'customer.enrolled',
					at: now(),
					actor: 'system',
					subject: id,
					cause: null,
					body: { customer: id, templates: faces.length, model: desk.modelId },
				},
			],
			[{ table: 'customers', id, name, telephone, consultant }, ...faces],
		);
	}
}

async function templates(desk: EnrolmentDesk, person: string, kind: 'customer' | 'staff', look: Look): Promise<RowChange[]> {
	const changes: RowChange[] = [];
	for (const photo of await enrolmentPhotos(look)) {
		const descriptor = await desk.describe(photo);
		changes.push({ table: 'templates', id: uuidv7(), person, kind, modelId: desk.modelId, descriptor: new Uint8Array(descriptor.buffer) });
	}
	return changes;
}
