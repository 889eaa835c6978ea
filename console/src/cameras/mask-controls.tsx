import { Button } from 'antd';
import { useWords } from '../words/words.js';
import { type Marks, mostMasks, withMask, withoutMask } from './marks.js';

/** The privacy masks: one more, or one away. Their corners are moved on the picture. */
export function MaskControls({ marks, onChange }: { marks: Marks; onChange: (marks: Marks) => void }) {
	const { say } = useWords();
	return (
		<>
			<div className="buttons">
				<Button data-testid="mask-add" disabled={marks.masks.length >= mostMasks} onClick={() => onChange(withMask(marks))}>
					{say('marks.add-mask')}
				</Button>
				{marks.masks.map((_, mask) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: masks have no other name than their place.
					<Button key={mask} data-testid={`mask-remove-${mask}`} onClick={() => onChange(withoutMask(marks, mask))}>
						{say('marks.remove-mask', { mask: mask + 1 })}
					</Button>
				))}
			</div>
			<p className="quiet">{say('marks.mask-hint')}</p>
		</>
	);
}
