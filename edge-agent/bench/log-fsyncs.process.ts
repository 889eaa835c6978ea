import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { now } from '../clock.js';
import { openShowroomLog } from '../log/showroom-log.js';
import { noKeySources } from './log-open.js';

// Appends so many events one by one, with a mark's fsync before and after them: whoever traces this process counts what lies between.
const [dataDir = '', commits = ''] = process.argv.slice(2);
const log = openShowroomLog({ dataDir, keys: noKeySources });
await log.start();
const mark = openSync(join(dataDir, 'mark'), 'w');
fsyncSync(mark);
for (let i = 0; i < Number(commits); i++)
	await log.append([{ id: uuidv7(), type: 'visit.seen', at: now(), actor: 'system', subject: 'v', cause: null, body: { visit: 'v' } }]);
fsyncSync(mark);
closeSync(mark);
await log.stop();
