/**
 * Kindred: family trees of machine-learning models and the dependency graph of the foundation-model ecosystem.
 *
 * @module
 */
export * from "./core/mod.ts";
export * from "./source/mod.ts";
export * from "./snapshot/mod.ts";
export * from "./graph/mod.ts";
export * from "./measure/mod.ts";
export * from "./figure/mod.ts";
export * from "./display/mod.ts";
export { version } from "./version.ts";
