import type {
	DevicesAnswer,
	NewToken,
	PairingCode,
	PasswordCode,
	SessionsAnswer,
	StaffAccountView,
	StaffAnswer,
	TokensAnswer,
} from '../access.api.js';
import { pairingSchema, staffAddSchema, staffChangeSchema, tokenSchema } from '../access.api.js';
import { both, inWords, type RouteTable } from './route.js';

/** Who works here, and which devices and programs may come in. */
export const peopleRoutes = {
	'GET /api/staff': {
		...{ tag: 'people', summary: both('员工与账户', 'Staff and their accounts') },
		answer: inWords<StaffAnswer>('员工列表', 'Members of staff'),
	},
	'POST /api/staff': {
		...{ tag: 'people', summary: both('添加员工', 'Add a member of staff'), body: staffAddSchema, status: 201 },
		answer: inWords<StaffAccountView>('新员工', 'The member of staff'),
		errors: ['id-taken', 'weak-password'],
	},
	'PATCH /api/staff/:id': {
		...{ tag: 'people', summary: both('修改员工', 'Change a member of staff'), body: staffChangeSchema },
		answer: inWords<StaffAccountView>('该员工', 'The member of staff'),
		errors: ['no-staff', 'last-administrator'],
	},
	'POST /api/staff/:id/password-code': {
		...{ tag: 'people', summary: both('签发设置密码的代码', 'Make a code to choose a password with') },
		answer: inWords<PasswordCode>('一次性代码，仅显示一次', 'The code, shown this once'),
		errors: ['no-staff'],
	},
	'DELETE /api/staff/:id/totp': {
		...{ tag: 'people', summary: both('停用某人的动态验证码', "Switch somebody's authenticator off"), errors: ['no-staff'] },
	},
	'GET /api/sessions': {
		...{ tag: 'people', summary: both('所有登录', "Everybody's sessions") },
		answer: inWords<SessionsAnswer>('登录列表', 'Sessions'),
	},
	'DELETE /api/sessions/:id': { tag: 'people', summary: both('结束一个登录', 'End a session'), errors: ['no-such-session'] },
	'GET /api/devices': {
		...{ tag: 'people', summary: both('已绑定的设备', 'Paired devices') },
		answer: inWords<DevicesAnswer>('设备列表', 'Devices'),
	},
	'POST /api/devices/codes': {
		...{ tag: 'people', summary: both('签发绑定设备的代码', 'Make a code to pair a device with'), body: pairingSchema },
		answer: inWords<PairingCode>('八位代码，一次有效', 'Eight digits, good once'),
		errors: ['not-for-phones'],
	},
	'DELETE /api/devices/:id': { tag: 'people', summary: both('解除绑定', 'Unpair a device'), errors: ['no-such-device'] },
	'GET /api/tokens': {
		...{ tag: 'people', summary: both('程序的令牌', "Programs' tokens") },
		answer: inWords<TokensAnswer>('令牌列表', 'Tokens'),
	},
	'POST /api/tokens': {
		...{ tag: 'people', summary: both('签发令牌', 'Make a token for a program'), body: tokenSchema, status: 201 },
		answer: inWords<NewToken>('令牌，仅显示一次', 'The token, shown this once'),
	},
	'DELETE /api/tokens/:id': { tag: 'people', summary: both('吊销令牌', 'Revoke a token'), errors: ['no-such-token'] },
} as const satisfies RouteTable;
