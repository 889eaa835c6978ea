import { join } from 'node:path';
import { openModelStore } from '../../models/model-store.js';
import type { MissingReason } from '../contract/consent.api.js';
import type { Missing } from '../log/log.types.js';
import { LogReader } from '../log/log-reader.store.js';
import { openForReading } from '../store/database.store.js';
import { note } from './terminal.js';

const words: Readonly<Record<MissingReason, string>> = {
	waiting: 'a kept photograph is described while the agent runs',
	'no-photograph': 'no photograph was kept: a new one is needed',
	unreadable: 'the kept photograph cannot be read: a new one is needed',
	'no-face': 'no face is found in the kept photograph: a new one is needed',
	'several-faces': 'several faces are found in the kept photograph: a new one is needed',
	'too-small': 'the face in the kept photograph is too small: a new one is needed',
	'too-dark': 'the kept photograph is too dark: a new one is needed',
	'too-bright': 'the kept photograph is too bright: a new one is needed',
	blurred: 'the kept photograph is blurred: a new one is needed',
	'looking-away': 'the face in the kept photograph looks away: a new one is needed',
	'already-enrolled': 'the kept photograph shows somebody else: a new one is needed',
	unlike: 'the kept photograph shows somebody else: a new one is needed',
	duplicate: 'a new photograph is needed',
};

/** `showroom enroll --missing`: whom a change of the recogniser left without a template, and why. */
export async function listMissing({ data, json }: { readonly data: string; readonly json?: boolean }): Promise<void> {
	const { modelId } = await openModelStore({ dir: join(data, 'models') }).recogniser();
	const people = readMissing(data, modelId);
	if (json) process.stdout.write(`${JSON.stringify({ model: modelId, people })}\n`);
	else for (const { person, name, reason } of people) process.stdout.write(`${person}  ${name}  ${words[reason]}\n`);
	note(`People enrolled without a template by ${modelId}: ${people.length}`);
}

/** Reads the database beside a running agent. @throws StoreError */
export function readMissing(data: string, modelId: string): (Missing & { readonly name: string })[] {
	const database = openForReading(data);
	try {
		const reader = new LogReader(database);
		const missing = reader.missing(modelId);
		const names = reader.namesOf(missing.map(({ person }) => person));
		return missing.map((one) => ({ ...one, name: names.get(one.person) ?? '' }));
	} finally {
		database.close();
	}
}
