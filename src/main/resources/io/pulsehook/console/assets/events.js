// The list of events: its form, and a search that goes on by itself. The pages of one event:
// copies of it, and the way back to the search.

import "./search.js";
import { copyText } from "./copy.js";
import { startForm } from "./filters.js";

const SEARCH = "pulsehook.search";

// Remembers the search for the events that are opened from one another.
function remember(search) {
	try {
		sessionStorage.setItem(SEARCH, search);
	}
	catch {
		// Storage can be forbidden. The way back then leads to all events.
	}
}

function remembered() {
	try {
		return sessionStorage.getItem(SEARCH) ?? "";
	}
	catch {
		return "";
	}
}

function leadBack(link) {
	if (link.search) {
		remember(link.search);
	}
	else if (new URL(document.referrer || location.href).pathname.startsWith(link.pathname + "/")) {
		link.search = remembered();
	}
	else {
		remember("");
	}
}

// Copies what an address gives, byte for byte as far as a clipboard can hold it.
async function copyFrom(link) {
	const response = await fetch(link.href);
	if (!response.ok || response.redirected) {
		location.href = link.href;
		return;
	}
	copyText(link, new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.arrayBuffer()));
}

document.addEventListener("click", (event) => {
	const link = event.target.closest("a[data-copy-from]");
	if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
		event.preventDefault();
		copyFrom(link);
	}
});

const form = document.querySelector("form[data-filters]");
const back = document.querySelector("a[data-back]");
if (form) {
	remember(location.search);
	startForm(form);
}
if (back) {
	leadBack(back);
}
