import { app, dialog, ipcMain, Menu, powerSaveBlocker, session } from 'electron';
import { KioskWindow } from './kiosk-window.js';
import { lockSession } from './lock-down.js';
import { mayNavigate } from './navigation.js';
import { shellOptions } from './options.js';
import { forgetVisitorChannel } from './shell-api.js';

/** The kiosk's shell: one locked window on the agent's page. `showroom-kiosk --agent=http://127.0.0.1:8080 [--windowed]` */
async function main(): Promise<void> {
	const options = shellOptions(process.argv);
	const kiosk = new KioskWindow(options);
	app.enableSandbox();
	if (!app.requestSingleInstanceLock()) return app.quit();
	app.on('second-instance', () => kiosk.show());
	app.on('window-all-closed', () => app.quit());
	app.on('before-quit', () => kiosk.stop());

	await app.whenReady();
	// Without a menu its shortcuts (reload, developer tools, zoom, close) are gone too.
	Menu.setApplicationMenu(null);
	powerSaveBlocker.start('prevent-display-sleep');
	lockSession(session.defaultSession, options.agent);
	ipcMain.handle(forgetVisitorChannel, async (event) => {
		if (!event.senderFrame || !mayNavigate(event.senderFrame.url, options.agent)) return;
		event.sender.navigationHistory.clear();
		await event.sender.session.clearStorageData();
		await event.sender.session.clearCache();
	});
	kiosk.start();
}

main().catch((error: unknown) => {
	dialog.showErrorBox('Showroom kiosk', error instanceof Error ? error.message : String(error));
	app.exit(2);
});
