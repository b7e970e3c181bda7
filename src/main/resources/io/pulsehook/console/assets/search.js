// Lets a search go on where the service has stopped to read, until there are enough events,
// none are left, or the reader stops it.

import { tellTimes } from "./times.js";

const list = document.getElementById("events");
const none = document.getElementById("none");
const searched = document.getElementById("searched");

let stop = null;

function pages() {
	return document.querySelector("nav.pages");
}

function say(outcome) {
	const place = searched.querySelector("[data-outcome]");
	if (place) {
		place.textContent = outcome;
	}
}

async function read(address, signal) {
	const response = await fetch(address, { signal, headers: { "X-Requested-With": "XMLHttpRequest" } });
	if (!response.ok) {
		throw new Error("The answer was " + response.status);
	}
	const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
	if (!fresh.getElementById("events")) {
		throw new Error("The answer is no list of events");
	}
	return fresh;
}

// Adds the rows of a further page below those that are there, and takes over its end.
function add(fresh) {
	for (const row of fresh.querySelectorAll("#events > li")) {
		if (!document.getElementById(row.id)) {
			list.append(document.adoptNode(row));
		}
	}
	searched.replaceChildren(...fresh.getElementById("searched").childNodes);
	const newest = pages().querySelector("a:not([rel])");
	pages().replaceChildren(...fresh.querySelectorAll("nav.pages a[rel=next]"));
	if (newest) {
		pages().prepend(newest);
	}
	tell(fresh);
	tellTimes(document);
}

function tell(fresh) {
	if (list.children.length > 0) {
		none.replaceChildren();
	}
	else {
		none.replaceChildren(...fresh.getElementById("none").childNodes);
	}
	const text = none.querySelector("p");
	if (text && !pages().querySelector("a[rel=next]")) {
		text.textContent = "No matching events.";
	}
}

function next() {
	return document.getElementById("older");
}

function isDone() {
	return !next() || list.children.length >= Number(list.dataset.limit);
}

function showStop() {
	say("Searching… searched");
	const button = searched.querySelector("[data-stop]");
	if (button) {
		button.hidden = false;
		button.addEventListener("click", () => { stop?.abort(); });
	}
}

// An update of the page, which loads the first one anew, leaves the rows alone that are added,
// and must not say how far back only that one has read.
function keepFromUpdates() {
	list.setAttribute("data-further", "");
	[none, searched].forEach((region) => { region.removeAttribute("data-live"); });
	document.addEventListener("refreshed", () => {
		if (list.children.length > 0) {
			none.replaceChildren();
		}
	});
}

// Says that the status of a row that was added does not follow what becomes of the event.
function tellAsOf() {
	const time = document.createElement("time");
	time.dateTime = new Date().toISOString();
	searched.append(" What it found further back is as of ", time, ".");
	tellTimes(searched);
}

async function goOn() {
	stop = new AbortController();
	searched.setAttribute("aria-busy", "true");
	keepFromUpdates();
	let outcome = "Searched";
	const first = list.children.length;
	try {
		while (!isDone()) {
			const hadFocus = searched.contains(document.activeElement);
			showStop();
			if (hadFocus) {
				searched.querySelector("[data-stop]").focus();
			}
			add(await read(next().href, stop.signal));
		}
	}
	catch {
		outcome = stop.signal.aborted ? "Stopped. Searched" : "Interrupted. Searched";
	}
	const button = searched.querySelector("[data-stop]");
	if (button) {
		button.hidden = true;
	}
	say(outcome);
	if (list.children.length > first) {
		tellAsOf();
	}
	searched.removeAttribute("aria-busy");
}

// A page that has a time up to which it was searched is not full.
if (list && searched?.querySelector("time") && next()) {
	goOn();
}
