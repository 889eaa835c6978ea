import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine we run on (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** CPU seconds that a process has used so far; null where the system does not say (no /proc, or it is gone). */
export function cpuSeconds(pid: number): number | null {
	let stat: string;
	try {
		stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		return null;
	}
	// The second field, the program's name, may hold spaces and brackets; utime and stime are fields 14 and 15.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
