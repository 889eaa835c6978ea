import { fileURLToPath } from 'node:url';
import { app, BrowserWindow } from 'electron';
import { lockPage } from './lock-down.js';
import { kioskPage, type ShellOptions } from './options.js';
import { afterCrash, retryDelayMs } from './recovery.js';
import { unreachablePage } from './unreachable-page.js';

/** net::ERR_ABORTED: a load that another one replaced; no failure. */
const aborted = -3;

/** The kiosk's one window. It shows the agent's page, says so while there is none, and comes back after a crash. */
export class KioskWindow {
	readonly #options: ShellOptions;
	#window: BrowserWindow | null = null;
	#attempt = 0;
	#crashes: readonly number[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ShellOptions) {
		this.#options = options;
	}

	start(): void {
		const { agent, windowed } = this.#options;
		const window = new BrowserWindow({
			kiosk: !windowed,
			fullscreen: !windowed,
			autoHideMenuBar: true,
			backgroundColor: '#0c1d36',
			webPreferences: {
				preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)),
				additionalArguments: [`--kiosk-version=${app.getVersion()}`],
				contextIsolation: true,
				sandbox: true,
				nodeIntegration: false,
				nodeIntegrationInWorker: false,
				webviewTag: false,
				navigateOnDragDrop: false,
				devTools: windowed,
				spellcheck: false,
			},
		});
		this.#window = window;
		const page = window.webContents;
		lockPage(page, agent);
		page.on('did-fail-load', (_event, code, _text, _url, isMainFrame) => {
			if (isMainFrame && code !== aborted) this.#unreachable();
		});
		page.on('did-navigate', (_event, url, status) => {
			if (!url.startsWith('http')) return;
			if (status >= 400) this.#unreachable();
			else this.#attempt = 0;
		});
		page.on('render-process-gone', (_event, details) => {
			if (details.reason !== 'clean-exit') this.#crashed();
		});
		// A frozen page is ended; 'render-process-gone' does the rest.
		page.on('unresponsive', () => page.forcefullyCrashRenderer());
		window.on('closed', () => this.stop());
		this.#load();
	}

	stop(): void {
		clearTimeout(this.#timer);
		const window = this.#window;
		this.#window = null;
		if (window && !window.isDestroyed()) window.destroy();
	}

	/** Brings the window to the front, when the program was started a second time. */
	show(): void {
		this.#window?.show();
	}

	#load(): void {
		// A failure comes as 'did-fail-load' as well.
		this.#window?.loadURL(kioskPage(this.#options.agent)).catch(() => undefined);
	}

	#unreachable(): void {
		const delay = retryDelayMs(this.#attempt++);
		this.#window?.loadURL(unreachablePage(this.#options.agent, delay / 1000)).catch(() => undefined);
		this.#after(delay, () => this.#load());
	}

	#crashed(): void {
		const decision = afterCrash(this.#crashes, performance.now());
		this.#crashes = decision.crashes;
		this.#after(decision.afterMs, () => {
			if (decision.action === 'reload') return this.#load();
			app.relaunch();
			app.exit(1);
		});
	}

	#after(delayMs: number, act: () => void): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(act, delayMs);
	}
}
