import type { DeviceView, NewPasswordAnswer, RecoveryCodes, SessionsAnswer, TotpEnrolment } from '../access.api.js';
import {
	linkSchema,
	type MeView,
	newPasswordSchema,
	pairSchema,
	passwordSchema,
	setupSchema,
	signInSchema,
	totpConfirmSchema,
	totpSchema,
} from '../access.api.js';
import { both, inWords, type RouteTable } from './route.js';

const me = inWords<MeView>('当前身份：无、员工、设备或程序', 'Who asks: nobody, staff, a device or a program');

/** Coming in, going, and what everybody does about their own account. */
export const accessRoutes = {
	'GET /api/me': { tag: 'access', summary: both('我是谁', 'Who this browser or program is'), answer: me },
	'POST /api/setup': {
		...{ tag: 'access', summary: both('创建第一位管理员（仅限本机，一次）', 'Make the first administrator: on this machine only, once') },
		...{ body: setupSchema, answer: me, errors: ['wrong-code', 'set-up-already', 'weak-password', 'too-many-tries'] },
	},
	'POST /api/sign-in': {
		...{ tag: 'access', summary: both('用密码登录', 'Sign in with a password'), body: signInSchema, answer: me },
		errors: ['wrong-sign-in', 'code-needed', 'wrong-code', 'too-many-tries'],
	},
	'POST /api/sign-in/link': {
		...{ tag: 'access', summary: both('用一次性代码登录', 'Sign in with a one-time code'), body: linkSchema, answer: me },
		errors: ['wrong-code', 'new-password-needed', 'too-many-tries'],
	},
	'POST /api/sign-in/password': {
		...{ tag: 'access', summary: both('用一次性代码设置密码', 'Choose a password with a one-time code'), body: newPasswordSchema },
		answer: inWords<NewPasswordAnswer>('谁的密码', 'Whose password it is'),
		errors: ['wrong-code', 'weak-password', 'too-many-tries'],
	},
	'POST /api/pair': {
		...{ tag: 'access', summary: both('绑定本设备', 'Pair this device'), body: pairSchema },
		answer: inWords<DeviceView>('本设备', 'This device'),
		errors: ['wrong-code', 'too-many-tries'],
	},
	'POST /api/sign-out': { tag: 'access', summary: both('退出登录', 'Sign out') },
	'POST /api/me/password': {
		...{ tag: 'access', summary: both('修改自己的密码', "Change one's password"), body: passwordSchema },
		errors: ['wrong-password', 'weak-password'],
	},
	'POST /api/me/totp': {
		...{ tag: 'access', summary: both('开始绑定动态验证码', 'Begin enrolling an authenticator'), body: totpSchema },
		answer: inWords<TotpEnrolment>('密钥与 otpauth 地址', 'Its secret, and the otpauth address'),
		errors: ['wrong-password'],
	},
	'POST /api/me/totp/confirm': {
		...{ tag: 'access', summary: both('启用动态验证码', 'Switch the authenticator on'), body: totpConfirmSchema },
		answer: inWords<RecoveryCodes>('恢复代码，仅显示一次', 'Recovery codes, shown this once'),
		errors: ['wrong-code'],
	},
	'POST /api/me/totp/remove': {
		...{ tag: 'access', summary: both('停用动态验证码', 'Switch the authenticator off'), body: totpSchema, errors: ['wrong-password'] },
	},
	'GET /api/me/sessions': {
		...{ tag: 'access', summary: both('自己的登录', "One's own sessions") },
		answer: inWords<SessionsAnswer>('登录列表', 'Sessions'),
	},
	'DELETE /api/me/sessions/:id': {
		...{ tag: 'access', summary: both('结束自己的一个登录', "End one of one's sessions"), errors: ['no-such-session'] },
	},
} as const satisfies RouteTable;
