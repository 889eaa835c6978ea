import type { CameraSettings, CameraTrial, RecogniserChangeAnswer, SettingsView } from '../setup.api.js';
import { cameraChangeSchema, newCameraSchema, recogniserOrderSchema, settingsChangeSchema } from '../setup.api.js';
import { both, inWords, type RouteTable } from './route.js';

const settings = inWords<SettingsView>('设置', 'The settings');
const change = inWords<RecogniserChangeAnswer>('更换识别模型的进度', 'How far a change of the recogniser is');
const camera = inWords<CameraSettings>('该摄像头', 'The camera as it is set');

/** What the first-start assistant and the camera page ask and do. */
export const setupRoutes = {
	'GET /api/settings': { tag: 'setup', summary: both('门店设置', "The store's settings"), answer: settings },
	'POST /api/settings': {
		...{ tag: 'setup', summary: both('修改门店设置', "Change the store's settings"), body: settingsChangeSchema, answer: settings },
	},
	'GET /api/recogniser': { tag: 'setup', summary: both('识别模型更换进度', 'The last change of the recogniser'), answer: change },
	'POST /api/recogniser': {
		...{ tag: 'setup', summary: both('更换识别模型', 'Fetch and choose a recogniser'), body: recogniserOrderSchema, answer: change },
	},
	'POST /api/cameras': {
		...{ tag: 'setup', summary: both('试连并添加摄像头', 'Try a camera, and keep it if a picture came'), body: newCameraSchema },
		answer: inWords<CameraTrial>('试连结果', 'How the trial went'),
		errors: ['bad-address', 'too-many-cameras', 'not-ready'],
	},
	'POST /api/cameras/:id': {
		...{ tag: 'setup', summary: both('修改摄像头', 'Change a camera'), body: cameraChangeSchema, answer: camera },
		errors: ['no-such-camera', 'fixed-camera'],
	},
	'POST /api/cameras/:id/remove': {
		...{ tag: 'setup', summary: both('移除摄像头', 'Remove a camera'), errors: ['no-such-camera', 'fixed-camera'] },
	},
} as const satisfies RouteTable;
