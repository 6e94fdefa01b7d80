import config from "../deno.json" with { type: "json" };

/** Version of Kindred as written into every manifest, for example `"0.1.0"`. */
export const version: string = config.version;
