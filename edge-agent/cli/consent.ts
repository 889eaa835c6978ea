import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../../models/model-store.js';
import { now } from '../clock.js';
import { loadConfig } from '../config/config.source.js';
import { Consent } from '../consent/consent.js';
import { noticeText } from '../consent/notice.js';
import { type Audience, audienceSchema, type ConsentPurpose, grantSchema, type NoticeView, noticeSchema } from '../contract/consent.api.js';
import { languageSchema } from '../contract/vocabulary.js';
import { openShowroomLog, type ShowroomLogClient } from '../log/showroom-log.js';
import { oneOf } from './options.js';
import { note } from './terminal.js';

interface Common {
	readonly data: string;
	readonly config?: string;
	readonly json?: true;
}

/** The notice's texts, a file's content. */
const fileOption = 'a JSON file: {"audience", "zh": {"title", "sections", "purposes"}, "en": …}, as `consent notice --json` prints them';

/** `showroom consent`: notices, who consented, withdrawals. Not while an agent uses the data directory: there the console does the same. */
export function register(program: Command): void {
	const consent = program.command('consent').description('notices, who consented to what, withdrawals');
	const common = (command: Command) =>
		command
			.option('--data <dir>', 'data directory', 'data')
			.option('--config <file>', 'settings (YAML): where backups go, how long what is kept')
			.option('--json', 'answer with one line of JSON');

	common(consent.command('list', { isDefault: true }).description('everybody whose consent is valid, and when it ends')).action(
		(options: Common) =>
			withConsent(options, async ({ log }) => {
				const names = await namesOf(log);
				const people = (await log.consent.validGrants()).map(({ person, kind, grantedAt, lastVisitAt }) => {
					return { person, name: names.get(person) ?? null, kind, grantedAt, lastVisitAt };
				});
				answer(options, people, (list) =>
					list.map(({ person, name, kind, grantedAt }) => `${person}  ${kind.padEnd(8)}  ${day(grantedAt)}  ${name ?? ''}`),
				);
				note(`${people.length} people`);
			}),
	);

	common(consent.command('summary').description('how many people are enrolled, against the duty to report at 100,000 faces')).action(
		(options: Common) =>
			withConsent(options, async ({ consent }) => {
				answer(options, await consent.summary(), ({ enrolled, expiring30d, filingThreshold, pending }) => [
					`enrolled: ${enrolled} of ${filingThreshold}`,
					`ending soon: ${expiring30d}`,
					...pending.map(({ place, problem }) => `list of erasures behind: ${place}: ${problem}`),
				]);
			}),
	);

	common(consent.command('notice').description('print the notice in force, or put another in force'))
		.option('--audience <who>', 'customer or staff', oneOf(audienceSchema.options), 'customer')
		.option('--lang <language>', 'zh or en', oneOf(languageSchema.options), 'zh')
		.option('--publish <file>', fileOption)
		.action((options: Common & { audience: Audience; lang: 'zh' | 'en'; publish?: string }) =>
			withConsent(options, async ({ consent }) => {
				const notice =
					options.publish === undefined
						? await consent.currentNotice(options.audience)
						: await consent.publish('cli', await readNotice(options.publish));
				answer(options, notice, (view) => [noticeText(view[options.lang]), '', `version ${view.version}, ${view.hash}`]);
			}),
		);

	common(consent.command('grant <person>').description('record that somebody consented on paper that the store keeps'))
		.requiredOption('--notice <version>', 'the version of the notice on the paper, as `consent notice` prints it', Number)
		.option('--allow-accuracy', 'they ticked: accuracy of reception')
		.option('--allow-photograph', 'they ticked: the photograph is kept')
		.option('--guardian <name>', 'under 14: the guardian who signed')
		.option('--lang <language>', 'of the paper: zh or en', oneOf(languageSchema.options), 'zh')
		.action((person: string, options: Common & PaperOptions) =>
			withConsent(options, async ({ consent }) => {
				const { kind } = await consent.view(person);
				const grant = paperGrant(await consent.currentNotice(kind), options);
				answer(options, await consent.grant('cli', person, grant), ({ grant }) => [
					`${person}: consent recorded (${grant?.purposes.join(', ')})`,
				]);
			}),
		);

	common(consent.command('withdraw <person>').description('erase the face of somebody who withdrew, or everything about them, at once'))
		.option('--everything', 'name, telephone and check-in texts as well')
		.action((person: string, options: Common & { everything?: true }) =>
			withConsent(options, async ({ consent }) => {
				const done = await consent.withdraw('cli', person, options.everything ? 'everything' : 'face');
				answer(options, done, ({ level, places }) => [
					`${person}: erased (${level})`,
					...places.map(({ place, written, problem }) => `list of erasures at ${place}: ${written ? 'written' : `PENDING: ${problem}`}`),
				]);
				if (!done.complete)
					note(
						'Erased here. The lists above that are pending are written as soon as they can be: by the agent, or by the next `consent` command.',
					);
			}),
		);
}

/** What is ticked on a signed paper. */
export interface PaperOptions {
	/** The version on the paper. */
	readonly notice: number;
	readonly allowAccuracy?: true;
	readonly allowPhotograph?: true;
	readonly guardian?: string;
	readonly lang: 'zh' | 'en';
}

/** The grant that a signed paper is. @throws Error when another version is in force than the one on the paper */
export function paperGrant(current: NoticeView, { notice, allowAccuracy, allowPhotograph, guardian, lang }: PaperOptions) {
	if (current.version !== notice)
		throw new Error(
			`the paper shows version ${notice} of the notice, in force is version ${current.version}: have that one signed (\`showroom consent notice\` prints it)`,
		);
	const purposes: ConsentPurpose[] = ['recognition'];
	if (allowAccuracy) purposes.push('accuracy');
	if (allowPhotograph) purposes.push('photograph');
	const under14 = guardian !== undefined;
	return grantSchema.parse({ notice: current.hash, purposes, via: 'paper', language: lang, under14, guardian: guardian ?? null });
}

/** Runs with the data directory's consent, which is brought up to date first and let go of at the end. */
export async function withConsent(
	{ data, config: path }: Pick<Common, 'data' | 'config'>,
	work: (rooms: { readonly log: ShowroomLogClient; readonly consent: Consent }) => Promise<void>,
): Promise<void> {
	const config = await loadConfig(path);
	const log = openShowroomLog({ dataDir: data });
	await log.start();
	try {
		const places = [data, ...config.backup.destinations];
		const models = openModelStore({ dir: join(data, 'models') });
		const consent = new Consent({
			...{ log, places, retention: config.retention, storeName: config.store.name, now, newId: uuidv7 },
			modelId: async () => (await models.recogniser()).modelId,
		});
		await consent.prepare();
		await work({ log, consent });
	} finally {
		await log.stop();
	}
}

async function readNotice(file: string) {
	const parsed = noticeSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
	if (parsed.success) return parsed.data;
	throw new Error(`${file}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'whole'}: ${message}`).join('; ')}`);
}

async function namesOf(log: ShowroomLogClient): Promise<Map<string, string>> {
	const [customers, staff] = await Promise.all([log.customers(), log.staff()]);
	return new Map([...customers, ...staff].map(({ id, name }) => [id, name]));
}

function answer<T>({ json }: Common, value: T, lines: (value: T) => string[]): void {
	process.stdout.write(
		json
			? `${JSON.stringify(value)}\n`
			: lines(value)
					.map((line) => `${line}\n`)
					.join(''),
	);
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
