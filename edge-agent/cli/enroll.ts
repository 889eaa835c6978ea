import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../../models/model-store.js';
import { now } from '../clock.js';
import { bytesOf, enrolled as enrolledEvent } from '../consent/enrolment.js';
import { keepable } from '../consent/photograph.source.js';
import { checkInSchema } from '../contract/api.js';
import { languageSchema } from '../contract/vocabulary.js';
import { describePeople, type EnrolledPerson, type RefusedPhoto, refusalLine } from '../gallery/enrol-people.js';
import { EnrolmentDesk } from '../gallery/enrolment.client.js';
import { readGalleryFolder } from '../gallery/folder.source.js';
import type { RowChange } from '../log/log.types.js';
import { type PaperOptions, paperGrant, withConsent } from './consent.js';
import { oneOf } from './options.js';
import { checked, findStaff, telephoneHelp, telephoneOf } from './people.js';
import { note } from './terminal.js';

interface Options extends PaperOptions {
	readonly name?: string;
	readonly photo?: string[];
	readonly gallery?: string;
	readonly telephone?: string;
	readonly consultant?: string;
	readonly data: string;
	readonly config?: string;
	readonly json?: boolean;
}

export function register(program: Command): void {
	const command = program
		.command('enroll')
		.description('enrol customers who opted in, from photographs of their face')
		.option('--name <name>', 'the customer, with --photo', (text) => checked(checkInSchema.shape.name, text))
		.option('--photo <file...>', 'photographs that show the customer alone, from the front')
		.option('--gallery <dir>', 'many at once: a folder of photographs a person, named after them')
		.option('--telephone <number>', `with --name: ${telephoneHelp}`)
		.option('--consultant <staff>', 'id or name of the consultant who looks after them')
		.requiredOption('--consent <how>', 'paper: everybody enrolled has signed the notice, and the store keeps the papers', oneOf(['paper']))
		.requiredOption('--notice <version>', 'the version that they signed, as `showroom consent notice` prints it', Number)
		.option('--allow-accuracy', 'they ticked: accuracy of reception')
		.option('--allow-photograph', 'they ticked: the photograph is kept')
		.option('--guardian <name>', 'under 14, with --name: the guardian who signed')
		.option('--lang <language>', 'of the paper: zh or en', oneOf(languageSchema.options), 'zh')
		.option('--data <dir>', 'data directory', 'data')
		.option('--config <file>', 'settings (YAML)')
		.option('--json', 'answer with one line of JSON')
		.action(async (options: Options) => {
			const byName = options.name !== undefined && options.photo !== undefined;
			if (byName === (options.gallery !== undefined))
				command.error('error: give either --name with --photo, or --gallery', { exitCode: 2 });
			if (!byName && options.telephone !== undefined)
				command.error('error: --telephone belongs to one customer: give it with --name', { exitCode: 2 });
			if (!byName && options.guardian !== undefined)
				command.error('error: --guardian belongs to one customer: give it with --name', { exitCode: 2 });
			await enroll(options, await telephoneOf(options.telephone, command));
		});
}

async function enroll(options: Options, telephone: string | null): Promise<void> {
	const people =
		options.gallery === undefined
			? [{ person: options.name ?? '', photos: options.photo ?? [] }]
			: await readGalleryFolder(options.gallery);
	if (people.length === 0)
		throw new Error(
			`the gallery ${options.gallery} holds no photographs; put a folder of .jpg or .png files a person in it, named after them`,
		);

	await withConsent(options, async ({ log, consent }) => {
		const grant = paperGrant(await consent.currentNotice('customer'), options);
		const modelsDir = join(options.data, 'models');
		const desk = new EnrolmentDesk({ recogniser: await openModelStore({ dir: modelsDir }).active(), modelsDir }, note);
		const refused: RefusedPhoto[] = [];
		try {
			const consultant = options.consultant === undefined ? null : findStaff(await log.staff(), options.consultant);
			await desk.start();
			const enrolled = await describePeople(
				(photo) => desk.describe(photo),
				people,
				(photo) => {
					refused.push(photo);
					note(refusalLine(photo));
				},
			);
			const kept = { modelId: desk.modelId, keepPhotos: options.allowPhotograph === true };
			const answer = [];
			for (const person of enrolled) {
				const customer = uuidv7();
				const { draft, changes } = await consent.grantDraft('cli', { person: customer, kind: 'customer' }, grant);
				const enrolment = { person: customer, kind: 'customer', templates: person.descriptors.length, model: desk.modelId } as const;
				await log.append(
					[draft, enrolledEvent({ id: uuidv7(), at: now(), actor: 'cli' }, enrolment)],
					[...changes, ...(await rows(customer, person, { telephone, consultant }, kept))],
				);
				answer.push({ customer, name: person.person, templates: person.descriptors.length });
			}
			if (options.json) process.stdout.write(`${JSON.stringify({ enrolled: answer, refused })}\n`);
			else
				for (const { name, customer, templates } of answer)
					process.stdout.write(`${name}: enrolled with ${templates} photograph(s) as ${customer}\n`);
			if (enrolled.length === 0) throw new Error('nobody was enrolled; see above for what is wrong with each photograph');
		} finally {
			await desk.stop();
		}
	});
}

interface Customer {
	readonly telephone: string | null;
	readonly consultant: string | null;
}

/** The customer's rows; their photographs where the grant allows keeping them. */
async function rows(
	id: string,
	{ person: name, descriptors, photos }: EnrolledPerson,
	customer: Customer,
	{ modelId, keepPhotos }: { readonly modelId: string; readonly keepPhotos: boolean },
): Promise<RowChange[]> {
	return [
		{ table: 'customers', id, name, ...customer },
		...descriptors.map(
			(descriptor): RowChange => ({
				...{ table: 'templates', id: uuidv7(), person: id, kind: 'customer', modelId, descriptor: bytesOf(descriptor) },
			}),
		),
		...(await Promise.all(
			(keepPhotos ? photos : []).map(async (photo): Promise<RowChange> => {
				return { table: 'photographs', id: uuidv7(), person: id, jpeg: await keepable(await readFile(photo)) };
			}),
		)),
	];
}
