import type { CriterionName } from './needs.js';

/** Chinese and English side by side: the report, the console and the command say the same. {…} are figures. */
export type Both = readonly [zh: string, en: string];

export const criterionWords: Readonly<Record<CriterionName, { readonly label: Both; readonly unit: Both }>> = {
	eyes: { label: ['两眼距离', 'Pixels between the eyes'], unit: ['像素', 'px'] },
	sharpness: { label: ['清晰度', 'Sharpness'], unit: ['', ''] },
	brightness: { label: ['脸部亮度', 'Brightness of the face'], unit: ['', ''] },
	backlight: { label: ['脸与画面的亮度比', 'Face against picture (backlight)'], unit: ['', ''] },
	contrast: { label: ['脸部反差', 'Contrast of the face'], unit: ['', ''] },
	turn: { label: ['侧脸程度', 'Turned aside'], unit: ['', ''] },
	down: { label: ['俯视角度', 'Seen from above'], unit: ['°', '°'] },
	tilt: { label: ['画面歪斜', 'Tilt'], unit: ['°', '°'] },
	rate: { label: ['实际帧率／设定帧率', 'Frames seen, of those asked for'], unit: ['', ''] },
};

export const stateWords = {
	ok: ['良好', 'good'],
	weak: ['勉强', 'weak'],
	bad: ['不够', 'not enough'],
} as const satisfies Record<string, Both>;

export const verdictWords = {
	ok: [
		'这个位置适合识别：{passes} 次经过中有 {readable} 次拍到可用的脸。',
		'This place is fit for recognition: {readable} of {passes} passes gave a usable face.',
	],
	weak: [
		'能用，但余量不大：{passes} 次经过中有 {readable} 次拍到可用的脸。按下面的建议调整。',
		'It works, with little to spare: {readable} of {passes} passes gave a usable face. Adjust it as advised below.',
	],
	bad: [
		'这个位置不适合识别：{passes} 次经过中只有 {readable} 次拍到可用的脸。请按下面的建议调整，再测一次。',
		'This place is not fit for recognition: only {readable} of {passes} passes gave a usable face. Adjust it as advised below and measure again.',
	],
	unknown: [
		'看到的人太少，还不能下结论：请从门口走进来 {needed} 次以上（已看到 {passes} 次）。',
		'Too few people were seen to judge: walk in through the door at least {needed} times ({passes} seen so far).',
	],
} as const satisfies Record<string, Both>;

/**
 * What to do about a criterion. `bad`: half of the faces fall short of what is needed. `weak`: half of them of what is good. `some`: most are
 * good, the worst tenth is not. Two-sided ones have `low` and `high` before it.
 */
export const adviceWords = {
	'no-face': [
		'还没有找到人脸。如果已经有人走过，说明脸太小、背着镜头或太暗：先把摄像机移近，对准人走来的方向。',
		'No face has been found yet. If somebody has walked past, faces are too small, turned away or too dark: move the camera nearer, and point it at where people come from.',
	],
	'eyes-bad': [
		'眼距中位数 {median} 像素，识别需要 {needed}：把摄像机移近 {nearer}，或换长焦镜头。',
		'The eyes are {median} pixels apart (median), recognition needs {needed}: move the camera nearer by {nearer}, or take a longer lens.',
	],
	'eyes-weak': [
		'眼距中位数 {median} 像素，够用，{good} 以上才稳：移近 {nearer} 或换长焦镜头会更好。',
		'The eyes are {median} pixels apart (median), which will do; from {good} on it is safe: nearer by {nearer}, or a longer lens, is better.',
	],
	'eyes-some': [
		'有些人的眼距只有 {worst} 像素（需要 {needed}）：让摄像机正对他们走近的路线。',
		'Some people’s eyes are only {worst} pixels apart ({needed} needed): point the camera at the way they come nearer on.',
	],
	'eyes-small-picture': [
		'这路画面只有 {width}×{height}：先改用摄像机的主码流（1080p 或更高），再看距离。',
		'This stream is only {width}×{height}: first use the camera’s main stream (1080p or more), then see about the distance.',
	],
	'sharpness-bad': [
		'画面模糊（清晰度 {median}，需要 {needed}）：擦净镜头，重新对焦；人走动时糊，就加光、缩短快门。',
		'The picture is blurred (sharpness {median}, {needed} needed): clean and focus the lens; if only moving people blur, add light and shorten the shutter.',
	],
	'sharpness-weak': [
		'画面偏软（清晰度 {median}，{good} 以上较好）：检查对焦；走动时糊，就缩短快门、提高码率。',
		'The picture is soft (sharpness {median}, better from {good} on): check the focus; for blur in motion shorten the shutter, and raise the bit rate.',
	],
	'sharpness-some': [
		'有些脸是糊的（{worst}，需要 {needed}）：走动造成的就加光、缩短快门。',
		'Some faces are blurred ({worst}, {needed} needed): if they move, add light and shorten the shutter.',
	],
	'brightness-low': [
		'脸太暗（亮度 {median}，{least} 到 {most} 为好）：在门口正面补光，或调高摄像机曝光。',
		'Faces are dark (brightness {median}, {least} to {most} is good): light the door from the camera’s side, or raise the exposure.',
	],
	'brightness-high': [
		'脸过曝（亮度 {median}，{least} 到 {most} 为好）：调低曝光，或避开直射的灯和阳光。',
		'Faces are overexposed (brightness {median}, {least} to {most} is good): lower the exposure, or keep lamps and sun off them.',
	],
	'brightness-some': [
		'脸的亮度忽明忽暗（{worst}，{least} 到 {most} 为好）：让光线均匀，或打开宽动态（WDR）。',
		'Some faces are too dark or too bright ({worst}, {least} to {most} is good): even the light out, or switch wide dynamic range (WDR) on.',
	],
	backlight: [
		'逆光：脸的亮度只有画面的 {figure} 倍（{good} 以上较好）。换个方向不要正对门外，打开宽动态（WDR），或在室内补光。',
		'Backlight: faces are {figure} times as bright as the picture (better from {good} on). Turn the camera off the daylight, switch wide dynamic range (WDR) on, or add light inside.',
	],
	contrast: [
		'脸上反差小（{figure}，{good} 以上较好）：擦净镜头，关掉雾气或强光造成的泛白，检查红外补光。',
		'Faces are flat (contrast {figure}, better from {good} on): clean the lens, keep glare and haze off it, check the infrared lamp.',
	],
	turn: [
		'多是侧脸（{median}，{good} 以下较好）：把摄像机移到人迎面走来的方向。',
		'Most faces are turned aside ({median}, better below {good}): hang the camera where people walk towards it.',
	],
	'turn-some': [
		'有些是侧脸（{worst}）：把摄像机往人迎面走来的方向移。',
		'Some faces are turned aside ({worst}): move the camera towards where people come from.',
	],
	'down-high': [
		'从上往下看得太陡（约 {median}°，{most}° 以内较好）：把摄像机装低一些或移远一些，1.8 到 2.5 米高为好。',
		'Faces are looked down on (about {median}°, better within {most}°): hang the camera lower or farther off; 1.8 to 2.5 m is a good height.',
	],
	'down-low': [
		'从下往上看（约 {median}°，{most}° 以内较好）：把摄像机装高一些。',
		'Faces are looked up at (about {median}°, better within {most}°): hang the camera higher.',
	],
	'down-some': [
		'有些脸俯仰太大（约 {worst}°）：让摄像机与脸的高度更接近。',
		'Some faces are seen too steeply (about {worst}°): bring the camera nearer to the height of faces.',
	],
	tilt: ['画面歪了约 {median}°：把摄像机扶正。', 'The picture leans by about {median}°: set the camera upright.'],
	rate: [
		'只看到设定帧率的 {percent}：检查网线、交换机和摄像机的帧率设置；主机太忙时也会这样。',
		'Only {percent} of the frames asked for are seen: check the cable, the switch and the camera’s frame rate; or the box is too busy.',
	],
} as const satisfies Record<string, Both>;

export type AdviceName = keyof typeof adviceWords;

export const reportWords = {
	title: ['摄像机安装位置检测报告', 'Placing a camera: report'],
	source: ['摄像机', 'Camera'],
	made: ['检测时间', 'Made'],
	seen: ['时长 / 画面数 / 人脸数', 'Time / pictures / faces'],
	passes: ['经过次数 / 拍到可用人脸的次数', 'Passes / with a usable face'],
	size: ['画面大小', 'Picture'],
	criterion: ['项目', 'What'],
	median: ['中位数', 'Median'],
	tenths: ['最低与最高的十分之一', 'Tenths'],
	needed: ['需要', 'Needed'],
	good: ['良好', 'Good'],
	state: ['结论', 'Result'],
	picture: ['画面', 'Picture'],
	noPicture: ['没有可以放进报告的画面。', 'There is no picture that could be shown.'],
	privacy: [
		'只显示名单里的人和安装人员的脸，其他人的脸以及刚才出现过脸的地方都已遮住。',
		'Only faces of people of the gallery and of the installer are shown; everybody else’s, and each place where a face was a moment before, are hidden.',
	],
	places: ['画面各处的眼距', 'Eye distance over the picture'],
	placesNote: [
		'绿色大点：良好；橙色：够用；红色小点：太小，认不出。',
		'Large green dots: good; orange: enough; small red ones: too small to be recognised.',
	],
	allFaces: ['全部人脸', 'all faces'],
	usable: ['识别可用的人脸', 'faces that recognition can use'],
	share: ['占比', 'share'],
} as const satisfies Record<string, Both>;
