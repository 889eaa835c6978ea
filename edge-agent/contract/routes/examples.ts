import type { AlertView, CustomerDetails, ShowroomView, VisitView } from '../api.js';

/** What the API's page shows: nobody of these exists. */
export const li: CustomerDetails = {
	...{ id: '0193b0c2-6f6e-7000-8000-00000000c001', name: '李雷', telephone: '13800138000', consultant: 'wangfang' },
	...{ templates: 0, model: '曜行 Y7', note: '周末来店' },
};

export const visit: VisitView = {
	...{ id: '0193b0c2-6f6e-7000-8000-000000000001', openedAt: 1_764_036_000_000, entrance: 'main', source: 'crossing' },
	...{ customer: { id: li.id, name: li.name }, checkin: null, purpose: 'test-drive', host: 'wangfang', steppedOutAt: null },
	...{ greetedAt: 1_764_036_021_000, greetedBy: 'wangfang', closedAt: null, closeReason: null, receivedBy: 'wangfang', party: null },
	...{ repeat: true, lastSeenAt: 1_764_036_300_000, mergedInto: null },
	record: {
		...{ channel: 'returning', partySize: 2, models: ['yaoxing-y7'], rivals: [], grade: 'A', result: null },
		...{ testDrive: true, quote: false, contactLeft: true, outcomeAt: null, outcomeBy: null },
	},
};

export const alert: AlertView = {
	...{ id: '0193b0c2-6f6e-7000-8000-0000000000a1', visit: visit.id, joined: [], kind: 'arrival', from: null, quiet: false },
	...{ lastVisitAt: 1_763_431_200_000, interests: ['yaoxing-y7'], tasks: [{ kind: 'follow-up', dueAt: 1_764_122_400_000 }] },
	...{ photograph: false, state: 'acknowledged', openedAt: 1_764_036_000_000, customer: visit.customer, checkinName: null },
	...{ purpose: 'test-drive', told: ['wangfang'], step: 0, acknowledgedBy: 'wangfang', acknowledgedAt: 1_764_036_006_000 },
	...{ greetedAt: null, greetedBy: null, overdue: false, redAt: 1_764_036_060_000, closedAt: null, closeReason: null },
};

export const showroom: ShowroomView = {
	...{ name: '城北店', staff: [{ id: 'wangfang', name: '王芳', role: 'consultant', onDuty: true }] },
	cameras: [{ id: 'cam-1', name: '大门', entrance: 'main', state: 'live', reason: null, fps: 12, dropped: 0 }],
	models: [{ id: 'yaoxing-y7', title: { zh: '曜行 Y7', en: 'Yaoxing Y7' } }],
	recogniser: { name: 'sface', fallback: false, calibrated: true, missing: 0 },
	...{ setUp: true, address: 'https://showroom.local:8443/', now: 1_764_036_300_000, lastSeq: 4211 },
};
