import { useWords } from '../words/words.js';
import type { HourFigures } from './day.js';

/** Arrivals and waits by hour: two charts with one time axis, for a wait and a number of people share no scale. */
export function DayCharts({ hours }: { hours: readonly HourFigures[] }) {
	const { say } = useWords();
	return (
		<div className="charts">
			<HourChart
				title={say('chart.arrivals')}
				bars={hours.map(({ hour, arrivals }) => ({
					hour,
					value: arrivals,
					label: say('chart.arrivals-label', { hour, count: arrivals }),
				}))}
				atLeast={4}
			/>
			<HourChart
				title={say('chart.waits')}
				bars={hours.map(({ hour, waitSeconds }) => ({
					hour,
					value: waitSeconds,
					label: say('chart.waits-label', { hour, seconds: waitSeconds ?? 0 }),
				}))}
				atLeast={75}
				limit={{ value: 60, label: say('chart.minute') }}
			/>
		</div>
	);
}

interface HourChartProps {
	readonly title: string;
	readonly bars: readonly { readonly hour: number; readonly value: number | null; readonly label: string }[];
	/** The value axis reaches at least to here. */
	readonly atLeast: number;
	/** A line across; bars above it show red. */
	readonly limit?: { readonly value: number; readonly label: string };
}

const [width, height, top, bottom] = [480, 170, 22, 24];

function HourChart({ title, bars, atLeast, limit }: HourChartProps) {
	const largest = Math.max(atLeast, ...bars.map((bar) => bar.value ?? 0));
	const step = width / bars.length;
	const y = (value: number) => height - bottom - (value / largest) * (height - top - bottom);
	return (
		<figure>
			<figcaption>{title}</figcaption>
			<svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
				<line className="axis" x1={0} x2={width} y1={y(0)} y2={y(0)} />
				{limit && (
					<>
						<line className="limit" x1={0} x2={width} y1={y(limit.value)} y2={y(limit.value)} />
						<text className="limit" x={width} y={y(limit.value) - 4} textAnchor="end">
							{limit.label}
						</text>
					</>
				)}
				{bars.map(({ hour, value, label }, index) => {
					const middle = (index + 0.5) * step;
					return (
						<g key={hour}>
							<title>{label}</title>
							{value !== null && value > 0 && (
								<>
									<rect
										className={limit && value > limit.value ? 'bar over' : 'bar'}
										x={middle - step * 0.32}
										width={step * 0.64}
										y={y(value)}
										height={y(0) - y(value)}
										rx={3}
									/>
									<text className="value" x={middle} y={y(value) - 5} textAnchor="middle">
										{value}
									</text>
								</>
							)}
							<text className="hour" x={middle} y={height - 6} textAnchor="middle">
								{hour}
							</text>
						</g>
					);
				})}
			</svg>
		</figure>
	);
}
