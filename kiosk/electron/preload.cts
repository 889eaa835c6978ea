// A sandboxed preload must be CommonJS and may require nothing but electron: hence .cts, and a constant of its own, which the type
// holds to the shell's.
import electron = require('electron');

import type { forgetVisitorChannel, KioskShell } from './shell-api.js' with { 'resolution-mode': 'import' };

const channel: typeof forgetVisitorChannel = 'kiosk:forget-visitor';
const versionSwitch = '--kiosk-version=';

const shell: KioskShell = {
	version: process.argv.find((arg) => arg.startsWith(versionSwitch))?.slice(versionSwitch.length) ?? '',
	forgetVisitor: () => electron.ipcRenderer.invoke(channel),
};

electron.contextBridge.exposeInMainWorld('kioskShell', shell);
