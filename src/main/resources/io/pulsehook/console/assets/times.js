// Shows times by the clock and as time ago, in the zone that the reader has chosen.

import { preference } from "./preferences.js";

const units = [[86400 * 2, 86400, " days"], [7200, 3600, " h"], [120, 60, " min"], [0, 1, " s"]];

const day = { day: "numeric", month: "short" };
const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
const formats = new Map();

// Returns the time zone in which times are shown and typed: an IANA name, such as
// "Asia/Kolkata" or "UTC".
export function zone() {
	return preference("zone") || ownZone();
}

function ownZone() {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

// Writes a time in the zone of the reader. The options are those of Intl.DateTimeFormat.
export function write(at, options) {
	const key = zone() + JSON.stringify(options);
	if (!formats.has(key)) {
		formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...options }));
	}
	return formats.get(key).format(at);
}

function readable(name) {
	return name.replaceAll("_", " ");
}

function isSame(one, other, options) {
	return write(one, options) === write(other, options);
}

// Returns the clock time, with the date where it is not today's.
export function clockTime(at) {
	const now = new Date();
	const time = write(at, clock);
	if (isSame(at, now, { ...day, year: "numeric" })) {
		return time;
	}
	return write(at, isSame(at, now, { year: "numeric" }) ? day : { ...day, year: "numeric" }) + ", " + time;
}

function duration(seconds) {
	const [, size, name] = units.find(([from]) => seconds >= from);
	return Math.floor(seconds / size) + name;
}

function ago(at) {
	const seconds = Math.floor((Date.now() - at) / 1000);
	return seconds < 0 ? "in " + duration(-seconds) : seconds < 1 ? "just now" : duration(seconds) + " ago";
}

function span(name, text) {
	const element = document.createElement("span");
	element.className = name;
	element.textContent = text;
	return element;
}

function tell(time) {
	const at = new Date(time.dateTime);
	const text = clockTime(at) + " · " + ago(at);
	if (time.textContent === text) {
		return;
	}
	time.replaceChildren(clockTime(at), span("between", " · "), span("ago", ago(at)));
	time.title = write(at, { dateStyle: "full", timeStyle: "long" });
}

// Writes all times below this element. Forms learn the zone in which their times are typed.
export function tellTimes(root) {
	root.querySelectorAll("time[datetime]").forEach(tell);
	root.querySelectorAll("input[type=hidden][name=zone]").forEach((field) => { field.value = zone(); });
	root.querySelectorAll("[data-own-zone]").forEach((place) => { place.textContent = readable(ownZone()); });
	root.querySelectorAll("[data-zone]").forEach((place) => { place.textContent = readable(zone()); });
}

document.addEventListener("preference", ({ detail }) => {
	if (detail === "zone") {
		tellTimes(document);
	}
});
