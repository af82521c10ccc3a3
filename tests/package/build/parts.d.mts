export interface Rendered {
  readonly tag: string;
  /** Where it is written, below the project. */
  readonly file: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** For screen readers only. */
  readonly hidden: boolean;
}

export function rendered(project: string, path: string): Rendered[];

/** The file and the helpers that render for the same element, below the project. */
export function reach(project: string, path: string): string[];

/** `own`: the inner element's name of the part; `name`: the one under which a page finds it here. */
export function handedOn(project: string, path: string): { readonly tag: string; readonly own: string; readonly name: string }[];

export function partNames(value?: string): string[];
