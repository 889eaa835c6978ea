import { useEffect, useRef, useState } from 'react';
import type { Look } from '../../../calibration/camera/observed.js';
import type { CameraView } from '../../../edge-agent/contract/api.js';
import { useDesk } from '../desk/desk-context.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useWords } from '../words/words.js';
import { type DecodedPicture, drawPicture } from './draw-picture.js';
import { watchDecoded } from './watch-decoded.client.js';

/** After this long without a new picture its age is shown, ms. */
const staleMs = 3000;

interface LivePictureProps {
	readonly camera: CameraView;
	/** Without boxes and line: something else is drawn over it. */
	readonly plain?: boolean;
	/** Somebody calibrates the camera: told what the detector saw. The same function from one drawing to the next. */
	readonly onLook?: ((look: Look) => void) | undefined;
}

/** A camera's live picture with faces, bodies and the counting line. */
export function LivePicture({ camera, plain = false, onLook }: LivePictureProps) {
	const { say } = useWords();
	const { desk } = useDesk();
	const canvas = useRef<HTMLCanvasElement>(null);
	const [shownAt, setShownAt] = useState<number | null>(null);
	const [people, setPeople] = useState(0);
	useAgentNow();

	useEffect(() => {
		const show = (picture: DecodedPicture) => {
			if (canvas.current) drawPicture(canvas.current, plain ? { ...picture, boxes: [], line: null } : picture);
			setShownAt(performance.now());
			setPeople(picture.boxes.filter((box) => box.kind === 'body').length || picture.boxes.length);
		};
		return watchDecoded(desk, camera.id, show, onLook);
	}, [desk, camera.id, plain, onLook]);

	const age = shownAt === null ? null : performance.now() - shownAt;
	return (
		<div className="live-picture">
			<canvas
				ref={canvas}
				width={640}
				height={360}
				data-testid="live-picture"
				data-pictures={shownAt === null ? 'none' : 'some'}
				role="img"
				aria-label={say('picture.label', { camera: camera.name, count: people })}
			/>
			{age === null && <p>{say('picture.waiting')}</p>}
			{age !== null && age > staleMs && <p className="stale">{say('picture.stale', { seconds: Math.round(age / 1000) })}</p>}
		</div>
	);
}
