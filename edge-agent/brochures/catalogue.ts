import type { BrochurePage, BrochureView } from '../contract/api.js';
import { pictures } from './pictures.js';

/*
 * The catalogue that comes with the program: one car that does not exist, from a maker that does not exist. It shows what a
 * brochure can be; a store's own take its place in a later version.
 */
const ID = 'yaoxing-y7';

const text = (zh: string, en: string) => ({ zh, en });
const fact = (label: { zh: string; en: string }, zh: string, en = zh) => ({ label, value: { zh, en } });
const pictureOf = (name: string) => `/api/brochures/${ID}/pictures/${name}`;

const pages: readonly BrochurePage[] = [
	{
		title: text('从容的轮廓', 'A calm outline'),
		text: text(
			'车身线条从车头一笔到尾，低趴的车顶让风从容流过。五座中大型 SUV，城里好停，山里好走。',
			'One line from nose to tail, and a low roof that the wind passes easily. A mid-size five-seat SUV: easy to park in town, at home in the hills.',
		),
		picture: pictureOf('exterior.svg'),
		facts: [
			fact(text('长 × 宽 × 高', 'Length × width × height'), '4,785 × 1,925 × 1,655 mm'),
			fact(text('轴距', 'Wheelbase'), '2,890 mm'),
			fact(text('风阻系数', 'Drag coefficient'), '0.238 Cd'),
			fact(text('车身颜色', 'Colours'), '湖青、云白、岩灰、墨黑', 'Lake teal, cloud white, rock grey, ink black'),
		],
	},
	{
		title: text('安静的座舱', 'A quiet cabin'),
		text: text(
			'前排双层夹胶玻璃，后排靠背可调。常用功能都留有实体按键，戴着手套也能用。',
			'Laminated double glass in front, reclining seats behind. Whatever is used every day has a real button that works with gloves on.',
		),
		picture: pictureOf('cabin.svg'),
		facts: [
			fact(text('中控屏', 'Centre screen'), '15.6 英寸', '15.6 inches'),
			fact(text('60 km/h 车内噪声', 'Cabin noise at 60 km/h'), '56 dB(A)'),
			fact(text('后备箱', 'Boot'), '565 L，座椅放倒 1,610 L', '565 L, 1,610 L with seats down'),
			fact(text('儿童座椅接口', 'Child seat anchors'), '后排 2 个 ISOFIX', '2 ISOFIX in the rear'),
		],
	},
	{
		title: text('走得远，充得快', 'Goes far, fills fast'),
		text: text(
			'800 V 平台配磷酸铁锂电池。喝杯咖啡的时间，补足一周通勤的电。冬季续航请以实际路况为准。',
			'An 800 V platform with a lithium iron phosphate battery: a week of commuting in the time of a coffee. In winter the range depends on road and weather.',
		),
		picture: pictureOf('platform.svg'),
		facts: [
			fact(text('CLTC 续航', 'CLTC range'), '605 km'),
			fact(text('电池容量', 'Battery'), '78.4 kWh'),
			fact(text('10% 至 80% 快充', 'Fast charge, 10 to 80 %'), '18 分钟', '18 minutes'),
			fact(text('最大功率', 'Power'), '230 kW'),
		],
	},
	{
		title: text('看得见的安心', 'Safety you can see'),
		text: text(
			'辅助驾驶帮您看着车道和前车，但驾驶始终由您负责。到店可预约试驾，亲自感受。',
			'The assistant watches the lane and the car ahead with you; the driver stays responsible. Ask for a test drive and feel it yourself.',
		),
		picture: pictureOf('assistance.svg'),
		facts: [
			fact(text('安全气囊', 'Airbags'), '8 个', '8'),
			fact(text('辅助驾驶感知', 'Sensors'), '7 个摄像头、5 个毫米波雷达', '7 cameras, 5 radars'),
			fact(text('整车质保', 'Vehicle warranty'), '5 年或 15 万公里', '5 years or 150,000 km'),
			fact(text('厂商指导价', 'List price'), '¥ 218,800 起', 'from CNY 218,800'),
		],
	},
];

/** Every brochure. */
export const brochures: readonly BrochureView[] = [
	{
		id: ID,
		model: 'Y7',
		title: text('曜行 Y7', 'Yaoxing Y7'),
		tagline: text('把远方，过成日常。', 'Far away, every day.'),
		pages,
	},
];

export function brochure(id: string): BrochureView | undefined {
	return brochures.find((brochure) => brochure.id === id);
}

/** The SVG text of a brochure's picture. */
export function picture(id: string, name: string): string | undefined {
	return brochure(id) && Object.hasOwn(pictures, name) ? pictures[name] : undefined;
}
