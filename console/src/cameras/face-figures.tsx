import { type CriterionName, type Range, rangeText } from '../../../calibration/camera/needs.js';
import type { Look } from '../../../calibration/camera/observed.js';
import { type Criterion, measures, type Placement } from '../../../calibration/camera/placement.js';
import { criterionWords, stateWords } from '../../../calibration/camera/words.js';
import { useWords } from '../words/words.js';

/** What each bar shows, from its left end to its right end. What lies beyond is drawn at the end. */
const scales: Readonly<Record<CriterionName, readonly [from: number, to: number]>> = {
	eyes: [0, 80],
	sharpness: [0, 100],
	brightness: [0, 255],
	backlight: [0, 1.5],
	contrast: [0, 60],
	turn: [0, 1],
	down: [-45, 45],
	tilt: [-45, 45],
	rate: [0, 1],
};
const tones = { ok: 'good', weak: 'warn', bad: 'bad' } as const;

/** Each criterion as a bar: what is needed, what is good, the largest face in the picture now, and the median so far. */
export function FaceFigures({ placement, look }: { placement: Placement; look: Look | undefined }) {
	const { say } = useWords();
	const [largest, ...others] = [...(look?.faces ?? [])].sort((a, b) => b.eyeDistance - a.eyeDistance);
	return (
		<section className="face-figures" data-testid="face-figures">
			{placement.criteria.map((criterion) => {
				const { name } = criterion;
				const now = name === 'rate' || !largest || !look ? null : measures[name]({ face: largest, around: look.brightness });
				return <Bar key={name} criterion={criterion} now={now} />;
			})}
			<p className="quiet">
				{!largest && say('calibrate.nobody')}
				{others.length > 0 && say('calibrate.others', { eyes: others.map(({ eyeDistance }) => Math.round(eyeDistance)).join(', ') })}
			</p>
		</section>
	);
}

function Bar({ criterion, now }: { criterion: Criterion; now: number | null }) {
	const { say, language } = useWords();
	const { name, measured, needed, good, state } = criterion;
	const at = (words: readonly [string, string]) => words[language === 'zh' ? 0 : 1];
	const unit = at(criterionWords[name].unit);
	const figure = (value: number) => `${short(value)}${unit && ` ${unit}`}`;
	const label = at(criterionWords[name].label);
	const words = {
		label,
		now: now === null ? '–' : figure(now),
		median: figure(measured.median),
		needed: rangeText(needed),
		good: rangeText(good),
	};
	const scale = scales[name];
	return (
		<div className="figure" data-testid={`figure-${name}`} data-state={state}>
			<span className="name">{label}</span>
			<span className={`tag ${tones[state]}`}>{at(stateWords[state])}</span>
			<svg viewBox="0 0 200 22" preserveAspectRatio="none" role="img" aria-label={say('calibrate.bar', words)}>
				<rect className="short" width="200" height="10" y="6" />
				<rect className="enough" {...span(needed, scale)} height="10" y="6" />
				<rect className="fine" {...span(good, scale)} height="10" y="6" />
				<path className="median" d={`M${place(measured.median, scale)} 3v16`} />
				{now !== null && <path className="now" d={`M${place(now, scale)} 0v22`} />}
			</svg>
			<span className="values">
				{now !== null && (
					<>
						{say('calibrate.now')} <b data-testid={`now-${name}`}>{figure(now)}</b> ·{' '}
					</>
				)}
				{say('calibrate.median')} {figure(measured.median)}
			</span>
			<span className="quiet asked">
				{say('calibrate.needed', words)} · {say('calibrate.good', words)}
			</span>
		</div>
	);
}

function place(value: number, [from, to]: readonly [number, number]): number {
	return 200 * Math.min(0.995, Math.max(0.005, (value - from) / (to - from)));
}

function span({ least, most }: Range, scale: readonly [number, number]): { readonly x: number; readonly width: number } {
	const left = least === null ? 0 : place(least, scale);
	return { x: left, width: (most === null ? 200 : place(most, scale)) - left };
}

function short(value: number): string {
	return Math.abs(value) >= 10 ? String(Math.round(value)) : String(Number(value.toFixed(value > -1 && value < 1 ? 2 : 1)));
}
