import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { Context } from 'hono';
import { getMimeType } from 'hono/utils/mime';

/**
 * A built web interface's files under `prefix`. A path without an extension is one of its pages, so it gets index.html; when the
 * interface has not been built, a page that says how to.
 */
export function webFiles(root: string, prefix: string): (c: Context) => Promise<Response> {
	return async (c) => {
		const path = normalize(`/${decoded(c.req.path).slice(prefix.length)}`);
		const isPage = extname(path) === '';
		const file = await contents(join(root, isPage ? 'index.html' : path));
		if (file) {
			// The build puts a hash of the contents into the names under assets/.
			const caching = path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache';
			return c.body(file, 200, {
				'content-type': getMimeType(isPage ? '.html' : path) ?? 'application/octet-stream',
				'cache-control': caching,
			});
		}
		return isPage ? c.html(NOT_BUILT, 503) : c.notFound();
	};
}

/** The file, or null when there is none: `..` has been resolved against `/`, so the path stays below its root. */
async function contents(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
	try {
		return new Uint8Array(await readFile(path));
	} catch (error) {
		if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_INVALID_ARG_VALUE'].includes(String(error.code)))
			return null;
		throw error;
	}
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

const NOT_BUILT = `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<title>Showroom Edge</title>
<h1>界面尚未构建 / The interface has not been built</h1>
<p>请在程序目录中运行以下命令，然后刷新本页。 / Run this in the program's folder, then reload this page:</p>
<pre>npm run build</pre>
`;
