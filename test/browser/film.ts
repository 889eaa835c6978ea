import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A real H.264 film of ffmpeg's test picture, `seconds` long. Answers its path. */
export async function drawFilm(path: string, seconds: number): Promise<string> {
	const picture = ['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=15:duration=${seconds}`];
	await promisify(execFile)('ffmpeg', ['-loglevel', 'error', ...picture, '-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-y', path]);
	return path;
}
