import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { PASSWORD_MIN } from '../contract/access.api.js';
import { type FieldProblem, PROBLEM_TYPE, type Problem } from '../contract/problem.api.js';
import type { Language } from '../contract/vocabulary.js';

/** Every error the API answers: its status and what it says, `what` being a name or the names of fields. */
const errors = {
	invalid: [400, (what) => `以下内容缺少或不正确：${what}`, (what) => `Missing or wrong: ${what}`],
	'not-json': [415, () => '请求内容须为 JSON。', () => 'The request must be JSON, with the header Content-Type: application/json.'],
	'too-large': [413, (what) => what || '提交的内容过大。', (what) => what || 'The request is too large.'],
	'not-local': [
		403,
		() => '请用本机的名称或地址访问。',
		() => 'This box is not known by that name: use one of its own names or addresses.',
	],
	'not-same-origin': [403, () => '请求来自别的网站。', () => 'This request comes from another site.'],
	'no-header': [403, () => '缺少请求头 X-Showroom。', () => 'The header X-Showroom: 1 is missing.'],
	'bad-key': [400, () => 'Idempotency-Key 须为 1 到 255 个可见字符。', () => 'An Idempotency-Key has 1 to 255 visible characters.'],
	'still-running': [
		409,
		() => '同一键的请求仍在处理，请稍后再发。',
		() => 'The first request with this key is still running. Send it again in a moment.',
	],
	'key-reused': [422, () => '这个键已用于另一个请求。', () => 'This key was used for another request.'],
	'sign-in-needed': [401, () => '请先登录。', () => 'Please sign in first.'],
	'not-allowed': [403, () => '您没有这项权限。', () => 'You may not do this.'],
	'wrong-sign-in': [401, () => '姓名或密码不正确。', () => 'The name or the password is wrong.'],
	'code-needed': [401, () => '请输入动态验证码。', () => 'Please type the code of your authenticator as well.'],
	'wrong-code': [401, () => '代码不正确、已被使用或已过期。', () => 'The code is wrong, used or no longer valid.'],
	'new-password-needed': [401, () => '请设置新密码。', () => 'Please choose a new password.'],
	'wrong-password': [401, () => '当前密码不正确。', () => 'The current password is wrong.'],
	'weak-password': [
		400,
		() => `密码至少 ${PASSWORD_MIN} 个字符，不能是常见的密码、连续或重复的字符，也不能是本人姓名。`,
		() => `A password needs at least ${PASSWORD_MIN} characters; not a common one, not a row or repeat of characters, not your name.`,
	],
	'too-many-tries': [
		429,
		(seconds) => `尝试次数过多，请在 ${seconds} 秒后再试。`,
		(seconds) => `Too many tries. Please wait ${seconds} seconds.`,
	],
	'set-up-already': [409, () => '已经有管理员了，请登录。', () => 'There is an administrator already: please sign in.'],
	'id-taken': [409, () => '这个编号已被使用。', () => 'This id is taken.'],
	'last-administrator': [409, () => '这是最后一位管理员。', () => 'This is the last administrator.'],
	'no-staff': [404, () => '没有这位员工。', () => 'There is no such member of staff.'],
	'no-such-session': [404, () => '没有这个登录。', () => 'There is no such session.'],
	'no-such-device': [404, () => '没有这台设备。', () => 'There is no such device.'],
	'no-such-token': [404, () => '没有这个令牌。', () => 'There is no such token.'],
	'not-for-phones': [
		400,
		() => '手机只能绑定给销售顾问、服务顾问、前台或经理。',
		() => 'A phone is paired for a consultant, an adviser, reception or a manager only.',
	],
	'not-found': [404, () => '没有这个地址。', () => 'There is nothing at this address.'],
	'bad-address': [
		400,
		() =>
			'摄像头地址不对。应为 rtsp://用户名:密码@地址/路径、usb:/dev/video0，或主机上视频文件的路径；密码里的 @ 写成 %40，/ 写成 %2F，# 写成 %23，? 写成 %3F。',
		() =>
			'This is no camera address. Write rtsp://user:password@host/path, usb:/dev/video0, or the path of a video file on the box; in a password write @ as %40, / as %2F, # as %23, ? as %3F.',
	],
	'not-ready': [503, () => '识别模型还在加载，请稍后再试。', () => 'The recognition models are still loading. Please try again shortly.'],
	'no-such-camera': [404, () => '没有这个摄像头。', () => 'There is no such camera.'],
	'fixed-camera': [
		409,
		() => '这个摄像头写在配置文件里，请在配置文件里修改。',
		() => 'This camera stands in the configuration file: change it there.',
	],
	'too-many-cameras': [409, () => '一台主机最多 16 个摄像头。', () => 'One box takes 16 cameras at most.'],
	'bad-file': [400, (what) => what, (what) => what],
	'no-such-import': [
		404,
		() => '没有这次导入，或草稿已过期。请重新选择文件。',
		() => 'There is no such import, or its draft has expired. Choose the file again.',
	],
	'import-not-ready': [
		409,
		() => '还不能导入：缺少姓名列，或没有可写入的行。',
		() => 'Not yet: no column holds the name, or there is nothing to write.',
	],
	'import-not-undoable': [409, () => '这次导入已不能撤销。', () => 'This import can no longer be undone.'],
	'import-busy': [409, () => '同时进行的导入太多，请先完成或取消一个。', () => 'Too many imports are open: finish or cancel one first.'],
	'import-waits': [
		409,
		() => '另一次导入正在写入或撤销，请稍后再确认。',
		() => 'Another import is being written or taken back. Please try again in a moment.',
	],
	'no-such-face-checkin': [404, () => '刷脸签到已结束，请用触屏签到。', () => 'This check-in by face is over: please check in by touch.'],
	'no-such-alert': [404, () => '没有这条到店提醒。', () => 'There is no such alert.'],
	'no-such-webhook': [404, () => '没有这个消息推送。', () => 'There is no such webhook.'],
	'no-such-visit': [404, () => '没有这次到店记录。', () => 'There is no such visit.'],
	'no-such-customer': [400, () => '没有这位客户。', () => 'There is no such customer.'],
	'no-such-guest': [404, () => '没有这位预约客人。', () => 'There is no such expected guest.'],
	'no-such-task': [404, () => '没有这项待办，或已完成。', () => 'There is no such task, or it is done.'],
	'no-such-summary': [404, () => '没有这一天的日报。', () => 'There is no summary of this day.'],
	'no-such-brochure': [404, () => '没有这本车型手册或这一页。', () => 'There is no such brochure or page.'],
	'no-such-staff': [400, () => '没有这位员工。', () => 'There is no such member of staff.'],
	'no-such-person': [404, () => '没有这位客户或员工。', () => 'There is no such customer or member of staff.'],
	'no-such-notice': [404, () => '没有这份告知书。', () => 'There is no such notice.'],
	'old-notice': [
		409,
		() => '告知书已更新，请出示现行版本并重新征得同意。',
		() => 'Another text is in force now: show that one and ask again.',
	],
	'no-consent': [409, () => '尚未同意人脸识别，请先登记同意书。', () => 'There is no consent to face recognition: record it first.'],
	'staff-stay': [
		409,
		() => '员工只能撤回人脸；系统日志须保留操作人。',
		() => 'A member of staff withdraws their face; the log keeps who did what.',
	],
	unreadable: [
		422,
		() => '这个文件不是能读取的照片：请用完好的 JPEG、PNG 或 WebP。',
		() => 'This file is no photograph that can be read: use an undamaged JPEG, PNG or WebP.',
	],
	'no-face': [
		422,
		() => '照片里找不到人脸：请用正面、光线均匀的照片。',
		() => 'No face found: use a photograph that shows the face from the front, well lit.',
	],
	'several-faces': [
		422,
		() => '照片里不止一张脸：请用只有本人的照片。',
		() => 'There is more than one face: use a photograph of this person alone.',
	],
	'too-small': [
		422,
		() => '照片里的脸太小：请靠近一些再拍，或用更大的照片。',
		() => 'The face is too small: come nearer, or use a larger photograph.',
	],
	'too-dark': [
		422,
		() => '脸太暗，或者背着光：请让光照在脸上再拍。',
		() => 'The face is too dark, or against the light: let the light fall on the face.',
	],
	'too-bright': [
		422,
		() => '脸太亮，或者发白看不清：请避开强光再拍。',
		() => 'The face is too bright, or washed out: take it in softer light.',
	],
	blurred: [422, () => '脸是模糊的：请拿稳、对好焦再拍。', () => 'The face is blurred: hold still, focus and take it again.'],
	'looking-away': [422, () => '脸没有朝着镜头：请看着镜头再拍。', () => 'The face is looking away: look into the camera.'],
	'already-enrolled': [
		409,
		(who) => `这张脸和${who ? `“${who}”` : '另一位'}已登记的脸是同一张。如果确实是两个人（比如双胞胎），可以仍然登记。`,
		(who) => `This face is already enrolled as ${who || 'somebody else'}. If they are two people (twins, say), enrol it all the same.`,
	],
	unlike: [
		409,
		() => '这张脸不像此人已登记的照片。请确认是同一个人，确认后可以仍然登记。',
		() => "This does not look like the person's other photographs. Make sure who it is; then enrol it all the same.",
	],
	duplicate: [
		409,
		() => '这张照片和已登记的一张几乎一样，再登记没有用处：请换一个角度，或换一天拍的照片。',
		() => 'It shows the same as a photograph enrolled already, so nothing would be gained: use one from another angle or day.',
	],
	'still-starting': [
		503,
		() => '人脸识别还在启动，请过一会儿再试。',
		() => 'Face recognition is still starting. Please try again in a moment.',
	],
	'not-a-picture': [415, () => '请提交 JPEG、PNG 或 WebP 图片。', () => 'Send a JPEG, PNG or WebP picture with its content type.'],
	taken: [409, (what) => `${what}已经接待了。`, (what) => `${what} has already taken this visitor.`],
	asked: [409, (what) => `已经请${what}接手，正在等待答复。`, (what) => `${what} has been asked already and has not answered yet.`],
	'not-yours': [409, (what) => `这要由${what}来答复。`, (what) => `This is for ${what} to answer.`],
	over: [409, () => '这条提醒已经结束。', () => 'This alert is over already.'],
	failed: [500, () => '系统出错，请再试一次。', () => 'Something went wrong here. Please try again.'],
} satisfies Record<string, [ContentfulStatusCode, (what: string) => string, (what: string) => string]>;

export type ErrorCode = keyof typeof errors;

/** An error to answer with. */
export class ApiError extends Error {
	override readonly name = 'ApiError';

	constructor(
		readonly code: ErrorCode,
		readonly what = '',
		/** Of an `invalid` request. */
		readonly fields: readonly FieldProblem[] = code === 'invalid' && what !== '' ? [{ field: what, problem: 'wrong' }] : [],
	) {
		super(what ? `${code}: ${what}` : code);
	}
}

/** What to answer to a request of which these fields are wrong. */
export function invalid(fields: readonly FieldProblem[]): ApiError {
	return new ApiError('invalid', fields.map(({ field }) => field).join(', '), fields);
}

/** Every code, with its status and what it says in general. */
export function errorCodes(): { readonly code: ErrorCode; readonly status: number; readonly detail: Readonly<Record<Language, string>> }[] {
	return Object.entries(errors).map(([code, [status, zh, en]]) => {
		return { code: code as ErrorCode, status, detail: { zh: zh('…'), en: en('…') } };
	});
}

/** The answer in the language the request prefers. */
export function errorResponse(c: Context, { code, what, fields }: ApiError): Response {
	const [status, zh, en] = errors[code];
	const problem: Problem = {
		...{ type: `/problems/${code}`, title: titleOf(code), status, code },
		detail: language(c.req.header('accept-language')) === 'zh' ? zh(what) : en(what),
		...(fields.length === 0 ? {} : { fields: [...fields] }),
	};
	return c.json(problem, status, { 'content-type': PROBLEM_TYPE });
}

/** `no-such-alert` -> `No such alert` */
export function titleOf(code: string): string {
	const words = code.replaceAll('-', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The one of our languages that an Accept-Language header likes best; Mandarin when it names neither. */
export function language(header: string | undefined): Language {
	const liked = (header ?? '').split(',').map((entry) => {
		const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
		const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
		return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
	});
	const best = (language: Language) => Math.max(0, ...liked.filter((entry) => entry.language === language).map(({ weight }) => weight));
	return best('en') > best('zh') ? 'en' : 'zh';
}
