/** Whether a name in a manifest is that of a file below its folder, here and on other systems. */
export function isBelow(name: unknown): name is string {
  return typeof name === "string" && /^\w/.test(name) &&
    !/(^|\/)\.\.?(\/|$)|[\\\0]|^[A-Za-z]:/.test(name);
}
