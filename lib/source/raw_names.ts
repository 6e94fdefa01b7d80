/** Ending of the folder of a raw snapshot that is being fetched. */
export const unfinishedEnding = ".part";

/** File of a raw snapshot's folder that says what is in it. */
export const rawManifestName = "fetch.json";

/** File of an unfinished one that says what was asked for, so that it goes on with nothing else. */
export const requestName = "request.json";

/** File of it that the program at work holds locked. */
export const lockName = ".lock";

/** Whether a file is the folder's own, and in no manifest; a program that was killed leaves one that is not whole. */
export function isOwnFile(name: string): boolean {
  return /^(?:\.lock|(?:request|fetch)\.json(?:\.tmp)?)$/.test(name);
}
