import { within } from './needs.js';
import { type Criterion, PASSES_NEEDED, type Placement } from './placement.js';
import { type AdviceName, adviceWords, type Both, verdictWords } from './words.js';

/** Narrower pictures are a camera's second stream, for telephones. */
const SMALL_PICTURE = 1280;

/** How the camera hangs, in a sentence. */
export function verdictSentence({ verdict, passes, readable }: Placement): Both {
	return filled(verdictWords[verdict], { passes, readable, needed: PASSES_NEEDED });
}

/** What to do, the worst first. Nothing while nobody has come near, or when all is well. */
export function adviceSentences({ criteria, picture, faces, passes }: Placement): Both[] {
	if (passes === 0) return picture && faces === 0 ? [adviceWords['no-face']] : [];
	const sentences = criteria
		.filter(({ state }) => state !== 'ok')
		.toSorted((a, b) => Number(b.state === 'bad') - Number(a.state === 'bad'))
		.map((criterion) => filled(adviceWords[adviceFor(criterion)], figuresOf(criterion)));
	const tooFewPixels = criteria.some(({ name, state }) => name === 'eyes' && state !== 'ok');
	if (!picture || !tooFewPixels || picture.width >= SMALL_PICTURE) return sentences;
	return [filled(adviceWords['eyes-small-picture'], { width: picture.width, height: picture.height }), ...sentences];
}

/** Which advice answers to a criterion that is not ok. */
function adviceFor({ name, state, measured, good }: Criterion): AdviceName {
	const { median } = measured;
	const isLow = good.least !== null && median < good.least;
	const isHigh = good.most !== null && median > good.most;
	switch (name) {
		case 'eyes':
		case 'sharpness':
			return `${name}-${state === 'bad' ? 'bad' : isLow ? 'weak' : 'some'}`;
		case 'brightness':
		case 'down':
			return `${name}-${isLow ? 'low' : isHigh ? 'high' : 'some'}`;
		case 'turn':
			return isHigh ? 'turn' : 'turn-some';
		default:
			return name;
	}
}

function figuresOf({ name, measured, needed, good }: Criterion): Readonly<Record<string, string | number>> {
	const { median, p10, p90 } = measured;
	const target = median < (needed.least ?? 0) ? needed.least : good.least;
	// The tenth that falls short: the high one only where nothing low does.
	const worst = needed.most !== null && (needed.least === null || p90 > needed.most) ? p90 : p10;
	const whole = name === 'eyes' || name === 'brightness' || name === 'down' || name === 'tilt' || name === 'contrast';
	// Which way an angle goes, the words say.
	const sized = (value: number) => (name === 'down' || name === 'tilt' ? Math.abs(value) : value);
	const short = (value: number | null) => (value === null ? '' : String(whole ? Math.round(sized(value)) : Number(value.toPrecision(2))));
	// Rounded to what is needed it would read as enough.
	const below = name === 'eyes' && target !== null && median < target ? String(Math.floor(median)) : short(median);
	return {
		...{ median: below, worst: short(worst), needed: short(needed.least ?? needed.most), good: short(good.least ?? good.most) },
		// Of those without words of their own for a few bad faces among good ones.
		figure: short(within(median, good) ? worst : median),
		...{ least: short(good.least), most: short(good.most), percent: `${Math.round(median * 100)} %` },
		nearer: target === null ? '' : fraction(1 - median / target),
	};
}

const fractions = [
	[1 / 10, '1/10'],
	[1 / 5, '1/5'],
	[1 / 4, '1/4'],
	[1 / 3, '1/3'],
	[2 / 5, '2/5'],
	[1 / 2, '1/2'],
	[2 / 3, '2/3'],
] as const;

/** The first simple fraction that is enough. */
function fraction(share: number): string {
	return fractions.find(([value]) => value >= share)?.[1] ?? '3/4';
}

/** Both texts with their figures put in. */
function filled([zh, en]: Both, figures: Readonly<Record<string, string | number>>): Both {
	const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''));
	return [fill(zh), fill(en)];
}
