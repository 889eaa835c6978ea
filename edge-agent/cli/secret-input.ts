import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * A password, typed without being shown and typed twice, or the first line of standard input when that is no terminal. Never an argument:
 * every user of the machine sees those in the process list.
 * @throws Error when there is none, or the two differ
 */
export async function askPassword(): Promise<string> {
	if (!process.stdin.isTTY) return firstLine('password');
	const password = await hidden('Password: ');
	if (password !== (await hidden('Once more: '))) throw new Error('the two passwords differ; nothing was changed');
	return password;
}

async function hidden(question: string): Promise<string> {
	process.stderr.write(question);
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
	try {
		return await terminal.question('');
	} finally {
		terminal.close();
		process.stderr.write('\n');
	}
}

/** The first line of standard input. @param what it is, for people @throws Error when there is none */
export async function firstLine(what: string): Promise<string> {
	const lines = createInterface({ input: process.stdin });
	for await (const line of lines) {
		lines.close();
		if (line !== '') return line;
		break;
	}
	throw new Error(`no ${what}: type it when asked, or give it as one line on standard input`);
}
