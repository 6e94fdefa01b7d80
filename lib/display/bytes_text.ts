const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

/** A size as people read it: `512 bytes`, `1.2 GB`; a unit is a thousand of the one before. */
export function bytesText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // What would be printed as 1000.0 is one of the next unit.
  while (unit < units.length - 1 && (unit === 0 ? value >= 1000 : value >= 999.95)) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
