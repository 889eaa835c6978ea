import type { MessagePort } from 'node:worker_threads';
import type { Look } from '../../calibration/camera/observed.js';
import type { RecogniserName } from '../../models/catalogue.js';
import type { Template } from '../gallery/gallery.types.js';
import type { Box } from '../vision/vision.types.js';
import type { Zone } from '../vision/zone.js';

/** Between `PlacementDesk` and its worker thread. */

export interface PlacementSettings {
	readonly recogniser: RecogniserName;
	readonly modelsDir: string;
	/** The camera's privacy masks, and the zone outside of which nobody's descriptor is made; null: no such zone. */
	readonly masks: readonly Zone[];
	readonly zone: Zone | null;
	/** Whose faces the still picture may show; everybody else's are hidden. */
	readonly gallery: readonly Template[];
	/** A photograph of somebody else whose face it may show; null: of nobody. */
	readonly installer: string | null;
	/** The largest distance at which a face is one of theirs; null: what the calibration says for as many. */
	readonly threshold: number | null;
	readonly fpir: number;
}

export type PlacementRequest =
	| { readonly kind: 'camera'; readonly port: MessagePort; readonly pace: 'live' | 'every-frame' }
	/** No more frames: make the still picture. */
	| { readonly kind: 'finish' }
	| { readonly kind: 'stop' };

export type PlacementAnswer =
	| { readonly kind: 'progress'; readonly message: string }
	| { readonly kind: 'failed'; readonly message: string }
	| { readonly kind: 'ready' }
	/** One more frame has been looked at. `seq`: frames that have come so far; `look`: null where the detector did not look. */
	| { readonly kind: 'frame'; readonly ms: number; readonly seq: number; readonly look: Look | null }
	| { readonly kind: 'ended' }
	| { readonly kind: 'finished'; readonly still: StillPicture | null };

/** A picture from the camera in which nobody can be known but those who agreed. */
export interface StillPicture {
	readonly jpeg: Uint8Array;
	/** Of the camera's frame, pixels; the JPEG is at most 960 wide. */
	readonly width: number;
	readonly height: number;
	/** The faces found in it, in the frame's pixels. */
	readonly faces: readonly { readonly box: Box; readonly eyeDistance: number | null; readonly shown: boolean }[];
}
