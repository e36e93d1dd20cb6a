export { createSandbox } from './sandbox.ts';
export type { OtherKeys, Sandbox, SandboxOptions } from './sandbox.ts';
export type { Answer } from './api4.ts';
export { ApiFailure } from './failure.ts';
export type { Fault, FaultPlan, FaultRule, FaultWeather } from './faults.ts';
export type { Without } from './seed/load-seed.ts';
