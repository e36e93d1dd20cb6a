/** Values of environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Substitution {
  readonly text: string;
  /** Names that the environment does not have, or has empty. */
  readonly missing: readonly string[];
  /** Whether anything was put in, so that the result must be treated as a secret. */
  readonly touched: boolean;
}

/** Puts environment variables in the place of `${NAME}`; `$${NAME}` stays as the text `${NAME}`. */
export function substituteEnvironment(text: string, environment: Environment): Substitution {
  const missing: string[] = [];
  let touched = false;
  const result = text.replace(/\$?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (match: string, name: string) => {
    if (match.startsWith('$$')) return match.slice(1);
    touched = true;
    const value = environment[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  });
  return { text: result, missing, touched };
}
