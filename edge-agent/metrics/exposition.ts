/** Labels of a sample: names are ours, values anybody's. */
export type Labels = Readonly<Record<string, string>>;

/** One metric, with its samples, in the words of Prometheus. */
export interface Metric {
	readonly name: string;
	readonly help: string;
	readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
	readonly samples: readonly Sample[];
}
export interface Sample {
	/** Behind the metric's name: `_bucket`, `_sum`, … */
	readonly suffix?: string;
	readonly labels?: Labels;
	readonly value: number;
}

/** The media type of the text below. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Metrics as Prometheus reads them (text format 0.0.4). */
export function exposition(metrics: readonly Metric[]): string {
	return metrics
		.flatMap(({ name, help, type, samples }) => [
			`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
			`# TYPE ${name} ${type}`,
			...samples.map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${written(labels)} ${number(value)}`),
		])
		.map((line) => `${line}\n`)
		.join('');
}

function written(labels: Labels): string {
	const pairs = Object.entries(labels).map(
		([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
	);
	return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function number(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
