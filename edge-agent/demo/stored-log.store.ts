import type { LoggedEvent } from '../contract/events.js';
import { LogReader } from '../log/log-reader.store.js';
import { openForReading } from '../store/database.store.js';

const PAGE = 1000;

/** Every event of a stopped showroom's log, as it lies on the disk. */
export function readStoredLog(dataDir: string): LoggedEvent[] {
	const database = openForReading(dataDir);
	try {
		const reader = new LogReader(database);
		const events: LoggedEvent[] = [];
		for (let page = reader.read(0, PAGE); page.length > 0; page = reader.read(events.at(-1)?.seq ?? 0, PAGE)) events.push(...page);
		return events;
	} finally {
		database.close();
	}
}
