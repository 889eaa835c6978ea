import { expect, it } from 'vitest';
import { syncsBetweenMarks } from '../../../edge-agent/bench/log-fsyncs.js';

it('counts the syncs of the write-ahead log between the marks, those that another thread cut in two once', () => {
	const trace = [
		'10 fdatasync(20</data/showroom.db-wal>) = 0',
		'9 fsync(24</data/mark>) = 0',
		'10 fdatasync(20</data/showroom.db-wal> <unfinished ...>',
		'9 fsync(25</data/other.db>) = 0',
		'10 <... fdatasync resumed>) = 0',
		'10 fdatasync(21</data/showroom.db>) = 0',
		'10 fsync(20</data/showroom.db-wal>) = 0',
		'9 fsync(24</data/mark>) = 0',
		'10 fdatasync(20</data/showroom.db-wal>) = 0',
	];
	expect(syncsBetweenMarks(trace.join('\n'))).toBe(2);
});
