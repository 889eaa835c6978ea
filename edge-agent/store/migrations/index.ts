import type { Connection } from '../database.store.js';
import type { StoreKeys } from '../keys.js';
import { events } from './0001-events.js';
import { people } from './0002-people.js';
import { visits } from './0003-visits.js';
import { alerts } from './0004-alerts.js';
import { cameras } from './0005-cameras.js';
import { access } from './0010-access.js';
import { sealing } from './0020-sealing.js';
import { consent } from './0030-consent.js';
import { imports } from './0040-imports.js';
import { notDescribed } from './0050-not-described.js';
import { reception } from './0060-reception.js';

/** One step of the schema's history. Once released it never changes: a change is another step. `keys`: what it seals with, if it must. */
export type Migration = (database: Connection, keys: StoreKeys | null) => void;

/** In order; a database's `user_version` is how many of them it has had. */
export const migrations: readonly Migration[] = [
	events,
	people,
	visits,
	alerts,
	cameras,
	access,
	sealing,
	consent,
	imports,
	notDescribed,
	reception,
];
