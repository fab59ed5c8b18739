// The part of Preact, htm and signals that the client uses; small, so that type checking needs no package.
export type VNode = { type: unknown; props: unknown; key: unknown };
export type Child = VNode | string | number | boolean | bigint | null | undefined | Child[] | Signal<any>;
export interface Signal<T> { value: T; peek(): T }
export interface ReadonlySignal<T> { readonly value: T; peek(): T }
export interface Ref<T> { current: T }

export function h(type: any, props: any, ...children: any[]): VNode;
export function render(node: Child, parent: Element): void;
export const Fragment: (props: { children?: Child }) => Child;
export function html(strings: TemplateStringsArray, ...values: any[]): VNode;

export function useState<T>(initial: T | (() => T)): [T, (next: T | ((was: T) => T)) => void];
export function useEffect(effect: () => void | (() => void), deps?: readonly unknown[]): void;
export function useLayoutEffect(effect: () => void | (() => void), deps?: readonly unknown[]): void;
export function useMemo<T>(make: () => T, deps: readonly unknown[]): T;
export function useRef<T>(initial: T): Ref<T>;
export function useCallback<F extends (...args: any[]) => any>(fn: F, deps: readonly unknown[]): F;
export function useId(): string;

export function signal<T>(initial: T): Signal<T>;
export function computed<T>(make: () => T): ReadonlySignal<T>;
export function effect(run: () => void | (() => void)): () => void;
export function batch<T>(run: () => T): T;
