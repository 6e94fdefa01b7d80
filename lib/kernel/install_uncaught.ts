/**
 * Runs inside the kernel, as text, before any cell: shows errors that nobody catches, in timers and in promises that no cell awaits, and keeps the
 * kernel alive. Deno's kernel forgets them. Names nothing outside itself.
 */
export function showUncaught(): void {
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error("Uncaught (in promise)", event.reason);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    // A worker's error has a message only, which begins with that word.
    console.error(...event.error ? ["Uncaught", event.error] : [event.message]);
  });
}
