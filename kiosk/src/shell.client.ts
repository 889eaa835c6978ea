import type { KioskShell } from '../electron/shell-api.js';

/** What the Electron shell's preload gives the page; absent in a plain browser. */
const shell = (globalThis as { readonly kioskShell?: KioskShell }).kioskShell;

/** A visitor left: the shell forgets what the browser kept of them (form history, caches). */
export function forgetVisitor(): void {
	void shell?.forgetVisitor();
}
