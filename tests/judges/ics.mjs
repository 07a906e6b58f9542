// What ical.js, the reader of Thunderbird and Nextcloud, makes of calendars.
//
//     node ics.mjs PATH...
//
// answers in the form that ics.py describes. Time zones come from the files alone: ical.js has no data of its
// own. The package is looked for in the current folder, then beside this file.

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

const moment = (time) =>
  time.isDate || time.zone === ICAL.Timezone.localTimezone
    ? time.toString()
    : new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");

const events = (path) => {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  const calendar = new ICAL.Component(ICAL.parse(text));
  // Zones of one file must not help with the next.
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: moment(event.startDate),
      end: moment(event.endDate),
      summary: event.summary ?? "",
      description: event.description ?? "",
    };
  });
};

const answer = (path) => {
  try {
    return events(path);
  } catch (error) {
    return `${error}`;
  }
};
const answers = process.argv.slice(2).map((path) => [path, answer(path)]);
console.log(JSON.stringify({ "ical.js": Object.fromEntries(answers) }, null, 1));
