import type { ThemeConfig } from 'antd';

/** Text stands at 7:1 or more on its ground, controls are 44 px high: read and hit at arm's length. Colours repeat in console.css. */
export const theme: ThemeConfig = {
	token: {
		colorPrimary: '#0b4fb3',
		colorLink: '#0b4fb3',
		colorError: '#b3141d',
		colorText: '#12202f',
		colorTextSecondary: '#44525f',
		borderRadius: 10,
		fontSize: 16,
		controlHeight: 44,
		fontFamily: "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
		// A press that falls into an animation is let go where the button no longer is, and nothing happens.
		motion: false,
	},
};
