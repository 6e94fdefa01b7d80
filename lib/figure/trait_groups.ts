import type { TaskGroup } from "../measure/task_groups.ts";
import type { LicenseFamily } from "../source/license_terms.ts";

/** Colours of license families and task groups; none is near the colour that marks a contradiction. */
export const groupColours: Readonly<Record<LicenseFamily | TaskGroup, string>> = {
  "commercial-terms": "#0072b2",
  "use-restricted": "#e69f00",
  "non-commercial": "#cc79a7",
  copyleft: "#56b4e9",
  permissive: "#009e73",
  unspecified: "#8a929c",
  language: "#0072b2",
  vision: "#e69f00",
  audio: "#cc79a7",
  multimodal: "#009e73",
  control: "#56b4e9",
  tabular: "#7a6a00",
  other: "#8a929c",
};

/** The groups as figures name them, in the order of legends. */
export const groupNames: Readonly<Record<LicenseFamily | TaskGroup, string>> = {
  "commercial-terms": "commercial terms",
  "use-restricted": "use restrictions",
  "non-commercial": "non-commercial",
  copyleft: "copyleft",
  permissive: "permissive",
  unspecified: "not specified",
  language: "language",
  vision: "vision",
  audio: "audio",
  multimodal: "multimodal",
  control: "control",
  tabular: "tabular",
  other: "other",
};
