/** What the shell gives the kiosk page, as `window.kioskShell`. Nothing else of Electron or Node reaches the page. */
export interface KioskShell {
	/** The shell's version. */
	readonly version: string;
	/** Forgets what the browser kept of a visitor: storage, caches, the way back. */
	forgetVisitor(): Promise<void>;
}

/** The one message from the page to the shell. */
export const forgetVisitorChannel = 'kiosk:forget-visitor';
