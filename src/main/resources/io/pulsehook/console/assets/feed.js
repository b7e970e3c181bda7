// Listens to the stream of changes, keeps the page up to date, and says when it is not.

import { refresh } from "./live.js";
import { clockTime } from "./times.js";

// The server says something at least every 15 seconds.
const LONGEST_SILENCE = 45_000;
const RECONNECT_AFTER = 5_000;
const LOST_AFTER = 8_000;

let feed = null;
let heard = 0;
let lost = null;
let loggedOut = false;
let due = null;

function show(state, words, more = "") {
	const place = document.querySelector("[data-feed-state]");
	if (place.dataset.feedState === state) {
		return;
	}
	place.dataset.feedState = state;
	place.hidden = false;
	place.querySelector("[data-words]").textContent = words;
	place.querySelector("[data-more]").textContent = more;
}

function lose() {
	if (loggedOut) {
		return;
	}
	lost ??= new Date();
	show("lost", "Not live", " since " + clockTime(lost));
}

function find() {
	lost = null;
	show("on", "Live");
}

function showLogin(on) {
	loggedOut = on;
	const banner = document.querySelector("[data-logged-out]");
	banner.hidden = !on;
	banner.querySelector("a").href = location.href;
}

function leave() {
	hangUp();
	showLogin(true);
	show("out", "Logged out");
}

function judge(outcome) {
	if (outcome === "logged out") {
		leave();
	}
	else if (outcome === "failed") {
		lose();
	}
	else if (loggedOut) {
		showLogin(false);
		connect();
	}
	else if (feed?.readyState === EventSource.OPEN) {
		find();
	}
}

// Updates the page, unless it is hidden: it will be updated when it is shown again.
export async function update() {
	if (!document.hidden) {
		judge(await refresh());
	}
}

// Updates the page once a second at most, however many events arrive.
function updateSoon() {
	heard = performance.now();
	due ??= setTimeout(() => { due = null; update(); }, 1000);
}

// A browser has few connections to one host, so a hidden page closes its own.
function hangUp() {
	feed?.close();
	feed = null;
}

// A stream ends every few minutes, and the browser opens it again by itself, but not after
// an answer that is no stream. It also ends when the reader logs out in another tab.
function interrupted() {
	if (feed?.readyState === EventSource.CLOSED) {
		hangUp();
		setTimeout(connect, RECONNECT_AFTER);
	}
	setTimeout(() => { if (!document.hidden && feed?.readyState !== EventSource.OPEN) { lose(); } }, LOST_AFTER);
	update();
}

function connect() {
	if (feed || loggedOut || document.hidden) {
		return;
	}
	heard = performance.now();
	feed = new EventSource(document.body.dataset.feed);
	feed.addEventListener("open", () => { find(); updateSoon(); });
	feed.addEventListener("changed", updateSoon);
	feed.addEventListener("quiet", () => { heard = performance.now(); });
	feed.addEventListener("error", interrupted);
}

// A connection can be dead without the browser knowing, after a laptop has slept for example.
function reconnectIfSilent() {
	if (feed?.readyState === EventSource.OPEN && performance.now() - heard > LONGEST_SILENCE) {
		hangUp();
		lose();
		connect();
	}
}

function lookAgain() {
	if (document.hidden) {
		hangUp();
		return;
	}
	connect();
	update();
}

export function listen() {
	connect();
	setInterval(reconnectIfSilent, RECONNECT_AFTER);
	addEventListener("pagehide", hangUp);
	addEventListener("pageshow", (event) => { if (event.persisted) { lookAgain(); } });
	addEventListener("focus", () => { if (loggedOut) { update(); } });
	document.addEventListener("visibilitychange", lookAgain);
}
