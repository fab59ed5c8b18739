// The part of ECharts that the client uses.
export interface Chart {
  setOption(option: Record<string, any>, notMerge?: boolean): void;
  resize(): void;
  dispose(): void;
  on(event: string, handler: (params: any) => void): void;
}
export function init(element: HTMLElement, theme?: string | null, options?: { renderer?: 'canvas';
  locale?: string }): Chart;
