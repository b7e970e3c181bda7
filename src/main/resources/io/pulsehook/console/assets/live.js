// Updates the live regions of an open page when something has changed.

import { updateCharts } from "./chart.js";
import { tellTimes } from "./times.js";

function sameButTimes(one, other) {
	const bare = (element) => {
		const copy = element.cloneNode(true);
		copy.classList.remove("new");
		copy.querySelectorAll("time").forEach((time) => { time.textContent = ""; time.removeAttribute("title"); });
		copy.querySelectorAll("input[name=_csrf]").forEach((field) => { field.remove(); });
		copy.querySelectorAll("details").forEach((details) => { details.removeAttribute("open"); });
		return copy.outerHTML.replaceAll(' class=""', "");
	};
	return bare(one) === bare(other);
}

function keepState(from, to) {
	for (const details of from.querySelectorAll("details[data-key][open]")) {
		const twin = to.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`);
		if (twin) {
			twin.open = true;
		}
	}
}

// Keeps rows that are there already, so that they do not lose the focus, and adds new ones.
function mergeRows(list, fresh) {
	const present = new Map([...list.children].map((row) => [row.id, row]));
	const hadRows = present.size > 0;
	const rows = [...fresh.children].map((row) => {
		const old = present.get(row.id);
		if (old && sameButTimes(old, row)) {
			return old;
		}
		if (!old && hadRows) {
			row.classList.add("new");
		}
		return row;
	});
	const focused = document.activeElement?.closest("li")?.id;
	const wanted = new Set(rows);
	[...list.children].forEach((row) => { if (!wanted.has(row)) { row.remove(); } });
	rows.forEach((row, index) => {
		if (list.children[index] !== row) {
			list.insertBefore(row, list.children[index] ?? null);
		}
	});
	const again = focused && !list.contains(document.activeElement) && document.getElementById(focused);
	again && list.contains(again) && again.querySelector("a")?.focus();
}

function replace(region, fresh) {
	if (sameButTimes(region, fresh)) {
		return;
	}
	const focused = region.contains(document.activeElement) ? document.activeElement.id : null;
	keepState(region, fresh);
	region.replaceWith(fresh);
	if (focused) {
		document.getElementById(focused)?.focus();
	}
}

let asking = false;

// Loads the page anew and takes over its live regions. A module that keeps something for
// their elements listens for "refreshed".
export async function refresh() {
	if (asking || document.hidden) {
		return;
	}
	asking = true;
	try {
		const response = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
		if (!response.ok || response.redirected) {
			return;
		}
		const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
		for (const region of document.querySelectorAll("[data-live][id]")) {
			const twin = fresh.getElementById(region.id);
			if (twin && region.hasAttribute("data-keyed")) {
				mergeRows(region, document.adoptNode(twin));
			}
			else if (twin) {
				replace(region, document.adoptNode(twin));
			}
		}
		updateCharts(fresh);
		tellTimes(document);
		document.dispatchEvent(new Event("refreshed"));
	}
	catch {
		// The service cannot be reached for a moment. The page keeps what it shows.
	}
	finally {
		asking = false;
	}
}

let due = null;

// Updates the page once a second at most, however many events arrive.
function refreshSoon() {
	due ??= setTimeout(() => { due = null; refresh(); }, 1000);
}

export function listen() {
	const state = document.querySelector("[data-feed-state]");
	const toggle = document.querySelector("[data-feed-toggle]");
	const show = (on) => {
		state.hidden = false;
		state.classList.toggle("on", on);
		state.lastElementChild.textContent = on ? "Live" : "Not live";
	};
	const wanted = () => !toggle || toggle.getAttribute("aria-pressed") === "true";
	let feed = null;
	// A browser has few connections to one host, so a hidden page closes its own.
	const hangUp = () => { feed?.close(); feed = null; };
	const connect = () => {
		if (feed || document.hidden) {
			return;
		}
		feed = new EventSource(document.body.dataset.feed);
		feed.addEventListener("open", () => { show(true); if (wanted()) { refreshSoon(); } });
		feed.addEventListener("error", () => {
			show(false);
			// After an answer that is not a stream, the browser does not connect again by itself.
			if (feed?.readyState === EventSource.CLOSED) {
				hangUp();
				setTimeout(connect, 5000);
			}
		});
		feed.addEventListener("changed", () => { if (wanted()) { refreshSoon(); } });
	};
	connect();
	addEventListener("pagehide", hangUp);
	toggle?.addEventListener("click", () => {
		toggle.setAttribute("aria-pressed", String(!wanted()));
		if (wanted()) {
			refresh();
		}
	});
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) {
			hangUp();
			return;
		}
		connect();
		if (wanted()) {
			refresh();
		}
	});
}
