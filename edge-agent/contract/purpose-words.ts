import type { Language, Purpose } from './vocabulary.js';

/** What visitors come for, as the agent itself writes it: on the printed page, and to groups' robots. */
export const purposeWords: Readonly<Record<Language, Readonly<Record<Purpose, string>>>> = {
	zh: {
		'look-around': '看车',
		'test-drive': '试驾',
		quote: '询价',
		appointment: '有预约',
		'pick-up': '提车',
		service: '保养维修',
		complaint: '投诉建议',
		other: '其他',
	},
	en: {
		'look-around': 'looking around',
		'test-drive': 'test drive',
		quote: 'quote',
		appointment: 'appointment',
		'pick-up': 'pick-up',
		service: 'service',
		complaint: 'complaint',
		other: 'something else',
	},
};
