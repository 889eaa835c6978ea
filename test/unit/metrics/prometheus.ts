/** Every sample of a text in Prometheus' format by its name and labels, as they stand. @throws Error at a line that is none */
export function samplesOf(text: string): ReadonlyMap<string, number> {
	const samples = new Map<string, number>();
	const typed = new Set<string>();
	if (!text.endsWith('\n')) throw new Error('the last line has no end');
	for (const line of text.slice(0, -1).split('\n')) {
		const type = /^# TYPE (\w+) (?:counter|gauge|histogram|summary)$/.exec(line);
		if (type?.[1]) {
			if (typed.has(type[1])) throw new Error(`${type[1]} comes twice`);
			typed.add(type[1]);
		}
		if (line.startsWith('# ')) continue;
		const [, name = '', labels = '', value = ''] =
			/^([a-z_]+)((?:\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+\})?) (-?[\d.e+-]+|NaN|[+-]Inf)$/.exec(line) ?? [];
		if (!typed.has(name.replace(/_(bucket|sum|count)$/, '')) && !typed.has(name)) throw new Error(`no type, or no sample: ${line}`);
		if (samples.has(name + labels)) throw new Error(`comes twice: ${line}`);
		samples.set(name + labels, Number(value.replace('Inf', 'Infinity')));
	}
	return samples;
}
