import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../../models/model-store.js';
import { now } from '../clock.js';
import { loadConfig } from '../config/config.source.js';
import { bytesOf, enrolled as enrolledEvent } from '../consent/enrolment.js';
import { keepable } from '../consent/photograph.source.js';
import { checkInSchema } from '../contract/api.js';
import { confirmable } from '../contract/consent.api.js';
import { languageSchema } from '../contract/vocabulary.js';
import { readCalibration } from '../gallery/calibration.store.js';
import { decisionThreshold } from '../gallery/decision-threshold.js';
import { describePeople, type EnrolledPerson, type RefusedPhoto, refusalLine } from '../gallery/enrol-people.js';
import { EnrolmentDesk } from '../gallery/enrolment.client.js';
import type { EnrolmentError } from '../gallery/enrolment.js';
import { readGalleryFolder } from '../gallery/folder.source.js';
import { Gallery } from '../gallery/gallery.js';
import { Newcomers } from '../gallery/newcomers.js';
import type { RowChange, ShowroomQueries } from '../log/log.types.js';
import { type PaperOptions, paperGrant, withConsent } from './consent.js';
import { listMissing } from './missing.js';
import { oneOf } from './options.js';
import { checked, findStaff, telephoneHelp, telephoneOf } from './people.js';
import { note } from './terminal.js';

interface Options extends PaperOptions {
	readonly name?: string;
	readonly photo?: string[];
	readonly gallery?: string;
	readonly telephone?: string;
	readonly consultant?: string;
	readonly anyway?: true;
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
		.option('--consent <how>', 'paper: everybody enrolled has signed the notice, and the store keeps the papers', oneOf(['paper']))
		.option('--notice <version>', 'the version that they signed, as `showroom consent notice` prints it', Number)
		.option('--allow-accuracy', 'they ticked: accuracy of reception')
		.option('--allow-photograph', 'they ticked: the photograph is kept')
		.option('--guardian <name>', 'under 14, with --name: the guardian who signed')
		.option('--anyway', "also photographs that look like somebody else enrolled (twins), or unlike the person's others")
		.option('--missing', 'only list who has no template by the recogniser in use, and why; works while the agent runs')
		.option('--lang <language>', 'of the paper: zh or en', oneOf(languageSchema.options), 'zh')
		.option('--data <dir>', 'data directory', 'data')
		.option('--config <file>', 'settings (YAML)')
		.option('--json', 'answer with one line of JSON')
		.action(async (options: Options & { readonly missing?: true; readonly consent?: string }) => {
			if (options.missing) return listMissing(options);
			const wrong = (message: string) => command.error(`error: ${message}`, { exitCode: 2 });
			const byName = options.name !== undefined && options.photo !== undefined;
			if (byName === (options.gallery !== undefined)) wrong('give either --name with --photo, or --gallery');
			if (options.consent === undefined || options.notice === undefined)
				wrong('say how they consented with --consent paper, and to which --notice: nobody is enrolled without');
			if (!byName && options.telephone !== undefined) wrong('--telephone belongs to one customer: give it with --name');
			if (!byName && options.guardian !== undefined) wrong('--guardian belongs to one customer: give it with --name');
			await enroll(options, await telephoneOf(options.telephone, command));
		});
}

async function enroll(options: Options, telephone: string | null): Promise<void> {
	const { anyway = false } = options;
	const folders =
		options.gallery === undefined
			? [{ person: options.name ?? '', photos: options.photo ?? [] }]
			: await readGalleryFolder(options.gallery, note);
	if (folders.length === 0)
		throw new Error(
			`the gallery ${options.gallery} holds no photographs; put a folder of .jpg or .png files a person in it, named after them`,
		);
	const people = folders.map((folder) => ({ ...folder, id: uuidv7() }));

	await withConsent(options, async ({ log, consent }) => {
		const grant = paperGrant(await consent.currentNotice('customer'), options);
		const modelsDir = join(options.data, 'models');
		const desk = new EnrolmentDesk({ recogniser: await openModelStore({ dir: modelsDir }).active(), modelsDir }, note);
		const refused: RefusedPhoto[] = [];
		/** What was waved through, by customer. */
		const doubts = new Map<string, EnrolmentError>();
		const names = new Map(people.map(({ id, person }) => [id, person]));
		try {
			const consultant = options.consultant === undefined ? null : findStaff(await log.staff(), options.consultant);
			await desk.start();
			const gallery = await galleryOf(log, desk);
			const newcomers = new Newcomers(gallery, await thresholds(options.config, modelsDir, desk.modelId));
			const enrolled = await describePeople(
				async (photo, { id }, soFar) => {
					const descriptor = await desk.describe(photo);
					const doubt = await newcomers.add({ person: id, kind: 'customer' }, descriptor, soFar, anyway);
					if (doubt) doubts.set(id, doubt);
					return descriptor;
				},
				people,
				async (photo) => {
					refused.push(photo);
					if (photo.other !== null) for (const [id, name] of await log.namesOf([photo.other])) names.set(id, name);
					note(refusalLine({ ...photo, reason: explained(photo, names) }));
				},
			);
			gallery.clear();
			await gallery.stop();
			const kept = { modelId: desk.modelId, keepPhotos: options.allowPhotograph === true };
			const answer = [];
			for (const person of enrolled) {
				const { id } = person.of;
				const { draft, changes } = await consent.grantDraft('cli', { person: id, kind: 'customer' }, grant);
				const enrolment = { person: id, kind: 'customer', templates: person.descriptors.length, model: desk.modelId } as const;
				const event = enrolledEvent({ id: uuidv7(), at: now(), actor: 'cli' }, { ...enrolment, doubt: doubts.get(id) ?? null });
				await log.append([draft, event], [...changes, ...(await rows(id, person, { telephone, consultant }, kept))]);
				answer.push({ customer: id, name: person.person, templates: person.descriptors.length });
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

/** Everybody enrolled so far with this recogniser. */
async function galleryOf(queries: Pick<ShowroomQueries, 'templateChanges'>, desk: EnrolmentDesk): Promise<Gallery> {
	const { modelId, metric, descriptorLength } = desk;
	const gallery = new Gallery({ modelId, metric, descriptorLength });
	for (let place = 0, more = true; more; ) {
		const changes = await queries.templateChanges(modelId, place);
		gallery.set(changes.templates);
		changes.templates.values.fill(0);
		({ place, more } = changes);
	}
	return gallery;
}

/** The threshold that the agent would decide by, for a gallery of so many templates. */
async function thresholds(config: string | undefined, modelsDir: string, modelId: string): Promise<(templates: number) => number> {
	const { threshold, fpir } = (await loadConfig(config)).recognition;
	const own = await readCalibration(modelsDir, modelId);
	return (templates) => threshold ?? decisionThreshold(modelId, templates, own, fpir).distance;
}

/** With the other's name, and what to do. */
function explained({ code, reason, other }: RefusedPhoto, names: ReadonlyMap<string, string>): string {
	const named = other === null ? reason : reason.replace(other, `${names.get(other) ?? 'somebody'} (${other})`);
	return confirmable.some((one) => one === code) ? `${named}; with --anyway it is enrolled all the same` : named;
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
