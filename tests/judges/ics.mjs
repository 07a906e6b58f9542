// What ical.js, the reader of Thunderbird and Nextcloud, makes of a calendar.
//
//     node ics.mjs PATH
//
// prints the events as JSON, in order of their start, in the form that ics.py describes. Time zones come
// from the file alone: ical.js has no data of its own. The package is looked for in the current folder,
// then beside this file. Exit code 1 if the reader refuses the file.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const found = [pathToFileURL(`${process.cwd()}/`), import.meta.url]
  .map((from) => {
    try {
      return createRequire(from).resolve("ical.js");
    } catch {
      return undefined;
    }
  })
  .find((path) => path !== undefined);
if (found === undefined) {
  console.error("ical.js is not installed; run `npm install` in tests/judges");
  process.exit(2);
}
const { default: ICAL } = await import(pathToFileURL(found));

ICAL.design.strict = true;
const bytes = readFileSync(process.argv[2]);
const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const calendar = new ICAL.Component(ICAL.parse(text));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}

const moment = (name, time) => {
  if (time.isDate || time.zone === ICAL.Timezone.localTimezone) {
    return { [name]: time.toString() };
  }
  const utc = new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
  return { [`${name}_utc`]: utc };
};

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    ...moment("start", event.startDate),
    ...moment("end", event.endDate),
    summary: event.summary ?? "",
    description: event.description ?? "",
  };
});
const key = (event) => `${event.start_utc ?? event.start} ${event.uid}`;
events.sort((a, b) => (key(a) < key(b) ? -1 : 1));
console.log(JSON.stringify(events, null, 1));
