import type { Notice } from '../contract/consent.api.js';

/**
 * The notices that a store starts with, for an administrator to complete (the store's legal name and contact) and have checked. What PIPL
 * asks for in articles 7, 14 to 17, 23, 28 to 31 and 44 to 50, and the measures on face recognition of 2025 in articles 5 to 7 and 10.
 */
export function defaultNotices(store: string): readonly Notice[] {
	return [customerNotice(store), staffNotice(store)];
}

function customerNotice(store: string): Notice {
	return {
		audience: 'customer',
		zh: {
			title: '人脸识别接待服务告知与同意书',
			sections: [
				{ heading: '谁处理您的信息', text: `${store}（个人信息处理者）。联系方式：请向前台索取，或以本店公示的电话、地址为准。` },
				{
					heading: '不使用人脸同样可以接待您',
					text: '人脸识别完全自愿。您可以用姓名、手机号、语音或触屏登记，享受同样的服务。不同意不会影响看车、试驾、报价或任何服务，也不会影响价格。',
				},
				{
					heading: '为什么处理',
					text: '您到店时，系统在入口或接待屏认出您，及时通知您的销售顾问前来接待。不作其他用途，不用于营销画像，不提供给其他单位或个人，不传到境外。',
				},
				{
					heading: '处理哪些信息、如何处理',
					text: '由您的照片计算出一组数字（人脸特征模板），加密保存在本店的一台设备中，不上传云端。到店时，设备在内存中把看到的人脸与模板比对；不认识的人脸不留下任何图像或特征。人脸信息属于敏感个人信息，一旦泄露难以更改，可能影响您的人身和财产安全；因此我们只保存特征模板，照片仅在您另行勾选时保存。',
				},
				{
					heading: '保存多久',
					text: '自您最后一次到店起 12 个月，到期自动删除。您撤回同意时立即删除。备份中的数据以您的专属密钥加密，密钥随撤回一并删除；恢复备份时会再次执行删除。',
				},
				{
					heading: '您的权利',
					text: '您可以随时查阅、复制、更正、删除您的信息，要求我们解释处理规则，或向网信部门投诉。请告诉任何一位员工，或联系上述联系方式，我们会在 15 个工作日内答复。',
				},
				{
					heading: '如何撤回同意',
					text: '随时向任何一位员工提出即可，无需理由，立即生效。您可以只撤回人脸（保留客户资料），也可以要求删除全部资料。撤回不影响撤回之前的处理，也不影响您继续接受服务。',
				},
				{ heading: '未满十四周岁', text: '须由父母或其他监护人同意。' },
			],
			purposes: {
				recognition: '我单独同意：处理我的人脸信息，用于到店时在入口和接待屏识别我（启用此服务所必需）。',
				accuracy: '我另外同意：用我的人脸特征检验和改进本店识别的准确性（可不选）。',
				photograph: '我另外同意：加密保存我的登记照片，以便升级识别程序时不必重新拍摄（可不选）。',
			},
		},
		en: {
			title: 'Face recognition at reception: notice and consent',
			sections: [
				{
					heading: 'Who handles your data',
					text: `${store} (the personal information handler). Contact: ask at the front desk, or use the telephone number and address displayed in the showroom.`,
				},
				{
					heading: 'You never need to give your face',
					text: 'Face recognition is entirely voluntary. Checking in by name, telephone number, voice or touch gets you the same service. Saying no changes nothing about viewing cars, test drives, quotes, prices or any other service.',
				},
				{
					heading: 'What for',
					text: 'When you come in, the system recognises you at the entrance or at the reception screen and tells your consultant, so that somebody comes to meet you. Nothing else: no marketing profile, no passing on to anybody, no transfer abroad.',
				},
				{
					heading: 'Which data, and how',
					text: 'From your photographs we compute a row of numbers (a face template). It is kept encrypted on one device in this store and never uploaded to a cloud. When you come in, the device compares the faces it sees with the templates in its memory; of a face it does not know no picture and no template remains. Face data is sensitive personal information: it cannot be changed like a password, and a leak could put your person and property at risk. That is why we keep only the template; the photograph itself is kept only if you tick its box.',
				},
				{
					heading: 'How long',
					text: 'Until 12 months after your last visit, then it is deleted automatically; at once when you withdraw. Data in backups is encrypted with a key of your own that is deleted with your withdrawal, and a restored backup has the deletion applied again.',
				},
				{
					heading: 'Your rights',
					text: 'You can see, copy, correct or delete your data, ask us to explain how it is handled, and complain to the cyberspace authority, at any time. Tell any member of staff or use the contact above; we answer within 15 working days.',
				},
				{
					heading: 'How to withdraw',
					text: 'Tell any member of staff, at any time, without giving a reason; it takes effect at once. You can withdraw your face only and remain a customer on file, or have everything about you deleted. Withdrawing does not affect what was done before it, nor the service you get.',
				},
				{ heading: 'Under 14 years', text: 'A parent or other guardian has to consent.' },
			],
			purposes: {
				recognition:
					'I separately consent to the handling of my face data to recognise me at the entrance and the reception screen (needed for this service).',
				accuracy:
					'I also consent to my face template being used to check and improve how accurately this store recognises people (optional).',
				photograph:
					'I also consent to my enrolment photograph being kept, encrypted, so that no new one is needed when the recognition program is replaced (optional).',
			},
		},
	};
}

function staffNotice(store: string): Notice {
	return {
		audience: 'staff',
		zh: {
			title: '员工人脸识别告知与同意书',
			sections: [
				{ heading: '谁处理您的信息', text: `${store}（个人信息处理者，您的用人单位）。` },
				{
					heading: '为什么处理',
					text: '使您进出展厅时不被当作到店客户而触发接待提醒。不用于考勤、绩效或监督。',
				},
				{
					heading: '完全自愿',
					text: '不同意不影响您的工作、待遇或评价；您经过时同事点一下“员工”即可关闭提醒。',
				},
				{
					heading: '处理哪些信息、保存多久',
					text: '由照片计算的人脸特征模板，加密保存在本店的一台设备中，不上传、不对外提供。保存至离职或撤回为止，届时立即删除。人脸信息属于敏感个人信息，一旦泄露可能影响您的人身和财产安全。',
				},
				{ heading: '您的权利与撤回', text: '您可以随时查阅、更正、删除或撤回，向管理员提出即可，立即生效。' },
			],
			purposes: {
				recognition: '我单独同意：处理我的人脸信息，用于在展厅入口识别我是员工。',
				accuracy: '我另外同意：用我的人脸特征检验和改进本店识别的准确性（可不选）。',
				photograph: '我另外同意：加密保存我的登记照片，以便升级识别程序时不必重新拍摄（可不选）。',
			},
		},
		en: {
			title: 'Face recognition of staff: notice and consent',
			sections: [
				{ heading: 'Who handles your data', text: `${store} (the personal information handler, your employer).` },
				{
					heading: 'What for',
					text: 'So that you are not taken for a visitor who has to be received when you walk through the showroom. Not for attendance, performance or supervision.',
				},
				{
					heading: 'Entirely voluntary',
					text: 'Saying no has no effect on your work, pay or assessment; a colleague closes the alert with one tap on "staff" when you pass.',
				},
				{
					heading: 'Which data, and how long',
					text: 'A face template computed from your photographs, kept encrypted on one device in this store, not uploaded and not passed on, until you leave the company or withdraw; then it is deleted at once. Face data is sensitive personal information: a leak could put your person and property at risk.',
				},
				{
					heading: 'Your rights, and how to withdraw',
					text: 'You can see, correct or delete your data or withdraw at any time: tell an administrator; it takes effect at once.',
				},
			],
			purposes: {
				recognition: 'I separately consent to the handling of my face data to recognise me as staff at the entrance of the showroom.',
				accuracy:
					'I also consent to my face template being used to check and improve how accurately this store recognises people (optional).',
				photograph:
					'I also consent to my enrolment photograph being kept, encrypted, so that no new one is needed when the recognition program is replaced (optional).',
			},
		},
	};
}
